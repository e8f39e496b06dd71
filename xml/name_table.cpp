// SPDX-License-Identifier: Apache-2.0
#include "xml/name_table.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace amparo::xml {
namespace {

struct Range {
  char32_t first, last;
};

// Production 4 beyond ASCII.
constexpr std::array kStart{Range{0xC0, 0xD6},
                            Range{0xD8, 0xF6},
                            Range{0xF8, 0x2FF},
                            Range{0x370, 0x37D},
                            Range{0x37F, 0x1FFF},
                            Range{0x200C, 0x200D},
                            Range{0x2070, 0x218F},
                            Range{0x2C00, 0x2FEF},
                            Range{0x3001, 0xD7FF},
                            Range{0xF900, 0xFDCF},
                            Range{0xFDF0, 0xFFFD},
                            Range{0x10000, 0xEFFFF}};
// What production 4a adds to it.
constexpr std::array kMore{Range{0xB7, 0xB7}, Range{0x300, 0x36F}, Range{0x203F, 0x2040}};

template <std::size_t N>
bool contains(const std::array<Range, N>& ranges, char32_t c) {
  return std::any_of(
      ranges.begin(), ranges.end(), [c](const Range& r) { return c >= r.first && c <= r.last; });
}

}  // namespace

bool is_name_start(char32_t c) noexcept {
  if (c < 0x80) return (byte_kind(static_cast<char>(c)) & kNameStartByte) != 0;
  return contains(kStart, c);
}

bool is_name_character(char32_t c) noexcept {
  if (c < 0x80) return is_name_byte(static_cast<char>(c));
  return contains(kStart, c) || contains(kMore, c);
}

NameForm name_form(std::string_view text, std::size_t& colon) noexcept {
  colon = std::string_view::npos;
  NameForm form = NameForm::QName;
  bool at_start = true;  // of the name, or of the part after the colon
  for (std::size_t i = 0; i < text.size();) {
    const auto decoded = text::decode_utf8(text, i);
    const char32_t c = decoded.code_point;
    if (decoded.length == 0 || !(i == 0 ? is_name_start(c) : is_name_character(c))) {
      return NameForm::NotAName;
    }
    if (c == U':') {
      if (at_start || colon != std::string_view::npos) form = NameForm::Name;
      if (colon == std::string_view::npos) colon = i;
      at_start = true;
    } else {
      if (at_start && !is_name_start(c)) form = NameForm::Name;
      at_start = false;
    }
    i += decoded.length;
  }
  if (text.empty()) return NameForm::NotAName;
  return at_start ? NameForm::Name : form;
}

}  // namespace amparo::xml
