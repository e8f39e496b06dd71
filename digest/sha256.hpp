// SPDX-License-Identifier: Apache-2.0
// SHA-256 and HMAC-SHA-256. OpenSSL does the work, inside sha256.cpp only.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace amparo::digest {

inline constexpr std::size_t kSha256Bytes = 32;
using Sha256Value = std::array<std::uint8_t, kSha256Bytes>;

/// SHA-256 of bytes that come in pieces (FIPS 180-4). Move-only.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void update(std::string_view bytes);
  /// The digest of all bytes so far; begins anew afterwards.
  [[nodiscard]] Sha256Value finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

[[nodiscard]] Sha256Value sha256(std::string_view bytes);

/// HMAC-SHA-256 (RFC 2104, FIPS 198-1). Any length of key.
[[nodiscard]] Sha256Value hmac_sha256(std::span<const std::uint8_t> key, std::string_view message);

/// Lower-case hexadecimal.
[[nodiscard]] std::string to_hex(std::span<const std::uint8_t> bytes);

}  // namespace amparo::digest
