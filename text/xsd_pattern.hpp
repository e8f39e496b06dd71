// SPDX-License-Identifier: Apache-2.0
// xs:pattern: the regular expressions of XSD 1.0 Part 2 second edition, appendix F, whole. A
// pattern becomes flat tables once; matching reads UTF-8 bytes from left to right, never goes back,
// and says yes or no for the whole text. Standard library only (ICU inside
// detail/unicode_categories.cpp). Read next: text/detail/pattern_parser.hpp,
// text/detail/pattern_program.hpp.
//
// How it runs. Each character is looked up as a class (characters that no part of the pattern tells
// apart are one class): ASCII by one load, others by a row of 64 for each continuation byte. Then
// `state = next[state * classes + class]`. Where the automaton would exceed the limits, the program
// that it would be made of is run itself, all its places at a time, with counters for repetitions
// of fixed sequences; that is linear in the text too, at a higher price a character.
//
// Where the Recommendation leaves doubt:
// - '-' in a class stands for itself only at the beginning or the end (before ']' or "-[");
//   PatternLimits::lenient_hyphens reads it as itself after a range or an escape like \w as well,
//   which Xerces-C 3.2 does and which the W3C's tests refuse.
// - '{' and '}' are metacharacters and never stand for themselves; '^' and '$' are characters.
// - \i and \c are those of XML 1.0 fifth edition. Categories are ICU's. Blocks have the names and
//   extents of XSD 1.0; names that it does not know are looked up among the blocks of today.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace amparo::text {

/// How much a pattern may ask of us. Beyond `states`, `table_bytes` or `work` it is not refused but
/// run in the slower way; beyond the others it is.
struct PatternLimits {
  std::size_t pattern_bytes = 64U << 10U;
  std::uint32_t nesting = 200;          ///< Open '(' and '['.
  std::uint32_t positions = 1U << 16U;  ///< Steps of the program, repetitions written out.
  std::uint32_t states = 1U << 14U;     ///< Of the automaton; never above 65,535.
  std::size_t table_bytes = 1U << 20U;  ///< Of the automaton.
  std::uint64_t work = 20'000'000;      ///< Elementary steps of making the automaton.
  bool lenient_hyphens = false;         ///< See above.

  friend bool operator==(const PatternLimits&, const PatternLimits&) = default;
};

/// One step of the program that is run when there is no automaton.
struct PatternStep {
  enum class Kind : std::uint8_t {
    Set,     ///< One character of set `set`, then `next`.
    Split,   ///< `next` and `other`.
    Count,   ///< `other` sets from sequence[set] on, min to max times, then `next`.
    Accept,  ///< The end of the text may be here.
  };
  Kind kind = Kind::Accept;
  std::uint32_t set = 0;
  std::uint32_t next = 0;
  std::uint32_t other = 0;
  std::uint32_t min = 0;  ///< At least 1.
  std::uint32_t max = 0;  ///< kUnbounded: no limit.

  static constexpr std::uint32_t kUnbounded = 0xFFFFFFFF;
  friend bool operator==(const PatternStep&, const PatternStep&) = default;
};

/// A compiled pattern as numbers, to be written to a file and read back.
struct PatternTables {
  std::uint32_t classes = 1;  ///< Class 0: bytes that are not UTF-8; nothing accepts it.
  /// By first byte: ASCII: its class; others: a row of `rows`, one level for each byte that
  /// follows.
  std::array<std::uint16_t, 256> lead{};
  /// Rows of 64, by the low six bits of a continuation byte: another row, or at the last byte the
  /// class. Row 0 is all 0.
  std::vector<std::uint16_t> rows;

  std::uint16_t start = 0;
  std::vector<std::uint16_t> next;       ///< states * classes; state 0 is never left.
  std::vector<std::uint64_t> accepting;  ///< One bit for each state.

  /// Empty if and only if there is an automaton; otherwise `next` is.
  std::vector<PatternStep> program;
  std::uint32_t entry = 0;              ///< The first step.
  std::vector<std::uint64_t> sets;      ///< One bit for each class, words_per_set() a set.
  std::vector<std::uint32_t> sequence;  ///< Sets, for Count.

  [[nodiscard]] std::size_t words_per_set() const noexcept { return (classes + 63U) / 64U; }
  friend bool operator==(const PatternTables&, const PatternTables&) = default;
};

/// A pattern whose every match is one ASCII byte of a known set after another: `sets[positions[i]]`
/// is what byte i may be. Bit n of `lengths`: a text of n bytes is a match.
struct FixedShape {
  using ByteSet = std::array<std::uint64_t, 4>;  ///< Bit b % 64 of word b / 64.
  std::vector<ByteSet> sets;
  std::vector<std::uint8_t> positions;  ///< At most 63.
  std::uint64_t lengths = 0;

  friend bool operator==(const FixedShape&, const FixedShape&) = default;
};

/// A compiled xs:pattern. Immutable: any number of threads may use one.
class Pattern {
 public:
  /// Fails with Malformed (`pattern "a[b": character 4: expected ']', found the end`; characters
  /// are counted from 1) and TooLarge.
  [[nodiscard]] static Result<Pattern> compile(std::string_view pattern,
                                               const PatternLimits& limits = {});

  /// The patterns of one restriction step: a text matches if one of them does (XSD 1.0 Part 2,
  /// 4.3.4.3). Steps are combined by the caller, who asks each. No pattern: nothing matches.
  [[nodiscard]] static Result<Pattern> compile_any(std::span<const std::string_view> patterns,
                                                   const PatternLimits& limits = {});

  /// Takes tables as tables() gave them. Fails with Malformed if they could make matching read
  /// outside of them; whether they mean the same pattern is for the caller to ensure.
  [[nodiscard]] static Result<Pattern> from_tables(PatternTables tables);

  [[nodiscard]] const PatternTables& tables() const noexcept { return tables_; }

  /// Whether the whole of `utf8` matches. Bytes that are not UTF-8 match nothing. Allocates only if
  /// !has_automaton().
  [[nodiscard]] bool matches(std::string_view utf8) const;

  /// How many elementary steps matches(utf8) takes: for tests of its being linear.
  [[nodiscard]] std::uint64_t cost(std::string_view utf8) const;

  /// Whether a character costs one look-up, and not one for each place in the pattern.
  [[nodiscard]] bool has_automaton() const noexcept { return tables_.program.empty(); }

  /// Nothing unless the pattern is of this kind, at most 63 bytes long, and has an automaton.
  [[nodiscard]] std::optional<FixedShape> fixed_shape() const;

  /// Everything in the tables, for people and for tests.
  [[nodiscard]] std::string dump() const;

 private:
  explicit Pattern(PatternTables tables) : tables_{std::move(tables)} {}

  PatternTables tables_;
};

}  // namespace amparo::text
