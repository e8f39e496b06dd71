// SPDX-License-Identifier: Apache-2.0
#include "validator/rules/calendar.hpp"

#include <array>
#include <cmath>
#include <cstdlib>

#include "text/utf8.hpp"
#include "validator/rules/number.hpp"

namespace amparo::rules {
namespace {

constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::int64_t kNanos = 1'000'000'000;
constexpr std::int64_t kMostYear = 999'999'999;
constexpr std::int64_t kFarthestTimezone = 14 * 60;

[[noreturn]] void overflow() {
  throw DynamicError{Fault::Overflow};
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

struct Civil {
  std::int64_t year;  // astronomical: 0 is the year before 1
  std::int64_t month, day;
};

// Howard Hinnant's days_from_civil and back, whose eras of 400 years begin in March.
std::int64_t days_of(const Civil& date) {
  const std::int64_t y = date.month <= 2 ? date.year - 1 : date.year;
  const std::int64_t era = floor_divide(y, 400);
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t day_of_year =
      (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  return era * 146'097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719'468;
}

Civil civil_of(std::int64_t days) {
  days += 719'468;
  const std::int64_t era = floor_divide(days, 146'097);
  const std::int64_t day_of_era = days - era * 146'097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month = (5 * day_of_year + 2) / 153;
  return {year_of_era + era * 400 + (month < 10 ? 0 : 1),
          month < 10 ? month + 3 : month - 9,
          day_of_year - (153 * month + 2) / 5 + 1};
}

bool is_leap(std::int64_t year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

std::int64_t days_in(std::int64_t year, std::int64_t month) {
  static constexpr std::array<std::int64_t, 12> kDays{
      31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month == 2 && is_leap(year)) return 29;
  return kDays.at(static_cast<std::size_t>(month - 1));
}

// Reads the parts of a lexical form one by one.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_{text} {}

  [[nodiscard]] bool is_done() const { return rest_.empty(); }
  [[nodiscard]] char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  bool take(char c) {
    if (peek() != c || rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }
  [[nodiscard]] std::size_t digits() const {
    std::size_t count = 0;
    while (count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9')
      ++count;
    return count;
  }
  bool number(std::size_t count, std::int64_t& value) {
    if (digits() < count || count == 0) return false;
    if (count > 15) overflow();
    value = 0;
    for (std::size_t i = 0; i < count; ++i)
      value = value * 10 + (rest_[i] - '0');
    rest_.remove_prefix(count);
    return true;
  }
  // ".25" as 250,000,000; nothing read is 0.
  bool fraction(std::uint32_t& nanos) {
    nanos = 0;
    if (!take('.')) return true;
    const std::size_t count = digits();
    if (count == 0) return false;
    std::uint32_t unit = 100'000'000;
    for (std::size_t i = 0; i < count; ++i, unit /= 10) {
      const auto digit = static_cast<std::uint32_t>(rest_[i] - '0');
      if (unit == 0 && digit != 0) overflow();
      nanos += digit * unit;
    }
    rest_.remove_prefix(count);
    return true;
  }

 private:
  std::string_view rest_;
};

bool read_date(Reader& in, std::int64_t& days) {
  const bool is_negative = in.take('-');
  Civil date{};
  const std::size_t digits = in.digits();
  const bool has_extra_zero = digits > 4 && in.peek() == '0';
  if (digits < 4 || has_extra_zero || !in.number(digits, date.year)) return false;
  if (date.year == 0) return false;
  if (date.year > kMostYear) overflow();
  if (is_negative) date.year = 1 - date.year;
  if (!in.take('-') || !in.number(2, date.month) || date.month < 1 || date.month > 12) return false;
  if (!in.take('-') || !in.number(2, date.day) || date.day < 1) return false;
  if (date.day > days_in(date.year, date.month)) return false;
  days = days_of(date);
  return true;
}

bool read_time(Reader& in, std::int64_t& seconds, std::uint32_t& nanos) {
  std::int64_t hour = 0;
  std::int64_t minute = 0;
  std::int64_t second = 0;
  if (!in.number(2, hour) || !in.take(':') || !in.number(2, minute) || !in.take(':') ||
      !in.number(2, second) || !in.fraction(nanos)) {
    return false;
  }
  const bool is_end_of_day = hour == 24 && minute == 0 && second == 0 && nanos == 0;
  if ((hour > 23 && !is_end_of_day) || minute > 59 || second > 59) return false;
  seconds = hour * 3600 + minute * 60 + second;
  return true;
}

bool read_timezone(Reader& in, Item& item) {
  if (in.is_done()) return true;
  item.has_timezone = true;
  if (in.take('Z')) return in.is_done();
  const bool is_negative = in.peek() == '-';
  if (!in.take('+') && !in.take('-')) return false;
  std::int64_t hours = 0;
  std::int64_t minutes = 0;
  if (!in.number(2, hours) || !in.take(':') || !in.number(2, minutes) || !in.is_done())
    return false;
  const std::int64_t total = hours * 60 + minutes;
  if (minutes > 59 || total > kFarthestTimezone) return false;
  item.timezone = static_cast<std::int16_t>(is_negative ? -total : total);
  return true;
}

std::optional<Item> parse_point(std::string_view text, ItemType type) {
  Reader in{text};
  Item item;
  item.type = type;
  std::int64_t days = 0;
  std::int64_t seconds = 0;
  if (type != ItemType::Time && !read_date(in, days)) return std::nullopt;
  if (type == ItemType::DateTime && !in.take('T')) return std::nullopt;
  if (type != ItemType::Date && !read_time(in, seconds, item.size)) return std::nullopt;
  if (!read_timezone(in, item)) return std::nullopt;
  if (type == ItemType::Time) seconds %= kDaySeconds;
  item.number = days * kDaySeconds + seconds;
  return item;
}

Int128 nanos_of(const Item& duration) {
  return static_cast<Int128>(duration.high) * kNanos + duration.size;
}

Item duration_item(ItemType type, std::int64_t months, Int128 nanos) {
  Item item;
  item.type = type;
  item.number = months;
  Int128 seconds = nanos / kNanos;
  Int128 rest = nanos % kNanos;
  if (rest < 0) {
    rest += kNanos;
    --seconds;
  }
  if (seconds > INT64_MAX || seconds < INT64_MIN) overflow();
  item.high = static_cast<std::int64_t>(seconds);
  item.size = static_cast<std::uint32_t>(rest);
  return item;
}

// P1Y2M3DT4H5M6.7S: each part at most once and in this order.
std::optional<Item> parse_duration(std::string_view text, ItemType type) {
  Reader in{text};
  const bool is_negative = in.take('-');
  if (!in.take('P')) return std::nullopt;
  Int128 months = 0;
  Int128 nanos = 0;
  bool has_part = false;
  bool in_time = false;
  std::size_t next = 0;  // what may come: Y M D, then H M S
  constexpr std::string_view kDate = "YMD";
  constexpr std::string_view kTime = "HMS";
  while (!in.is_done()) {
    if (!in_time && in.take('T')) {
      in_time = true;
      next = 0;
      if (in.is_done()) return std::nullopt;
      continue;
    }
    std::int64_t value = 0;
    std::uint32_t fraction = 0;
    if (!in.number(in.digits(), value)) return std::nullopt;
    const bool has_fraction = in.peek() == '.';
    if (has_fraction && !in.fraction(fraction)) return std::nullopt;
    const char unit = in.peek();
    if (unit == '\0') return std::nullopt;
    const std::size_t place = (in_time ? kTime : kDate).find(unit, next);
    if (place == std::string_view::npos || (has_fraction && unit != 'S')) return std::nullopt;
    in.take(unit);
    next = place + 1;
    has_part = true;
    static constexpr std::array<std::int64_t, 3> kMonths{12, 1, 0};
    static constexpr std::array<std::int64_t, 3> kSeconds{3600, 60, 1};
    if (in_time) {
      nanos += static_cast<Int128>(value) * kSeconds.at(place) * kNanos + fraction;
    } else if (place == 2) {
      nanos += static_cast<Int128>(value) * kDaySeconds * kNanos;
    } else {
      months += static_cast<Int128>(value) * kMonths.at(place);
    }
    if (type == ItemType::YearMonth && (in_time || place == 2)) return std::nullopt;
    if (type == ItemType::DayTime && !in_time && place < 2) return std::nullopt;
  }
  if (!has_part || months > kMostYear * 12) {
    if (has_part) overflow();
    return std::nullopt;
  }
  if (is_negative) months = -months, nanos = -nanos;
  return duration_item(type, static_cast<std::int64_t>(months), nanos);
}

void append_padded(std::string& out, std::int64_t value, std::size_t width) {
  const std::string digits = std::to_string(value);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

void append_fraction(std::string& out, std::uint32_t nanos) {
  if (nanos == 0) return;
  out += '.';
  append_padded(out, nanos, 9);
  while (out.back() == '0')
    out.pop_back();
}

void append_point(std::string& out, const Item& item) {
  const std::int64_t days = floor_divide(item.number, kDaySeconds);
  const std::int64_t second = item.number - days * kDaySeconds;
  if (item.type != ItemType::Time) {
    const Civil date = civil_of(days);
    if (date.year <= 0) out += '-';
    append_padded(out, date.year <= 0 ? 1 - date.year : date.year, 4);
    out += '-';
    append_padded(out, date.month, 2);
    out += '-';
    append_padded(out, date.day, 2);
  }
  if (item.type == ItemType::DateTime) out += 'T';
  if (item.type != ItemType::Date) {
    append_padded(out, second / 3600, 2);
    out += ':';
    append_padded(out, second / 60 % 60, 2);
    out += ':';
    append_padded(out, second % 60, 2);
    append_fraction(out, item.size);
  }
  if (!item.has_timezone) return;
  if (item.timezone == 0) {
    out += 'Z';
    return;
  }
  out += item.timezone < 0 ? '-' : '+';
  const std::int64_t minutes = std::abs(item.timezone);
  append_padded(out, minutes / 60, 2);
  out += ':';
  append_padded(out, minutes % 60, 2);
}

void append_part(std::string& out, std::int64_t value, char unit) {
  if (value != 0) out += std::to_string(value) + unit;
}

void append_duration(std::string& out, const Item& item) {
  Int128 nanos = nanos_of(item);
  std::int64_t months = item.number;
  if (nanos < 0 || months < 0) {
    out += '-';
    nanos = -nanos;
    months = -months;
  }
  out += 'P';
  const std::size_t begin = out.size();
  append_part(out, months / 12, 'Y');
  append_part(out, months % 12, 'M');
  const auto seconds = static_cast<std::int64_t>(nanos / kNanos);
  const auto fraction = static_cast<std::uint32_t>(nanos % kNanos);
  append_part(out, seconds / kDaySeconds, 'D');
  if (seconds % kDaySeconds != 0 || fraction != 0) {
    out += 'T';
    append_part(out, seconds / 3600 % 24, 'H');
    append_part(out, seconds / 60 % 60, 'M');
    if (seconds % 60 != 0 || fraction != 0) {
      out += std::to_string(seconds % 60);
      append_fraction(out, fraction);
      out += 'S';
    }
  }
  if (out.size() == begin) out += item.type == ItemType::YearMonth ? "0M" : "T0S";
}

// Seconds since 1970 in UTC; without a time zone as if in UTC.
std::int64_t utc_of(const Item& point) {
  return point.number - std::int64_t{point.timezone} * 60;
}

int order(std::int64_t a, std::uint32_t a_nanos, std::int64_t b, std::uint32_t b_nanos) {
  if (a != b) return a < b ? -1 : 1;
  return a_nanos < b_nanos ? -1 : a_nanos > b_nanos ? 1 : 0;
}

Item in_timezone(Item point, std::int16_t timezone) {
  point.has_timezone = true;
  point.timezone = timezone;
  return point;
}

}  // namespace

std::optional<Item> parse_calendar(std::string_view text, ItemType type) {
  text = text::trim(text);
  return type >= ItemType::Duration ? parse_duration(text, type) : parse_point(text, type);
}

void append_calendar(std::string& out, const Item& item) {
  if (item.is_duration()) return append_duration(out, item);
  append_point(out, item);
}

int compare_points(const Item& a, const Item& b, const KnownTimezone& implicit) {
  if (a.has_timezone == b.has_timezone) return order(utc_of(a), a.size, utc_of(b), b.size);
  if (!a.has_timezone) return -compare_points(b, a, implicit);
  if (implicit) return compare_points(a, in_timezone(b, *implicit), implicit);
  const int first = compare_points(a, in_timezone(b, kFarthestTimezone), implicit);
  const int last = compare_points(a, in_timezone(b, -kFarthestTimezone), implicit);
  if (first != last) throw DynamicError{Fault::TimeZone};
  return first;
}

bool are_equal_durations(const Item& a, const Item& b) {
  return a.number == b.number && nanos_of(a) == nanos_of(b);
}

int compare_durations(const Item& a, const Item& b) {
  if (a.type != b.type || a.type == ItemType::Duration) throw DynamicError{Fault::Type};
  if (a.type == ItemType::YearMonth) return a.number < b.number ? -1 : a.number > b.number ? 1 : 0;
  return nanos_of(a) < nanos_of(b) ? -1 : nanos_of(a) > nanos_of(b) ? 1 : 0;
}

Item shifted(const Item& point, const Item& duration, bool backwards) {
  Item result = point;
  if (duration.type == ItemType::YearMonth) {
    if (point.type == ItemType::Time) throw DynamicError{Fault::Type};
    const std::int64_t days = floor_divide(point.number, kDaySeconds);
    Civil date = civil_of(days);
    const std::int64_t months =
        date.year * 12 + date.month - 1 + (backwards ? -duration.number : duration.number);
    date.year = floor_divide(months, 12);
    date.month = months - date.year * 12 + 1;
    if (date.year > kMostYear || date.year <= -kMostYear) overflow();
    date.day = std::min(date.day, days_in(date.year, date.month));
    result.number += (days_of(date) - days) * kDaySeconds;
    return result;
  }
  if (duration.type != ItemType::DayTime) throw DynamicError{Fault::Type};
  const Int128 nanos = static_cast<Int128>(point.number) * kNanos + point.size +
                       (backwards ? -nanos_of(duration) : nanos_of(duration));
  const Item sum = duration_item(ItemType::DayTime, 0, nanos);
  constexpr std::int64_t kFar = kMostYear * 366 * kDaySeconds;
  if (sum.high > kFar || sum.high < -kFar) overflow();
  result.number = sum.high;
  result.size = sum.size;
  const std::int64_t days = floor_divide(result.number, kDaySeconds);
  if (point.type == ItemType::Time) result.number -= days * kDaySeconds;
  if (point.type == ItemType::Date) {
    result.number = days * kDaySeconds;
    result.size = 0;
  }
  return result;
}

Item difference(const Item& a, const Item& b, const KnownTimezone& implicit) {
  if (a.has_timezone != b.has_timezone) {
    if (!implicit) throw DynamicError{Fault::TimeZone};
    return difference(a.has_timezone ? a : in_timezone(a, *implicit),
                      b.has_timezone ? b : in_timezone(b, *implicit),
                      implicit);
  }
  const Int128 nanos = (static_cast<Int128>(utc_of(a)) - utc_of(b)) * kNanos +
                       static_cast<std::int64_t>(a.size) - static_cast<std::int64_t>(b.size);
  return duration_item(ItemType::DayTime, 0, nanos);
}

Item added(const Item& a, const Item& b, bool backwards) {
  if (a.type != b.type || a.type == ItemType::Duration) throw DynamicError{Fault::Type};
  std::int64_t months = 0;
  if (__builtin_add_overflow(a.number, backwards ? -b.number : b.number, &months)) overflow();
  return duration_item(
      a.type, months, backwards ? nanos_of(a) - nanos_of(b) : nanos_of(a) + nanos_of(b));
}

Item multiplied(const Item& duration, double factor) {
  if (std::isnan(factor)) throw DynamicError{Fault::Cast};
  if (duration.type == ItemType::YearMonth) {
    const double months = std::floor(static_cast<double>(duration.number) * factor + 0.5);
    if (!(std::abs(months) < 1e15)) overflow();
    return duration_item(duration.type, static_cast<std::int64_t>(months), 0);
  }
  if (duration.type != ItemType::DayTime) throw DynamicError{Fault::Type};
  // Whole factors exactly; others as precisely as a double can.
  if (factor == std::trunc(factor) && std::abs(factor) < 1e15) {
    Int128 product = 0;
    if (__builtin_mul_overflow(nanos_of(duration), static_cast<Int128>(factor), &product))
      overflow();
    return duration_item(duration.type, 0, product);
  }
  const double nanos = static_cast<double>(nanos_of(duration)) * factor;
  if (!(std::abs(nanos) < 1e27)) overflow();
  return duration_item(
      duration.type, 0, static_cast<Int128>(nanos < 0 ? nanos - 0.5 : nanos + 0.5));
}

Item quotient(const Item& a, const Item& b) {
  if (a.type != b.type || a.type == ItemType::Duration) throw DynamicError{Fault::Type};
  if (a.type == ItemType::YearMonth)
    return calculate(Arithmetic::Divide, decimal_item(a.number, 0), decimal_item(b.number, 0));
  return calculate(Arithmetic::Divide, decimal_item(nanos_of(a), 0), decimal_item(nanos_of(b), 0));
}

std::optional<Item> cast_calendar(const Item& item, ItemType type) {
  if (item.type == type) return item;
  Item result = item;
  result.type = type;
  if (item.is_duration() && type >= ItemType::Duration) {
    if (type == ItemType::YearMonth) return duration_item(type, item.number, 0);
    if (type == ItemType::DayTime) return duration_item(type, 0, nanos_of(item));
    return result;
  }
  if (item.type == ItemType::Date && type == ItemType::DateTime) return result;
  if (item.type != ItemType::DateTime) return std::nullopt;
  const std::int64_t days = floor_divide(item.number, kDaySeconds);
  if (type == ItemType::Date) {
    result.number = days * kDaySeconds;
    result.size = 0;
    return result;
  }
  if (type != ItemType::Time) return std::nullopt;
  result.number -= days * kDaySeconds;
  return result;
}

Item adjusted(const Item& point, std::optional<std::int16_t> timezone) {
  Item result = point;
  if (!timezone) {
    result.has_timezone = false;
    result.timezone = 0;
    return result;
  }
  if (*timezone > kFarthestTimezone || *timezone < -kFarthestTimezone)
    throw DynamicError{Fault::Cast};
  if (point.has_timezone) {
    result.number = utc_of(point) + std::int64_t{*timezone} * 60;
    const std::int64_t days = floor_divide(result.number, kDaySeconds);
    if (point.type == ItemType::Date) result.number = days * kDaySeconds;
    if (point.type == ItemType::Time) result.number -= days * kDaySeconds;
  }
  return in_timezone(result, *timezone);
}

Item combined(const Item& date, const Item& time) {
  Item result = date;
  result.type = ItemType::DateTime;
  result.number += time.number;
  result.size = time.size;
  if (!time.has_timezone) return result;
  if (date.has_timezone && date.timezone != time.timezone) throw DynamicError{Fault::Cast};
  return in_timezone(result, time.timezone);
}

Item component(const Item& item, Component component) {
  if (item.is_duration()) {
    const std::int64_t months = item.number;
    const Int128 nanos = nanos_of(item);
    const auto seconds = static_cast<std::int64_t>(nanos / kNanos);
    switch (component) {
      case Component::Year:
        return integer_item(months / 12);
      case Component::Month:
        return integer_item(months % 12);
      case Component::Day:
        return integer_item(seconds / kDaySeconds);
      case Component::Hours:
        return integer_item(seconds / 3600 % 24);
      case Component::Minutes:
        return integer_item(seconds / 60 % 60);
      case Component::Seconds:
        return decimal_item(nanos % (60 * static_cast<Int128>(kNanos)), 9);
    }
  }
  const std::int64_t days = floor_divide(item.number, kDaySeconds);
  const std::int64_t second = item.number - days * kDaySeconds;
  const Civil date = civil_of(days);
  switch (component) {
    case Component::Year:
      return integer_item(date.year <= 0 ? date.year - 1 : date.year);
    case Component::Month:
      return integer_item(date.month);
    case Component::Day:
      return integer_item(date.day);
    case Component::Hours:
      return integer_item(second / 3600);
    case Component::Minutes:
      return integer_item(second / 60 % 60);
    case Component::Seconds:
      break;
  }
  return decimal_item(static_cast<Int128>(second % 60) * kNanos + item.size, 9);
}

Item minutes_item(std::int64_t minutes) {
  return duration_item(ItemType::DayTime, 0, static_cast<Int128>(minutes) * 60 * kNanos);
}

}  // namespace amparo::rules
