// SPDX-License-Identifier: Apache-2.0
// What the sample fills and with what. The schema gives order, cardinality and what must be there;
// the recipe says which optional parts come, how often, and where values are taken from. A new
// element is one line here; an element that the schema no longer has is an error when the plan is
// made.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace amparo::revision {

/// What a case must be for an element to come; bits, all of which must hold.
namespace only {
inline constexpr std::uint8_t kAlways = 0;
inline constexpr std::uint8_t kReturned = 1;     ///< the child has gone back
inline constexpr std::uint8_t kFear = 2;         ///< there is a fear of return
inline constexpr std::uint8_t kVictim = 4;       ///< of a crime
inline constexpr std::uint8_t kSibling = 8;      ///< travels with a brother or sister
inline constexpr std::uint8_t kIndigenous = 16;  ///< speaks another first language
inline constexpr std::uint8_t kStaying = 32;     ///< still in care: neither of the first
}  // namespace only

/// One line of the recipe.
///
/// `where` is looked up in this order: the path below the record ("Child/GivenName"), the holder's
/// type and the element ("OfficerType/OfficerCode"), the element's type ("IndicatorValue"). An
/// attribute is written as a last step "@precision". An optional element comes only when one of the
/// first two names it; a required one without any line takes any valid code of its list.
///
/// `source` is words to choose from ("A|B|B": B twice as often; "~A|B|C": in this order) or a
/// named source with its arguments: "@at:10:20" (sample_values.hpp has the list).
struct RecipeLine {
  std::string_view where;
  std::string_view source = {};
  /// How often it has a value. Else an optional element is left out, a required one is nil.
  std::uint32_t percent = 100;
  std::uint32_t least = 1;  ///< occurrences, when it comes
  std::uint32_t most = 1;
  std::uint8_t needs = only::kAlways;
};

[[nodiscard]] std::span<const RecipeLine> header_recipe();
[[nodiscard]] std::span<const RecipeLine> case_recipe();

}  // namespace amparo::revision
