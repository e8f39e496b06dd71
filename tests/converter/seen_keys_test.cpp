// SPDX-License-Identifier: Apache-2.0
#include "converter/seen_keys.hpp"

#include <limits>
#include <random>
#include <unordered_map>

#include <catch2/catch.hpp>

namespace amparo::converter {
namespace {

TEST_CASE("a key is known from its first line on", "[converter][keys]") {
  SeenKeys seen;
  CHECK(seen.see({1, 2}, 7) == std::nullopt);
  CHECK(seen.see({1, 2}, 9) == 7);
  CHECK(seen.see({1, 2}, 11) == 7);
  CHECK(seen.size() == 1);
}

TEST_CASE("marks that differ in one bit are two keys", "[converter][keys]") {
  SeenKeys seen;
  CHECK(seen.see({0, 0}, 1) == std::nullopt);
  for (unsigned bit = 0; bit < 64; ++bit) {
    CAPTURE(bit);
    CHECK(seen.see({std::uint64_t{1} << bit, 0}, 2) == std::nullopt);
    CHECK(seen.see({0, std::uint64_t{1} << bit}, 3) == std::nullopt);
  }
  CHECK(seen.see({0, 0}, 4) == 1);
}

TEST_CASE("marks that all want one place find one each", "[converter][keys]") {
  SeenKeys seen;
  for (std::uint64_t i = 0; i < 2000; ++i)
    REQUIRE(seen.see({0xFFFFFFFFU, i}, i + 1) == std::nullopt);
  for (std::uint64_t i = 0; i < 2000; ++i)
    REQUIRE(seen.see({0xFFFFFFFFU, i}, 5000) == i + 1);
}

TEST_CASE("lines beyond 32 bits are the last that can be held", "[converter][keys]") {
  SeenKeys seen;
  CHECK(seen.see({1, 2}, std::uint64_t{1} << 40U) == std::nullopt);
  CHECK(seen.see({1, 2}, 3) == std::numeric_limits<std::uint32_t>::max());
}

TEST_CASE("the table answers as a map does, within the memory that it promises",
          "[converter][keys]") {
  SeenKeys seen;
  std::unordered_map<std::uint64_t, std::uint64_t> model;
  std::mt19937_64 random(20260131);
  for (std::uint64_t line = 1; line <= 200'000; ++line) {
    const std::uint64_t number = random() % 150'000;
    // Spread over all bits, the same for the same number.
    std::mt19937_64 spread(number);
    const KeyMark mark{spread(), spread()};
    const auto [entry, is_new] = model.emplace(number, line);
    const auto first = seen.see(mark, line);
    REQUIRE(first == (is_new ? std::nullopt : std::optional(entry->second)));
    if (line % 5000 == 0) {
      CAPTURE(line, seen.size());
      CHECK(seen.bytes() <= seen.size() * SeenKeys::kMostBytesEach + 40 * 1024);
    }
  }
  CHECK(seen.size() == model.size());
}

}  // namespace
}  // namespace amparo::converter
