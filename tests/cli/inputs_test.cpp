// SPDX-License-Identifier: Apache-2.0
#include "cli/inputs.hpp"

#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <catch2/catch.hpp>

using namespace amparo;
using namespace amparo::cli;

namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() : path_{fs::temp_directory_path() / ("amparo-inputs-" + std::to_string(::getpid()))} {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }

  void file(const std::string& name) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream{path_ / name} << "x";
  }
  [[nodiscard]] std::string operator/(const std::string& name) const {
    return (path_ / name).string();
  }
  [[nodiscard]] std::string name() const { return path_.string(); }

 private:
  fs::path path_;
};

std::vector<std::string> paths(const std::vector<Input>& inputs) {
  std::vector<std::string> all;
  for (const Input& input : inputs)
    all.push_back(input.path);
  return all;
}

}  // namespace

TEST_CASE("A folder stands for its .xml files, sorted; a file for itself", "[cli][inputs]") {
  const Folder folder;
  for (const char* name : {"b/2.XML", "b/1.xml", "a.xml", "a.txt", "b/c/3.xml", "x.xml.bak"})
    folder.file(name);
  fs::create_directories(folder / "folder.xml");
  fs::create_directory_symlink(folder.name(), folder / "b/circle");
  const std::vector<std::string> operands{folder / "x.xml.bak", folder.name(), "-", "absent.xml"};
  const auto inputs = find_inputs(operands);
  CHECK(paths(inputs) == std::vector<std::string>{folder / "x.xml.bak",
                                                  folder / "a.xml",
                                                  folder / "b/1.xml",
                                                  folder / "b/2.XML",
                                                  folder / "b/c/3.xml",
                                                  "-",
                                                  "absent.xml"});
  for (const Input& input : inputs)
    CHECK_FALSE(input.error);
  CHECK(display_name(inputs[5]) == "<stdin>");
}

TEST_CASE("A folder without .xml is a problem, and does not vanish", "[cli][inputs]") {
  const Folder folder;
  folder.file("a.txt");
  const std::vector<std::string> operands{folder.name()};
  const auto inputs = find_inputs(operands);
  REQUIRE(inputs.size() == 1);
  CHECK(inputs[0].path == folder.name());
  CHECK(inputs[0].problem == "folder-without-xml");
  REQUIRE(inputs[0].error);
  CHECK(inputs[0].error->code == ErrorCode::NotFound);
}

TEST_CASE("A folder that cannot be read is a problem beside those that can", "[cli][inputs]") {
  if (::geteuid() == 0) {
    WARN("not tested as root, whom no permission stops");
    return;
  }
  const Folder folder;
  folder.file("a/1.xml");
  folder.file("b/2.xml");
  fs::permissions(folder / "b", fs::perms::none);
  const std::vector<std::string> operands{folder.name()};
  const auto inputs = find_inputs(operands);
  fs::permissions(folder / "b", fs::perms::owner_all);
  CHECK(paths(inputs) == std::vector<std::string>{folder / "a/1.xml", folder / "b"});
  CHECK(inputs[1].problem == "file-unreadable");
}
