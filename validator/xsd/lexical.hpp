// SPDX-License-Identifier: Apache-2.0
// What the lexical spaces of XML Schema 1.0 Part 2 share: white space and names.
// Names are those of XML 1.0 fifth edition, as in xml/: Part 2 cites the second edition, the W3C
// test suite and the documents that the tokenizer lets in follow the fifth.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace amparo::xsd {

/// The whiteSpace facet (4.3.6), in the order in which a restriction may go.
enum class WhiteSpace : std::uint8_t { Preserve, Replace, Collapse };

[[nodiscard]] constexpr bool is_space(char c) noexcept {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}
[[nodiscard]] constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}
/// -1 when `c` is no hexadecimal digit.
[[nodiscard]] constexpr int hex_value(char c) noexcept {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// Without white space at both ends.
[[nodiscard]] std::string_view trim_space(std::string_view text) noexcept;

/// `text` after the whiteSpace facet. A view into `text` where nothing inside changes, else into
/// `scratch`, which lives as long as the result is used and is not `text` itself.
[[nodiscard]] std::string_view normalise(std::string_view text,
                                         WhiteSpace white_space,
                                         std::string& scratch);

/// The tokens of a list, one call each; an empty view when there are no more.
class TokenCursor {
 public:
  explicit TokenCursor(std::string_view text) noexcept : rest_{text} {}
  [[nodiscard]] std::string_view next() noexcept;

 private:
  std::string_view rest_;
};

[[nodiscard]] bool is_name(std::string_view text) noexcept;      ///< Part 2, 3.3.6
[[nodiscard]] bool is_ncname(std::string_view text) noexcept;    ///< Part 2, 3.3.7
[[nodiscard]] bool is_nmtoken(std::string_view text) noexcept;   ///< Part 2, 3.3.4
[[nodiscard]] bool is_language(std::string_view text) noexcept;  ///< Part 2, 3.3.3

/// A QName as written (Part 2, 3.2.18). `prefix` is empty when there is none.
struct PrefixedName {
  std::string_view prefix;
  std::string_view local;
};
[[nodiscard]] std::optional<PrefixedName> parse_qname(std::string_view text) noexcept;

/// Part 2, 3.2.17: after the escaping of XLink 5.4, a reference by RFC 2396 and RFC 2732. Refused
/// is only what no reading of these lets through: a "%" without two hexadecimal digits, a second
/// "#", a colon in the first segment without a scheme before it or with nothing behind it, brackets
/// in the path, and in the authority other than around an IPv6 address.
[[nodiscard]] bool is_any_uri(std::string_view text) noexcept;

}  // namespace amparo::xsd
