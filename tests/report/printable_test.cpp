// SPDX-License-Identifier: Apache-2.0
#include "report/printable.hpp"

#include <catch2/catch.hpp>

using namespace amparo::report;

TEST_CASE("Nothing that a terminal would act on is shown", "[report][printable]") {
  struct Case {
    std::string text, shown, in_place;
  };
  const auto c =
      GENERATE(Case{"casos-2026.xml", "casos-2026.xml", "casos-2026.xml"},
               Case{"Ni\u00f1os \u65e5.xml", "Ni\u00f1os \u65e5.xml", "Ni\u00f1os \u65e5.xml"},
               Case{"a\nb\rc\td", "a\\nb\\rc\\td", "a\ufffdb\ufffdc\ufffdd"},
               Case{"\x1b[2Jx", "\\x1b[2Jx", "\ufffd[2Jx"},
               Case{std::string("\0", 1), "\\x00", "\ufffd"},
               Case{"\x7f", "\\x7f", "\ufffd"},
               Case{"\u009b1m", "\\u{009b}1m", "\ufffd1m"},
               Case{"gpj.\u202elmx", "gpj.\\u{202e}lmx", "gpj.\ufffdlmx"},
               Case{"\xff\xc3", "\\xff\\xc3", "\ufffd\ufffd"});
  CAPTURE(c.text);
  CHECK(printable(c.text) == c.shown);
  CHECK(printable_in_place(c.text) == c.in_place);
}
