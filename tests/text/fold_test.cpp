// SPDX-License-Identifier: Apache-2.0
#include "text/fold.hpp"

#include <catch2/catch.hpp>

namespace amparo::text {
namespace {

constexpr Folding kAll{true, true, true, true};

TEST_CASE("fold takes away the differences it is told to, and no other", "[text][fold]") {
  struct Case {
    std::string text;
    Folding folding;
    std::string folded;
  };
  const auto c =
      GENERATE(Case{"M\u00e9jico", {}, "M\u00e9jico"},
               Case{"M\u00e9jico", {.case_of_letters = true}, "m\u00e9jico"},
               Case{"M\u00e9jico", {.accents = true}, "Mejico"},
               Case{"Me\u0301jico", {.accents = true}, "Mejico"},
               Case{"  El \t Salvador ", {.spaces = true}, "El Salvador"},
               Case{"El\u00a0Salvador", {.spaces = true}, "El Salvador"},
               Case{"C\u00f4te d\u2019Ivoire", {.apostrophes = true}, "C\u00f4te d'Ivoire"},
               Case{"STRASSE", {.case_of_letters = true}, "strasse"},
               Case{"Stra\u00dfe", {.case_of_letters = true}, "strasse"},
               Case{"A\u00d1O", kAll, "ano"},
               Case{"UC\u00b4s Spouse", kAll, "uc's spouse"},
               Case{"", kAll, ""});
  CAPTURE(c.text);
  CHECK(fold(c.text, c.folding) == c.folded);
}

TEST_CASE("folding twice changes nothing more", "[text][fold]") {
  const auto text = GENERATE(as<std::string>{},
                             "\u00c5land  Islands",
                             "\u0130stanbul",
                             "\ufb01n",
                             "a\u0345",
                             "CURA\u00c7AO",
                             "\u1e9e");
  CAPTURE(text);
  const std::string once = fold(text, kAll);
  CHECK(fold(once, kAll) == once);
}

TEST_CASE("to_nfc composes and leaves composed text alone", "[text][fold]") {
  CHECK(to_nfc("nin\u0303a") == "ni\u00f1a");
  CHECK(to_nfc("ni\u00f1a") == "ni\u00f1a");
  CHECK(to_nfc("abc") == "abc");
}

}  // namespace
}  // namespace amparo::text
