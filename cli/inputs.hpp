// SPDX-License-Identifier: Apache-2.0
// The documents that the operands of a command name.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "core/source.hpp"

namespace amparo::cli {

struct Input {
  std::string path;              ///< "-": standard input
  std::string problem{};         ///< key of cli_messages(); empty: the file can be tried
  std::optional<Error> error{};  ///< the same, for programs
};

/// Files as named; of a folder all files whose name ends in .xml, in any case, at any depth, in the
/// order of their paths. A folder that has none, or cannot be read, stays in the list with its
/// problem. Links to folders are not followed: they may lead in circles.
[[nodiscard]] std::vector<Input> find_inputs(std::span<const std::string> operands);

/// "<stdin>" for standard input; else the path.
[[nodiscard]] std::string display_name(const Input& input);

/// Fails with NotFound or Unreadable. REQUIRES: input.error is empty
[[nodiscard]] Result<Source> open_input(const Input& input);

}  // namespace amparo::cli
