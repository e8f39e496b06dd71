// SPDX-License-Identifier: Apache-2.0
// Random bytes that nobody can foretell, for keys.
#pragma once

#include <cstdint>
#include <span>

#include "core/result.hpp"

namespace amparo::digest {

/// Fills `out` from the system's cryptographic generator.
/// Fails with Unreadable when the system gives none (never fills with anything weaker).
[[nodiscard]] Status fill_random(std::span<std::uint8_t> out);

}  // namespace amparo::digest
