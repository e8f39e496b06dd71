// SPDX-License-Identifier: Apache-2.0
// What this program is made of.
#pragma once

#include <string>
#include <string_view>

#include "core/report.hpp"

namespace amparo::cli {

/// "1.0.0"
[[nodiscard]] std::string_view tool_version() noexcept;

/// Program, commit and kind of build; libraries. Two lines.
[[nodiscard]] std::string version_text();

/// The line about the installed standard.
[[nodiscard]] std::string bundle_text(const BundleName& bundle);

}  // namespace amparo::cli
