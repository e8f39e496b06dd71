// SPDX-License-Identifier: Apache-2.0
// Which keys have been seen, and on which line. All that a conversion holds of the rows behind it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "converter/id_key.hpp"

namespace amparo::converter {

/// A set of key marks in open addressing. A mark is 128 bits of a keyed digest and stands for its
/// key without a further check: by accident two of five million different keys are taken for one
/// with a chance of 1 in 10^25, and without the secret nobody can make two that are.
///
/// Memory: at most kMostBytesEach for a key, plus 40 KiB; while one of the 256 parts grows, that
/// part is there twice.
class SeenKeys {
 public:
  static constexpr std::size_t kMostBytesEach = 32;

  SeenKeys();

  /// The line where this key was first seen, or nothing when it is new. Lines from 2^32 - 1 on are
  /// held as that number.
  std::optional<std::uint64_t> see(const KeyMark& mark, std::uint64_t line);

  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  /// What the table has asked for, to hold the promise above against.
  [[nodiscard]] std::size_t bytes() const noexcept;

 private:
  // 20 bytes without padding: four words of the mark, and the line; line 0 is an empty place.
  using Slot = std::array<std::uint32_t, 5>;
  // One part of the marks, by their first byte: growing a part moves 1/256 of the keys, so that
  // never two whole tables stand beside each other.
  struct Part {
    std::vector<Slot> slots{};
    std::size_t used = 0;
  };
  static constexpr std::size_t kParts = 256;

  static Slot slot_of(const KeyMark& mark, std::uint64_t line);
  static Slot& place_of(std::vector<Slot>& slots, const Slot& slot);
  static void grow(Part& part);

  std::vector<Part> parts_;
  std::uint64_t size_ = 0;
};

}  // namespace amparo::converter
