// SPDX-License-Identifier: Apache-2.0
// What the options of validate mean, checked before anything is read.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/inputs.hpp"
#include "cli/options.hpp"
#include "cli/report_outputs.hpp"
#include "validator/validate.hpp"

namespace amparo::cli {

[[nodiscard]] std::span<const Option> validate_option_table();

struct ValidatePlan {
  std::vector<Input> inputs{};
  std::vector<std::filesystem::path> schemas{};  ///< none: the standard
  EngineKind engine = EngineKind::Compiled;
  std::optional<std::string> cache{};  ///< a folder, or "none"; nothing: the user's own
  ValidateOptions options{};
  report::Format format = report::Format::Text;
  std::vector<OutputRequest> files{};
  Severity fail_on = Severity::Error;
};

[[nodiscard]] Result<ValidatePlan, UsageError> read_validate_plan(const Arguments& arguments);

}  // namespace amparo::cli
