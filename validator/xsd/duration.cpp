// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/duration.hpp"

#include <algorithm>
#include <array>

#include "validator/xsd/date_time.hpp"
#include "validator/xsd/lexical.hpp"

namespace amparo::xsd {
namespace {

constexpr std::int64_t kMaxMonths = 100'000'000'000'000'000;
constexpr std::int64_t kMaxSeconds = 9'000'000'000'000'000'000;
constexpr std::int64_t kSecondsOfDay = 86400;

// total + count * unit, at most `limit`.
void add_up_to(
    std::int64_t& total, std::int64_t count, std::int64_t unit, std::int64_t limit, bool& is_cut) {
  if (count > (limit - total) / unit) {
    total = limit;
    is_cut = true;
  } else {
    total += count * unit;
  }
}

struct Number {
  std::int64_t value = 0;
  std::string_view fraction{};
  bool has_point = false;
};

class Reader {
 public:
  explicit Reader(std::string_view text) noexcept : rest_{text} {}

  [[nodiscard]] bool is_at_end() const noexcept { return rest_.empty(); }

  bool take(char c) noexcept {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // Digits, and with a point digits on both of its sides.
  std::optional<Number> number(bool& is_cut) noexcept {
    const auto digits = take_digits();
    if (digits.empty()) return std::nullopt;
    Number number;
    for (const char c : digits) {
      std::int64_t shifted = 0;
      add_up_to(shifted, number.value, 10, kMaxSeconds, is_cut);
      add_up_to(shifted, c - '0', 1, kMaxSeconds, is_cut);
      number.value = shifted;
    }
    if (take('.')) {
      number.has_point = true;
      number.fraction = take_digits();
      if (number.fraction.empty()) return std::nullopt;
      while (!number.fraction.empty() && number.fraction.back() == '0')
        number.fraction.remove_suffix(1);
    }
    return number;
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

struct Unit {
  char letter;
  bool is_months;
  std::int64_t size;
};
constexpr std::array kDateUnits{Unit{'Y', true, 12}, Unit{'M', true, 1}, Unit{'D', false, 86400}};
constexpr std::array kTimeUnits{Unit{'H', false, 3600}, Unit{'M', false, 60}, Unit{'S', false, 1}};

// Numbers with the units, each at most once and in this order, up to the end or a T.
bool read_part(Reader& in, const std::array<Unit, 3>& units, Duration& duration) noexcept {
  const auto* next = units.begin();
  bool is_empty = true;
  while (!in.is_at_end()) {
    if (!is_empty && units.front().letter == 'Y' && in.take('T')) {
      return read_part(in, kTimeUnits, duration);
    }
    const auto number = in.number(duration.is_beyond_count);
    if (!number) return false;
    next = std::find_if(next, units.end(), [&in](const Unit& u) { return in.take(u.letter); });
    if (next == units.end()) return false;
    if (number->has_point && next->letter != 'S') return false;
    auto& total = next->is_months ? duration.months : duration.seconds;
    const auto limit = next->is_months ? kMaxMonths : kMaxSeconds;
    add_up_to(total, number->value, next->size, limit, duration.is_beyond_count);
    if (number->has_point) duration.fraction = number->fraction;
    ++next;
    is_empty = false;
  }
  return !is_empty;
}

// A start to add durations to: years 1696 and so on, on the first of a month.
struct Start {
  std::int64_t year;
  std::int64_t month;
};
constexpr std::array kStarts{Start{1696, 9}, Start{1697, 2}, Start{1903, 3}, Start{1903, 7}};

struct Sum {
  std::int64_t day;
  std::int64_t second;  // of the day; the fraction is still to be added, or to be taken off
};

Sum add(const Start& start, const Duration& duration) noexcept {
  const std::int64_t sign = duration.is_negative ? -1 : 1;
  Sum sum{days_to_month(start.year, start.month + sign * duration.months),
          sign * (duration.seconds % kSecondsOfDay)};
  sum.day += sign * (duration.seconds / kSecondsOfDay);
  if (sum.second < 0) {
    sum.second += kSecondsOfDay;
    --sum.day;
  }
  return sum;
}

// Both sums are whole seconds that a fraction makes larger, or smaller where negative. A negative
// duration never leads beyond a positive one, so fractions of both kinds only add to the distance.
Order compare_sums(const Sum& x, const Duration& a, const Sum& y, const Duration& b) noexcept {
  if (x.day != y.day) return order_of(x.day, y.day);
  if (x.second != y.second) return order_of(x.second, y.second);
  if (a.is_negative == b.is_negative) {
    const Order order = order_of_fractions(a.fraction, b.fraction);
    return a.is_negative ? reversed(order) : order;
  }
  if (a.fraction.empty() && b.fraction.empty()) return Order::Equal;
  return a.is_negative ? Order::Less : Order::Greater;
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) noexcept {
  Reader in{text};
  Duration duration;
  duration.is_negative = in.take('-');
  if (!in.take('P')) return std::nullopt;
  const bool fits =
      in.take('T') ? read_part(in, kTimeUnits, duration) : read_part(in, kDateUnits, duration);
  if (!fits) return std::nullopt;
  const bool is_zero = duration.months == 0 && duration.seconds == 0 && duration.fraction.empty();
  if (is_zero) duration.is_negative = false;
  return duration;
}

Order compare(const Duration& a, const Duration& b) noexcept {
  Order all = Order::Equal;
  bool is_first = true;
  for (const Start& start : kStarts) {
    const Order order = compare_sums(add(start, a), a, add(start, b), b);
    if (!is_first && order != all) return Order::Incomparable;
    all = order;
    is_first = false;
  }
  return all;
}

}  // namespace amparo::xsd
