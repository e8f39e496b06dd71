// SPDX-License-Identifier: Apache-2.0
// The files of a bundle: which they are, what they digest to, and whether they are still what they
// were.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/result.hpp"

namespace amparo {

/// A file as the file system knows it. Whoever changes a file changes one of these.
struct FileStamp {
  std::string name{};         ///< from the bundle's folder, with slashes
  std::uint64_t size = 0;     ///< bytes
  std::int64_t modified = 0;  ///< nanoseconds
  std::int64_t changed = 0;   ///< nanoseconds; nobody can set it
  std::uint64_t inode = 0;
  std::uint64_t device = 0;

  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

/// All files under `folder` that belong to a bundle, by name. Fails with Unreadable.
[[nodiscard]] Result<std::vector<FileStamp>> stamps_of(const std::filesystem::path& folder);

/// SHA-256 over the names and bytes of all files under `folder` that belong to a bundle, in the
/// order of their names: "sha256:...".
[[nodiscard]] Result<std::string> digest_of(const std::filesystem::path& folder);

}  // namespace amparo
