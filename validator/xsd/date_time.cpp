// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/date_time.hpp"

#include <array>

#include "validator/xsd/lexical.hpp"

namespace amparo::xsd {
namespace {

constexpr std::int32_t kSecondsOfDay = 86400;
constexpr std::int32_t kMaxZoneMinutes = 14 * 60;
constexpr std::size_t kMaxYearDigits = 16;
// A multiple of 400: leap years fall where they do in the year written.
constexpr std::int64_t kFarYear = 10'000'000'000'000'000;

constexpr bool is_leap(std::int64_t year) noexcept {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

constexpr int days_of_month(std::int64_t year, int month) noexcept {
  if (month == 2) return is_leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

constexpr std::int64_t floor_divide(std::int64_t a, std::int64_t b) noexcept {
  return a / b - (a % b < 0 ? 1 : 0);
}

// From 0001-01-01 to January 1st of `year`; proleptic Gregorian, there is a year 0.
constexpr std::int64_t days_to_year(std::int64_t year) noexcept {
  const std::int64_t past = year - 1;
  return past * 365 + floor_divide(past, 4) - floor_divide(past, 100) + floor_divide(past, 400);
}

constexpr std::array kDaysBeforeMonth{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

struct Year {
  std::int64_t number = 2000;
  std::string_view long_digits{};
};

// A year as written: appendix E asks of the number written whether it is leap, so that -0004 is;
// the years before 0001 are a mirror of those after.
std::int64_t days_to_written_month(std::int64_t year, int month) noexcept {
  const auto start = year > 0 ? days_to_year(year) : -days_to_year(-year + 1);
  const bool after_leap_day = month > 2 && is_leap(year);
  return start + kDaysBeforeMonth.at(static_cast<std::size_t>(month - 1)) +
         (after_leap_day ? 1 : 0);
}

class Reader {
 public:
  explicit Reader(std::string_view text) noexcept : rest_{text} {}

  [[nodiscard]] bool is_at_end() const noexcept { return rest_.empty(); }

  bool take(char c) noexcept {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // -1 when there are not two digits here.
  int two_digits() noexcept {
    if (rest_.size() < 2 || !is_digit(rest_[0]) || !is_digit(rest_[1])) return -1;
    const int value = (rest_[0] - '0') * 10 + (rest_[1] - '0');
    rest_.remove_prefix(2);
    return value;
  }

  std::optional<Year> year() noexcept {
    const bool is_negative = take('-');
    const auto digits = take_digits();
    if (digits.size() < 4 || (digits.size() > 4 && digits.front() == '0')) return std::nullopt;
    Year year{0};
    if (digits.size() > kMaxYearDigits) year.long_digits = digits;
    const auto counted = year.long_digits.empty() ? digits : digits.substr(digits.size() - 4);
    for (const char c : counted)
      year.number = year.number * 10 + (c - '0');
    if (!year.long_digits.empty()) year.number += kFarYear;
    if (year.number == 0) return std::nullopt;  // 3.2.7.1: there is no year 0000
    if (is_negative) year.number = -year.number;
    return year;
  }

  bool month(int& month) noexcept {
    month = two_digits();
    return month >= 1 && month <= 12;
  }

  bool day(int& day, std::int64_t year, int month) noexcept {
    day = two_digits();
    return day >= 1 && day <= days_of_month(year, month);
  }

  // hh:mm:ss with a fraction; 24:00:00 is kSecondsOfDay.
  bool time(std::int32_t& second, std::string_view& fraction) noexcept {
    const int hours = two_digits();
    if (hours < 0 || !take(':')) return false;
    const int minutes = two_digits();
    if (minutes < 0 || minutes > 59 || !take(':')) return false;
    const int seconds = two_digits();
    if (seconds < 0 || seconds > 59) return false;
    if (take('.')) {
      fraction = take_digits();
      if (fraction.empty()) return false;
      while (!fraction.empty() && fraction.back() == '0')
        fraction.remove_suffix(1);
    }
    second = hours * 3600 + minutes * 60 + seconds;
    return second < kSecondsOfDay || (second == kSecondsOfDay && fraction.empty());
  }

  // Minutes east of UTC; nothing further may follow. False when what is here is no time zone.
  bool timezone(std::optional<int>& minutes) noexcept {
    if (is_at_end()) return true;
    if (take('Z')) {
      minutes = 0;
      return is_at_end();
    }
    const bool is_west = take('-');
    if (!is_west && !take('+')) return false;
    const int hours = two_digits();
    if (hours < 0 || !take(':')) return false;
    const int rest = two_digits();
    if (rest < 0 || rest > 59 || hours * 60 + rest > kMaxZoneMinutes) return false;
    minutes = is_west ? -(hours * 60 + rest) : hours * 60 + rest;
    return is_at_end();
  }

 private:
  std::string_view take_digits() noexcept {
    std::size_t count = 0;
    while (count < rest_.size() && is_digit(rest_[count]))
      ++count;
    const auto digits = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return digits;
  }

  std::string_view rest_;
};

struct Fields {
  Year year{};
  int month = 1;
  int day = 1;
  std::int32_t second = 0;
  std::string_view fraction{};
};

bool read_year(Reader& in, Fields& fields) noexcept {
  const auto year = in.year();
  if (year) fields.year = *year;
  return year.has_value();
}

bool read_date(Reader& in, Fields& fields) noexcept {
  return read_year(in, fields) && in.take('-') && in.month(fields.month) && in.take('-') &&
         in.day(fields.day, fields.year.number, fields.month);
}

bool read_fields(Reader& in, CalendarType type, Fields& fields) noexcept {
  const auto dashes = [&in](int count) {
    while (count > 0 && in.take('-'))
      --count;
    return count == 0;
  };
  switch (type) {
    case CalendarType::DateTime:
      return read_date(in, fields) && in.take('T') && in.time(fields.second, fields.fraction);
    case CalendarType::Time:
      return in.time(fields.second, fields.fraction);
    case CalendarType::Date:
      return read_date(in, fields);
    case CalendarType::GYearMonth:
      return read_year(in, fields) && in.take('-') && in.month(fields.month);
    case CalendarType::GYear:
      return read_year(in, fields);
    case CalendarType::GMonthDay:
      return dashes(2) && in.month(fields.month) && in.take('-') &&
             in.day(fields.day, fields.year.number, fields.month);
    case CalendarType::GDay:
      return dashes(3) && in.day(fields.day, fields.year.number, fields.month);
    case CalendarType::GMonth:
      return dashes(2) && in.month(fields.month);
  }
  return false;
}

void add_seconds(Instant& instant, std::int32_t seconds) noexcept {
  instant.second += seconds;
  while (instant.second < 0) {
    instant.second += kSecondsOfDay;
    --instant.day;
  }
  while (instant.second >= kSecondsOfDay) {
    instant.second -= kSecondsOfDay;
    ++instant.day;
  }
}

Order compare_long_years(const Instant& a, const Instant& b) noexcept {
  const auto by_digits = [](std::string_view x, std::string_view y) {
    return x.size() != y.size() ? order_of(x.size(), y.size()) : order_of(x.compare(y), 0);
  };
  const bool is_negative = a.long_year.empty() ? b.day < 0 : a.day < 0;
  if (!a.long_year.empty() && !b.long_year.empty() && (a.day < 0) != (b.day < 0)) {
    return is_negative ? Order::Less : Order::Greater;
  }
  const Order order = by_digits(a.long_year, b.long_year);
  return is_negative ? reversed(order) : order;
}

// Both with a time zone, or both without.
Order compare_alike(const Instant& a, const Instant& b) noexcept {
  if (!a.long_year.empty() || !b.long_year.empty()) {
    const Order order = compare_long_years(a, b);
    if (order != Order::Equal) return order;
  }
  if (a.day != b.day) return order_of(a.day, b.day);
  if (a.second != b.second) return order_of(a.second, b.second);
  return order_of_fractions(a.fraction, b.fraction);
}

// `local` read in the time zone that is `minutes` east of UTC.
Instant in_zone(Instant local, int minutes) noexcept {
  add_seconds(local, -minutes * 60);
  return local;
}

}  // namespace

std::int64_t days_to_month(std::int64_t year, std::int64_t month) noexcept {
  year += floor_divide(month - 1, 12);
  const auto index = static_cast<std::size_t>(month - 1 - floor_divide(month - 1, 12) * 12);
  return days_to_year(year) + kDaysBeforeMonth.at(index) + (index > 1 && is_leap(year) ? 1 : 0);
}

std::optional<Instant> parse_calendar(std::string_view text, CalendarType type) noexcept {
  Reader in{text};
  Fields fields;
  std::optional<int> zone;
  if (!read_fields(in, type, fields) || !in.timezone(zone)) return std::nullopt;
  // 3.2.8: a time of day recurs, its end is its start.
  if (type == CalendarType::Time && fields.second == kSecondsOfDay) fields.second = 0;
  Instant instant{.day = days_to_written_month(fields.year.number, fields.month) + fields.day - 1,
                  .second = 0,
                  .fraction = fields.fraction,
                  .has_timezone = zone.has_value(),
                  .long_year = fields.year.long_digits};
  add_seconds(instant, fields.second - zone.value_or(0) * 60);
  return instant;
}

Order compare(const Instant& a, const Instant& b) noexcept {
  if (a.has_timezone == b.has_timezone) return compare_alike(a, b);
  if (!a.has_timezone) return reversed(compare(b, a));
  if (compare_alike(a, in_zone(b, kMaxZoneMinutes)) == Order::Less) return Order::Less;
  if (compare_alike(a, in_zone(b, -kMaxZoneMinutes)) == Order::Greater) return Order::Greater;
  return Order::Incomparable;
}

}  // namespace amparo::xsd
