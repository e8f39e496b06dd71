// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/key_table.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace amparo::xsd;

TEST_CASE("A key table tells new keys from known ones, in 32 bytes a key", "[xsd][keys]") {
  KeyTable table;
  constexpr std::size_t kKeys = 200'000;
  for (std::size_t i = 0; i < kKeys; ++i) {
    REQUIRE(table.insert(digest_of_key("key" + std::to_string(i))));
    if (i > 10'000 && i % 1'000 == 0) REQUIRE(table.bytes() <= 32 * (i + 1));
  }
  CHECK(table.size() == kKeys);
  for (std::size_t i = 0; i < kKeys; i += 997) {
    const auto key = digest_of_key("key" + std::to_string(i));
    CHECK(table.contains(key));
    CHECK_FALSE(table.insert(key));
    CHECK_FALSE(table.contains(digest_of_key("no" + std::to_string(i))));
  }
  KeyTable other;
  other.insert(digest_of_key("x"));
  other.merge(table);
  CHECK(other.size() == kKeys + 1);
  CHECK(other.missing_from(table) == 1);
  CHECK(table.missing_from(other) == 0);
  table.clear();
  CHECK(table.size() == 0);
  CHECK_FALSE(table.contains(digest_of_key("key1")));
}

TEST_CASE("Digests differ with every byte and with the length", "[xsd][keys]") {
  const std::string text = "0123456789abcdef0123";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    for (std::size_t other = 0; other <= text.size(); ++other) {
      CHECK((digest_of_key(text.substr(0, size)) == digest_of_key(text.substr(0, other))) ==
            (size == other));
    }
  }
}
