// SPDX-License-Identifier: Apache-2.0
// xs:decimal of any size (XML Schema 1.0 Part 2, 3.2.3): digits are compared, never converted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "validator/xsd/order.hpp"

namespace amparo::xsd {

/// Views into the text that it was read from. Zero is never negative.
struct Decimal {
  bool is_negative = false;
  std::string_view integer{};   ///< without leading zeros; empty for 0
  std::string_view fraction{};  ///< without zeros at the end

  /// Digits needed to write it as i * 10^-n with n >= 0 (4.3.11): 0.05 needs 2.
  [[nodiscard]] std::size_t total_digits() const noexcept {
    return integer.size() + fraction.size();
  }
};

/// Nothing when `text` is no xs:decimal. White space is not skipped.
[[nodiscard]] std::optional<Decimal> parse_decimal(std::string_view text) noexcept;
/// The same for xs:integer: no decimal point.
[[nodiscard]] std::optional<Decimal> parse_integer(std::string_view text) noexcept;

[[nodiscard]] Order compare(const Decimal& a, const Decimal& b) noexcept;

/// The value where it is an integer of 64 bits.
[[nodiscard]] std::optional<std::int64_t> to_int64(const Decimal& value) noexcept;

}  // namespace amparo::xsd
