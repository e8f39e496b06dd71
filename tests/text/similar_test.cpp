// SPDX-License-Identifier: Apache-2.0
#include "text/similar.hpp"

#include <catch2/catch.hpp>

using namespace amparo::text;

TEST_CASE("Edits are letters put in, left out or changed", "[text][similar]") {
  struct Case {
    std::string a, b;
    std::size_t edits;
  };
  const auto c = GENERATE(Case{"", "", 0},
                          Case{"", "abc", 3},
                          Case{"Child", "Child", 0},
                          Case{"Child", "Chld", 1},
                          Case{"Child", "Chidl", 2},
                          Case{"kitten", "sitting", 3});
  CAPTURE(c.a, c.b);
  CHECK(edits(c.a, c.b) == c.edits);
  CHECK(edits(c.b, c.a) == c.edits);
}

TEST_CASE("The nearest word is named only when it can be meant", "[text][similar]") {
  const std::vector<std::string> words{"BirthDate", "BirthPlace", "Sex"};
  CHECK(nearest("BirthDat", words) == "BirthDate");
  CHECK(nearest("birthplace", words) == "BirthPlace");
  CHECK(nearest("Quetzalina", words).empty());
}

TEST_CASE("A misspelling has one slip in four letters at most", "[text][similar]") {
  struct Case {
    std::string word, of;
    bool is_one;
  };
  const auto c = GENERATE(Case{"BirthDat", "BirthDate", true},
                          Case{"Casee", "Case", true},
                          Case{"Csae", "Case", false},  // two slips in four letters
                          Case{"Sx", "Sex", false},     // too short to tell from a word
                          Case{"Ana", "Any", false},    // a name, perhaps
                          Case{"Quetzalina", "Case", false},
                          Case{"HabitualResidense", "HabitualResidence", true});
  CAPTURE(c.word, c.of);
  CHECK(is_misspelling(c.word, c.of) == c.is_one);
}
