// SPDX-License-Identifier: Apache-2.0
// From the text of a regular expression of XPath to a tree. Read next: text/xpath_pattern.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "text/detail/code_points.hpp"

namespace amparo::text {

struct XPathPatternNode {
  enum class Kind : std::uint8_t { Set, Sequence, Choice, Repeat, Group, Begin, End };
  Kind kind = Kind::Sequence;
  bool is_reluctant = false;
  std::uint32_t set = 0;  ///< Set: index; Group: its number, from 1
  std::uint32_t min = 0;  ///< Repeat
  std::uint32_t max = 0;  ///< Repeat; kUnboundedTimes
  std::vector<std::uint32_t> children{};
};
inline constexpr std::uint32_t kUnboundedTimes = 0xFFFFFFFFU;

struct XPathPatternTree {
  std::vector<XPathPatternNode> nodes{};
  std::vector<CodePoints> sets{};
  std::uint32_t root = 0;
  std::uint32_t groups = 0;
  bool is_multiline = false;
};

[[nodiscard]] Result<XPathPatternTree> parse_xpath_pattern(std::string_view pattern,
                                                           std::string_view flags);
/// `[...]` or the character itself, as XSD writes it.
[[nodiscard]] std::string xsd_text_of(const CodePoints& points);

}  // namespace amparo::text
