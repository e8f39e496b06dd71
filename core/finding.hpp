// SPDX-License-Identifier: Apache-2.0
// A Finding: one thing to say about a document. It names place, rule and the shape of the value,
// and never the value itself: what a finding does not hold, no report can leak.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/message.hpp"

namespace amparo {

/// Error: a MUST is broken. Warning: a SHOULD (RFC 2119). Info: worth knowing.
enum class Severity : std::uint8_t { Error, Warning, Info };
inline constexpr std::size_t kSeverityCount = 3;
[[nodiscard]] std::string_view name(Severity severity) noexcept;  ///< "error", "warning", "info"

/// The layers of a check, always run and reported in this order. Conversion is not a layer of
/// validation: findings of a converter say it.
enum class Layer : std::uint8_t {
  Gate,
  WellFormed,
  Grammar,
  Codes,
  Rules,
  References,
  Signature,
  Conversion
};
[[nodiscard]] std::string_view name(Layer layer) noexcept;  ///< "gate", "well-formed", ...

/// A position in the input. Lines and columns count from 1; columns in code points.
struct Place {
  std::uint64_t offset = 0;
  std::uint64_t line = 0;  ///< 0: about the whole document
  std::uint64_t column = 0;

  friend bool operator==(const Place&, const Place&) = default;
};

/// What may be said of a value: how long it is and what kinds of characters it is made of.
/// `mask` has x and X for letters, 9 for digits, and the punctuation of the value, cut at 40.
struct ValueShape {
  std::uint64_t length = 0;  ///< code points
  std::string mask;

  friend bool operator==(const ValueShape&, const ValueShape&) = default;
};
[[nodiscard]] ValueShape shape_of(std::string_view utf8);

/// Letters to x and X, digits to 9, other characters beyond ASCII to x; line ends and controls to a
/// space. Code point by code point, so that columns stay true.
[[nodiscard]] std::string mask(std::string_view utf8);

/// The line of the source that a finding points into, already masked.
struct Excerpt {
  std::string text;
  std::uint64_t first_column = 1;  ///< column of the first character of `text` in the source
  std::uint64_t caret_length = 1;  ///< code points to underline from the finding's column

  friend bool operator==(const Excerpt&, const Excerpt&) = default;
};

/// More about a finding: what was expected, where the other half is.
struct Note {
  std::string message;  ///< key
  Params params{};
  std::optional<Place> where{};

  friend bool operator==(const Note&, const Note&) = default;
};

/// A value: copied, compared, sorted, written; never thrown.
struct Finding {
  std::string rule;  ///< "R-HA-04", "cvc-pattern-valid", "G-DOCTYPE", "C-MEMBER"; never re-used
  Severity severity = Severity::Error;
  Layer layer = Layer::Grammar;
  Place where{};
  std::uint64_t record = 0;  ///< number of the record it is in, from 1; 0 outside of records
  std::string xpath{};       ///< "/Batch/Case[17]/Child/BirthDate", for people to read
  std::string message{};     ///< key in the MessageBook
  Params params{};
  std::optional<ValueShape> shape{};
  std::optional<Excerpt> excerpt{};
  std::vector<Note> notes{};

  friend bool operator==(const Finding&, const Finding&) = default;
};

/// The same defect has the same fingerprint after records before it came or went: made of rule,
/// path without positions, message parameters and shape. 16 hexadecimal digits.
[[nodiscard]] std::string fingerprint(const Finding& finding);

/// Where findings go. Called in the order in which findings are to be reported.
class FindingSink {
 public:
  FindingSink() = default;
  FindingSink(const FindingSink&) = default;
  FindingSink& operator=(const FindingSink&) = default;
  FindingSink(FindingSink&&) = default;
  FindingSink& operator=(FindingSink&&) = default;
  virtual ~FindingSink() = default;
  virtual void add(Finding finding) = 0;
};

}  // namespace amparo
