// SPDX-License-Identifier: Apache-2.0
#include "validator/rules/number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <version>

#include "text/utf8.hpp"
#include "validator/xsd/floating.hpp"

namespace amparo::rules {
namespace {

constexpr std::uint32_t kMostDigits = 30;
constexpr std::uint32_t kQuotientDigits = 18;

[[noreturn]] void overflow() {
  throw DynamicError{Fault::Overflow};
}

Int128 add(Int128 a, Int128 b) {
  Int128 sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) overflow();
  return sum;
}
Int128 multiply(Int128 a, Int128 b) {
  Int128 product = 0;
  if (__builtin_mul_overflow(a, b, &product)) overflow();
  return product;
}
Int128 power_of_ten(std::uint32_t exponent) {
  Int128 power = 1;
  for (; exponent > 0; --exponent)
    power = multiply(power, 10);
  return power;
}

std::uint32_t digits_of(const Item& number) {
  return number.type == ItemType::Decimal ? number.size : 0;
}

struct Aligned {
  Int128 a, b;
  std::uint32_t digits;
};
Aligned align(const Item& a, const Item& b) {
  const std::uint32_t digits = std::max(digits_of(a), digits_of(b));
  return {multiply(mantissa(a), power_of_ten(digits - digits_of(a))),
          multiply(mantissa(b), power_of_ten(digits - digits_of(b))),
          digits};
}

Item integer_of(Int128 value) {
  if (value > INT64_MAX || value < INT64_MIN) overflow();
  return integer_item(static_cast<std::int64_t>(value));
}

// Digit by digit, so that nothing but the quotient can be too large. Half of the last digit is
// rounded towards zero, as Saxon does; the specification leaves it open.
Item divide(const Item& a, const Item& b) {
  const auto aligned = align(a, b);
  if (aligned.b == 0) throw DynamicError{Fault::DivideByZero};
  const bool is_negative = (aligned.a < 0) != (aligned.b < 0);
  const Int128 divisor = aligned.b < 0 ? -aligned.b : aligned.b;
  const Int128 dividend = aligned.a < 0 ? -aligned.a : aligned.a;
  Int128 quotient = dividend / divisor;
  Int128 rest = dividend % divisor;
  std::uint32_t digits = 0;
  for (; rest != 0 && digits < kQuotientDigits; ++digits) {
    rest = multiply(rest, 10);
    quotient = add(multiply(quotient, 10), rest / divisor);
    rest %= divisor;
  }
  if (rest > divisor - rest) quotient = add(quotient, 1);
  return decimal_item(is_negative ? -quotient : quotient, digits);
}

Item calculate_exact(Arithmetic operation, const Item& a, const Item& b) {
  const bool integers = a.type == ItemType::Integer && b.type == ItemType::Integer;
  const auto result = [&](Int128 value, std::uint32_t digits) {
    return integers ? integer_of(value) : decimal_item(value, digits);
  };
  switch (operation) {
    case Arithmetic::Add: {
      const auto aligned = align(a, b);
      return result(add(aligned.a, aligned.b), aligned.digits);
    }
    case Arithmetic::Subtract: {
      const auto aligned = align(a, b);
      return result(add(aligned.a, -aligned.b), aligned.digits);
    }
    case Arithmetic::Multiply:
      return result(multiply(mantissa(a), mantissa(b)), digits_of(a) + digits_of(b));
    case Arithmetic::Divide:
      return divide(a, b);
    case Arithmetic::IntegerDivide: {
      const auto aligned = align(a, b);
      if (aligned.b == 0) throw DynamicError{Fault::DivideByZero};
      return integer_of(aligned.a / aligned.b);
    }
    case Arithmetic::Modulo: {
      const auto aligned = align(a, b);
      if (aligned.b == 0) throw DynamicError{Fault::DivideByZero};
      return result(aligned.a % aligned.b, aligned.digits);
    }
  }
  return a;
}

Item calculate_double(Arithmetic operation, double a, double b) {
  switch (operation) {
    case Arithmetic::Add:
      return double_item(a + b);
    case Arithmetic::Subtract:
      return double_item(a - b);
    case Arithmetic::Multiply:
      return double_item(a * b);
    case Arithmetic::Divide:
      return double_item(a / b);
    case Arithmetic::IntegerDivide:
      if (b == 0) throw DynamicError{Fault::DivideByZero};
      if (std::isnan(a) || std::isnan(b) || std::isinf(a)) overflow();
      return to_integer(double_item(a / b));
    case Arithmetic::Modulo:
      return double_item(std::fmod(a, b));
  }
  return double_item(a);
}

Int128 round_quotient(Int128 value, Int128 unit, Rounding rounding) {
  Int128 quotient = value / unit;
  const Int128 rest = value % unit;
  if (rest == 0) return quotient;
  const Int128 below = rest < 0 ? quotient - 1 : quotient;  // towards minus infinity
  const Int128 above_low = rest < 0 ? rest + unit : rest;   // distance from `below`
  switch (rounding) {
    case Rounding::Floor:
      return below;
    case Rounding::Ceiling:
      return below + 1;
    case Rounding::HalfUp:
      return above_low >= unit - above_low ? below + 1 : below;
    case Rounding::HalfEven:
      if (above_low == unit - above_low) return below % 2 == 0 ? below : below + 1;
      return above_low > unit - above_low ? below + 1 : below;
  }
  return quotient;
}

Item rounded_double(double value, Rounding rounding, int digits) {
  if (!std::isfinite(value) || value == 0) return double_item(value);
  switch (rounding) {
    case Rounding::Floor:
      return double_item(std::floor(value));
    case Rounding::Ceiling:
      return double_item(std::ceil(value));
    case Rounding::HalfUp:
      // Halves go up; what is rounded to 0 keeps its sign (F&O 6.4.4).
      if (value < 0 && value >= -0.5) return double_item(-0.0);
      return double_item(value - std::floor(value) < 0.5 ? std::floor(value) : std::ceil(value));
    case Rounding::HalfEven:
      break;
  }
  if (std::abs(value) >= 1e17) return double_item(value);
  const Item exact = to_decimal(double_item(value));
  const double result = to_double(rounded(exact, rounding, digits));
  return double_item(std::copysign(result, value));
}

void append_magnitude(std::string& out, Int128 value) {
  std::array<char, 40> digits{};
  std::size_t at = digits.size();
  do {
    digits.at(--at) = static_cast<char>('0' + static_cast<int>(value % 10));
    value /= 10;
  } while (value != 0);
  out.append(&digits.at(at), digits.size() - at);
}

void append_decimal(std::string& out, const Item& number) {
  Int128 value = mantissa(number);
  if (value < 0) out += '-';
  if (value < 0) value = -value;
  const Int128 unit = power_of_ten(digits_of(number));
  append_magnitude(out, value / unit);
  if (value % unit == 0) return;
  out += '.';
  const std::size_t begin = out.size();
  append_magnitude(out, value % unit);
  out.insert(begin, digits_of(number) - (out.size() - begin), '0');
}

enum class Notation : std::uint8_t { Fixed, Scientific };

// The fewest digits that read back as `value`. REQUIRES: it is finite
std::string_view shortest(double value, Notation notation, std::array<char, 400>& digits) {
#if defined(__cpp_lib_to_chars)
  const auto format =
      notation == Notation::Fixed ? std::chars_format::fixed : std::chars_format::scientific;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, format);
  return {digits.data(), static_cast<std::size_t>(end.ptr - digits.data())};
#else
  // The library of the browser's compiler has no such function for doubles.
  constexpr int kMostDigits = 40;
  int size = 0;
  for (int precision = 0; precision < kMostDigits; ++precision) {
    size = notation == Notation::Fixed
               ? std::snprintf(digits.data(), digits.size(), "%.*f", precision, value)
               : std::snprintf(digits.data(), digits.size(), "%.*e", precision, value);
    if (std::strtod(digits.data(), nullptr) == value) break;
  }
  return {digits.data(), static_cast<std::size_t>(size)};
#endif
}

