// SPDX-License-Identifier: Apache-2.0
// Sets of Unicode scalar values as sorted ranges: what the character classes of a pattern are made
// of. Standard library only. Read next: text/detail/pattern_parser.hpp.
#pragma once

#include <compare>
#include <vector>

namespace amparo::text {

/// Both ends belong to it.
struct CodeRange {
  char32_t first = 0;
  char32_t last = 0;
  friend auto operator<=>(const CodeRange&, const CodeRange&) = default;
};

/// A set of Unicode scalar values; surrogates never belong to it. A value.
class CodePoints {
 public:
  CodePoints() = default;
  /// In any order, overlapping or not.
  explicit CodePoints(std::vector<CodeRange> ranges);
  [[nodiscard]] static CodePoints one(char32_t code_point) {
    return CodePoints({{code_point, code_point}});
  }

  [[nodiscard]] bool contains(char32_t code_point) const noexcept;
  /// Sorted, disjoint, none touching the next.
  [[nodiscard]] const std::vector<CodeRange>& ranges() const noexcept { return ranges_; }

  [[nodiscard]] CodePoints united_with(const CodePoints& other) const;
  [[nodiscard]] CodePoints without(const CodePoints& other) const;
  /// All other scalar values.
  [[nodiscard]] CodePoints complement() const;

  friend bool operator==(const CodePoints&, const CodePoints&) = default;
  /// For use as a key. Not <=>: Emscripten's library cannot compare vectors that way.
  friend bool operator<(const CodePoints& a, const CodePoints& b) { return a.ranges_ < b.ranges_; }

 private:
  std::vector<CodeRange> ranges_;
};

}  // namespace amparo::text
