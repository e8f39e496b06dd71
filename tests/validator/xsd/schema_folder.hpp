// SPDX-License-Identifier: Apache-2.0
// A folder of its own for each test, gone when the test is.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace amparo::xsd {

class SchemaFolder {
 public:
  SchemaFolder() {
    auto name = (std::filesystem::temp_directory_path() / "amparo-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"mkdtemp"};
    path_ = name;
  }
  SchemaFolder(const SchemaFolder&) = delete;
  SchemaFolder& operator=(const SchemaFolder&) = delete;
  SchemaFolder(SchemaFolder&&) = delete;
  SchemaFolder& operator=(SchemaFolder&&) = delete;
  ~SchemaFolder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  /// A schema without target namespace around `components`.
  std::vector<std::filesystem::path> add(const std::string& name, std::string_view components) {
    std::ofstream{path_ / name} << "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">"
                                << components << "</xs:schema>";
    return {path_ / name};
  }

  static std::string read(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
  }

 private:
  std::filesystem::path path_{};
};

}  // namespace amparo::xsd
