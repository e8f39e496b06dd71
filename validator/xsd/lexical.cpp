// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/lexical.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace amparo::xsd {
namespace {

struct CodeRange {
  char32_t first, last;
};

// XML 1.0 fifth edition, production 4 without the colon, beyond ASCII.
constexpr CodeRange kNameStart[] = {{0xC0, 0xD6},
                                    {0xD8, 0xF6},
                                    {0xF8, 0x2FF},
                                    {0x370, 0x37D},
                                    {0x37F, 0x1FFF},
                                    {0x200C, 0x200D},
                                    {0x2070, 0x218F},
                                    {0x2C00, 0x2FEF},
                                    {0x3001, 0xD7FF},
                                    {0xF900, 0xFDCF},
                                    {0xFDF0, 0xFFFD},
                                    {0x10000, 0xEFFFF}};

constexpr bool is_letter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_wide_name_start(char32_t c) noexcept {
  return std::any_of(std::begin(kNameStart), std::end(kNameStart), [c](const CodeRange& range) {
    return c >= range.first && c <= range.last;
  });
}

// Production 4a, beyond ASCII.
bool is_wide_name_character(char32_t c) noexcept {
  return is_wide_name_start(c) || c == 0xB7 || (c >= 0x300 && c <= 0x36F) || c == 0x203F ||
         c == 0x2040;
}

enum class First : std::uint8_t { NameStart, NameCharacter };
enum class Colon : std::uint8_t { Allowed, Forbidden };

bool is_made_of_name_characters(std::string_view text, First first, Colon colon) noexcept {
  if (text.empty()) return false;
  bool must_start = first == First::NameStart;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) < 0x80) {
      const bool starts = is_letter(c) || c == '_' || (c == ':' && colon == Colon::Allowed);
      const bool continues = is_digit(c) || c == '-' || c == '.';
      if (!starts && (must_start || !continues)) return false;
      ++i;
    } else {
      const auto decoded = text::decode_utf8(text, i);
      if (decoded.length == 0) return false;
      const bool fits = must_start ? is_wide_name_start(decoded.code_point)
                                   : is_wide_name_character(decoded.code_point);
      if (!fits) return false;
      i += decoded.length;
    }
    must_start = false;
  }
  return true;
}

// Whether collapsing would change something between the ends.
bool has_loose_space(std::string_view text) noexcept {
  bool after_space = false;
  for (const char c : text) {
    if (c == '\t' || c == '\n' || c == '\r') return true;
    if (c == ' ' && after_space) return true;
    after_space = c == ' ';
  }
  return false;
}

std::string_view replace(std::string_view text, std::string& scratch) {
  if (text.find_first_of("\t\n\r") == std::string_view::npos) return text;
  scratch.assign(text);
  for (char& c : scratch) {
    if (is_space(c)) c = ' ';
  }
  return scratch;
}

std::string_view collapse(std::string_view text, std::string& scratch) {
  text = trim_space(text);
  if (!has_loose_space(text)) return text;
  scratch.clear();
  TokenCursor tokens{text};
  for (auto token = tokens.next(); !token.empty(); token = tokens.next()) {
    if (!scratch.empty()) scratch += ' ';
    scratch += token;
  }
  return scratch;
}

bool is_scheme(std::string_view text) noexcept {
  if (text.empty() || !is_letter(text.front())) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
  });
}

// RFC 2732: brackets stand around an IPv6 address and nowhere else.
bool is_authority(std::string_view text) noexcept {
  const auto at = text.rfind('@');
  if (at != std::string_view::npos) {
    if (text.substr(0, at).find_first_of("[]") != std::string_view::npos) return false;
    text.remove_prefix(at + 1);
  }
  if (text.empty() || text.front() != '[')
    return text.find_first_of("[]") == std::string_view::npos;
  const auto close = text.find(']');
  if (close == std::string_view::npos) return false;
  const auto address = text.substr(1, close - 1);
  const bool is_address = address.find(':') != std::string_view::npos &&
                          std::all_of(address.begin(), address.end(), [](char c) {
                            return hex_value(c) >= 0 || c == ':' || c == '.';
                          });
  const auto port = text.substr(close + 1);
  return is_address && (port.empty() || (port.front() == ':' &&
                                         std::all_of(port.begin() + 1, port.end(), is_digit)));
}

bool has_bad_escape(std::string_view text) noexcept {
  for (auto at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    if (at + 2 >= text.size() || hex_value(text[at + 1]) < 0 || hex_value(text[at + 2]) < 0) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::string_view trim_space(std::string_view text) noexcept {
  while (!text.empty() && is_space(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_space(text.back()))
    text.remove_suffix(1);
  return text;
}

std::string_view normalise(std::string_view text, WhiteSpace white_space, std::string& scratch) {
  switch (white_space) {
    case WhiteSpace::Preserve:
      return text;
    case WhiteSpace::Replace:
      return replace(text, scratch);
    case WhiteSpace::Collapse:
      return collapse(text, scratch);
  }
  return text;
}

std::string_view TokenCursor::next() noexcept {
  while (!rest_.empty() && is_space(rest_.front()))
    rest_.remove_prefix(1);
  std::size_t size = 0;
  while (size < rest_.size() && !is_space(rest_[size]))
    ++size;
  const auto token = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return token;
}

bool is_name(std::string_view text) noexcept {
  return is_made_of_name_characters(text, First::NameStart, Colon::Allowed);
}

bool is_ncname(std::string_view text) noexcept {
  return is_made_of_name_characters(text, First::NameStart, Colon::Forbidden);
}

bool is_nmtoken(std::string_view text) noexcept {
  return is_made_of_name_characters(text, First::NameCharacter, Colon::Allowed);
}

bool is_language(std::string_view text) noexcept {
  constexpr std::size_t kMaxPart = 8;
  std::size_t size = 0;
  bool is_first = true;
  for (const char c : text) {
    if (c == '-') {
      if (size == 0) return false;
      size = 0;
      is_first = false;
      continue;
    }
    if (!is_letter(c) && (is_first || !is_digit(c))) return false;
    if (++size > kMaxPart) return false;
  }
  return size != 0;
}

std::optional<PrefixedName> parse_qname(std::string_view text) noexcept {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) {
    if (!is_ncname(text)) return std::nullopt;
    return PrefixedName{{}, text};
  }
  const PrefixedName name{text.substr(0, colon), text.substr(colon + 1)};
  if (!is_ncname(name.prefix) || !is_ncname(name.local)) return std::nullopt;
  return name;
}

bool is_any_uri(std::string_view text) noexcept {
  if (has_bad_escape(text)) return false;
  const auto fragment = text.find('#');
  if (fragment != std::string_view::npos) {
    if (text.find('#', fragment + 1) != std::string_view::npos) return false;
    text = text.substr(0, fragment);
  }
  const auto colon = text.find(':');
  if (colon != std::string_view::npos && colon < text.find_first_of("/?")) {
    if (!is_scheme(text.substr(0, colon))) return false;
    text.remove_prefix(colon + 1);
    if (text.empty()) return false;
  }
  text = text.substr(0, text.find('?'));
  if (text.substr(0, 2) == "//") {
    const auto end = std::min(text.find('/', 2), text.size());
    if (!is_authority(text.substr(2, end - 2))) return false;
    text.remove_prefix(end);
  }
  return text.find_first_of("[]") == std::string_view::npos;
}

}  // namespace amparo::xsd