void append_double(std::string& out, double value) {
  if (std::isnan(value)) {
    out += "NaN";
    return;
  }
  if (std::isinf(value)) {
    out += value < 0 ? "-INF" : "INF";
    return;
  }
  std::array<char, 400> digits{};
  const double size = std::abs(value);
  // F&O 17.1.2: as a decimal between 1e-6 and 1e6, else with an exponent and at least one digit
  // behind the point.
  if (size == 0 || (size >= 1e-6 && size < 1e6)) {
    out += shortest(value, Notation::Fixed, digits);
    return;
  }
  const std::string_view written = shortest(value, Notation::Scientific, digits);
  const std::size_t e = written.find('e');
  out += written.substr(0, e);
  if (written.substr(0, e).find('.') == std::string_view::npos) out += ".0";
  out += 'E';
  std::string_view exponent = written.substr(e + 1);
  if (exponent.front() == '-') out += '-';
  exponent.remove_prefix(1);
  while (exponent.size() > 1 && exponent.front() == '0')
    exponent.remove_prefix(1);
  out += exponent;
}

// Digits with at most one point; the sign apart.
std::optional<Item> parse_digits(std::string_view text, bool with_point) {
  text = text::trim(text);
  bool is_negative = false;
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    is_negative = text.front() == '-';
    text.remove_prefix(1);
  }
  Int128 value = 0;
  std::uint32_t digits = 0;
  std::uint32_t zeros = 0;  // behind the point, not yet counted
  bool has_digit = false;
  bool has_point = false;
  for (const char c : text) {
    if (c == '.' && with_point && !has_point) {
      has_point = true;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    has_digit = true;
    if (has_point && c == '0') {
      ++zeros;
      continue;
    }
    const std::uint32_t more = has_point ? zeros + 1 : 1;
    if (has_point && digits + more > kMostDigits) overflow();
    value = add(multiply(value, power_of_ten(more)), c - '0');
    if (has_point) digits += more;
    zeros = 0;
  }
  if (!has_digit) return std::nullopt;
  return decimal_item(is_negative ? -value : value, digits);
}

}  // namespace

