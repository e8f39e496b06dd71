// SPDX-License-Identifier: Apache-2.0
// UTF-8 as bytes: is it well formed, which code points does it hold, may XML 1.0 carry them.
// Standard library only. Read next: text/fold.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace amparo::text {

/// One decoded code point and the bytes it took. `length` 0: the bytes at that place are not UTF-8.
struct Decoded {
  char32_t code_point = 0;
  std::uint8_t length = 0;
};

/// The code point at `offset`. Refuses overlong forms, surrogates and values above U+10FFFF
/// (Unicode 15, table 3-7). REQUIRES: offset < bytes.size()
[[nodiscard]] Decoded decode_utf8(std::string_view bytes, std::size_t offset) noexcept;

/// Offset of the first byte that does not belong to well-formed UTF-8; nothing when all does.
[[nodiscard]] std::optional<std::size_t> first_invalid_utf8(std::string_view bytes) noexcept;

/// Number of code points. REQUIRES: well-formed UTF-8
[[nodiscard]] std::size_t count_code_points(std::string_view utf8) noexcept;

/// Offset of the first character that XML 1.0 cannot carry in any form (production 2, Char: most
/// control characters, U+FFFE and U+FFFF); nothing when there is none. REQUIRES: well-formed UTF-8
[[nodiscard]] std::optional<std::size_t> first_invalid_xml_character(
    std::string_view utf8) noexcept;

/// Without the XML white space (tab, line feed, carriage return, space) at both ends.
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;

/// Appends `code_point` as UTF-8. REQUIRES: a Unicode scalar value
void append_utf8(std::string& out, char32_t code_point);

}  // namespace amparo::text
