// SPDX-License-Identifier: Apache-2.0
// From a program to a deterministic automaton with as few states and classes as there can be.
// Read next: text/xsd_pattern.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "text/detail/pattern_classes.hpp"
#include "text/detail/pattern_program.hpp"

namespace amparo::text {

struct Automaton {
  std::uint32_t classes = 0;
  std::uint32_t start = 0;
  std::vector<std::uint32_t> next;  ///< states * classes; state 0 is never left.
  std::vector<bool> accepting;      ///< By state.

  [[nodiscard]] std::uint32_t states() const noexcept {
    return static_cast<std::uint32_t>(accepting.size());
  }
};

/// Nothing if a limit is in the way. REQUIRES: no step of kind Count
[[nodiscard]] std::optional<Automaton> determinise(const PatternProgram& program,
                                                   const CharacterClasses& classes,
                                                   const PatternLimits& limits);

/// The smallest automaton for the same language, states numbered from the start outwards.
[[nodiscard]] Automaton minimise(const Automaton& automaton);

/// Joins the classes that no state tells apart, here and in `classes`.
void join_classes(Automaton& automaton, CharacterClasses& classes);

}  // namespace amparo::text
