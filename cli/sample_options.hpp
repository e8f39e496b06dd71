// SPDX-License-Identifier: Apache-2.0
// The options of amparo sample, and what it says.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "cli/command.hpp"
#include "cli/options.hpp"
#include "core/result.hpp"
#include "revision/sample.hpp"

namespace amparo::cli {

struct SampleOptions {
  revision::SampleRequest request{};
  std::string output = "-";
  bool is_quiet = false;
};

[[nodiscard]] std::span<const Option> sample_option_table();
[[nodiscard]] std::span<const MessageText> sample_messages();

/// "500", "500KB", "100 MB" or "1GB" in bytes; units are powers of 1000, as disks are sold.
/// Nothing: not of this form, no bytes at all, or more than a signed 64-bit number holds.
[[nodiscard]] std::optional<std::uint64_t> read_size(std::string_view text);

[[nodiscard]] Result<SampleOptions, UsageError> read_sample_options(const Arguments& arguments);

}  // namespace amparo::cli
