// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/simple_types.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "tests/validator/xsd/simple_types_sandbox.hpp"

namespace amparo::xsd {

namespace {

struct Sample {
  BuiltIn type;
  std::vector<std::string> good;
  std::vector<std::string> bad;
};

const std::vector<Sample>& samples() {
  using enum BuiltIn;
  static const std::vector<Sample> kSamples{
      {AnySimpleType, {"", " any\ttext ", "1"}, {}},
      {String, {"", " a\nb ", "\u00F1"}, {}},
      {NormalizedString, {"", " a  b ", "a\tb"}, {}},
      {Token, {"", " a  b ", "a\tb"}, {}},
      {Boolean,
       {"true", "false", "1", "0", " true\n"},
       {"", "TRUE", "yes", "2", "00", "true false"}},
      {Decimal, {"0", "-1.5", "+.5", "1.", " 1 "}, {"", ".", "1e1", "INF", "1 2", "0x1"}},
      {Float, {"1e5", "INF", "NaN", "-0", " 1 "}, {"", "+INF", "inf", "1e", "1 1"}},
      {Double, {"1e5", "-INF", "NaN", "1E+400"}, {"", "infinity", "1d", "e1"}},
      {Duration, {"P1Y", "-PT0.5S", " P1D "}, {"", "P", "1Y", "PT", "P1S"}},
      {DateTime,
       {"2000-01-01T00:00:00", " 2000-01-01T24:00:00Z "},
       {"", "2000-01-01", "T00:00:00"}},
      {Time, {"00:00:00", "23:59:59.9+14:00"}, {"", "24:00:01", "1:00:00", "00:00"}},
      {Date, {"2000-02-29", "\n2000-01-01Z\t"}, {"", "2001-02-29", "2000-1-1", "0000-01-01"}},
      {GYearMonth, {"2000-01", "-0001-12Z"}, {"", "2000-13", "2000", "0000-01"}},
      {GYear, {"2000", "-0001", "12000+01:00"}, {"", "0000", "200", "02000"}},
      {GMonthDay, {"--02-29", "--12-31Z"}, {"", "--02-30", "02-29", "--2-2"}},
      {GDay, {"---01", "---31Z"}, {"", "---00", "---32", "--01"}},
      {GMonth, {"--01", "--12Z"}, {"", "--00", "--13", "--01--"}},
      {HexBinary, {"", "0aF9", " 00 "}, {"0", "0g", "00 00"}},
      {Base64Binary, {"", "AA==", "A A\tA\nA", " AAAA "}, {"A", "AB==", "AAAA="}},
      {AnyUri, {"", "http://a/b c", "../x#y", "\u00F1"}, {"%", "a#b#c", ":a"}},
      {QName, {"x", "a:x", " b:x "}, {"", ":x", "a:", "unbound:x", "1x", "a b"}},
      {Notation, {"x", "a:x"}, {"", "unbound:x"}},
      {Language, {"es", "es-419", " en "}, {"", "es_MX", "abcdefghi"}},
      {Nmtoken, {"a", "1a", ":-."}, {"", "a b", "a,b"}},
      {Nmtokens, {"a", " a 1b\n-c "}, {"", " ", "a ,"}},
      {Name, {"a", ":a", "_a.1"}, {"", "1a", "a b"}},
      {NcName, {"a", "_a.1"}, {"", "a:b", "1a", "a b"}},
      {Id, {"a1"}, {"", "1a", "a:b"}},
      {IdRef, {"a1"}, {"", "1a", "a:b"}},
      {IdRefs, {"a1", "a b"}, {"", " ", "a 1"}},
      {Entity, {}, {"", "a", "1"}},
      {Entities, {}, {"", "a", "a b"}},
      {Integer,
       {"0", "-0", "+007", "-123456789012345678901234567890"},
       {"", "1.", "1.0", "+", "1e1"}},
      {NonPositiveInteger,
       {"0", "-0", "+0", "-99999999999999999999"},
       {"1", "", "99999999999999999999"}},
      {NegativeInteger, {"-1", "-99999999999999999999"}, {"0", "-0", "1", ""}},
      {Long,
       {"9223372036854775807", "-9223372036854775808", "0009223372036854775807"},
       {"9223372036854775808", "-9223372036854775809", "1.0"}},
      {Int, {"2147483647", "-2147483648"}, {"2147483648", "-2147483649", ""}},
      {Short, {"32767", "-32768"}, {"32768", "-32769"}},
      {Byte, {"127", "-128", "+0"}, {"128", "-129"}},
      {NonNegativeInteger, {"0", "-0", "99999999999999999999"}, {"-1", "-99999999999999999999"}},
      {UnsignedLong, {"0", "18446744073709551615"}, {"-1", "18446744073709551616"}},
      {UnsignedInt, {"0", "4294967295", "+1", "-0"}, {"-1", "4294967296"}},
      {UnsignedShort, {"0", "65535"}, {"-1", "65536"}},
      {UnsignedByte, {"0", "255", "000255"}, {"-1", "256"}},
      {PositiveInteger, {"1", "99999999999999999999"}, {"0", "-1", "-0"}}};
  return kSamples;
}

}  // namespace

TEST_CASE("each built-in type takes its values and no others", "[xsd][simple-types]") {
  Sandbox sandbox;
  CHECK(samples().size() == kBuiltInCount);
  for (const Sample& sample : samples()) {
    for (const std::string& text : sample.good) {
      CAPTURE(name(sample.type), text);
      CHECK(sandbox.accepts(sample.type, text));
    }
    for (const std::string& text : sample.bad) {
      CAPTURE(name(sample.type), text);
      CHECK_FALSE(sandbox.accepts(sample.type, text));
    }
  }
}

TEST_CASE("a restriction without facets is as its base is", "[xsd][simple-types]") {
  Sandbox sandbox;
  for (const Sample& sample : samples()) {
    const TypeId own = sandbox.restrict(sample.type, {});
    CAPTURE(name(sample.type));
    for (const std::string& text : sample.good)
      CHECK(sandbox.accepts(own, text));
    for (const std::string& text : sample.bad)
      CHECK_FALSE(sandbox.accepts(own, text));
  }
}

TEST_CASE("built-in types know their base, item and name", "[xsd][simple-types]") {
  const SimpleTypesBuilder builder;
  const SimpleTypeTables& tables = builder.tables();
  CHECK(tables.types.size() == kBuiltInCount);
  CHECK(tables[type_id(BuiltIn::Byte)].base == type_id(BuiltIn::Short));
  CHECK(tables[type_id(BuiltIn::NcName)].base == type_id(BuiltIn::Name));
  CHECK(tables[type_id(BuiltIn::IdRefs)].item == type_id(BuiltIn::IdRef));
  CHECK(tables[type_id(BuiltIn::Token)].white_space == WhiteSpace::Collapse);
  CHECK(tables.display_name(type_id(BuiltIn::AnyUri)) == "xs:anyURI");
  CHECK(tables.display_name(type_id(BuiltIn::PositiveInteger)) == "xs:positiveInteger");
  CHECK(name(Facet::FractionDigits) == "fractionDigits");
  CHECK(verify(tables));
}

TEST_CASE("the dump says all that a type asks for", "[xsd][simple-types]") {
  Sandbox s;
  const TypeId code = s.restrict(
      BuiltIn::Token, {{Facet::Pattern, "[A-Z]{2}"}}, {.space = "urn:x", .local = "Code"});
  s.restrict(code, {{Facet::MaxLength, "2"}, {Facet::Pattern, "^M"}, {Facet::Pattern, "X$"}});
  const TypeId level =
      s.restrict(BuiltIn::Byte, {{Facet::MinInclusive, "0"}, {Facet::MaxExclusive, " 10 "}});
  const TypeId many = s.list(level, {.local = "Levels"});
  s.unite({code, many, type_id(BuiltIn::Date)}, {.local = "Either"});
  s.restrict(BuiltIn::String, {{Facet::Enumeration, "b"}, {Facet::Enumeration, "a"}});
  s.restrict(BuiltIn::Decimal, {{Facet::TotalDigits, "5"}, {Facet::FractionDigits, "2"}});
  CHECK(dump(s.builder.tables()) ==
        "45 Code atomic base=xs:token whiteSpace=collapse pattern=[A-Z]{2} kernel=shape\n"
        "46 - atomic base=Code whiteSpace=collapse maxLength=2 pattern=[A-Z]{2} pattern=^M|X$"
        " kernel=general\n"
        "47 - atomic base=xs:byte whiteSpace=collapse maxInclusive=127 maxExclusive=10"
        " minInclusive=0 kernel=integer\n"
        "48 Levels list base=xs:anySimpleType item=xs:byte whiteSpace=collapse kernel=general\n"
        "49 Either union base=xs:anySimpleType members=Code|Levels|xs:date whiteSpace=collapse"
        " kernel=general\n"
        "50 - atomic base=xs:string whiteSpace=preserve enumeration=b enumeration=a"
        " kernel=enumeration\n"
        "51 - atomic base=xs:decimal whiteSpace=collapse totalDigits=5 fractionDigits=2"
        " kernel=general\n");
  CHECK(verify(s.builder.tables()));
}

TEST_CASE("each kernel goes to the types that it is for", "[xsd][simple-types]") {
  Sandbox s;
  const auto kernel = [&s](TypeId type) { return s.builder.tables()[type].kernel; };
  CHECK(kernel(type_id(BuiltIn::String)) == Kernel::AnyText);
  CHECK(kernel(s.restrict(BuiltIn::Token, {{Facet::MaxLength, "5"}})) == Kernel::TextLength);
  CHECK(kernel(s.restrict(BuiltIn::Token, {{Facet::Enumeration, "x"}})) == Kernel::Enumeration);
  CHECK(kernel(s.restrict(BuiltIn::NcName, {{Facet::Enumeration, "x"}})) == Kernel::General);
  CHECK(kernel(type_id(BuiltIn::Date)) == Kernel::Date);
  CHECK(kernel(s.restrict(BuiltIn::Date, {})) == Kernel::Date);
  CHECK(kernel(s.restrict(BuiltIn::Date, {{Facet::MinInclusive, "2000-01-01"}})) ==
        Kernel::General);
  CHECK(kernel(type_id(BuiltIn::DateTime)) == Kernel::DateTime);
  CHECK(kernel(type_id(BuiltIn::Boolean)) == Kernel::Boolean);
  CHECK(kernel(type_id(BuiltIn::Integer)) == Kernel::Integer);
  CHECK(kernel(type_id(BuiltIn::Byte)) == Kernel::Integer);
  CHECK(kernel(type_id(BuiltIn::UnsignedLong)) == Kernel::General);  // beyond 64 bits with a sign
  CHECK(kernel(type_id(BuiltIn::Decimal)) == Kernel::General);
  CHECK(kernel(type_id(BuiltIn::Language)) == Kernel::General);
}

TEST_CASE("tables that point outside of themselves are refused", "[xsd][simple-types]") {
  Sandbox s;
  const TypeId code = s.restrict(BuiltIn::Token, {{Facet::Pattern, "[A-Z]{2}"}});
  const TypeId list = s.list(code);
  const TypeId both = s.unite({list, type_id(BuiltIn::Date)});
  s.restrict(BuiltIn::Token, {{Facet::Enumeration, "x"}});
  const SimpleTypeTables good = s.builder.tables();
  REQUIRE(verify(good));
  const auto damaged = [&good](auto damage) {
    SimpleTypeTables tables = good;
    damage(tables);
    return !verify(tables);
  };
  const auto at = [](TypeId id) { return static_cast<std::size_t>(id); };
  CHECK(damaged([](auto& t) { t.types.resize(3); }));
  CHECK(damaged([](auto& t) { t.text.resize(5); }));
  CHECK(damaged([&](auto& t) { t.types[at(list)].item = list; }));
  CHECK(damaged([&](auto& t) { t.members[0] = both; }));
  CHECK(damaged([&](auto& t) { t.members.clear(); }));
  CHECK(damaged([&](auto& t) { t.types[at(code)].patterns.end = 9; }));
  CHECK(damaged([&](auto& t) { t.types[at(code)].patterns = {}; }));
  CHECK(damaged([&](auto& t) { t.types[at(code)].base = code; }));
  CHECK(damaged([&](auto& t) { t.types[at(code)].kernel = static_cast<Kernel>(99); }));
  CHECK(damaged([&](auto& t) { t.types[at(code)].shape = {2, 1}; }));
  CHECK(damaged([](auto& t) { t.pattern_uses[0] = static_cast<PatternId>(7); }));
  CHECK(damaged([](auto& t) { t.patterns[0].end = 7; }));
  CHECK(damaged([](auto& t) { t.byte_classes.clear(); }));
  CHECK(damaged([](auto& t) { t.enumeration_keys[0].size = 0; }));
  CHECK(damaged([](auto& t) { t.enumeration_texts[0].offset = 1U << 31U; }));
}

}  // namespace amparo::xsd
