// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/floating.hpp"

#include <cmath>
#include <limits>
#include <string>

#include <catch2/catch.hpp>

namespace amparo::xsd {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double value(std::string_view text, FloatWidth width = FloatWidth::Double) {
  return *parse_floating(text, width);
}

}  // namespace

TEST_CASE("a float is a decimal with an exponent, or one of three words", "[xsd][floating]") {
  const auto* good = GENERATE("0",
                              "-1E4",
                              "1267.43233E12",
                              "12.78e-2",
                              "12",
                              "INF",
                              "-INF",
                              "NaN",
                              "1.",
                              ".5",
                              "1.e5",
                              "+1e+5",
                              "1E400",
                              "-0");
  CAPTURE(good);
  CHECK(parse_floating(good, FloatWidth::Single));
  CHECK(parse_floating(good, FloatWidth::Double));
  const auto* bad = GENERATE("",
                             ".",
                             "e5",
                             "1e",
                             "1e+",
                             "+INF",
                             "inf",
                             "nan",
                             "Infinity",
                             "0x1p3",
                             "1e1.5",
                             " 1",
                             "1 ",
                             "1f",
                             "-NaN",
                             "--1",
                             "+-1");
  CAPTURE(bad);
  CHECK_FALSE(parse_floating(bad, FloatWidth::Single));
  CHECK_FALSE(parse_floating(bad, FloatWidth::Double));
}

TEST_CASE("the nearest value of the width is taken", "[xsd][floating]") {
  CHECK(value("0.1") == 0.1);
  CHECK(value("0.1", FloatWidth::Single) == static_cast<double>(0.1F));
  CHECK(value("16777217", FloatWidth::Single) == 16777216.0);
  CHECK(value("+12.78e-2") == 0.1278);
  CHECK(value("4.9e-324") == std::numeric_limits<double>::denorm_min());
}

TEST_CASE("beyond the range there is infinity, and below it zero", "[xsd][floating]") {
  CHECK(value("1e400") == kInfinity);
  CHECK(value("-1e400") == -kInfinity);
  CHECK(value("1e-400") == 0.0);
  CHECK(value("3.5e38", FloatWidth::Single) == kInfinity);
  CHECK(value("1e-50", FloatWidth::Single) == 0.0);
  CHECK(value("1e99999999999999999999") == kInfinity);
  CHECK(value("1e-99999999999999999999") == 0.0);
  CHECK(value("0e99999999999999999999") == 0.0);
  const auto many_zeros = "0." + std::string(500, '0') + "1e501";
  CHECK(value(many_zeros) == 1.0);
  CHECK(value("1" + std::string(400, '0')) == kInfinity);
}

TEST_CASE("NaN equals itself alone, and the zeros are equal", "[xsd][floating]") {
  const double nan = value("NaN");
  CHECK(compare(nan, nan) == Order::Equal);
  CHECK(compare(nan, 1.0) == Order::Incomparable);
  CHECK(compare(kInfinity, nan) == Order::Incomparable);
  CHECK(compare(0.0, -0.0) == Order::Equal);
  CHECK(compare(-kInfinity, -1e300) == Order::Less);
  CHECK(compare(kInfinity, 1e300) == Order::Greater);
}

}  // namespace amparo::xsd
