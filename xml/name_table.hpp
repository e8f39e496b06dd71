// SPDX-License-Identifier: Apache-2.0
// Names of XML 1.0, fifth edition (productions 4, 4a and 5), and of Namespaces 1.0 (NCName).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace amparo::xml {

/// What an ASCII byte may be in markup, as bits.
inline constexpr std::uint8_t kNameStartByte = 1;
inline constexpr std::uint8_t kNameByte = 2;
inline constexpr std::uint8_t kSpaceByte = 4;

namespace detail {

constexpr std::array<std::uint8_t, 256> make_byte_kinds() {
  std::array<std::uint8_t, 256> kinds{};
  for (unsigned c = 0; c < 256; ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    // Beyond ASCII the code point decides: here a byte may be part of any name.
    if (letter || c == '_' || c == ':' || c >= 0x80) kinds.at(c) = kNameStartByte | kNameByte;
    if ((c >= '0' && c <= '9') || c == '-' || c == '.') kinds.at(c) = kNameByte;
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') kinds.at(c) = kSpaceByte;
  }
  return kinds;
}

inline constexpr std::array<std::uint8_t, 256> kByteKinds = make_byte_kinds();

}  // namespace detail

[[nodiscard]] inline std::uint8_t byte_kind(char c) noexcept {
  return detail::kByteKinds[static_cast<unsigned char>(c)];
}
[[nodiscard]] inline bool is_space(char c) noexcept {
  return byte_kind(c) == kSpaceByte;
}
[[nodiscard]] inline bool is_name_byte(char c) noexcept {
  return (byte_kind(c) & kNameByte) != 0;
}

/// Production 4, the colon too.
[[nodiscard]] bool is_name_start(char32_t c) noexcept;
/// Production 4a, the colon too.
[[nodiscard]] bool is_name_character(char32_t c) noexcept;

/// What a text is as a name.
enum class NameForm : std::uint8_t {
  NotAName,
  Name,   ///< with colons where a QName cannot have them
  QName,  ///< NCName, or two of them with a colon between
};

/// `colon`: where the colon of a QName stands, or npos. REQUIRES: well-formed UTF-8
[[nodiscard]] NameForm name_form(std::string_view text, std::size_t& colon) noexcept;

}  // namespace amparo::xml
