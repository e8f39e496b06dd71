// SPDX-License-Identifier: Apache-2.0
// An input that is read more than once.
#pragma once

#include <string>

#include "cli/inputs.hpp"
#include "core/result.hpp"
#include "core/source.hpp"

namespace amparo::cli {

/// A file, or what a pipe gave: that is put into a file (0600) that has no name any more.
class SpooledInput {
 public:
  /// Fails with NotFound, Unreadable and Unwritable. REQUIRES: input.error is empty
  static Result<SpooledInput> create(const Input& input);
  SpooledInput(SpooledInput&& other) noexcept;
  SpooledInput& operator=(SpooledInput&&) = delete;
  SpooledInput(const SpooledInput&) = delete;
  SpooledInput& operator=(const SpooledInput&) = delete;
  ~SpooledInput();

  /// From the first byte. One at a time; dies before the input. Fails with Unreadable.
  [[nodiscard]] Result<Source> open() const;

 private:
  SpooledInput(int descriptor, std::string name)
      : descriptor_{descriptor}, name_{std::move(name)} {}

  int descriptor_;
  std::string name_;
};

}  // namespace amparo::cli
