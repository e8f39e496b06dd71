// SPDX-License-Identifier: Apache-2.0
// Dates, times and durations (XPath 2.0 Functions and Operators, 9 and 10). Years from -999999999
// to 999999999 without a year 0 (XML Schema 1.0), nanoseconds; more digits are an Overflow. All may
// throw DynamicError.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "validator/rules/item.hpp"

namespace amparo::rules {

/// Minutes east of UTC.
using KnownTimezone = std::optional<std::int16_t>;

/// Nothing when `text` is not of the type. REQUIRES: a point or a duration type
[[nodiscard]] std::optional<Item> parse_calendar(std::string_view text, ItemType type);
void append_calendar(std::string& out, const Item& item);

/// -1, 0 or 1. When one has a time zone and the other has none, and `implicit` is not known: what
/// holds for every time zone from -14:00 to +14:00, else fails with TimeZone. REQUIRES: same type
[[nodiscard]] int compare_points(const Item& a, const Item& b, const KnownTimezone& implicit);
/// REQUIRES: both are durations. Only such of one kind have an order; all can be equal.
[[nodiscard]] bool are_equal_durations(const Item& a, const Item& b);
[[nodiscard]] int compare_durations(const Item& a, const Item& b);

/// date + duration and so on (F&O 10.8). REQUIRES: a point, a YearMonth or DayTime
[[nodiscard]] Item shifted(const Item& point, const Item& duration, bool backwards);
/// As a DayTime. REQUIRES: same type
[[nodiscard]] Item difference(const Item& a, const Item& b, const KnownTimezone& implicit);
[[nodiscard]] Item added(const Item& a, const Item& b, bool backwards);  ///< two durations
[[nodiscard]] Item multiplied(const Item& duration, double factor);
[[nodiscard]] Item quotient(const Item& a, const Item& b);  ///< of durations, as a Decimal

/// F&O 17.1.5. Nothing when there is no such cast.
[[nodiscard]] std::optional<Item> cast_calendar(const Item& item, ItemType type);
/// F&O 10.7. `timezone`: nothing: without one.
[[nodiscard]] Item adjusted(const Item& point, std::optional<std::int16_t> timezone);
[[nodiscard]] Item combined(const Item& date, const Item& time);  ///< fn:dateTime

/// Year, month, day, hours, minutes, seconds.
enum class Component : std::uint8_t { Year, Month, Day, Hours, Minutes, Seconds };
[[nodiscard]] Item component(const Item& point_or_duration, Component component);
/// A DayTime of so many minutes.
[[nodiscard]] Item minutes_item(std::int64_t minutes);

}  // namespace amparo::rules
