// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/schema_cache.hpp"

#include <algorithm>
#include <string>

#include <catch2/catch.hpp>

#include "tests/validator/xsd/schema_folder.hpp"

namespace amparo::xsd {
namespace {

namespace fs = std::filesystem;

constexpr auto kFull = SchemaChecking::Full;
constexpr const char* kElement = "<xs:element name='a' type='xs:int'/>";

void write(const fs::path& file, const std::string& bytes) {
  std::ofstream{file, std::ios::binary | std::ios::trunc} << bytes;
}

TEST_CASE("A schema that was compiled once is read from the cache", "[xsd][cache]") {
  SchemaFolder folder;
  const auto files = folder.add("a.xsd", kElement);
  const SchemaCache cache{folder.path() / "cache" / "schemas", "test 1"};
  CHECK_FALSE(cache.find(files, kFull));
  const auto compiled = compile(files, {}, cache);
  REQUIRE(compiled);
  const auto found = cache.find(files, kFull);
  REQUIRE(found);
  CHECK(std::ranges::equal(found->bytes(), compiled->bytes()));
  CHECK(dump(*found) == dump(*compiled));
  const auto file = cache.file_of(files, kFull);
  CHECK(fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  const auto count = std::distance(fs::directory_iterator{file.parent_path()}, {});
  CHECK(count == 1);

  CHECK_FALSE(cache.find(files, SchemaChecking::Trusted));
  CHECK_FALSE(SchemaCache(file.parent_path(), "test 2").find(files, kFull));
}

TEST_CASE("A change in any file of a schema makes its tables old", "[xsd][cache]") {
  SchemaFolder folder;
  folder.add("b.xsd", kElement);
  const auto files = folder.add("a.xsd", "<xs:include schemaLocation='b.xsd'/>");
  const SchemaCache cache{folder.path() / "cache", "test"};
  REQUIRE(compile(files, {}, cache));
  REQUIRE(cache.find(files, kFull));
  folder.add("b.xsd", "<xs:element name='b' type='xs:int'/>");
  CHECK_FALSE(cache.find(files, kFull));
  const auto again = compile(files, {}, cache);
  REQUIRE(again);
  CHECK(again->find_name(NamespaceId::Absent, "b") != NameId::None);
  CHECK(cache.find(files, kFull));
  fs::remove(folder.path() / "b.xsd");
  CHECK_FALSE(cache.find(files, kFull));
}

TEST_CASE("A damaged cache is as good as none", "[xsd][cache]") {
  SchemaFolder folder;
  const auto files = folder.add("a.xsd", kElement);
  const SchemaCache cache{folder.path(), "test"};
  REQUIRE(compile(files, {}, cache));
  const auto file = cache.file_of(files, kFull);
  const auto whole = SchemaFolder::read(file);
  REQUIRE(whole.size() > 4096);
  for (std::size_t at = 0; at < whole.size(); at += at < 256 ? 1 : 61) {
    CAPTURE(at);
    write(file, whole.substr(0, at));
    if (cache.find(files, kFull)) FAIL_CHECK("read although it ends too soon");
    auto flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << at % 8));
    write(file, flipped);
    if (cache.find(files, kFull)) FAIL_CHECK("read although a bit is wrong");
  }
  write(file, whole + std::string(64, '\0'));
  CHECK_FALSE(cache.find(files, kFull));
  CHECK(compile(files, {}, cache));
  CHECK(SchemaFolder::read(file) == whole);
}

TEST_CASE("A cache that others can write, or that is no file, is not read", "[xsd][cache]") {
  SchemaFolder folder;
  const auto files = folder.add("a.xsd", kElement);
  const SchemaCache cache{folder.path(), "test"};
  REQUIRE(compile(files, {}, cache));
  const auto file = cache.file_of(files, kFull);
  fs::permissions(file, fs::perms::others_write, fs::perm_options::add);
  CHECK_FALSE(cache.find(files, kFull));
  fs::permissions(file, fs::perms::others_write, fs::perm_options::remove);
  CHECK(cache.find(files, kFull));
  fs::rename(file, folder.path() / "elsewhere");
  fs::create_symlink(folder.path() / "elsewhere", file);
  CHECK_FALSE(cache.find(files, kFull));
  fs::remove(file);
  fs::create_directory(file);
  CHECK_FALSE(cache.find(files, kFull));
}

TEST_CASE("A cache that cannot be written is no fault of the schema", "[xsd][cache]") {
  SchemaFolder folder;
  const auto files = folder.add("a.xsd", kElement);
  write(folder.path() / "file", "");
  const SchemaCache cache{folder.path() / "file" / "cache", "test"};
  const auto schema = compile(files, {}, cache);
  REQUIRE(schema);
  const auto stored = cache.store(files, kFull, *schema);
  REQUIRE_FALSE(stored);
  CHECK(stored.error().code == ErrorCode::Unwritable);
}

}  // namespace
}  // namespace amparo::xsd
