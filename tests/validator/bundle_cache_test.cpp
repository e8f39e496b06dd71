// SPDX-License-Identifier: Apache-2.0
#include "validator/bundle_cache.hpp"

#include <chrono>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "validator/bundle.hpp"
#include "validator/validate.hpp"

using namespace amparo;

namespace {

namespace fs = std::filesystem;

// A small bundle in a folder of its own, and a cache beside it; gone with the object.
class Scratch {
 public:
  Scratch() {
    std::string name = fs::temp_directory_path() / "amparo-cache-XXXXXX";
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    root_ = name;
    write("1.0/amparo.xsd",
          "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' version='1.2.3'>"
          "<xs:element name='a' type='xs:int'/></xs:schema>");
    write("codes/catalog.xml",
          "<catalog><list id='CL-X' file='X.gc' xsdType='XCode' version='1.0'/></catalog>");
    write("codes/X.gc",
          "<CodeList><Identification><ShortName>CL-X</ShortName><Version>1.0</Version>"
          "</Identification><SimpleCodeList><Row><Value ColumnRef='code'><SimpleValue>AA"
          "</SimpleValue></Value></Row></SimpleCodeList></CodeList>");
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  Scratch(Scratch&&) = delete;
  Scratch& operator=(Scratch&&) = delete;
  ~Scratch() { fs::remove_all(root_); }

  [[nodiscard]] fs::path bundle() const { return root_ / "schema"; }
  [[nodiscard]] CachePlace cache() const { return {root_ / "cache", "test 1"}; }
  [[nodiscard]] fs::path file() const { return bundle_cache_file(cache(), bundle()); }

  void write(const std::string& name, const std::string& bytes) const {
    const auto file = bundle() / name;
    fs::create_directories(file.parent_path());
    std::ofstream{file, std::ios::binary | std::ios::trunc} << bytes;
  }
  [[nodiscard]] std::string read(const fs::path& file) const {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
  }
  /// As if the cache had been written so long after the files.
  void age(std::chrono::seconds by) const {
    fs::last_write_time(file(), fs::file_time_type::clock::now() + by);
  }
  [[nodiscard]] bool is_valid(const std::string& document) const {
    const auto loaded = load_bundle(bundle(), EngineKind::Compiled, cache());
    REQUIRE(loaded);
    auto source = Source::from_string("t.xml", document);
    const auto report = validate(source, *loaded, {});
    REQUIRE(report);
    return report->verdict() == Verdict::Valid;
  }

 private:
  fs::path root_;
};

}  // namespace

TEST_CASE("A bundle that was loaded once is in the cache", "[validator][cache]") {
  const Scratch place;
  CHECK_FALSE(find_bundle_in(place.cache(), place.bundle()));
  const auto loaded = load_bundle(place.bundle(), EngineKind::Compiled, place.cache());
  REQUIRE(loaded);
  const auto found = find_bundle_in(place.cache(), place.bundle());
  REQUIRE(found);
  CHECK(found->name == loaded->name);
  CHECK(found->name.version == "1.2.3");
  REQUIRE(found->codes.of_type("XCode") != nullptr);
  CHECK(found->codes.of_type("XCode")->find("AA") != nullptr);
  CHECK(found->codes.of_type("XCode")->find("BB") == nullptr);
  CHECK(fs::status(place.file()).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(fs::status(place.file().parent_path()).permissions() == fs::perms::owner_all);
  CHECK(place.is_valid("<a>1</a>"));
  CHECK_FALSE(place.is_valid("<a>x</a>"));
  CHECK_FALSE(find_bundle_in({place.cache().folder, "test 2"}, place.bundle()));
  CHECK_FALSE(find_bundle_in({}, place.bundle()));
}

TEST_CASE("An edit is never missed", "[validator][cache]") {
  const Scratch place;
  REQUIRE(place.is_valid("<a>1</a>"));
  place.age(std::chrono::hours{1});
  REQUIRE(find_bundle_in(place.cache(), place.bundle()));
  const auto schema = place.bundle() / "1.0/amparo.xsd";
  const auto before = fs::last_write_time(schema);
  auto text = place.read(schema);
  // As many bytes, and the time of modification put back.
  text.replace(text.find("name='a'"), 8, "name='b'");
  place.write("1.0/amparo.xsd", text);
  fs::last_write_time(schema, before);
  CHECK_FALSE(find_bundle_in(place.cache(), place.bundle()));
  CHECK_FALSE(place.is_valid("<a>1</a>"));
  CHECK(place.is_valid("<b>1</b>"));
  // A new file belongs to the bundle too.
  place.age(std::chrono::hours{1});
  place.write("rules/new.sch", "<schema/>");
  CHECK_FALSE(find_bundle_in(place.cache(), place.bundle()));
  fs::remove(place.bundle() / "rules/new.sch");
  CHECK(find_bundle_in(place.cache(), place.bundle()));
  fs::remove(place.bundle() / "codes/X.gc");
  CHECK_FALSE(find_bundle_in(place.cache(), place.bundle()));
}

TEST_CASE("Files that were touched, but not changed, renew the cache", "[validator][cache]") {
  const Scratch place;
  REQUIRE(place.is_valid("<a>1</a>"));
  const auto before = place.read(place.file());
  place.write("codes/X.gc", place.read(place.bundle() / "codes/X.gc"));
  CHECK(find_bundle_in(place.cache(), place.bundle()));
  CHECK(place.read(place.file()) != before);
}

TEST_CASE("A damaged or planted bundle is as good as none", "[validator][cache]") {
  const Scratch place;
  REQUIRE(place.is_valid("<a>1</a>"));
  const auto whole = place.read(place.file());
  for (std::size_t at = 0; at < whole.size(); at += at < 1024 ? 7 : 211) {
    CAPTURE(at);
    std::ofstream{place.file(), std::ios::binary | std::ios::trunc} << whole.substr(0, at);
    if (find_bundle_in(place.cache(), place.bundle())) FAIL_CHECK("read although it ends too soon");
    auto flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
    std::ofstream{place.file(), std::ios::binary | std::ios::trunc} << flipped;
    if (find_bundle_in(place.cache(), place.bundle())) FAIL_CHECK("read although a bit is wrong");
  }
  std::ofstream{place.file(), std::ios::binary | std::ios::trunc} << whole;
  REQUIRE(find_bundle_in(place.cache(), place.bundle()));
  fs::permissions(place.file(), fs::perms::group_write, fs::perm_options::add);
  CHECK_FALSE(find_bundle_in(place.cache(), place.bundle()));
  fs::permissions(place.file(), fs::perms::group_write, fs::perm_options::remove);
  fs::permissions(place.cache().folder, fs::perms::others_write, fs::perm_options::add);
  CHECK_FALSE(find_bundle_in(place.cache(), place.bundle()));
  CHECK(place.is_valid("<a>1</a>"));  // compiled again, and not stored there
}

TEST_CASE("Code lists in a cache are checked, not trusted", "[validator][cache]") {
  const Scratch place;
  const auto lists = CodeLists::load(place.bundle() / "codes/catalog.xml");
  REQUIRE(lists);
  const std::string whole{lists->bytes()};
  const auto again = CodeLists::from_bytes(whole, nullptr);
  REQUIRE(again);
  CHECK(again->find("CL-X")->version == "1.0");
  for (std::size_t at = 0; at < whole.size(); ++at) {
    CHECK_FALSE(CodeLists::from_bytes(whole.substr(0, at), nullptr));
    auto flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x80);
    // Whatever it is now, reading it does no harm.
    static_cast<void>(CodeLists::from_bytes(flipped, nullptr));
  }
}
