// SPDX-License-Identifier: Apache-2.0
#include "cli/output_file.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/stat.h>

#include <catch2/catch.hpp>

namespace amparo::cli {
namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "amparo-test-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() {
    std::error_code error;
    fs::remove_all(path, error);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  Folder(Folder&&) = delete;
  Folder& operator=(Folder&&) = delete;

  [[nodiscard]] std::string read(const std::string& name) const {
    std::ostringstream out;
    out << std::ifstream(path / name, std::ios::binary).rdbuf();
    return out.str();
  }
  [[nodiscard]] std::size_t count() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), {}));
  }
  fs::path path;
};

TEST_CASE("a file is there after commit, whole and private", "[cli][output]") {
  const Folder folder;
  const std::string target = (folder.path / "out.xml").string();
  {
    auto file = OutputFile::create(target);
    REQUIRE(file);
    REQUIRE(file->write("one "));
    REQUIRE(file->write(std::string(1 << 20, 'x')));
    CHECK_FALSE(fs::exists(target));
    REQUIRE(file->commit());
  }
  CHECK(folder.read("out.xml") == "one " + std::string(1 << 20, 'x'));
  CHECK(folder.count() == 1);
  CHECK((fs::status(target).permissions() & fs::perms::all) ==
        (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("without commit the old file stays and the new one goes", "[cli][output]") {
  const Folder folder;
  std::ofstream(folder.path / "out.xml") << "old";
  {
    auto file = OutputFile::create((folder.path / "out.xml").string());
    REQUIRE(file);
    REQUIRE(file->write("new"));
    REQUIRE(file->flush());
    std::ostringstream spooled;
    spooled << std::ifstream(file->temporary_path()).rdbuf();
    CHECK(spooled.str() == "new");
    CHECK(folder.count() == 2);
  }
  CHECK(folder.read("out.xml") == "old");
  CHECK(folder.count() == 1);
}

TEST_CASE("a link is followed, and stays a link", "[cli][output]") {
  const Folder folder;
  std::ofstream(folder.path / "out.xml") << "old";
  fs::create_symlink("out.xml", folder.path / "link.xml");
  REQUIRE(write_file((folder.path / "link.xml").string(), "new"));
  CHECK(fs::is_symlink(folder.path / "link.xml"));
  CHECK(folder.read("out.xml") == "new");
}

TEST_CASE("what cannot be written says so before any work is done", "[cli][output]") {
  const Folder folder;
  const auto in_no_folder = OutputFile::create((folder.path / "none/out.xml").string());
  REQUIRE_FALSE(in_no_folder);
  CHECK(in_no_folder.error().code == ErrorCode::Unwritable);
  const auto a_folder = OutputFile::create(folder.path.string());
  REQUIRE_FALSE(a_folder);
  CHECK(a_folder.error().message == folder.path.string() + ": is not a regular file");
  CHECK(OutputFile::create("/dev/full").error().code == ErrorCode::Unwritable);
}

}  // namespace
}  // namespace amparo::cli
