// SPDX-License-Identifier: Apache-2.0
// Words into lines of at most 80 columns, for the help.
#pragma once

#include <string>
#include <string_view>

namespace amparo::cli {

inline constexpr std::size_t kHelpWidth = 80;

/// `text` broken at spaces, each line after `indent` spaces and ended by a line end. A word
/// that is longer than a line stays whole. REQUIRES: no line end in `text`
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t indent);

/// "  --name   what it does", the second part wrapped in its own column.
[[nodiscard]] std::string two_columns(std::string_view left,
                                      std::string_view right,
                                      std::size_t column);

}  // namespace amparo::cli
