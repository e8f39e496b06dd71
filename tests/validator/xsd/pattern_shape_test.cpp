// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/pattern_shape.hpp"

#include <string>

#include <catch2/catch.hpp>

namespace amparo::xsd {

TEST_CASE("patterns of one length become a class for each place", "[xsd][pattern-shape]") {
  struct Case {
    std::string pattern;
    std::size_t size;
    std::string matching, other;
  };
  const auto c = GENERATE(Case{"[A-Z]{2}-[0-9]{3}", 6, "MX-042", "MX-04x"},
                          Case{"\\d\\d", 2, "42", "4a"},
                          Case{"abc", 3, "abc", "abd"},
                          Case{"a\\.b", 3, "a.b", "axb"},
                          Case{"[a-c_x]{1}", 1, "x", "d"},
                          Case{"[\\-\\[]", 1, "[", "a"},
                          Case{"a{0}b", 1, "b", "a"});
  CAPTURE(c.pattern);
  const auto shape = parse_shape(c.pattern);
  REQUIRE(shape);
  REQUIRE(shape->size() == c.size);
  bool all = true;
  bool others = true;
  for (std::size_t i = 0; i < c.size; ++i) {
    all = all && (*shape)[i].contains(static_cast<unsigned char>(c.matching[i]));
    others = others && (*shape)[i].contains(static_cast<unsigned char>(c.other[i]));
  }
  CHECK(all);
  CHECK_FALSE(others);
}

TEST_CASE("all other patterns are left to the automaton", "[xsd][pattern-shape]") {
  const auto* pattern = GENERATE("a*",
                                 "a+",
                                 "a?",
                                 "a{1,2}",
                                 "a{2,}",
                                 "a|b",
                                 "(ab)",
                                 ".",
                                 "[^a]",
                                 "[a-z-[x]]",
                                 "\\w",
                                 "\\i",
                                 "[\\d]",
                                 "\\p{L}",
                                 "a{65}",
                                 "a{100}",
                                 "[b-a]",
                                 "[a",
                                 "a{",
                                 "a{x}",
                                 "\\",
                                 "]",
                                 "\u00F1",
                                 "[]",
                                 "{2}",
                                 "a{2}{3}",
                                 "[a-]",
                                 "^a",
                                 "a$",
                                 "a b",
                                 "\\n");
  CAPTURE(pattern);
  CHECK_FALSE(parse_shape(pattern));
}

}  // namespace amparo::xsd
