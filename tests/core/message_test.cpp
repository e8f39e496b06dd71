// SPDX-License-Identifier: Apache-2.0
#include "core/message.hpp"

#include <catch2/catch.hpp>

using namespace amparo;

TEST_CASE("A list ends in the language's own conjunction", "[core][message]") {
  const std::vector<std::string> three{"a", "b", "c"};
  CHECK(join_list(three, Language::Spanish) == "a, b o c");
  CHECK(join_list(three, Language::English) == "a, b or c");
  CHECK(join_list(three, Language::French) == "a, b ou c");
  CHECK(join_list(std::vector<std::string>{}, Language::English).empty());
}

TEST_CASE("fill replaces placeholders and leaves unknown ones visible", "[core][message]") {
  struct Case {
    std::string text, filled;
  };
  const auto c = GENERATE(Case{"no placeholder", "no placeholder"},
                          Case{"<{element}> is not allowed", "<Case> is not allowed"},
                          Case{"{element}{element}", "CaseCase"},
                          Case{"{missing} stays", "{missing} stays"},
                          Case{"open {element", "open {element"});
  CHECK(fill(c.text, {{"element", {"Case"}}}, Language::English) == c.filled);
}

TEST_CASE("A book speaks three languages and shows a key it lacks", "[core][message]") {
  static constexpr MessageText kTexts[] = {{"k", "uno {n}", "one {n}", "un {n}"}};
  MessageBook book;
  book.add(kTexts);
  CHECK(book.sentence("k", {{"n", {"7"}}}, Language::French) == "un 7");
  CHECK(book.sentence("nothing", {}, Language::English) == "<nothing>");
}

TEST_CASE("A language is read from a locale's name", "[core][language]") {
  CHECK(language_from_tag("es_MX.UTF-8") == Language::Spanish);
  CHECK(language_from_tag("fr-CA") == Language::French);
  CHECK(language_from_tag("en") == Language::English);
  CHECK_FALSE(language_from_tag("C.UTF-8"));
  CHECK_FALSE(language_from_tag("est"));
}
