// SPDX-License-Identifier: Apache-2.0
// xs:float and xs:double (XML Schema 1.0 Part 2, 3.2.4 and 3.2.5).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "validator/xsd/order.hpp"

namespace amparo::xsd {

enum class FloatWidth : std::uint8_t { Single, Double };

/// The nearest value of the width; beyond its range an infinity or zero. "INF", "-INF" and "NaN"
/// are the only words. Nothing when `text` is not in the lexical space.
[[nodiscard]] std::optional<double> parse_floating(std::string_view text, FloatWidth width);

/// NaN equals itself and is incomparable with all else; 0 equals -0.
[[nodiscard]] Order compare(double a, double b) noexcept;

}  // namespace amparo::xsd
