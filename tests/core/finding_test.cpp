// SPDX-License-Identifier: Apache-2.0
#include "core/finding.hpp"

#include <catch2/catch.hpp>

using namespace amparo;

TEST_CASE("mask keeps columns and punctuation, and no letter or digit", "[core][finding]") {
  struct Case {
    std::string value, masked;
  };
  const auto c = GENERATE(Case{"", ""},
                          Case{"Ana Luz", "Xxx Xxx"},
                          Case{"2014-05-31", "9999-99-99"},
                          Case{"ana@example.org", "xxx@xxxxxxx.xxx"},
                          Case{"\u00d1and\u00fa", "xxxxx"},
                          Case{"a\nb\x01", "x x "});
  CAPTURE(c.value);
  CHECK(mask(c.value) == c.masked);
}

TEST_CASE("shape_of counts code points and cuts the mask at 40", "[core][finding]") {
  CHECK(shape_of("\u00e9\u00e9") == ValueShape{2, "xx"});
  const auto shape = shape_of(std::string(1000, 'a'));
  CHECK(shape.length == 1000);
  CHECK(shape.mask == std::string(40, 'x') + "...");
}

TEST_CASE("fingerprint ignores positions and tells rules, paths and parameters apart",
          "[core][finding]") {
  Finding finding{.rule = "cvc-pattern-valid", .xpath = "/Batch/Case[3]/Child"};
  const auto first = fingerprint(finding);
  CHECK(first.size() == 16);
  finding.xpath = "/Batch/Case[4]/Child";
  CHECK(fingerprint(finding) == first);
  finding.params = {{"element", {"Child"}}};
  CHECK(fingerprint(finding) != first);
  finding.params.clear();
  finding.xpath = "/Batch/Case[4]/Childs";
  CHECK(fingerprint(finding) != first);
}
