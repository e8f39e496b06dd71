// SPDX-License-Identifier: Apache-2.0
// The tables of simple types as bytes, little-endian and without padding, and back.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/result.hpp"
#include "validator/xsd/simple_types.hpp"

namespace amparo::xsd {

[[nodiscard]] std::vector<std::byte> bytes_of(const SimpleTypeTables& tables);

/// Checked by verify(). Fails with Malformed.
[[nodiscard]] Result<SimpleTypeTables> simple_types_from(std::span<const std::byte> bytes);

}  // namespace amparo::xsd
