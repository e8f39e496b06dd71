// SPDX-License-Identifier: Apache-2.0
// The eight types of points and stretches of the calendar (XML Schema 1.0 Part 2, 3.2.7 to 3.2.14),
// and their partial order. Years: any number of digits, -0001 is the year before 0001.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "validator/xsd/order.hpp"

namespace amparo::xsd {

enum class CalendarType : std::uint8_t {
  DateTime,
  Time,
  Date,
  GYearMonth,
  GYear,
  GMonthDay,
  GDay,
  GMonth
};

/// Where a value begins, in UTC where it has a time zone. What a type leaves out is that of
/// 2000-01-01, a leap year and a month of 31 days. Views point into the text it was read from.
struct Instant {
  std::int64_t day = 0;         ///< from 0001-01-01
  std::int32_t second = 0;      ///< of the day, 0 to 86399
  std::string_view fraction{};  ///< of the second: digits without zeros at the end
  bool has_timezone = false;
  /// Digits of a year that has more than 16; `day` then counts from some year far out. Two values
  /// that straddle the end of such a year by their time zones alone are told apart by the year.
  std::string_view long_year{};
};

/// Nothing when `text` is not in the lexical space. 24:00:00 is the start of the next day; seconds
/// end at 59 (D.2.3: no leap seconds).
[[nodiscard]] std::optional<Instant> parse_calendar(std::string_view text,
                                                    CalendarType type) noexcept;

/// 3.2.7.4: without a time zone on one side, incomparable within 14 hours.
[[nodiscard]] Order compare(const Instant& a, const Instant& b) noexcept;

/// Days from 0001-01-01 to the first of a month, with a year 0 and months that may lie outside of
/// 1 to 12. Used for the sums of 3.2.6.2, which have a year 0.
[[nodiscard]] std::int64_t days_to_month(std::int64_t year, std::int64_t month) noexcept;

}  // namespace amparo::xsd
