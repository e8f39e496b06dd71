// SPDX-License-Identifier: Apache-2.0
// The quick half of matching a pattern: its automaton for ASCII, and where in it a whole rest of
// the text can be told by the set of its characters and its length alone, as in `[A-Z0-9\-]{1,20}`.
// What is not told so has to be asked of Pattern::matches().
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "text/ascii_set.hpp"
#include "text/xsd_pattern.hpp"

namespace amparo::text {

/// From here on every text of these characters and of one of these lengths matches.
struct PatternRun {
  static constexpr std::size_t kNever = SIZE_MAX;

  AsciiSet set{};
  std::uint64_t lengths = 0;        ///< bit n: a rest of n characters, n from 1 to 63
  std::size_t any_length = kNever;  ///< from so many characters on, any number
  /// From any_length on, all characters from U+00A0 on are as good as those of `set`.
  bool takes_beyond = false;

  [[nodiscard]] bool accepts(std::size_t length) const noexcept {
    return length >= any_length || (length < 64 && (lengths >> length & 1U) != 0);
  }
};

/// Immutable; const is safe from many threads.
class PatternRuns {
 public:
  /// Of a pattern that has no automaton, or a large one: is_usable() is false.
  explicit PatternRuns(const Pattern& pattern);

  [[nodiscard]] bool is_usable() const noexcept { return !next_.empty(); }
  /// Whether characters beyond ASCII can be told to be good, so that bytes are not characters.
  [[nodiscard]] bool takes_beyond() const noexcept { return takes_beyond_; }

  // States are numbers from 0, which is never left.
  [[nodiscard]] std::uint32_t start() const noexcept { return start_; }
  /// REQUIRES: `byte` below 0x80
  [[nodiscard]] std::uint32_t step(std::uint32_t state, unsigned char byte) const noexcept {
    return next_[state + class_[byte]];
  }
  [[nodiscard]] bool is_accepting(std::uint32_t state) const noexcept {
    return (about_[state] & kAccepting) != 0;
  }
  /// Null: none worth asking.
  [[nodiscard]] const PatternRun* run(std::uint32_t state) const noexcept {
    const auto number = static_cast<unsigned>(about_[state]) >> 1U;
    return number == 0 ? nullptr : &runs_[number - 1U];
  }

 private:
  static constexpr std::uint8_t kAccepting = 1;

  [[nodiscard]] PatternRun find_run(const PatternTables& tables, std::uint32_t state) const;

  // A state is the place of its row in next_, so that a step costs no multiplication.
  std::uint32_t start_ = 0;
  std::array<std::uint8_t, 128> class_{};
  std::vector<std::uint16_t> next_{};
  std::vector<std::uint8_t> about_{};  // by state: kAccepting, number of its run times 2
  std::vector<PatternRun> runs_{};
  bool takes_beyond_ = false;
};

/// Whether every text of a family matches. The family: of each segment one of its alternatives,
/// which say for each place which ASCII characters stand there. Tells nothing (false) of a pattern
/// without automaton.
using PatternSegment = std::vector<std::vector<AsciiSet>>;
[[nodiscard]] bool accepts_all(const Pattern& pattern, const std::vector<PatternSegment>& family);

}  // namespace amparo::text
