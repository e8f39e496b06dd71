// SPDX-License-Identifier: Apache-2.0
#include "report/printable.hpp"

#include "text/utf8.hpp"

namespace amparo::report {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

std::string hex(std::uint32_t value, std::size_t least_digits) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string digits;
  while (value != 0 || digits.size() < least_digits) {
    digits.insert(digits.begin(), kDigits[value & 0xFU]);
    value >>= 4U;
  }
  return digits;
}

std::string escaped(char32_t code_point) {
  if (code_point == '\n') return "\\n";
  if (code_point == '\r') return "\\r";
  if (code_point == '\t') return "\\t";
  if (code_point < 0x80) return "\\x" + hex(code_point, 2);
  return "\\u{" + hex(code_point, 4) + "}";
}

}  // namespace

bool is_unprintable(char32_t c) noexcept {
  const bool control = c < 0x20 || (c >= 0x7F && c <= 0x9F);
  const bool direction = c == 0x061C || c == 0x200E || c == 0x200F ||
                         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  const bool separator = c == 0x2028 || c == 0x2029;
  const bool invisible = c == 0x200B || c == 0x2060 || c == 0xFEFF;
  return control || direction || separator || invisible;
}

std::string printable(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto decoded = text::decode_utf8(text, i);
    if (decoded.length == 0) {
      shown += "\\x" + hex(static_cast<unsigned char>(text[i]), 2);
      ++i;
      continue;
    }
    if (is_unprintable(decoded.code_point)) {
      shown += escaped(decoded.code_point);
    } else {
      shown += text.substr(i, decoded.length);
    }
    i += decoded.length;
  }
  return shown;
}

std::string printable_in_place(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto decoded = text::decode_utf8(text, i);
    const std::size_t length = decoded.length == 0 ? 1 : decoded.length;
    const bool bad = decoded.length == 0 || is_unprintable(decoded.code_point);
    shown += bad ? kReplacement : text.substr(i, length);
    i += length;
  }
  return shown;
}

}  // namespace amparo::report
