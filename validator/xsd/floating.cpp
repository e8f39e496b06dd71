// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/floating.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>
#include <system_error>
#include <version>

#include "validator/xsd/lexical.hpp"

namespace amparo::xsd {
namespace {

// A literal taken apart: from_chars and strtod take words and forms that XML Schema does not.
struct Literal {
  bool is_zero = true;
  // Power of ten of the first digit that is not 0, cut to a range that no exponent reaches.
  std::int64_t magnitude = 0;
};

constexpr std::int64_t kFar = 1'000'000'000'000;

std::size_t skip_digits(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && is_digit(text[at]))
    ++at;
  return at;
}

std::optional<std::int64_t> parse_exponent(std::string_view text) noexcept {
  if (text.empty()) return 0;
  if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
  text.remove_prefix(1);
  const bool is_negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (text.front() == '+' || is_negative)) text.remove_prefix(1);
  if (text.empty() || skip_digits(text, 0) != text.size()) return std::nullopt;
  std::int64_t exponent = 0;
  for (const char c : text) {
    if (exponent < kFar) exponent = exponent * 10 + (c - '0');
  }
  return is_negative ? -exponent : exponent;
}

// `text`: without its sign.
std::optional<Literal> take_apart(std::string_view text) noexcept {
  const auto point = skip_digits(text, 0);
  auto end = point;
  if (end < text.size() && text[end] == '.') end = skip_digits(text, end + 1);
  const auto mantissa = text.substr(0, end);
  if (mantissa.empty() || mantissa == ".") return std::nullopt;
  const auto exponent = parse_exponent(text.substr(end));
  if (!exponent) return std::nullopt;
  const auto first = mantissa.find_first_not_of("0.");
  if (first == std::string_view::npos) return Literal{};
  const auto place = static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first);
  return Literal{false, *exponent + (place > 0 ? place - 1 : place)};
}

#if defined(__cpp_lib_to_chars)
template <typename T>
double convert(std::string_view text, const Literal& literal) noexcept {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc::result_out_of_range) return static_cast<double>(value);
  return literal.magnitude > 0 ? std::numeric_limits<double>::infinity() : 0.0;
}
#else
// A library without from_chars for numbers with a point. Programs of ours do not change the locale.
template <typename T>
double convert(std::string_view text, const Literal&) {
  const std::string terminated{text};
  if constexpr (sizeof(T) == sizeof(float)) {
    return static_cast<double>(std::strtof(terminated.c_str(), nullptr));
  } else {
    return std::strtod(terminated.c_str(), nullptr);
  }
}
#endif

}  // namespace

std::optional<double> parse_floating(std::string_view text, FloatWidth width) {
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  const bool is_negative = !text.empty() && text.front() == '-';
  if (text == "INF" || text == "-INF") {
    const double infinity = std::numeric_limits<double>::infinity();
    return is_negative ? -infinity : infinity;
  }
  if (!text.empty() && (text.front() == '+' || is_negative)) text.remove_prefix(1);
  const auto literal = take_apart(text);
  if (!literal) return std::nullopt;
  if (literal->is_zero) return 0.0;
  const double value = width == FloatWidth::Single ? convert<float>(text, *literal)
                                                   : convert<double>(text, *literal);
  return is_negative ? -value : value;
}

Order compare(double a, double b) noexcept {
  if (std::isnan(a) || std::isnan(b)) {
    return std::isnan(a) && std::isnan(b) ? Order::Equal : Order::Incomparable;
  }
  return order_of(a, b);
}

}  // namespace amparo::xsd
