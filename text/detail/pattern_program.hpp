// SPDX-License-Identifier: Apache-2.0
// From the tree to a program of steps: what the automaton is made of, and what is run where an
// automaton would be too large. Read next: text/detail/pattern_automaton.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "text/detail/pattern_parser.hpp"
#include "text/xsd_pattern.hpp"

namespace amparo::text {

enum class Repetitions : std::uint8_t {
  WrittenOut,  ///< x{2,3} is xx(x)?: no step of kind Count.
  Counted,     ///< Those of a sequence of single characters become a Count.
};

struct PatternProgram {
  std::vector<PatternStep> steps;  ///< Sets are indexes into PatternTree::sets.
  std::vector<std::uint32_t> sequence;
  std::uint32_t entry = 0;
};

/// Nothing if that takes more than `most_steps` steps. REQUIRES: root is a node of tree
[[nodiscard]] std::optional<PatternProgram> write_program(const PatternTree& tree,
                                                          std::uint32_t root,
                                                          Repetitions repetitions,
                                                          std::uint32_t most_steps);

/// Runs a program that has no automaton. One step of `cost` for each place that is looked at.
[[nodiscard]] bool run_program(const PatternTables& tables,
                               std::string_view utf8,
                               std::uint64_t& cost);

}  // namespace amparo::text
