// SPDX-License-Identifier: Apache-2.0
#include "validator/bundle_files.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <sys/stat.h>

#include "core/source.hpp"
#include "digest/sha256.hpp"

namespace amparo {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFileBytes = std::size_t{64} << 20U;
constexpr std::int64_t kNanoseconds = 1'000'000'000;

bool belongs_to_bundle(const fs::path& file) {
  constexpr std::array<std::string_view, 6> kSuffixes{
      ".xsd", ".gc", ".xml", ".sch", ".csv", ".tsv"};
  const auto suffix = file.extension().string();
  return std::find(kSuffixes.begin(), kSuffixes.end(), suffix) != kSuffixes.end();
}

std::int64_t nanoseconds(const timespec& time) {
  return time.tv_sec * kNanoseconds + time.tv_nsec;
}

// In the order of their names.
Result<std::vector<std::string>> files_of(const fs::path& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::recursive_directory_iterator each{folder, error}; each != fs::end(each);
       each.increment(error)) {
    if (error) break;
    if (!belongs_to_bundle(each->path()) || !each->is_regular_file(error)) continue;
    files.push_back(each->path().lexically_relative(folder).generic_string());
  }
  if (error) return fail(ErrorCode::Unreadable, folder.string() + ": " + error.message());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

Result<std::vector<FileStamp>> stamps_of(const fs::path& folder) {
  auto files = files_of(folder);
  if (!files) return Fail{files.error()};
  std::vector<FileStamp> stamps;
  for (std::string& name : *files) {
    struct stat status {};
    const auto file = folder / name;
    if (::stat(file.c_str(), &status) != 0) {
      return fail(ErrorCode::Unreadable, file.string() + ": " + std::strerror(errno));
    }
    stamps.push_back({.name = std::move(name),
                      .size = static_cast<std::uint64_t>(status.st_size),
                      .modified = nanoseconds(status.st_mtim),
                      .changed = nanoseconds(status.st_ctim),
                      .inode = status.st_ino,
                      .device = status.st_dev});
  }
  return stamps;
}

Result<std::string> digest_of(const fs::path& folder) {
  const auto files = files_of(folder);
  if (!files) return Fail{files.error()};
  digest::Sha256 all;
  for (const std::string& file : *files) {
    const auto bytes = read_file(folder / file, kMaxFileBytes);
    if (!bytes) return Fail{bytes.error()};
    // Name, digest of the bytes: two files cannot be taken for one.
    all.update(file);
    all.update("\n" + digest::to_hex(digest::sha256(*bytes)) + "\n");
  }
  return "sha256:" + digest::to_hex(all.finish());
}

}  // namespace amparo
