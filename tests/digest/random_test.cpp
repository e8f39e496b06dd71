// SPDX-License-Identifier: Apache-2.0
#include "digest/random.hpp"

#include <array>

#include <catch2/catch.hpp>

namespace amparo::digest {
namespace {

TEST_CASE("two draws of 32 random bytes differ", "[digest][random]") {
  std::array<std::uint8_t, 32> one{};
  std::array<std::uint8_t, 32> two{};
  REQUIRE(fill_random(one));
  REQUIRE(fill_random(two));
  CHECK(one != two);
  CHECK(one != std::array<std::uint8_t, 32>{});
}

}  // namespace
}  // namespace amparo::digest
