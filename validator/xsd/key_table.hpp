// SPDX-License-Identifier: Apache-2.0
// A set of keys as 16-byte digests: at most 32 bytes a key, for batches of millions of them. The
// digest is SipHash-2-4 with 128 bits under a key of this process: nobody can make two keys meet.
// (J.-P. Aumasson, D. J. Bernstein: SipHash, a fast short-input PRF. 2012.)
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace amparo::xsd {

struct KeyDigest {
  std::uint64_t low = 0;  ///< never 0
  std::uint64_t high = 0;
  friend bool operator==(const KeyDigest&, const KeyDigest&) = default;
};

[[nodiscard]] KeyDigest digest_of_key(std::string_view key);

class KeyTable {
 public:
  /// False when it is there already.
  bool insert(const KeyDigest& key);
  [[nodiscard]] bool contains(const KeyDigest& key) const;
  void merge(const KeyTable& other);
  /// How many keys of this the other one does not have.
  [[nodiscard]] std::size_t missing_from(const KeyTable& other) const;
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// Bytes that it takes.
  [[nodiscard]] std::size_t bytes() const noexcept;
  /// Empty again, with the memory of a small one.
  void clear();

 private:
  // A large table is cut into many, so that only one of them is doubled at a time.
  struct Shard {
    std::vector<KeyDigest> slots{};  ///< low 0: free
    std::size_t used = 0;
  };
  static bool insert_into(Shard& shard, const KeyDigest& key);
  static std::size_t first_slot(const Shard& shard, const KeyDigest& key) noexcept;
  [[nodiscard]] std::size_t shard_of(const KeyDigest& key) const noexcept {
    return shards_.size() == 1 ? 0 : static_cast<std::size_t>(key.high % shards_.size());
  }
  void split();

  std::vector<Shard> shards_ = std::vector<Shard>(1);
  std::size_t size_ = 0;
};

}  // namespace amparo::xsd
