// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/duration.hpp"

#include <string>

#include <catch2/catch.hpp>

namespace amparo::xsd {
namespace {

Order order(std::string_view a, std::string_view b) {
  return compare(*parse_duration(a), *parse_duration(b));
}

}  // namespace

TEST_CASE("a duration has its units in order, each at most once", "[xsd][duration]") {
  const auto* good = GENERATE("P1Y2M3DT10H30M",
                              "P1347Y",
                              "P1347M",
                              "P1Y2MT2H",
                              "P0Y1347M",
                              "P0Y1347M0D",
                              "-P1347M",
                              "PT0.5S",
                              "PT1M",
                              "P1D",
                              "PT000S",
                              "P99999999999999999999999999Y",
                              "PT1.000000000000000000001S");
  CAPTURE(good);
  CHECK(parse_duration(good));
  const auto* bad = GENERATE("",
                             "P",
                             "-P",
                             "PT",
                             "P-1347M",
                             "P1Y2MT",
                             "1Y",
                             "P1",
                             "P1S",
                             "PT1D",
                             "P1M1Y",
                             "P1Y1Y",
                             "PT1S1M",
                             "PT1.S",
                             "PT.5S",
                             "PT1.5M",
                             "P1.5D",
                             "+P1Y",
                             "P1YT",
                             "p1y",
                             "P1Y ",
                             "P 1Y",
                             "PT1H1H",
                             "PY",
                             "P1T1H",
                             "T1H");
  CAPTURE(bad);
  CHECK_FALSE(parse_duration(bad));
}

// The table of 3.2.6.2.
TEST_CASE("the relations that the specification lists hold", "[xsd][duration]") {
  struct Case {
    std::string a, b;
    Order expected;
  };
  const auto c = GENERATE(Case{"P1Y", "P364D", Order::Greater},
                          Case{"P1Y", "P365D", Order::Incomparable},
                          Case{"P1Y", "P366D", Order::Incomparable},
                          Case{"P1Y", "P367D", Order::Less},
                          Case{"P1M", "P27D", Order::Greater},
                          Case{"P1M", "P28D", Order::Incomparable},
                          Case{"P1M", "P29D", Order::Incomparable},
                          Case{"P1M", "P30D", Order::Incomparable},
                          Case{"P1M", "P31D", Order::Incomparable},
                          Case{"P1M", "P32D", Order::Less},
                          Case{"P5M", "P149D", Order::Greater},
                          Case{"P5M", "P150D", Order::Incomparable},
                          Case{"P5M", "P153D", Order::Incomparable},
                          Case{"P5M", "P154D", Order::Less},
                          Case{"P1Y", "P12M", Order::Equal},
                          Case{"P1D", "PT24H", Order::Equal},
                          Case{"PT1H", "PT3600.000S", Order::Equal},
                          Case{"-P1Y", "P1Y", Order::Less},
                          Case{"-P1Y", "-P364D", Order::Less},
                          Case{"-P0D", "P0Y", Order::Equal},
                          Case{"PT0.1S", "PT0.09S", Order::Greater},
                          Case{"-PT0.1S", "-PT0.09S", Order::Less},
                          Case{"-PT0.1S", "PT0.1S", Order::Less},
                          Case{"-PT0.5S", "PT0S", Order::Less},
                          Case{"-PT1.5S", "-PT1S", Order::Less},
                          Case{"-PT1.5S", "-PT2S", Order::Greater},
                          Case{"P1MT0.5S", "P1M", Order::Greater});
  CAPTURE(c.a, c.b);
  CHECK(order(c.a, c.b) == c.expected);
  CHECK(order(c.b, c.a) == reversed(c.expected));
}

TEST_CASE("durations beyond all counting are alike and overflow nothing", "[xsd][duration]") {
  const std::string huge(40, '9');
  CHECK(parse_duration("P" + huge + "Y")->is_beyond_count);
  CHECK(parse_duration("PT" + huge + "S")->is_beyond_count);
  CHECK(order("P" + huge + "Y", "P1Y") == Order::Greater);
  CHECK(order("-P" + huge + "Y", "P1Y") == Order::Less);
  CHECK(order("-P" + huge + "YT" + huge + "H", "P" + huge + "YT" + huge + "H") == Order::Less);
  CHECK_FALSE(parse_duration("P1000000Y")->is_beyond_count);
}

}  // namespace amparo::xsd
