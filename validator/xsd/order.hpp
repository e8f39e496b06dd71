// SPDX-License-Identifier: Apache-2.0
// How two values of one primitive type lie to each other. XML Schema 1.0 Part 2, 4.2.2: some orders
// are partial.
#pragma once

#include <cstdint>
#include <string_view>

namespace amparo::xsd {

enum class Order : std::uint8_t { Less, Equal, Greater, Incomparable };

[[nodiscard]] constexpr Order reversed(Order order) noexcept {
  if (order == Order::Less) return Order::Greater;
  return order == Order::Greater ? Order::Less : order;
}

template <typename T>
[[nodiscard]] constexpr Order order_of(const T& a, const T& b) noexcept {
  if (a < b) return Order::Less;
  return b < a ? Order::Greater : Order::Equal;
}

/// Digits after the point, without zeros at the end: "5" is more than "25".
[[nodiscard]] inline Order order_of_fractions(std::string_view a, std::string_view b) noexcept {
  return order_of(a.compare(b), 0);
}

}  // namespace amparo::xsd
