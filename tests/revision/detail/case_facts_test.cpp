// SPDX-License-Identifier: Apache-2.0
#include "revision/detail/case_facts.hpp"

#include <chrono>
#include <set>

#include <catch2/catch.hpp>

#include "revision/detail/recipe.hpp"

using namespace amparo::revision;

namespace {

std::chrono::year_month_day date_of(std::int64_t days) {
  return std::chrono::sys_days{std::chrono::days{days}};
}

bool is_set(const CaseFacts& facts, std::uint8_t flag) {
  return (facts.flags & flag) != 0;
}

}  // namespace

TEST_CASE("The age is that between birth and detection", "[revision][facts]") {
  for (std::uint64_t number = 0; number < 3000; ++number) {
    const auto facts = draw_facts(42, number, 0);
    const auto born = date_of(facts.born_on);
    const auto found = date_of(facts.found_at / (24 * 60));
    auto years = static_cast<int>(found.year()) - static_cast<int>(born.year());
    const bool had_birthday =
        std::pair{found.month(), found.day()} >= std::pair{born.month(), born.day()};
    if (!had_birthday) --years;
    CAPTURE(number);
    CHECK(years == static_cast<int>(facts.age));
    CHECK(facts.age <= 17);
  }
}

TEST_CASE("Shares are about those of the corridors", "[revision][facts]") {
  int from_mexico = 0;
  int girls_of_mexico = 0;
  int adolescents_of_mexico = 0;
  int afraid = 0;
  constexpr int kCases = 20'000;
  for (std::uint64_t number = 0; number < kCases; ++number) {
    const auto facts = draw_facts(1, number, 0);
    afraid += is_set(facts, only::kFear) ? 1 : 0;
    CHECK_FALSE((is_set(facts, only::kFear) && is_set(facts, only::kReturned)));
    if (facts.corridor->origin != "MX") continue;
    ++from_mexico;
    girls_of_mexico += facts.is_girl ? 1 : 0;
    adolescents_of_mexico += facts.age >= 15 ? 1 : 0;
  }
  CHECK(from_mexico / double{kCases} == Approx(0.54).margin(0.02));
  CHECK(girls_of_mexico / double(from_mexico) == Approx(0.15).margin(0.02));
  CHECK(adolescents_of_mexico / double(from_mexico) == Approx(0.85).margin(0.02));
  CHECK(afraid / double{kCases} == Approx(0.185).margin(0.02));
}

TEST_CASE("Siblings share what families share, and are two children", "[revision][facts]") {
  int pairs = 0;
  for (std::uint64_t number = 0; number < 400; number += 2) {
    const auto first = draw_facts(9, number, 0);
    const auto second = draw_facts(9, number + 1, 0);
    CHECK(is_set(first, only::kSibling) == is_set(second, only::kSibling));
    if (!is_set(first, only::kSibling)) continue;
    ++pairs;
    CHECK(first.corridor == second.corridor);
    CHECK(first.first == second.first);
    CHECK(first.second == second.second);
    CHECK(first.found_at == second.found_at);
    CHECK(draw_facts(9, number, 3).first == first.first);
  }
  CHECK(pairs > 10);
}

TEST_CASE("Identifiers have the form that the schema asks for, and none comes twice",
          "[revision][facts]") {
  std::set<std::string> seen;
  for (std::uint64_t number = 0; number < 200; ++number) {
    for (std::uint32_t index = 0; index < 100; ++index) {
      std::string id;
      append_id(id, "ps", 7, number, index);
      REQUIRE(id.size() == 29);
      REQUIRE(id.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 3) == std::string::npos);
      seen.insert(id);
    }
  }
  CHECK(seen.size() == 20'000);
}