Int128 mantissa(const Item& decimal) noexcept {
  if (decimal.type == ItemType::Integer) return decimal.number;
  return static_cast<Int128>(decimal.high) * (static_cast<Int128>(1) << 64) +
         static_cast<std::uint64_t>(decimal.number);
}

Item decimal_item(Int128 mantissa, std::uint32_t digits) {
  while (digits > 0 && mantissa % 10 == 0) {
    mantissa /= 10;
    --digits;
  }
  if (digits > kMostDigits) overflow();
  Item item;
  item.type = ItemType::Decimal;
  item.size = digits;
  item.number = static_cast<std::int64_t>(static_cast<std::uint64_t>(mantissa));
  item.high = static_cast<std::int64_t>(mantissa >> 64);
  return item;
}

std::optional<Item> parse_integer(std::string_view text) {
  const auto value = parse_digits(text, false);
  return value ? std::optional{integer_of(mantissa(*value))} : std::nullopt;
}

std::optional<Item> parse_decimal(std::string_view text) {
  return parse_digits(text, true);
}

std::optional<Item> parse_double(std::string_view text) {
  const auto value = xsd::parse_floating(text::trim(text), xsd::FloatWidth::Double);
  return value ? std::optional{double_item(*value)} : std::nullopt;
}

double to_double(const Item& number) {
  if (number.type == ItemType::Double) return number.floating;
  if (number.type == ItemType::Integer) return static_cast<double>(number.number);
  const Int128 value = mantissa(number);
  constexpr std::int64_t kExact = std::int64_t{1} << 53;
  // Both exact, so that one division rounds once.
  if (value <= kExact && value >= -kExact && number.size <= 22)
    return static_cast<double>(value) / static_cast<double>(power_of_ten(number.size));
  std::string written;
  append_decimal(written, number);
  return xsd::parse_floating(written, xsd::FloatWidth::Double).value_or(0);
}

Item to_integer(const Item& number) {
  if (number.type == ItemType::Integer) return number;
  if (number.type == ItemType::Decimal)
    return integer_of(mantissa(number) / power_of_ten(number.size));
  if (!std::isfinite(number.floating)) throw DynamicError{Fault::Cast};
  const double whole = std::trunc(number.floating);
  if (std::abs(whole) >= 9.2e18) overflow();
  return integer_item(static_cast<std::int64_t>(whole));
}

Item to_decimal(const Item& number) {
  if (number.type == ItemType::Decimal) return number;
  if (number.type == ItemType::Integer) return decimal_item(number.number, 0);
  if (!std::isfinite(number.floating)) throw DynamicError{Fault::Cast};
  if (std::abs(number.floating) >= 1e37) overflow();
  // The digits that name this double, which is what people expect of it.
  std::array<char, 400> digits{};
  const auto value = parse_digits(shortest(number.floating, Notation::Fixed, digits), true);
  if (!value) overflow();
  return *value;
}

Item calculate(Arithmetic operation, const Item& a, const Item& b) {
  if (a.type == ItemType::Double || b.type == ItemType::Double)
    return calculate_double(operation, to_double(a), to_double(b));
  return calculate_exact(operation, a, b);
}

Item negated(const Item& number) {
  if (number.type == ItemType::Double) return double_item(-number.floating);
  if (number.type == ItemType::Integer) return integer_of(-static_cast<Int128>(number.number));
  return decimal_item(-mantissa(number), number.size);
}

int compare_numbers(const Item& a, const Item& b) {
  if (a.type == ItemType::Double || b.type == ItemType::Double) {
    const double left = to_double(a);
    const double right = to_double(b);
    if (std::isnan(left) || std::isnan(right)) return 2;
    return left < right ? -1 : left > right ? 1 : 0;
  }
  if (a.type == ItemType::Integer && b.type == ItemType::Integer)
    return a.number < b.number ? -1 : a.number > b.number ? 1 : 0;
  const auto aligned = align(a, b);
  return aligned.a < aligned.b ? -1 : aligned.a > aligned.b ? 1 : 0;
}

Item rounded(const Item& number, Rounding rounding, int digits) {
  if (number.type == ItemType::Double) return rounded_double(number.floating, rounding, digits);
  if (static_cast<int>(digits_of(number)) <= digits) return number;
  const int dropped = static_cast<int>(digits_of(number)) - digits;
  if (dropped > 37) return number.type == ItemType::Integer ? integer_item(0) : decimal_item(0, 0);
  const Int128 unit = power_of_ten(static_cast<std::uint32_t>(dropped));
  Int128 value = round_quotient(mantissa(number), unit, rounding);
  if (digits < 0) value = multiply(value, power_of_ten(static_cast<std::uint32_t>(-digits)));
  if (number.type == ItemType::Integer) return integer_of(value);
  return decimal_item(value, digits < 0 ? 0 : static_cast<std::uint32_t>(digits));
}

void append_number(std::string& out, const Item& number) {
  if (number.type == ItemType::Double) return append_double(out, number.floating);
  append_decimal(out, number);
}

}  // namespace amparo::rules
