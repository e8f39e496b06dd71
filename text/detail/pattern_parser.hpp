// SPDX-License-Identifier: Apache-2.0
// From the text of a pattern to a tree. Grammar: XSD 1.0 Part 2 second edition, F, productions
// 1-37. Read next: text/detail/pattern_program.hpp.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "text/detail/code_points.hpp"
#include "text/xsd_pattern.hpp"

namespace amparo::text {

/// One node of the tree; children are indexes into PatternTree::nodes, always below the node's own.
struct PatternNode {
  enum class Kind : std::uint8_t { Set, Sequence, Choice, Repeat };
  Kind kind = Kind::Sequence;           ///< A Sequence without children matches the empty text.
  std::uint32_t set = 0;                ///< Set: index into PatternTree::sets.
  std::uint32_t min = 0;                ///< Repeat
  std::uint32_t max = 0;                ///< Repeat; PatternStep::kUnbounded: no limit.
  std::vector<std::uint32_t> children;  ///< Repeat has one.
};

struct PatternTree {
  std::vector<PatternNode> nodes;
  std::vector<CodePoints> sets;  ///< No two equal.
  std::map<CodePoints, std::uint32_t> set_ids;

  std::uint32_t add(PatternNode node);
  /// A node that matches one character of `points`.
  std::uint32_t add_set(const CodePoints& points);
  /// Alternatives; those of one character become one set.
  std::uint32_t add_choice(const std::vector<std::uint32_t>& alternatives);
  std::uint32_t add_repeat(std::uint32_t child, std::uint32_t min, std::uint32_t max);
};

/// Adds `pattern` to `tree`; gives its root. Fails as Pattern::compile does.
[[nodiscard]] Result<std::uint32_t> parse_pattern(std::string_view pattern,
                                                  const PatternLimits& limits,
                                                  PatternTree& tree);

}  // namespace amparo::text
