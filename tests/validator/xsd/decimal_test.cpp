// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/decimal.hpp"

#include <string>

#include <catch2/catch.hpp>

namespace amparo::xsd {
namespace {

Order order(std::string_view a, std::string_view b) {
  return compare(*parse_decimal(a), *parse_decimal(b));
}

}  // namespace

TEST_CASE("a decimal is digits with at most one point and one sign", "[xsd][decimal]") {
  const auto* good = GENERATE("0", "-0", "+1", "1.", ".5", "-.5", "007", "1.50", "+00.00");
  CAPTURE(good);
  CHECK(parse_decimal(good));
  const auto* bad =
      GENERATE("", ".", "+", "-", "+.", "1,5", "1e3", " 1", "1 ", "--1", "1.2.3", "INF");
  CAPTURE(bad);
  CHECK_FALSE(parse_decimal(bad));
}

TEST_CASE("an integer has no point", "[xsd][decimal]") {
  CHECK(parse_integer("-007"));
  CHECK_FALSE(parse_integer("1."));
  CHECK_FALSE(parse_integer("1.0"));
}

TEST_CASE("decimals of any size are ordered by value", "[xsd][decimal]") {
  struct Case {
    std::string less, more;
  };
  const auto c = GENERATE(Case{"0", "1"},
                          Case{"-1", "0"},
                          Case{"-2", "-1"},
                          Case{"9", "10"},
                          Case{"-10", "-9"},
                          Case{"1.2", "1.25"},
                          Case{"-1.25", "-1.2"},
                          Case{"0.05", "0.5"},
                          Case{".999999999999999999999999999999", "1"},
                          Case{"123456789012345678901234567890", "123456789012345678901234567891"},
                          Case{"18446744073709551615", "18446744073709551615.0000000000000000001"});
  CAPTURE(c.less, c.more);
  CHECK(order(c.less, c.more) == Order::Less);
  CHECK(order(c.more, c.less) == Order::Greater);
  CHECK(order(c.less, c.less) == Order::Equal);
}

TEST_CASE("zeros at the ends and the sign of zero do not matter", "[xsd][decimal]") {
  CHECK(order("1.0", "001") == Order::Equal);
  CHECK(order("-0", "+0.000") == Order::Equal);
  CHECK(order(".50", "0.5") == Order::Equal);
}

TEST_CASE("total digits are those that the value needs", "[xsd][decimal]") {
  CHECK(parse_decimal("00123.4500")->total_digits() == 5);
  CHECK(parse_decimal("0.05")->total_digits() == 2);
  CHECK(parse_decimal("100")->total_digits() == 3);
  CHECK(parse_decimal("0")->total_digits() == 0);
}

TEST_CASE("an integer of 64 bits is told from a larger one", "[xsd][decimal]") {
  CHECK(to_int64(*parse_decimal("9223372036854775807")) == INT64_MAX);
  CHECK(to_int64(*parse_decimal("-9223372036854775808")) == INT64_MIN);
  CHECK(to_int64(*parse_decimal("-0")) == 0);
  CHECK_FALSE(to_int64(*parse_decimal("9223372036854775808")));
  CHECK_FALSE(to_int64(*parse_decimal("-9223372036854775809")));
  CHECK_FALSE(to_int64(*parse_decimal("99999999999999999999")));
  CHECK_FALSE(to_int64(*parse_decimal("1.5")));
}

}  // namespace amparo::xsd
