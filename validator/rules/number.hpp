// SPDX-License-Identifier: Apache-2.0
// Arithmetic of numbers (XPath 2.0 Functions and Operators, 6). Decimals are exact: 38 digits, 30
// of them behind the point; a quotient has 18 digits behind the point. Integers are of 64 bits.
// What does not fit is a Fault::Overflow, never a wrong number. All may throw DynamicError.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "validator/rules/item.hpp"

namespace amparo::rules {

enum class Arithmetic : std::uint8_t { Add, Subtract, Multiply, Divide, IntegerDivide, Modulo };

[[nodiscard]] Int128 mantissa(const Item& decimal) noexcept;  ///< of an Integer too
/// Without zeros at the end.
[[nodiscard]] Item decimal_item(Int128 mantissa, std::uint32_t digits);

/// Nothing when `text` (white space around it does not count) is not of the type.
[[nodiscard]] std::optional<Item> parse_integer(std::string_view text);
[[nodiscard]] std::optional<Item> parse_decimal(std::string_view text);
[[nodiscard]] std::optional<Item> parse_double(std::string_view text);

[[nodiscard]] double to_double(const Item& number);
/// Towards zero. Fails with Overflow, and for NaN and infinities with Cast.
[[nodiscard]] Item to_integer(const Item& number);
/// Of a Double the exact value, if it has at most 38 digits.
[[nodiscard]] Item to_decimal(const Item& number);

/// REQUIRES: both are numeric
[[nodiscard]] Item calculate(Arithmetic operation, const Item& a, const Item& b);
[[nodiscard]] Item negated(const Item& number);

/// -1, 0, 1; 2: one of them is NaN. REQUIRES: both are numeric
[[nodiscard]] int compare_numbers(const Item& a, const Item& b);

enum class Rounding : std::uint8_t { Floor, Ceiling, HalfUp, HalfEven };
/// To `digits` behind the point; of the same type.
[[nodiscard]] Item rounded(const Item& number, Rounding rounding, int digits);

/// As cast to xs:string (F&O 17.1.2).
void append_number(std::string& out, const Item& number);

}  // namespace amparo::rules
