// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/value_problem.hpp"

#include <algorithm>
#include <string>

#include <catch2/catch.hpp>

#include "tests/validator/xsd/simple_types_sandbox.hpp"
#include "validator/messages.hpp"

namespace amparo::xsd {
namespace {

// "rule key name=value... note(name=value)": all of a fault in one line.
std::string line(const ValueFault& fault) {
  const auto add = [](std::string& out, const Params& params) {
    for (const Param& param : params) {
      out += ' ' + param.name + '=';
      for (const std::string& value : param.values)
        out += value + ',';
    }
  };
  std::string out = fault.rule + ' ' + fault.key;
  add(out, fault.params);
  for (const Note& note : fault.notes) {
    out += " (" + note.message;
    add(out, note.params);
    out += ')';
  }
  return out;
}

}  // namespace

TEST_CASE("a fault names rule, type and facet and never the value", "[xsd][value-problem]") {
  Sandbox s;
  const auto said = [&s](TypeId type, std::string_view text) {
    const Verdict verdict = s.verdict(type, text);
    REQUIRE_FALSE(verdict.is_valid());
    return line(describe(s.builder.tables(), verdict, text, "<A>"));
  };
  const TypeId code = s.restrict(BuiltIn::Token, {{Facet::Pattern, "[A-Z]{2}"}}, {.local = "Code"});
  const TypeId age = s.restrict(BuiltIn::Int, {{Facet::MaxInclusive, "17"}}, {.local = "Age"});
  const TypeId note = s.restrict(code, {{Facet::MaxLength, "1"}});
  const TypeId sex = s.restrict(
      BuiltIn::Token, {{Facet::Enumeration, "F"}, {Facet::Enumeration, "M"}}, {.local = "Sex"});
  const TypeId digits =
      s.restrict(BuiltIn::Decimal, {{Facet::FractionDigits, "2"}}, {.local = "Money"});
  const TypeId either = s.unite({age, sex}, {.local = "Either"});
  const TypeId odd =
      s.restrict(BuiltIn::String, {{Facet::Pattern, "^a\u00F1 b"}, {Facet::Pattern, "c"}});

  CHECK(said(type_id(BuiltIn::Date), "SECRET") ==
        "cvc-datatype-valid.1.2.1 cvc-datatype-valid holder=<A>, type=xs:date,"
        " (note-example example=2014-05-31,)");
  CHECK(said(age, "SECRET") ==
        "cvc-datatype-valid.1.2.1 cvc-datatype-valid holder=<A>, type=Age,"
        " (note-example example=12,)");
  CHECK(said(age, "99") ==
        "cvc-maxInclusive-valid cvc-maxInclusive-valid holder=<A>, type=Age, facet=17, length=2,");
  CHECK(said(type_id(BuiltIn::Int), "2147483648") ==
        "cvc-maxInclusive-valid cvc-maxInclusive-valid holder=<A>, type=xs:int,"
        " facet=2147483647, length=10,");
  CHECK(said(code, "SECRET") ==
        "cvc-pattern-valid cvc-pattern-valid holder=<A>, type=Code,"
        " (note-pattern pattern=[A-Z]{2},)");
  CHECK(said(odd, "SECRET") ==
        "cvc-pattern-valid cvc-pattern-valid holder=<A>, type=xs:string,"
        " (note-pattern pattern=^a\\u{F1}\\u{20}b|c,)");
  CHECK(said(note, "SECRET") ==
        "cvc-pattern-valid cvc-pattern-valid holder=<A>, type=Code,"
        " (note-pattern pattern=[A-Z]{2},)");
  CHECK(said(sex, "SECRET") ==
        "cvc-enumeration-valid cvc-enumeration-valid holder=<A>, type=Sex,"
        " (note-allowed values=F,M,)");
  CHECK(said(digits, "1.234") ==
        "cvc-fractionDigits-valid cvc-fractionDigits-valid holder=<A>, type=Money, facet=2,"
        " length=5,");
  CHECK(said(either, "SECRET") ==
        "cvc-datatype-valid.1.2.3 cvc-datatype-valid.1.2.3 holder=<A>, type=Either,");
  const TypeId two = s.restrict(s.list(age), {{Facet::MinLength, "2"}}, {.local = "Ages"});
  CHECK(said(two, "1") ==
        "cvc-minLength-valid cvc-minLength-valid-items holder=<A>, type=Ages, facet=2, length=1,");
  CHECK(said(two, "1 99") ==
        "cvc-maxInclusive-valid cvc-maxInclusive-valid holder=<A>, type=Age, facet=17, length=4,");
}

TEST_CASE("at most twelve values are listed", "[xsd][value-problem]") {
  Sandbox s;
  std::vector<std::string> texts;
  for (int i = 0; i < 13; ++i)
    texts.push_back(std::to_string(i));
  std::vector<FacetText> facets;
  for (const std::string& text : texts)
    facets.push_back({Facet::Enumeration, text});
  const auto type = s.builder.add_restriction(type_id(BuiltIn::Int), facets);
  REQUIRE(type);
  const auto fault = describe(s.builder.tables(), s.verdict(*type, "99"), "99", "<A>");
  REQUIRE(fault.notes.size() == 1);
  CHECK(fault.notes[0].params[0].values.size() == 13);
  CHECK(fault.notes[0].params[0].values.back() == "...");
}

TEST_CASE("every constraint has its sentence", "[xsd][value-problem]") {
  for (auto i = static_cast<unsigned>(Constraint::Lexical);
       i <= static_cast<unsigned>(Constraint::FractionDigits);
       ++i) {
    const auto rule = std::string{rule_of(static_cast<Constraint>(i))};
    CAPTURE(rule);
    const auto key = i == static_cast<unsigned>(Constraint::Lexical) ? "cvc-datatype-valid" : rule;
    const auto texts = validator_messages();
    CHECK(std::any_of(
        texts.begin(), texts.end(), [&key](const MessageText& text) { return text.key == key; }));
  }
}

}  // namespace amparo::xsd
