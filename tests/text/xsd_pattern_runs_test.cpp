// SPDX-License-Identifier: Apache-2.0
#include "text/xsd_pattern_runs.hpp"

#include <algorithm>
#include <random>
#include <string>

#include <catch2/catch.hpp>

namespace amparo::text {
namespace {

Pattern compiled(const std::string& pattern) {
  auto made = Pattern::compile(pattern);
  REQUIRE(made);
  return *std::move(made);
}

bool is_in(const PatternRun& run, std::string_view text) {
  return std::all_of(text.begin(), text.end(), [&](char c) { return run.set.contains(c); });
}

AsciiSet set_of(std::string_view characters) {
  AsciiSet set;
  for (const char c : characters)
    set.insert(static_cast<unsigned char>(c));
  return set;
}

}  // namespace

TEST_CASE("a set of ASCII characters holds what was put into it and nothing beyond ASCII",
          "[text][pattern]") {
  AsciiSet set;
  for (const char c : std::string_view{"AZ09-~\t"})
    set.insert(static_cast<unsigned char>(c));
  std::string held;
  for (int byte = 0; byte < 256; ++byte) {
    if (set.contains(static_cast<char>(byte))) held += static_cast<char>(byte);
  }
  CHECK(held == "\t-09AZ~");
}

TEST_CASE("runs are found where a set and a length tell the rest", "[text][pattern]") {
  struct Case {
    std::string pattern;
    std::string set;        // as far as it matters
    std::uint64_t lengths;  // bits
    std::size_t any_length;
    bool takes_beyond;
  };
  constexpr auto kNever = PatternRun::kNever;
  const std::vector<Case> cases{
      {"[A-C]{1,8}", "ABC", 0x1FE, kNever, false},
      {"[A-C]{7}", "ABC", 0x80, kNever, false},
      {"[a-c]+", "abc", 0x2, 1, false},
      {"[a-c]{3,}", "abc", 0x8, 3, false},
      {"[ab\u00A0-\U0010FFFF]+", "ab", 0x2, 1, true},
      {"[ab\u00A0-\uFFFD]+", "ab", 0x2, 1, false},
      {"[ab\u00A0-\uFFFC\U00010000-\U0010FFFF]+", "ab", 0x2, 1, false},
      {"[ab\u00A0-\uFFFD\U00010000-\U0010FFFF]+", "ab", 0x2, 1, true},
      {"[ab\u0080-\U0010FFFF]+", "ab", 0x2, 1, true},
      {"[ab\u00A1-\U0010FFFF]+", "ab", 0x2, 1, false},
      {"(abc)*", "", 0, kNever, false},
      {"[A-C]{1,5}", "", 0, kNever, false},  // too short to be worth asking
  };
  for (const Case& c : cases) {
    INFO(c.pattern);
    const PatternRuns runs{compiled(c.pattern)};
    REQUIRE(runs.is_usable());
    const PatternRun* run = runs.run(runs.start());
    if (c.set.empty()) {
      CHECK(run == nullptr);
      continue;
    }
    REQUIRE(run != nullptr);
    for (const char each : c.set)
      CHECK(run->set.contains(each));
    CHECK_FALSE(run->set.contains('z'));
    CHECK(run->lengths == c.lengths);
    CHECK(run->any_length == c.any_length);
    CHECK(run->takes_beyond == c.takes_beyond);
  }
}

TEST_CASE("what steps and runs say is what the pattern says", "[text][pattern][property]") {
  const std::vector<std::string> patterns{"[A-Z0-9\\-]{1,20}",
                                          "[a-z]{2,4}-[0-9A-HJKMNP-TV-Z]{20,26}",
                                          "[a-z][a-z0-9\\-]{0,31}",
                                          "(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])",
                                          "[ -~\u00A0-\U0010FFFF]+",
                                          "[A-Z]{2,3}(-[A-Z0-9]{1,12}){1,5}",
                                          "a*b{7,}|c{8,9}",
                                          "\\i\\c*",
                                          ""};
  const std::string alphabet = "AZaz09--bbbc ~T";
  std::mt19937 random{20'260'101};
  std::size_t matched = 0;
  std::size_t told = 0;
  for (const auto& pattern : patterns) {
    const auto whole = compiled(pattern);
    const PatternRuns runs{whole};
    REQUIRE(runs.is_usable());
    for (int i = 0; i < 3000; ++i) {
      std::string text;
      const auto size = random() % 34;
      const auto letters = 1 + random() % alphabet.size();
      for (std::size_t k = 0; k < size; ++k)
        text += alphabet[random() % letters];
      const bool matches = whole.matches(text);
      auto state = runs.start();
      for (std::size_t at = 0; at < text.size(); ++at) {
        const auto rest = std::string_view{text}.substr(at);
        const PatternRun* run = runs.run(state);
        if (run != nullptr && run->accepts(rest.size()) && is_in(*run, rest)) {
          ++told;
          CHECK(matches);
        }
        state = runs.step(state, static_cast<unsigned char>(text[at]));
      }
      CHECK(runs.is_accepting(state) == matches);
      matched += matches ? 1 : 0;
    }
  }
  CHECK(matched > 1000);
  CHECK(told > 1000);
}

TEST_CASE("a family of texts is accepted whole or not at all", "[text][pattern]") {
  const PatternSegment digit{{set_of("0123456789")}};
  const PatternSegment month{{set_of("0"), set_of("123456789")}, {set_of("1"), set_of("012")}};
  const auto pattern = compiled("(19|20)[0-9]-(0[1-9]|1[0-2])");
  const std::vector<PatternSegment> good{
      {{set_of("2"), set_of("0")}}, digit, {{set_of("-")}}, month};
  CHECK(accepts_all(pattern, good));
  auto wrong_century = good;
  wrong_century[0] = {{set_of("12"), set_of("09")}};
  CHECK_FALSE(accepts_all(pattern, wrong_century));
  auto wrong_month = good;
  wrong_month[3] = {{set_of("01"), set_of("0123456789")}};
  CHECK_FALSE(accepts_all(pattern, wrong_month));
  auto too_short = good;
  too_short.pop_back();
  CHECK_FALSE(accepts_all(pattern, too_short));
}

}  // namespace amparo::text
