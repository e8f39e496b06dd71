// SPDX-License-Identifier: Apache-2.0
// From words of a command line to Arguments, by the tables of options. The same tables make the
// help, the man pages and the completion. Read next: help.hpp, man_page.hpp, completion.hpp.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"
#include "core/result.hpp"

namespace amparo::cli {

/// Options that every verb takes besides its own.
[[nodiscard]] std::span<const Option> common_options();

/// Options that stand in place of a verb: --version, and two for packagers that no help shows.
[[nodiscard]] std::span<const Option> program_options();
[[nodiscard]] std::span<const Option> packager_options();

/// What is wrong with a command line: a key of cli_messages().
struct UsageError {
  std::string key;
  Params params{};

  friend bool operator==(const UsageError&, const UsageError&) = default;
};

/// Options may stand before and after operands; "--" ends them; "-" is an operand. Names are given
/// in full. An option's value is held against its table. Of an option given twice that is not
/// repeatable the last one counts.
[[nodiscard]] Result<Arguments, UsageError> parse_options(
    std::span<const std::string> words, std::span<const std::span<const Option>> tables);

/// "--output FORMAT=PATH", "-o, --out FILE", "--color auto|always|never".
[[nodiscard]] std::string option_usage(const Option& option);

/// The values that an option takes; empty when it takes anything, or nothing.
[[nodiscard]] std::vector<std::string> option_values(const Option& option);

}  // namespace amparo::cli
