// SPDX-License-Identifier: Apache-2.0
// Text that others chose (file names, columns, names of elements) made safe to show: no control
// character, terminal escape or direction override reaches a terminal.
#pragma once

#include <string>
#include <string_view>

namespace amparo::report {

/// Escapes what a terminal would act on or not show: "\n", "\x1b", "\u{202e}"; bytes that are not
/// UTF-8 as "\xNN". A backslash stays: the text is for reading, not for reading back.
[[nodiscard]] std::string printable(std::string_view text);

/// The same, one character for one, so that columns stay true: U+FFFD in place of each.
[[nodiscard]] std::string printable_in_place(std::string_view text);

/// True for characters that printable() escapes: controls, direction overrides and isolates,
/// separators of lines and paragraphs, the byte order mark.
[[nodiscard]] bool is_unprintable(char32_t code_point) noexcept;

}  // namespace amparo::report
