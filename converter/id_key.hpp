// SPDX-License-Identifier: Apache-2.0
// Opaque identifiers that are the same at every run: made from a source key with a secret, so that
// nobody without it can compute an identifier from a number he knows, or the number from the
// identifier. The secret is a file of 32 random bytes that only its owner may read.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/language.hpp"
#include "core/result.hpp"

namespace amparo::converter {

inline constexpr std::size_t kIdKeyBytes = 32;

/// Stands for a source key where only sameness matters.
using KeyMark = std::array<std::uint64_t, 2>;

class IdKey {
 public:
  /// Fails with NotFound, Unreadable, or BadKey when it is not 32 bytes long or others than its
  /// owner may read or change it.
  static Result<IdKey> read(const std::filesystem::path& file,
                            Language language = Language::English);
  /// Makes a new key file with mode 0600. Fails with Unwritable when there is one already: a key
  /// is never replaced, since all identifiers made with it would change.
  static Status create(const std::filesystem::path& file, Language language = Language::English);
  /// A key that nobody keeps: identifiers that no other run repeats. Fails when the system has no
  /// random bytes.
  static Result<IdKey> throw_away();
  /// For tests and for callers that keep keys elsewhere.
  static IdKey from_bytes(std::array<std::uint8_t, kIdKeyBytes> bytes);

  IdKey(const IdKey&) = default;
  IdKey& operator=(const IdKey&) = default;
  IdKey(IdKey&&) = default;
  IdKey& operator=(IdKey&&) = default;
  ~IdKey();

  /// `kind`-26 characters of Crockford base 32: the first 130 bits of
  /// HMAC-SHA-256(key, system, 0x00, source key).
  [[nodiscard]] std::string identifier(std::string_view kind,
                                       std::string_view system,
                                       std::string_view source_key) const;
  [[nodiscard]] KeyMark mark(std::string_view source_key) const;
  /// Tells keys apart in logs without telling anything of the key: 16 hexadecimal digits.
  [[nodiscard]] std::string fingerprint() const;

 private:
  IdKey() = default;
  std::array<std::uint8_t, kIdKeyBytes> bytes_{};
};

}  // namespace amparo::converter
