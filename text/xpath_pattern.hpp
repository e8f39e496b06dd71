// SPDX-License-Identifier: Apache-2.0
// The regular expressions of XPath 2.0 (Functions and Operators, 7.6.1): those of XSD with anchors,
// reluctant quantifiers and groups, found anywhere in a text, flags i, m, s and x. Back-references
// are refused: no search takes more than linear time. Read next: xsd_pattern.hpp.
//
// A pattern whose anchors stand at the ends of its outermost alternatives becomes an automaton when
// only yes or no is asked. Everything else is run step by step, and no step twice at one place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace amparo::text {

/// What a search needs; kept from search to search so that none allocates once warm.
struct PatternScratch {
  struct Job {
    std::uint32_t step = 0;  ///< or group to restore, with kRestore
    std::size_t at = 0;
    std::size_t old = 0;
  };
  std::vector<std::uint64_t> visited{};  ///< all 0 between searches
  std::vector<std::size_t> touched{};    ///< words of it that are not
  std::vector<Job> jobs{};
  std::vector<std::size_t> groups{};  ///< begin and end of each, 0 the whole; kNoMatch
};

class XPathPattern {
 public:
  static constexpr std::size_t kNoMatch = static_cast<std::size_t>(-1);

  /// Fails with Malformed, Unsupported (a back-reference, a flag other than i, m, s, x) and
  /// TooLarge, naming pattern and character.
  [[nodiscard]] static Result<XPathPattern> compile(std::string_view pattern,
                                                    std::string_view flags);

  enum class Answer : std::uint8_t { No, Yes, TooLong };
  /// fn:matches. TooLong: text times pattern is beyond what a search may take.
  [[nodiscard]] Answer matches(std::string_view utf8, PatternScratch& scratch) const;
  /// The first match that begins at or after `from`, into scratch.groups.
  [[nodiscard]] Answer find(std::string_view utf8, std::size_t from, PatternScratch& scratch) const;
  [[nodiscard]] std::size_t groups() const noexcept;  ///< without the whole
  [[nodiscard]] bool has_automaton() const noexcept;

  /// One step a line, for tests.
  [[nodiscard]] std::string dump() const;

 private:
  struct Tables;
  explicit XPathPattern(std::shared_ptr<const Tables> tables) : tables_{std::move(tables)} {}
  std::shared_ptr<const Tables> tables_;
};

}  // namespace amparo::text
