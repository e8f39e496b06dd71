// SPDX-License-Identifier: Apache-2.0
// xs:duration (XML Schema 1.0 Part 2, 3.2.6) and its partial order.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "validator/xsd/order.hpp"

namespace amparo::xsd {

/// Months and seconds are all that matters to the order. Views point into the text read.
struct Duration {
  bool is_negative = false;     ///< never for a duration of 0
  std::int64_t months = 0;      ///< not negative
  std::int64_t seconds = 0;     ///< not negative
  std::string_view fraction{};  ///< of a second: digits without zeros at the end
  /// Months or seconds are more than is counted (10^17 and 9 * 10^18): all such are alike in the
  /// order, and the same only when written the same.
  bool is_beyond_count = false;
};

[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text) noexcept;

/// 3.2.6.2: added to four dateTimes, a duration is less when it is less by each.
[[nodiscard]] Order compare(const Duration& a, const Duration& b) noexcept;

}  // namespace amparo::xsd
