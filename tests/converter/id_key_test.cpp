// SPDX-License-Identifier: Apache-2.0
#include "converter/id_key.hpp"

#include <regex>
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "tests/converter/sandbox.hpp"

namespace amparo::converter {
namespace {

TEST_CASE("an identifier is the first 130 bits of the keyed digest, in Crockford base 32",
          "[converter][id]") {
  // Worked out with another program: HMAC-SHA-256 of "US-HHS-FOIA", NUL, "50001" under the key
  // 00 01 ... 1f, its first 26 groups of five bits.
  CHECK(testing::test_key().identifier("cx", "US-HHS-FOIA", "50001") ==
        "cx-HHE22FXP0XRMRRB935GFHZGXYD");
}

TEST_CASE("identifiers have the form of the standard and depend on each of their parts",
          "[converter][id]") {
  const IdKey key = testing::test_key();
  const std::string id = key.identifier("cx", "S", "1");
  CHECK(std::regex_match(id, std::regex("[a-z]{2,4}-[0-9A-HJKMNP-TV-Z]{20,26}")));
  CHECK(key.identifier("cx", "S", "1") == id);
  CHECK(key.identifier("cx", "S", "2") != id);
  CHECK(key.identifier("cx", "T", "1").substr(3) != id.substr(3));
  CHECK(IdKey::from_bytes({1}).identifier("cx", "S", "1") != id);
  // The NUL keeps system and key apart.
  CHECK(key.identifier("cx", "S1", "1") != key.identifier("cx", "S", "11"));
}

TEST_CASE("a new key is private, is read back, and is never replaced", "[converter][id]") {
  const testing::Folder folder;
  const auto file = folder.path() / "id.key";
  REQUIRE(IdKey::create(file));
  CHECK(std::filesystem::file_size(file) == kIdKeyBytes);
  CHECK((std::filesystem::status(file).permissions() & std::filesystem::perms::all) ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  const auto key = IdKey::read(file);
  REQUIRE(key);
  CHECK(key->fingerprint() == IdKey::read(file)->fingerprint());
  CHECK(key->fingerprint() != testing::test_key().fingerprint());
  const auto again = IdKey::create(file);
  REQUIRE_FALSE(again);
  CHECK(again.error().message == file.string() + ": is there already; a key is never replaced");
  CHECK(IdKey::read(file)->fingerprint() == key->fingerprint());
}

TEST_CASE("a key that others may read is refused", "[converter][id]") {
  const auto mode = GENERATE(0644, 0640, 0604, 0660, 0611);
  const testing::Folder folder;
  const auto file = folder.write("id.key", std::string(kIdKeyBytes, 'k'));
  REQUIRE(::chmod(file.c_str(), static_cast<::mode_t>(mode)) == 0);
  const auto key = IdKey::read(file);
  REQUIRE_FALSE(key);
  CHECK(key.error().code == ErrorCode::BadKey);
  REQUIRE(::chmod(file.c_str(), 0400) == 0);
  CHECK(IdKey::read(file));
}

TEST_CASE("a key of another length, a folder and a missing file are refused", "[converter][id]") {
  const testing::Folder folder;
  const auto length = GENERATE(std::size_t{0}, kIdKeyBytes - 1, kIdKeyBytes + 1);
  const auto file = folder.write("id.key", std::string(length, 'k'));
  REQUIRE(::chmod(file.c_str(), 0600) == 0);
  CHECK(IdKey::read(file).error().code == ErrorCode::BadKey);
  CHECK(IdKey::read(folder.path()).error().code == ErrorCode::Unreadable);
  CHECK(IdKey::read(folder.path() / "none").error().code == ErrorCode::NotFound);
}

}  // namespace
}  // namespace amparo::converter
