// SPDX-License-Identifier: Apache-2.0
#include "text/utf8.hpp"

namespace amparo::text {

namespace {

constexpr bool is_continuation(unsigned char byte) noexcept {
  return (byte & 0xC0U) == 0x80U;
}

constexpr bool is_xml_character(char32_t c) noexcept {
  if (c < 0x20) return c == 0x09 || c == 0x0A || c == 0x0D;
  return c != 0xFFFE && c != 0xFFFF;
}

}  // namespace

Decoded decode_utf8(std::string_view bytes, std::size_t offset) noexcept {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[offset + i]); };
  const std::size_t left = bytes.size() - offset;
  const unsigned char lead = at(0);
  if (lead < 0x80) return {lead, 1};
  // C0 and C1 would only start overlong forms, F5 and above values beyond U+10FFFF.
  if (lead < 0xC2 || lead > 0xF4) return {};
  if (left < 2 || !is_continuation(at(1))) return {};
  if (lead < 0xE0) return {((lead & 0x1FU) << 6U) | (at(1) & 0x3FU), 2};
  if (left < 3 || !is_continuation(at(2))) return {};
  if (lead < 0xF0) {
    const char32_t c = ((lead & 0x0FU) << 12U) | ((at(1) & 0x3FU) << 6U) | (at(2) & 0x3FU);
    if (c < 0x800 || (c >= 0xD800 && c <= 0xDFFF)) return {};
    return {c, 3};
  }
  if (left < 4 || !is_continuation(at(3))) return {};
  const char32_t c = ((lead & 0x07U) << 18U) | ((at(1) & 0x3FU) << 12U) | ((at(2) & 0x3FU) << 6U) |
                     (at(3) & 0x3FU);
  if (c < 0x10000 || c > 0x10FFFF) return {};
  return {c, 4};
}

std::optional<std::size_t> first_invalid_utf8(std::string_view bytes) noexcept {
  for (std::size_t i = 0; i < bytes.size();) {
    const Decoded decoded = decode_utf8(bytes, i);
    if (decoded.length == 0) return i;
    i += decoded.length;
  }
  return std::nullopt;
}

std::size_t count_code_points(std::string_view utf8) noexcept {
  std::size_t count = 0;
  for (const char byte : utf8) {
    if (!is_continuation(static_cast<unsigned char>(byte))) ++count;
  }
  return count;
}

std::optional<std::size_t> first_invalid_xml_character(std::string_view utf8) noexcept {
  for (std::size_t i = 0; i < utf8.size();) {
    const Decoded decoded = decode_utf8(utf8, i);
    if (decoded.length == 0 || !is_xml_character(decoded.code_point)) return i;
    i += decoded.length;
  }
  return std::nullopt;
}

std::string_view trim(std::string_view text) noexcept {
  constexpr std::string_view kWhiteSpace = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kWhiteSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kWhiteSpace) - begin + 1);
}

void append_utf8(std::string& out, char32_t code_point) {
  const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0U | (code_point >> 6U));
    put(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    put(0xE0U | (code_point >> 12U));
    put(0x80U | ((code_point >> 6U) & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  } else {
    put(0xF0U | (code_point >> 18U));
    put(0x80U | ((code_point >> 12U) & 0x3FU));
    put(0x80U | ((code_point >> 6U) & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  }
}

}  // namespace amparo::text
