// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/key_table.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>

#include "digest/random.hpp"

namespace amparo::xsd {
namespace {

constexpr std::size_t kShards = 64;
constexpr std::size_t kSplitAt = 4096;
constexpr std::size_t kFirstSlots = 8;

struct SipState {
  std::uint64_t v0, v1, v2, v3;

  void rounds(int count) noexcept {
    for (int i = 0; i < count; ++i) {
      v0 += v1;
      v1 = std::rotl(v1, 13) ^ v0;
      v0 = std::rotl(v0, 32);
      v2 += v3;
      v3 = std::rotl(v3, 16) ^ v2;
      v0 += v3;
      v3 = std::rotl(v3, 21) ^ v0;
      v2 += v1;
      v1 = std::rotl(v1, 17) ^ v2;
      v2 = std::rotl(v2, 32);
    }
  }
};

const std::array<std::uint64_t, 2>& process_key() {
  static const std::array<std::uint64_t, 2> kKey = [] {
    std::array<std::uint8_t, 16> bytes{};
    std::array<std::uint64_t, 2> key{0x736f6d6570736575U, 0x646f72616e646f6dU};
    if (digest::fill_random(bytes)) std::memcpy(key.data(), bytes.data(), sizeof key);
    return key;
  }();
  return kKey;
}

}  // namespace

KeyDigest digest_of_key(std::string_view key) {
  const auto& [k0, k1] = process_key();
  SipState sip{k0 ^ 0x736f6d6570736575U,
               k1 ^ 0x646f72616e646f6dU ^ 0xEEU,
               k0 ^ 0x6c7967656e657261U,
               k1 ^ 0x7465646279746573U};
  std::size_t i = 0;
  for (; i + 8 <= key.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, key.data() + i, 8);
    sip.v3 ^= word;
    sip.rounds(2);
    sip.v0 ^= word;
  }
  std::uint64_t last = 0;
  if (i < key.size()) std::memcpy(&last, key.data() + i, key.size() - i);
  last |= static_cast<std::uint64_t>(key.size()) << 56U;
  sip.v3 ^= last;
  sip.rounds(2);
  sip.v0 ^= last;
  sip.v2 ^= 0xEEU;
  sip.rounds(4);
  KeyDigest digest;
  digest.low = (sip.v0 ^ sip.v1 ^ sip.v2 ^ sip.v3) | 1U;
  sip.v1 ^= 0xDDU;
  sip.rounds(4);
  digest.high = sip.v0 ^ sip.v1 ^ sip.v2 ^ sip.v3;
  return digest;
}

std::size_t KeyTable::first_slot(const Shard& shard, const KeyDigest& key) noexcept {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::size_t>((static_cast<Wide>(key.low) * shard.slots.size()) >> 64U);
}

bool KeyTable::insert_into(Shard& shard, const KeyDigest& key) {
  // Half as large again at 6/7: between 18 and 28 bytes a key.
  if ((shard.used + 1) * 7 > shard.slots.size() * 6) {
    auto old = std::move(shard.slots);
    shard.slots.assign(old.empty() ? kFirstSlots : old.size() + old.size() / 2, {});
    shard.used = 0;
    for (const KeyDigest& each : old) {
      if (each.low != 0) insert_into(shard, each);
    }
  }
  auto at = first_slot(shard, key);
  while (shard.slots[at].low != 0) {
    if (shard.slots[at] == key) return false;
    if (++at == shard.slots.size()) at = 0;
  }
  shard.slots[at] = key;
  ++shard.used;
  return true;
}

bool KeyTable::insert(const KeyDigest& key) {
  if (!insert_into(shards_[shard_of(key)], key)) return false;
  if (++size_ == kSplitAt) split();
  return true;
}

void KeyTable::split() {
  const auto old = std::move(shards_);
  shards_ = std::vector<Shard>(kShards);
  for (const Shard& shard : old) {
    for (const KeyDigest& key : shard.slots) {
      if (key.low != 0) insert_into(shards_[shard_of(key)], key);
    }
  }
}

bool KeyTable::contains(const KeyDigest& key) const {
  const Shard& shard = shards_[shard_of(key)];
  if (shard.used == 0) return false;
  for (auto at = first_slot(shard, key); shard.slots[at].low != 0;) {
    if (shard.slots[at] == key) return true;
    if (++at == shard.slots.size()) at = 0;
  }
  return false;
}

// Slots are in the order of their keys. Were these inserted in that order, the front of a table
// that has yet to grow would take them all: each would have to look for a place behind all others.
void KeyTable::merge(const KeyTable& other) {
  for (const Shard& shard : other.shards_) {
    const auto size = shard.slots.size();
    std::size_t step = size * 5 / 8 + 1;
    while (std::gcd(step, size) > 1)
      ++step;
    for (std::size_t i = 0, at = 0; i < size; ++i, at = (at + step) % size) {
      if (shard.slots[at].low != 0) insert(shard.slots[at]);
    }
  }
}

std::size_t KeyTable::missing_from(const KeyTable& other) const {
  std::size_t missing = 0;
  for (const Shard& shard : shards_) {
    for (const KeyDigest& key : shard.slots) {
      if (key.low != 0 && !other.contains(key)) ++missing;
    }
  }
  return missing;
}

std::size_t KeyTable::bytes() const noexcept {
  std::size_t bytes = shards_.size() * sizeof(Shard);
  for (const Shard& shard : shards_)
    bytes += shard.slots.capacity() * sizeof(KeyDigest);
  return bytes;
}

void KeyTable::clear() {
  if (size_ == 0) return;
  if (shards_.size() > 1 || shards_[0].slots.size() > kFirstSlots * 8) {
    shards_ = std::vector<Shard>(1);
  } else {
    std::fill(shards_[0].slots.begin(), shards_[0].slots.end(), KeyDigest{});
    shards_[0].used = 0;
  }
  size_ = 0;
}

}  // namespace amparo::xsd
