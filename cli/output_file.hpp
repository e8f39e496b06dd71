// SPDX-License-Identifier: Apache-2.0
// Output that is there whole or not at all: written to a private file beside the target, synced,
// then renamed over it. A full disk, a killed program or an error leave the old file, or none.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cli/signals.hpp"
#include "core/result.hpp"

namespace amparo::cli {

class OutputFile {
 public:
  /// Makes the temporary file, mode 0600, in the folder of `target`. "-" is standard output, which
  /// is written as it comes. A symbolic link is followed: the file it names is replaced, not the
  /// link. Fails with Unwritable.
  static Result<OutputFile> create(const std::string& target);

  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  /// Removes the temporary file unless commit() was called.
  ~OutputFile();

  /// Fails with Unwritable, naming the target and the reason ("no space left on device").
  Status write(std::string_view bytes);
  /// All that was written is on the disk under the temporary name, for reading it back.
  Status flush();
  /// Puts the file in place.
  Status commit();

  /// Lets commit() put the file beside the target, under `name`, and leave the target alone.
  void place_beside(const std::string& name);
  /// What commit() replaces: the target, links followed.
  [[nodiscard]] const std::string& place() const noexcept { return place_; }

  /// Where the bytes are until commit(); "-" for standard output.
  [[nodiscard]] const std::string& temporary_path() const noexcept { return temporary_; }
  [[nodiscard]] const std::string& target() const noexcept { return target_; }
  [[nodiscard]] bool is_standard_output() const noexcept { return target_ == "-"; }

 private:
  OutputFile(std::string target, std::string place, std::string temporary, int descriptor);

  Status write_out(std::string_view bytes);
  [[nodiscard]] Fail<Error> cannot_write(int error) const;
  void sync_folder() const;

  std::string target_;  // as the user named it
  std::string place_;   // what is replaced: the target, links followed
  std::string temporary_;
  int descriptor_ = -1;
  std::string buffer_;
  std::unique_ptr<TemporaryGuard> guard_;
};

/// create(), write(), commit(), for what is written in one piece.
Status write_file(const std::string& target, std::string_view bytes);

}  // namespace amparo::cli
