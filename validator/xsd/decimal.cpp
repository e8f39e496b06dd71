// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/decimal.hpp"

#include "validator/xsd/lexical.hpp"

namespace amparo::xsd {
namespace {

std::size_t count_digits(std::string_view text) noexcept {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count]))
    ++count;
  return count;
}

Order compare_magnitude(const Decimal& a, const Decimal& b) noexcept {
  if (a.integer.size() != b.integer.size()) return order_of(a.integer.size(), b.integer.size());
  const int difference = a.integer.compare(b.integer);
  if (difference != 0) return order_of(difference, 0);
  return order_of_fractions(a.fraction, b.fraction);
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) noexcept {
  Decimal value;
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    value.is_negative = text.front() == '-';
    text.remove_prefix(1);
  }
  value.integer = text.substr(0, count_digits(text));
  text.remove_prefix(value.integer.size());
  const bool has_point = !text.empty() && text.front() == '.';
  if (has_point) {
    text.remove_prefix(1);
    value.fraction = text.substr(0, count_digits(text));
    text.remove_prefix(value.fraction.size());
  }
  if (!text.empty() || (value.integer.empty() && value.fraction.empty())) return std::nullopt;
  while (!value.integer.empty() && value.integer.front() == '0')
    value.integer.remove_prefix(1);
  while (!value.fraction.empty() && value.fraction.back() == '0')
    value.fraction.remove_suffix(1);
  if (value.integer.empty() && value.fraction.empty()) value.is_negative = false;
  return value;
}

std::optional<Decimal> parse_integer(std::string_view text) noexcept {
  if (text.find('.') != std::string_view::npos) return std::nullopt;
  return parse_decimal(text);
}

Order compare(const Decimal& a, const Decimal& b) noexcept {
  if (a.is_negative != b.is_negative) return a.is_negative ? Order::Less : Order::Greater;
  const Order order = compare_magnitude(a, b);
  return a.is_negative ? reversed(order) : order;
}

std::optional<std::int64_t> to_int64(const Decimal& value) noexcept {
  constexpr std::size_t kMaxDigits = 18;  // of any size up to here there is no overflow
  if (!value.fraction.empty()) return std::nullopt;
  if (value.integer.size() > kMaxDigits + 1) return std::nullopt;
  std::uint64_t magnitude = 0;
  for (const char c : value.integer)
    magnitude = magnitude * 10 + static_cast<std::uint64_t>(c - '0');
  constexpr std::uint64_t kMax = std::uint64_t{1} << 63U;
  if (value.is_negative ? magnitude > kMax : magnitude >= kMax) return std::nullopt;
  if (!value.is_negative) return static_cast<std::int64_t>(magnitude);
  return magnitude == kMax ? INT64_MIN : -static_cast<std::int64_t>(magnitude);
}

}  // namespace amparo::xsd
