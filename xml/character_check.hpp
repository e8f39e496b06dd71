// SPDX-License-Identifier: Apache-2.0
// UTF-8 and the characters of XML 1.0 (production 2), checked before anything else looks at the
// bytes; and the counting of lines. Portable and AVX2, with the same answers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "xml/scan.hpp"

namespace amparo::xml {

/// Strict: no C1 control characters, no DEL and no non-characters either.
enum class CharacterSet : std::uint8_t { Xml, Strict };

enum class CharacterFault : std::uint8_t { None, NotUtf8, NotAllowed };

/// What stands at the beginning of a text.
struct CharacterCheck {
  std::size_t good = 0;  ///< bytes of whole characters that are allowed
  CharacterFault fault = CharacterFault::None;
  char32_t character = 0;  ///< NotAllowed: which
};

/// Checks to the first fault. `is_last`: false: up to three bytes at the end may begin a character
/// and are then neither good nor a fault.
[[nodiscard]] CharacterCheck check_characters(std::string_view text,
                                              CharacterSet set,
                                              bool is_last,
                                              ScanPath path);

/// Whether XML 1.0 can have the character; Strict as above.
[[nodiscard]] bool is_allowed(char32_t c, CharacterSet set) noexcept;

/// Number of the bytes that are `c`.
[[nodiscard]] std::size_t count_bytes(std::string_view text, char c, ScanPath path);

}  // namespace amparo::xml
