// SPDX-License-Identifier: Apache-2.0
#include "text/detail/pattern_parser.hpp"

#include <catch2/catch.hpp>

namespace amparo::text {
namespace {

std::string message(std::string_view pattern, const PatternLimits& limits = {}) {
  const auto result = Pattern::compile(pattern, limits);
  return result ? "compiled" : result.error().message;
}

std::string times(std::size_t count, std::string_view what) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i)
    out += what;
  return out;
}

TEST_CASE("a pattern that is none says where and what was expected", "[text][xsd_pattern]") {
  struct Wrong {
    std::string pattern;
    std::string why;
  };
  const auto c = GENERATE(
      Wrong{"(ab", "4: expected ')', found the end"},
      Wrong{"ab)", "3: ')' closes nothing; expected '(' before it, or '\\)'"},
      Wrong{"*a", "1: '*' has nothing to repeat; expected a character, '.', '\\', '[' or '('"},
      Wrong{"(|+)", "3: '+' has nothing to repeat; expected a character, '.', '\\', '[' or '('"},
      Wrong{"ñ**", "3: '*' has nothing to repeat; expected a character, '.', '\\', '[' or '('"},
      Wrong{"(?:a)", "2: '?' has nothing to repeat; expected a character, '.', '\\', '[' or '('"},
      Wrong{"{5}", "1: '{' has nothing to repeat; expected a character, '.', '\\', '[' or '('"},
      Wrong{"a]", "2: ']' opens nothing; expected '\\]'"},
      Wrong{"a}", "2: '}' opens nothing; expected '\\}'"},
      Wrong{"a{", "3: expected a digit, found the end"},
      Wrong{"a{,2}", "3: expected a digit, found ','"},
      Wrong{"a{ 2}", "3: expected a digit, found ' '"},
      Wrong{"a{2", "4: expected ',', '}' or a digit, found the end"},
      Wrong{"a{2;3}", "4: expected ',', '}' or a digit, found ';'"},
      Wrong{"a{2,x}", "5: expected a digit, found 'x'"},
      Wrong{"a{2,3", "6: expected '}' or a digit, found the end"},
      Wrong{"a{3,2}", "2: the second number of a quantifier must not be below the first"},
      Wrong{"[", "2: expected ']', found the end"},
      Wrong{"[a", "3: expected ']', found the end"},
      Wrong{"[a-",
            "3: '-' stands for itself only at the beginning or the end of a class; "
            "expected '\\-'"},
      Wrong{"[]", "2: a class cannot be empty; expected a character, or '\\]'"},
      Wrong{"[^]", "3: a class cannot be empty; expected a character, or '\\]'"},
      Wrong{"[]a]", "2: a class cannot be empty; expected a character, or '\\]'"},
      Wrong{"[a[b]]", "3: '[' stands for itself only as '\\['"},
      Wrong{"[-[a]]", "2: nothing to subtract from; expected a character before '-['"},
      Wrong{"[^-[a]]", "3: nothing to subtract from; expected a character before '-['"},
      Wrong{"[a-z-[b]c]", "9: expected ']' after what is subtracted, found 'c'"},
      Wrong{"[a-z-[b]", "9: expected ']' after what is subtracted, found the end"},
      Wrong{"[a-z-9]",
            "5: '-' stands for itself only at the beginning or the end of a class; "
            "expected '\\-'"},
      Wrong{"[\\w-.]",
            "4: '-' stands for itself only at the beginning or the end of a class; "
            "expected '\\-'"},
      Wrong{"[--z]",
            "3: '-' stands for itself only at the beginning or the end of a class; "
            "expected '\\-'"},
      Wrong{"[+--z]", "4: '-' cannot end a range; expected '\\-'"},
      Wrong{"[z-a]", "2: the end of a range must not be before its beginning"},
      Wrong{"[a-\\d]", "4: a range cannot end with a set; expected one character"},
      Wrong{"[a-\\p{L}]", "4: a range cannot end with a set; expected one character"},
      Wrong{"a\\", "2: expected a character after '\\', found the end"},
      Wrong{"\\b",
            "1: '\\' before 'b' means nothing; expected one of "
            "nrt\\|.-^?*+{}()[]sSiIcCdDwWpP"},
      Wrong{"\\$",
            "1: '\\' before '$' means nothing; expected one of "
            "nrt\\|.-^?*+{}()[]sSiIcCdDwWpP"},
      Wrong{"[\\1]",
            "2: '\\' before '1' means nothing; expected one of "
            "nrt\\|.-^?*+{}()[]sSiIcCdDwWpP"},
      Wrong{"\\pL", "3: expected '{' after '\\p' or '\\P', found 'L'"},
      Wrong{"\\p{L", "5: expected '}', found the end"},
      Wrong{"\\p{X}", "4: there is no category \"X\"; expected one like L, Lu, Nd, P"},
      Wrong{"\\p{Cs}", "4: there is no category \"Cs\"; expected one like L, Lu, Nd, P"},
      Wrong{"\\p{Is}", "4: there is no block \"Is\"; expected one like IsBasicLatin"},
      Wrong{"\\p{Isgreek}", "4: there is no block \"Isgreek\"; expected one like IsBasicLatin"});
  CHECK(message(c.pattern) == "pattern \"" + c.pattern + "\": character " + c.why);
  const auto result = Pattern::compile(c.pattern);
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ErrorCode::Malformed);
}

