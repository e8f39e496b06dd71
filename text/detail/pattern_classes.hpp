// SPDX-License-Identifier: Apache-2.0
// Which characters a pattern tells apart, and the rows by which UTF-8 bytes find their class.
// Read next: text/detail/pattern_automaton.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "text/detail/code_points.hpp"
#include "text/xsd_pattern.hpp"

namespace amparo::text {

/// All scalar values in classes 1 to `count` - 1, so that each set is a union of classes.
struct CharacterClasses {
  struct Interval {
    CodeRange range;
    std::uint16_t of_class = 0;
  };
  std::vector<Interval> intervals;  ///< In order, covering everything; surrogates are class 0.
  std::uint32_t count = 1;
  std::vector<std::vector<std::uint16_t>> of_set;  ///< Sorted; as many as there are sets.
};

/// Nothing if that takes more than `work` steps or 65,535 classes.
[[nodiscard]] std::optional<CharacterClasses> partition(const std::vector<CodePoints>& sets,
                                                        std::uint64_t work);

/// Fills `lead` and `rows` of `tables`.
void write_rows(const CharacterClasses& classes, PatternTables& tables);

/// The class of the character at `at`, which moves behind it; 0 if that is not UTF-8.
/// REQUIRES: at < end; tables as write_rows makes them
[[nodiscard]] inline std::uint32_t read_class(const PatternTables& tables,
                                              const unsigned char*& at,
                                              const unsigned char* end) noexcept {
  const unsigned char first = *at++;
  std::uint32_t found = tables.lead[first];
  if (first < 0x80) return found;
  // 0xC0 and 0xC1 have a row where everything is class 0, as have 0x80 to 0xBF and 0xF5 to 0xFF.
  for (int more = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3; more > 0; --more) {
    if (at == end || (*at & 0xC0U) != 0x80U) return 0;
    found = tables.rows[found * 64 + (*at++ & 0x3FU)];
  }
  return found;
}

}  // namespace amparo::text
