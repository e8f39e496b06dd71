// SPDX-License-Identifier: Apache-2.0
// Values that can be told to be good at a glance, without what a full check asks: most of those of
// a schema with dates, codes, identifiers and short texts. Never says good of a value that
// value_check.hpp does not; of any other value it says nothing.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/xsd_pattern_runs.hpp"
#include "validator/xsd/simple_types.hpp"
#include "xml/scan.hpp"

namespace amparo::xsd {

class SchemaPatterns;

/// Centuries (the first two digits of a year) whose dates a type takes, whatever the date: bit 0 is
/// kFirstCentury. Those of living people are enough.
using Centuries = std::uint8_t;
inline constexpr unsigned kFirstCentury = 19;
inline constexpr unsigned kCenturies = 3;
[[nodiscard]] constexpr bool has_century(Centuries centuries, unsigned century) noexcept {
  const auto place = century - kFirstCentury;
  return place < kCenturies && (centuries >> place & 1U) != 0;
}

/// How to look at a value of a type, as it stands in the document.
struct QuickType {
  enum class Kind : std::uint8_t {
    None,      ///< ask value_check.hpp
    Text,      ///< any text of these lengths
    Pattern,   ///< the same, and `pattern`
    Integer,   ///< up to nine digits
    Calendar,  ///< YYYY-MM-DD, or that with Thh:mm:ss and a time zone
  };
  Kind kind = Kind::None;
  WhiteSpace white_space = WhiteSpace::Preserve;  ///< Text, Pattern: nothing may be left to change
  std::uint32_t min_bytes = 0;                    ///< so many bytes are enough characters
  std::uint32_t max_bytes = UINT32_MAX;           ///< so many bytes are not too many characters
  std::uint32_t pattern = 0;                      ///< of QuickValues::pattern()
  std::int64_t min_integer = 0;
  std::int64_t max_integer = 0;
  Centuries dates = 0;
  Centuries instants_utc = 0;     ///< "...Z"
  Centuries instants_offset = 0;  ///< "...-06:00"
};

/// Immutable; const is safe from many threads.
class QuickValues {
 public:
  QuickValues(const SimpleTypeTables& types, const SchemaPatterns& patterns);

  [[nodiscard]] const QuickType& operator[](TypeId type) const noexcept {
    return types_[static_cast<std::size_t>(type)];
  }
  [[nodiscard]] const text::PatternRuns& pattern(const QuickType& type) const noexcept {
    return patterns_[type.pattern];
  }

 private:
  std::vector<QuickType> types_{};
  std::vector<text::PatternRuns> patterns_{};  // by PatternId
};

/// What the engine's shortest path asks. REQUIRES: 32 bytes beyond the text can be read
[[nodiscard]] bool is_surely_good(const QuickValues& values,
                                  TypeId type,
                                  std::string_view text,
                                  xml::ScanPath path);

}  // namespace amparo::xsd