TEST_CASE("an error shows the beginning of a long pattern", "[text][xsd_pattern]") {
  CHECK(message("a\xFF") == "pattern: byte 2: expected UTF-8");
  CHECK(message(times(31, "\u00F1") + ")") ==
        "pattern \"" + times(30, "\u00F1") +
            "...\": character 32: ')' closes nothing; expected '(' before it, or '\\)'");
  CHECK(message(times(30, "\u00F1") + ")").find(")\": character 31") == std::string::npos);
}

TEST_CASE("what a pattern may ask of us has limits", "[text][xsd_pattern]") {
  CHECK(message(times(200, "(") + times(200, ")")) == "compiled");
  CHECK(message(times(201, "(") + times(201, ")")) ==
        "pattern \"" + times(60, "(") + "...\": character 201: more than 200 open '(' and '['");
  CHECK(message(times(20'000, "[a-")).find("more than 200 open") != std::string::npos);
  CHECK(message("abcd", {.pattern_bytes = 3}) ==
        "pattern \"abcd\": 4 bytes, at most 3 are allowed");
  CHECK(message("(a|bc){0,100000}") ==
        "pattern \"(a|bc){0,100000}\": written out it has more than 65536 places; "
        "smaller numbers in its quantifiers are needed");
  CHECK(message("(((a?b){1000}){1000}){1000}").find("65536 places") != std::string::npos);
  CHECK(Pattern::compile("(a|bc){0,100000}").error().code == ErrorCode::TooLarge);
  CHECK(message(times(60'000, "a")) == "compiled");
  CHECK(message("a{4294967295}") == "compiled");
  CHECK(message("(((((){64}){64}){64}){64}()){64}b?") == "compiled");
}

TEST_CASE("a hyphen inside a class can be read as Xerces reads it", "[text][xsd_pattern]") {
  const PatternLimits lenient{.lenient_hyphens = true};
  CHECK(Pattern::compile("[a-c-_]+", lenient)->matches("a-_"));
  CHECK(Pattern::compile(R"([\w-.])", lenient)->matches("-"));
  CHECK_FALSE(Pattern::compile(R"([\w-.])", lenient)->matches(","));
  CHECK(message("[a--]", lenient) != "compiled");
  CHECK(message("[--z]", lenient) == "compiled");
}

}  // namespace
}  // namespace amparo::text
