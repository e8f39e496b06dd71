// SPDX-License-Identifier: Apache-2.0
// Numbers that look random and are the same on every machine: the standard library's distributions
// differ between implementations, so the few that are needed are here. Not for keys.
#pragma once

#include <cstdint>

namespace amparo::revision {

/// SplitMix64's output function: a bijection on 64 bits in which every input bit matters.
[[nodiscard]] constexpr std::uint64_t scramble(std::uint64_t value) noexcept {
  value += 0x9E3779B97F4A7C15U;
  value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31U);
}

class Random {
 public:
  explicit constexpr Random(std::uint64_t seed) noexcept : state_{seed} {}

  constexpr std::uint64_t next() noexcept {
    const std::uint64_t value = scramble(state_);
    state_ += 0x9E3779B97F4A7C15U;
    return value;
  }

  /// 0 to `bound` - 1. The bias is below bound / 2^32, which no reader of a sample can see.
  /// REQUIRES: bound > 0
  constexpr std::uint32_t below(std::uint32_t bound) noexcept {
    return static_cast<std::uint32_t>(((next() >> 32U) * bound) >> 32U);
  }

  /// `low` to `high`, both included. REQUIRES: low <= high
  constexpr std::int64_t between(std::int64_t low, std::int64_t high) noexcept {
    return low + below(static_cast<std::uint32_t>(high - low + 1));
  }

  constexpr bool is_in(std::uint32_t percent) noexcept { return below(100) < percent; }

 private:
  std::uint64_t state_;
};

}  // namespace amparo::revision
