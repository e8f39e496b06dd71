// SPDX-License-Identifier: Apache-2.0
// A set of ASCII characters in sixteen bytes, laid out so that one shuffle looks up sixteen or
// thirty-two characters at once (W. Muła, D. Lemire: Faster Base64 Encoding and Decoding using AVX2
// Instructions, 2018, describes the idea).
#pragma once

#include <array>
#include <cstdint>

namespace amparo::text {

struct AsciiSet {
  /// By the low four bits of a character: a bit for each value of the three above.
  alignas(16) std::array<std::uint8_t, 16> rows{};

  [[nodiscard]] bool contains(char c) const noexcept {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x80 && (rows[byte & 15U] >> (byte >> 4U) & 1U) != 0;
  }
  /// REQUIRES: below 0x80
  void insert(unsigned char byte) noexcept {
    rows[byte & 15U] = static_cast<std::uint8_t>(rows[byte & 15U] | 1U << (byte >> 4U));
  }
  friend bool operator==(const AsciiSet&, const AsciiSet&) = default;
};

}  // namespace amparo::text
