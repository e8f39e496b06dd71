// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/xerces_text.hpp"

#include "text/utf8.hpp"

namespace amparo::xsd {

void append_utf8(std::string& out, std::u16string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char16_t unit = text[i];
    if (unit < 0x80) {
      out += static_cast<char>(unit);
      continue;
    }
    char32_t code_point = unit;
    const bool is_high = unit >= 0xD800 && unit <= 0xDBFF;
    const bool is_surrogate = unit >= 0xD800 && unit <= 0xDFFF;
    if (is_high && i + 1 < text.size() && text[i + 1] >= 0xDC00 && text[i + 1] <= 0xDFFF) {
      code_point = 0x10000U + (static_cast<char32_t>(unit - 0xD800U) << 10U) +
                   static_cast<char32_t>(text[i + 1] - 0xDC00U);
      ++i;
    } else if (is_surrogate) {
      code_point = 0xFFFD;
    }
    text::append_utf8(out, code_point);
  }
}

std::string to_utf8(std::u16string_view text) {
  std::string utf8;
  utf8.reserve(text.size());
  append_utf8(utf8, text);
  return utf8;
}

std::string to_utf8(const XMLCh* text) {
  return text == nullptr ? std::string{} : to_utf8(std::u16string_view{text});
}

std::u16string to_utf16(std::string_view utf8) {
  std::u16string text;
  std::size_t i = 0;
  while (i < utf8.size()) {
    const auto decoded = text::decode_utf8(utf8, i);
    i += decoded.length == 0 ? 1U : decoded.length;
    const char32_t c = decoded.length == 0 ? 0xFFFDU : decoded.code_point;
    if (c < 0x10000) {
      text += static_cast<char16_t>(c);
    } else {
      text += static_cast<char16_t>(0xD800U + ((c - 0x10000U) >> 10U));
      text += static_cast<char16_t>(0xDC00U + ((c - 0x10000U) & 0x3FFU));
    }
  }
  return text;
}

}  // namespace amparo::xsd
