// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/binary.hpp"

#include <algorithm>
#include <cstdint>

#include "validator/xsd/lexical.hpp"

namespace amparo::xsd {
namespace {

// -1 for what is none of the 64.
int base64_value(char c) noexcept {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (is_digit(c)) return c - '0' + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : -1;
}

}  // namespace

std::optional<std::size_t> hex_binary_length(std::string_view text) noexcept {
  if (text.size() % 2 != 0) return std::nullopt;
  const bool fits = std::all_of(text.begin(), text.end(), [](char c) { return hex_value(c) >= 0; });
  if (!fits) return std::nullopt;
  return text.size() / 2;
}

std::optional<std::size_t> base64_binary_length(std::string_view text) noexcept {
  std::size_t characters = 0;
  std::size_t padding = 0;
  int last = 0;
  bool after_space = true;  // a space at the start is none of the lexical space
  for (const char c : text) {
    if (c == ' ') {
      if (after_space) return std::nullopt;
      after_space = true;
      continue;
    }
    after_space = false;
    if (c == '=') {
      if (++padding > 2) return std::nullopt;
      continue;
    }
    const int value = base64_value(c);
    if (value < 0 || padding != 0) return std::nullopt;
    last = value;
    ++characters;
  }
  if (after_space && !text.empty()) return std::nullopt;
  if ((characters + padding) % 4 != 0) return std::nullopt;
  // The bits that padding leaves over are 0: B16 and B04 of the grammar.
  if (padding == 1 && last % 4 != 0) return std::nullopt;
  if (padding == 2 && last % 16 != 0) return std::nullopt;
  return (characters + padding) / 4 * 3 - padding;
}

void append_hex_binary(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    out += static_cast<char>(hex_value(text[i]) * 16 + hex_value(text[i + 1]));
  }
}

void append_base64_binary(std::string& out, std::string_view text) {
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    const int value = base64_value(c);
    if (value < 0) continue;
    bits = (bits << 6U | static_cast<std::uint32_t>(value)) & 0xFFFFU;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xFFU);
  }
}

}  // namespace amparo::xsd
