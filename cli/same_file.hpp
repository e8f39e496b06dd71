// SPDX-License-Identifier: Apache-2.0
// Do two names lead to one file? Asked before anything is written, so that no output of a run takes
// the place of its input, of its key, or of another output.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>

namespace amparo::cli {

/// True when both are there and have one device and inode (so links count), and, where one is not
/// there yet, when both have the same name in the same folder.
[[nodiscard]] bool is_same_file(const std::string& a, const std::string& b);

/// A file of a run, and what the user named it by: "--ledger", "-o".
struct NamedFile {
  std::string role;
  std::string path;
  bool is_written = false;
};

/// The first two that are one file. An empty path is none; "-" is standard input for what is read
/// and standard output for what is written, and those are two.
[[nodiscard]] std::optional<std::pair<NamedFile, NamedFile>> find_same(
    std::span<const NamedFile> files);

}  // namespace amparo::cli
