// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/value_check.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "tests/validator/xsd/simple_types_sandbox.hpp"

namespace amparo::xsd {

TEST_CASE("each facet lets through what it says", "[xsd][value-check]") {
  struct Case {
    BuiltIn base;
    std::vector<FacetText> facets;
    std::string text;
    Constraint broken;
  };
  using enum Facet;
  constexpr auto kNone = Constraint::None;
  const std::vector<Case> cases{
      {BuiltIn::String, {{Length, "3"}}, "\u00F1a\U00010000", kNone},
      {BuiltIn::String, {{Length, "3"}}, "abcd", Constraint::Length},
      {BuiltIn::String, {{Length, "3"}}, "ab ", kNone},
      {BuiltIn::Token, {{Length, "3"}}, "ab ", Constraint::Length},
      {BuiltIn::Token, {{Length, "3"}}, " a \n b ", kNone},
      {BuiltIn::String, {{MinLength, "2"}}, "\u00F1", Constraint::MinLength},
      {BuiltIn::String, {{MinLength, "2"}}, "\U00010000\U00010000", kNone},
      {BuiltIn::String, {{MaxLength, "2"}}, "\U00010000\U00010000", kNone},
      {BuiltIn::String, {{MaxLength, "2"}}, "abc", Constraint::MaxLength},
      {BuiltIn::String, {{MaxLength, "2"}, {WhiteSpace, "collapse"}}, " ab ", kNone},
      {BuiltIn::String, {{MaxLength, "2"}, {WhiteSpace, "replace"}}, " ab ", Constraint::MaxLength},
      {BuiltIn::HexBinary, {{Length, "2"}}, "0aff", kNone},
      {BuiltIn::HexBinary, {{Length, "2"}}, "0aff00", Constraint::Length},
      {BuiltIn::Base64Binary, {{MaxLength, "2"}}, "AAA=", kNone},
      {BuiltIn::Base64Binary, {{MaxLength, "2"}}, "AAAA", Constraint::MaxLength},
      {BuiltIn::AnyUri, {{MinLength, "2"}}, "\u00F1", Constraint::MinLength},
      {BuiltIn::QName, {{Length, "1"}}, "a:name", kNone},
      {BuiltIn::Nmtokens, {{Length, "2"}}, " a  b ", kNone},
      {BuiltIn::Nmtokens, {{Length, "2"}}, "a b c", Constraint::Length},
      {BuiltIn::Nmtokens, {{MaxLength, "1"}}, "a b", Constraint::MaxLength},
      {BuiltIn::Nmtokens, {{MaxLength, "9"}}, "", Constraint::MinLength},
      {BuiltIn::String, {{Pattern, "^x"}, {Pattern, "y$"}}, "ay", kNone},
      {BuiltIn::String, {{Pattern, "^x"}, {Pattern, "y$"}}, "ya", Constraint::Pattern},
      {BuiltIn::Int, {{Pattern, "^0"}}, " 07 ", kNone},
      {BuiltIn::Int, {{Pattern, "^0"}}, "7", Constraint::Pattern},
      {BuiltIn::Int, {{Pattern, "^0"}}, "x", Constraint::Lexical},
      {BuiltIn::Boolean, {{Pattern, "^t"}}, "true", kNone},
      {BuiltIn::Boolean, {{Pattern, "^t"}}, "1", Constraint::Pattern},
      {BuiltIn::Nmtokens, {{Pattern, "a b"}}, " a \n b ", kNone},
      {BuiltIn::Token, {{Pattern, "[A-Z]{2}"}}, " MX ", kNone},
      {BuiltIn::Token, {{Pattern, "[A-Z]{2}"}}, "Mx", Constraint::Pattern},
      {BuiltIn::Token, {{Pattern, "[A-Z]{2}"}}, "M\u00D1", Constraint::Pattern},
      {BuiltIn::String, {{Enumeration, "a"}, {Enumeration, " b "}}, " b ", kNone},
      {BuiltIn::String, {{Enumeration, "a"}, {Enumeration, " b "}}, "b", Constraint::Enumeration},
      {BuiltIn::Token, {{Enumeration, " b  c "}}, "b c", kNone},
      {BuiltIn::Token, {{Enumeration, "b"}}, "", Constraint::Enumeration},
      {BuiltIn::Token, {{Enumeration, "b"}}, "bb", Constraint::Enumeration},
      {BuiltIn::Decimal, {{Enumeration, "1.0"}}, "01", kNone},
      {BuiltIn::Decimal, {{Enumeration, "1.0"}}, "1.01", Constraint::Enumeration},
      {BuiltIn::Float, {{Enumeration, "NaN"}, {Enumeration, "0"}}, "NaN", kNone},
      {BuiltIn::Float, {{Enumeration, "NaN"}, {Enumeration, "0"}}, "-0", kNone},
      {BuiltIn::Duration, {{Enumeration, "P1Y"}}, "P12M", kNone},
      {BuiltIn::DateTime,
       {{Enumeration, "2000-01-01T00:00:00Z"}},
       "2000-01-01T01:00:00+01:00",
       kNone},
      {BuiltIn::DateTime,
       {{Enumeration, "2000-01-01T00:00:00Z"}},
       "2000-01-01T00:00:00",
       Constraint::Enumeration},
      {BuiltIn::HexBinary, {{Enumeration, "aB"}}, "Ab", kNone},
      {BuiltIn::QName, {{Enumeration, "a:x"}}, "b:x", kNone},
      {BuiltIn::QName, {{Enumeration, "a:x"}}, "x", Constraint::Enumeration},
      {BuiltIn::Notation, {{Enumeration, "a:x"}}, "b:x", kNone},
      {BuiltIn::Nmtokens, {{Enumeration, "a b"}}, " a   b ", kNone},
      {BuiltIn::Nmtokens, {{Enumeration, "a b"}}, "b a", Constraint::Enumeration},
      {BuiltIn::Entity, {{Enumeration, "a"}}, "a", Constraint::Lexical},
      {BuiltIn::Integer, {{MaxInclusive, "9"}}, "9", kNone},
      {BuiltIn::Integer, {{MaxInclusive, "9"}}, "10", Constraint::MaxInclusive},
      {BuiltIn::Integer, {{MaxExclusive, "9"}}, "9", Constraint::MaxExclusive},
      {BuiltIn::Integer, {{MinExclusive, "9"}}, "9", Constraint::MinExclusive},
      {BuiltIn::Integer, {{MinInclusive, "9"}}, "8", Constraint::MinInclusive},
      {BuiltIn::Byte, {{MinInclusive, "9"}}, "128", Constraint::MaxInclusive},
      {BuiltIn::Long, {{MaxExclusive, "9223372036854775807"}}, "9223372036854775806", kNone},
      {BuiltIn::Long,
       {{MaxExclusive, "9223372036854775807"}},
       "9223372036854775807",
       Constraint::MaxExclusive},
      {BuiltIn::Integer,
       {{MaxInclusive, "100000000000000000000"}},
       "100000000000000000001",
       Constraint::MaxInclusive},
      {BuiltIn::Decimal, {{MinExclusive, "-0.5"}}, "-.50", Constraint::MinExclusive},
      {BuiltIn::Double, {{MaxInclusive, "INF"}}, "NaN", Constraint::MaxInclusive},
      {BuiltIn::Double, {{MaxInclusive, "INF"}}, "1e999", kNone},
      {BuiltIn::Double, {{MinInclusive, "NaN"}}, "NaN", kNone},
      {BuiltIn::Duration, {{MinInclusive, "P1M"}}, "P30D", Constraint::MinInclusive},
      {BuiltIn::Duration, {{MinInclusive, "P1M"}}, "P31D", Constraint::MinInclusive},
      {BuiltIn::Duration, {{MinInclusive, "P1M"}}, "P32D", kNone},
      {BuiltIn::Date, {{MinInclusive, "2000-01-02"}}, "2000-01-02Z", Constraint::MinInclusive},
      {BuiltIn::Date, {{MinInclusive, "2000-01-02"}}, "2000-01-03Z", kNone},
      {BuiltIn::Decimal, {{TotalDigits, "3"}}, "0012.30", kNone},
      {BuiltIn::Decimal, {{TotalDigits, "3"}}, "12.34", Constraint::TotalDigits},
      {BuiltIn::Decimal, {{TotalDigits, "3"}}, "0.0001", Constraint::TotalDigits},
      {BuiltIn::Integer, {{TotalDigits, "3"}}, "-0999", kNone},
      {BuiltIn::Integer, {{TotalDigits, "3"}}, "1000", Constraint::TotalDigits},
      {BuiltIn::Decimal, {{FractionDigits, "2"}}, "1.2300", kNone},
      {BuiltIn::Decimal, {{FractionDigits, "2"}}, "1.234", Constraint::FractionDigits},
      {BuiltIn::Decimal, {{FractionDigits, "0"}}, "1.0", kNone}};
  for (const Case& c : cases) {
    Sandbox s;
    const auto type = s.builder.add_restriction(type_id(c.base), c.facets, {}, &s.prefixes);
    REQUIRE(type);
    CAPTURE(name(c.base), c.text, name(c.facets.front().facet), c.facets.front().value);
    const Verdict verdict = s.verdict(*type, c.text);
    CHECK(verdict.broken == c.broken);
    CHECK(verdict.type == *type);
  }
}

TEST_CASE("facets of all steps of a derivation count", "[xsd][value-check]") {
  Sandbox s;
  const TypeId first =
      s.restrict(BuiltIn::Token, {{Facet::Pattern, "^a"}, {Facet::MinLength, "2"}});
  const TypeId second = s.restrict(first, {{Facet::Pattern, "z$"}, {Facet::MaxLength, "4"}});
  CHECK(s.accepts(second, "abz"));
  CHECK(s.broken(second, "bz") == Constraint::Pattern);
  CHECK(s.verdict(second, "bz").pattern != s.verdict(second, "ab").pattern);
  CHECK(s.broken(second, "abcdz") == Constraint::MaxLength);
  CHECK(s.verdict(second, "abcdz").length == 5);
  // An enumeration of a later step replaces the earlier one, whose part it is.
  const TypeId three =
      s.restrict(BuiltIn::Int,
                 {{Facet::Enumeration, "1"}, {Facet::Enumeration, "2"}, {Facet::Enumeration, "3"}});
  const TypeId one = s.restrict(three, {{Facet::Enumeration, "02"}});
  CHECK(s.accepts(three, "3"));
  CHECK(s.accepts(one, "2"));
  CHECK(s.broken(one, "3") == Constraint::Enumeration);
}

TEST_CASE("a list says which of its items is wrong", "[xsd][value-check]") {
  Sandbox s;
  const TypeId level = s.restrict(BuiltIn::Int, {{Facet::MaxInclusive, "5"}});
  const TypeId levels = s.list(level);
  CHECK(s.accepts(levels, ""));
  CHECK(s.accepts(levels, " 1 2\n5 "));
  const Verdict verdict = s.verdict(levels, "1 9 x");
  CHECK(verdict.broken == Constraint::MaxInclusive);
  CHECK(verdict.type == level);
  CHECK(verdict.item == 2);
  CHECK(s.broken(levels, "1 x") == Constraint::Lexical);
  const TypeId two = s.restrict(
      levels, {{Facet::Length, "2"}, {Facet::Enumeration, "1 2"}, {Facet::Enumeration, "3 3"}});
  CHECK(s.accepts(two, " 01\t+2 "));
  CHECK(s.broken(two, "1 2 3") == Constraint::Length);
  CHECK(s.broken(two, "2 1") == Constraint::Enumeration);
}

TEST_CASE("the first member of a union that takes the text is its type", "[xsd][value-check]") {
  Sandbox s;
  const TypeId name = s.restrict(BuiltIn::Token, {{Facet::Enumeration, "many"}});
  const TypeId ints = s.list(type_id(BuiltIn::Int));
  const TypeId either = s.unite({type_id(BuiltIn::Int), name, ints});
  CHECK(s.verdict(either, " 7 ").type == type_id(BuiltIn::Int));
  CHECK(s.verdict(either, "many").type == name);
  CHECK(s.verdict(either, "7 8").type == ints);
  const Verdict verdict = s.verdict(either, "few");
  CHECK(verdict.broken == Constraint::Members);
  CHECK(verdict.type == either);

  const TypeId some = s.restrict(
      either,
      {{Facet::Enumeration, "7"}, {Facet::Enumeration, "1 2"}, {Facet::Enumeration, "many"}});
  CHECK(s.verdict(some, "07").type == type_id(BuiltIn::Int));
  CHECK(s.verdict(some, "1  02").type == ints);
  CHECK(s.broken(some, "8") == Constraint::Enumeration);
  CHECK(s.verdict(some, "8").type == some);

  const TypeId shaped = s.restrict(either, {{Facet::Pattern, "^0"}});
  CHECK(s.accepts(shaped, " 07"));
  CHECK(s.broken(shaped, "7") == Constraint::Pattern);
  // A union with facets inside a union keeps them.
  const TypeId outer = s.unite({shaped, type_id(BuiltIn::Boolean)});
  CHECK(s.verdict(outer, "07").type == type_id(BuiltIn::Int));
  CHECK(s.broken(outer, "7") == Constraint::Members);
  CHECK(s.verdict(outer, "1").type == type_id(BuiltIn::Boolean));
}

TEST_CASE("white space of a union is that of the member", "[xsd][value-check]") {
  Sandbox s;
  const TypeId text = s.restrict(BuiltIn::String, {{Facet::Enumeration, " x "}});
  const TypeId either = s.unite({type_id(BuiltIn::Int), text});
  const TypeId spaced = s.restrict(either, {{Facet::Pattern, "^ "}});
  CHECK(s.accepts(either, " x "));
  CHECK_FALSE(s.accepts(either, "x"));
  CHECK(s.accepts(spaced, " x "));
  CHECK(s.broken(spaced, " 1 ") == Constraint::Pattern);
}

TEST_CASE("lists of unions hold items of several types", "[xsd][value-check]") {
  Sandbox s;
  const TypeId item = s.unite({type_id(BuiltIn::Int), type_id(BuiltIn::Date)});
  const TypeId items = s.list(item);
  CHECK(s.accepts(items, "1 2000-01-01 3"));
  const Verdict verdict = s.verdict(items, "1 2000-01-01 x");
  CHECK(verdict.broken == Constraint::Members);
  CHECK(verdict.item == 3);
  const TypeId listed = s.restrict(items, {{Facet::Enumeration, "1 2000-01-01Z"}});
  CHECK(s.accepts(listed, "01 2000-01-01+00:00"));
  CHECK(s.broken(listed, "1 2000-01-01") == Constraint::Enumeration);
}

TEST_CASE("QNames need the prefixes in scope", "[xsd][value-check]") {
  Sandbox s;
  ValueContext context;
  const auto& tables = s.builder.tables();
  CHECK(check(tables, type_id(BuiltIn::QName), "x", context).is_valid());
  CHECK_FALSE(check(tables, type_id(BuiltIn::QName), "a:x", context).is_valid());
  context.namespaces = &s.prefixes;
  CHECK(check(tables, type_id(BuiltIn::QName), "a:x", context).is_valid());
}

TEST_CASE("checks of common types do not touch the working memory", "[xsd][value-check]") {
  Sandbox s;
  const TypeId code = s.restrict(BuiltIn::Token, {{Facet::Pattern, "[A-Z]{2}"}});
  const TypeId word = s.restrict(BuiltIn::Token, {{Facet::Enumeration, "male"}});
  const TypeId note = s.restrict(BuiltIn::Token, {{Facet::MaxLength, "500"}});
  CHECK(s.accepts(code, "MX"));
  CHECK(s.accepts(word, "male"));
  CHECK(s.accepts(note, "dos palabras"));
  CHECK(s.accepts(BuiltIn::Date, "2014-05-31"));
  CHECK(s.accepts(BuiltIn::Int, "17"));
  CHECK(s.context.scratch.empty());
  CHECK(s.context.key.empty());
}

TEST_CASE("a text of a megabyte is checked in one pass", "[xsd][value-check]") {
  Sandbox s;
  std::string many;
  for (int i = 0; i < 200000; ++i)
    many += "12345 ";
  const TypeId ints = s.list(type_id(BuiltIn::Int));
  CHECK(s.accepts(ints, many));
  CHECK(s.accepts(BuiltIn::Integer, std::string(1000000, '9')));
  CHECK(s.accepts(BuiltIn::Double, std::string(1000000, '9')));
  CHECK(s.accepts(BuiltIn::Duration, "P" + std::string(1000000, '9') + "Y"));
  CHECK(s.accepts(BuiltIn::GYear, std::string(1000000, '9')));
  CHECK_FALSE(s.accepts(BuiltIn::NcName, std::string(1000000, ' ')));
}

}  // namespace amparo::xsd
