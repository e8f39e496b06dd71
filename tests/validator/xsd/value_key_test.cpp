// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/value_key.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/validator/xsd/simple_types_sandbox.hpp"

namespace amparo::xsd {
namespace {

struct Value {
  BuiltIn type;
  std::string text;
};

// Values of one row are equal; those of different rows are not.
const std::vector<std::vector<Value>>& rows() {
  using enum BuiltIn;
  static const std::vector<std::vector<Value>> kRows{
      {{Decimal, "1.0"}, {Decimal, "1"}, {Integer, " +01 "}, {Byte, "1"}, {Long, "0001"}},
      {{Decimal, "0"}, {Integer, "-0"}, {Decimal, "+.0"}},
      {{Decimal, "-1"}, {NegativeInteger, "-01"}},
      {{Decimal, "10"}},
      {{Decimal, ".1"}, {Decimal, "0.10"}},
      {{String, "1"}, {Token, " 1 "}, {Nmtoken, "1"}, {AnySimpleType, "1"}},
      {{String, " 1 "}, {NormalizedString, "\t1\n"}},
      {{String, "a"}, {NcName, "a"}, {Id, "a"}, {IdRef, "a"}},
      {{AnyUri, "a"}},
      {{Boolean, "true"}, {Boolean, "1"}},
      {{Boolean, "false"}, {Boolean, "0"}},
      {{Float, "1"}, {Float, "1.0e0"}, {Float, "1.00000001"}},
      {{Double, "1"}, {Double, "10e-1"}},
      {{Double, "1.00000001"}},
      {{Double, "0"}, {Double, "-0"}, {Double, "1e-999"}},
      {{Double, "NaN"}},
      {{Float, "NaN"}},
      {{Double, "INF"}, {Double, "1e999"}},
      {{Double, "-INF"}},
      {{Duration, "P1Y"}, {Duration, "P12M"}},
      {{Duration, "-P1Y"}},
      {{Duration, "P365D"}, {Duration, "PT8760H"}},
      {{Duration, "P0Y"}, {Duration, "-PT0.0S"}},
      {{Duration, "PT0.5S"}, {Duration, "PT0.50S"}},
      {{Duration, "P99999999999999999999Y"}},
      {{Duration, "P99999999999999999998Y"}},
      {{DateTime, "2000-01-01T00:00:00Z"},
       {DateTime, "1999-12-31T24:00:00Z"},
       {DateTime, "2000-01-01T01:30:00+01:30"},
       {DateTime, "2000-01-01T00:00:00.000-00:00"}},
      {{DateTime, "2000-01-01T00:00:00"}, {DateTime, "1999-12-31T24:00:00"}},
      {{DateTime, "2000-01-01T00:00:00.5"}},
      {{Date, "2000-01-01"}},
      {{Date, "2000-01-01Z"}},
      {{Date, "2002-10-10+13:00"}, {Date, "2002-10-09-11:00"}},
      {{Date, "99999999999999999999-01-01"}},
      {{Date, "99999999999999989999-01-01"}},
      {{Time, "00:00:00"}, {Time, "24:00:00"}},
      {{GYear, "2000"}},
      {{GYearMonth, "2000-01"}},
      {{GMonthDay, "--01-01"}},
      {{GDay, "---01"}},
      {{GMonth, "--01"}},
      {{HexBinary, "6162"}},
      {{HexBinary, "aF"}, {HexBinary, "Af"}},
      {{Base64Binary, "YWI="}, {Base64Binary, "Y W I ="}},
      {{String, "ab"}},
      {{QName, "a:x"}, {QName, "b:x"}},
      {{QName, "x"}},
      {{Notation, "x"}},
      {{Nmtokens, "a"}},
      {{Nmtokens, "a b"}, {Nmtokens, " a\n b"}, {IdRefs, "a b"}},
      {{Nmtokens, "ab"}},
      {{Nmtokens, "b a"}}};
  return kRows;
}

}  // namespace

TEST_CASE("keys are equal exactly when the values are", "[xsd][value-key]") {
  Sandbox s;
  for (std::size_t i = 0; i < rows().size(); ++i) {
    const std::string first = s.key(rows()[i].front().type, rows()[i].front().text);
    CAPTURE(name(rows()[i].front().type), rows()[i].front().text);
    CHECK_FALSE(first.empty());
    for (const Value& value : rows()[i]) {
      CAPTURE(name(value.type), value.text);
      CHECK(s.key(value.type, value.text) == first);
    }
    for (std::size_t other = 0; other < i; ++other) {
      CAPTURE(name(rows()[other].front().type), rows()[other].front().text);
      CHECK(s.key(rows()[other].front().type, rows()[other].front().text) != first);
    }
  }
}

TEST_CASE("what is no value has no key, and leaves none", "[xsd][value-key]") {
  Sandbox s;
  const auto c = GENERATE(Value{BuiltIn::Int, "x"},
                          Value{BuiltIn::Int, "1.0"},
                          Value{BuiltIn::Date, "2000-02-30"},
                          Value{BuiltIn::Boolean, "yes"},
                          Value{BuiltIn::QName, "unbound:x"},
                          Value{BuiltIn::HexBinary, "a"},
                          Value{BuiltIn::Base64Binary, "a"},
                          Value{BuiltIn::AnyUri, "%"},
                          Value{BuiltIn::NcName, "a:b"},
                          Value{BuiltIn::Duration, "P"},
                          Value{BuiltIn::Double, "e"},
                          Value{BuiltIn::Nmtokens, "a ,"});
  CAPTURE(name(c.type), c.text);
  std::string out = "before";
  CHECK_FALSE(append_value_key(s.builder.tables(), type_id(c.type), c.text, s.context, out));
  CHECK(out == "before");
}

TEST_CASE("the value of a union is that of the member", "[xsd][value-key]") {
  Sandbox s;
  const TypeId either = s.unite({type_id(BuiltIn::Int), type_id(BuiltIn::String)});
  CHECK(s.key(either, "01") == s.key(BuiltIn::Decimal, "1.0"));
  CHECK(s.key(either, "x") == s.key(BuiltIn::String, "x"));
  const TypeId items = s.list(s.unite({type_id(BuiltIn::Int), type_id(BuiltIn::NcName)}));
  CHECK(s.key(items, "01 x") == s.key(items, " 1  x "));
  CHECK(s.key(items, "1 x") != s.key(items, "x 1"));
  const TypeId none = s.unite({type_id(BuiltIn::Int)});
  CHECK(s.key(none, "x").empty());
}

}  // namespace amparo::xsd
