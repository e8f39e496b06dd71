// SPDX-License-Identifier: Apache-2.0
#include "cli/same_file.hpp"

#include <filesystem>
#include <sys/stat.h>

namespace amparo::cli {
namespace {

// Where a file is, or would be: its own numbers, or its folder's and its name there.
struct Identity {
  ::dev_t device = 0;
  ::ino_t number = 0;
  std::string name{};

  friend bool operator==(const Identity&, const Identity&) = default;
};

std::optional<Identity> identity_of(const std::string& path) {
  struct ::stat status {};
  if (::stat(path.c_str(), &status) == 0) return Identity{status.st_dev, status.st_ino, {}};
  const auto place = std::filesystem::path{path}.lexically_normal();
  const auto folder = place.has_parent_path() ? place.parent_path() : std::filesystem::path{"."};
  if (::stat(folder.c_str(), &status) != 0) return std::nullopt;
  return Identity{status.st_dev, status.st_ino, place.filename().string()};
}

}  // namespace

bool is_same_file(const std::string& a, const std::string& b) {
  if (a == b) return true;
  const auto first = identity_of(a);
  return first && first == identity_of(b);
}

std::optional<std::pair<NamedFile, NamedFile>> find_same(std::span<const NamedFile> files) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    for (std::size_t k = i + 1; k < files.size(); ++k) {
      const NamedFile& a = files[i];
      const NamedFile& b = files[k];
      if (a.path.empty() || b.path.empty() || a.role == b.role) continue;
      const bool has_stream = a.path == "-" || b.path == "-";
      const bool is_same = has_stream ? a.path == b.path && a.is_written == b.is_written
                                      : is_same_file(a.path, b.path);
      if (is_same) return std::pair{a, b};
    }
  }
  return std::nullopt;
}

}  // namespace amparo::cli
