// SPDX-License-Identifier: Apache-2.0
#include "converter/seen_keys.hpp"

#include <algorithm>
#include <limits>

namespace amparo::converter {

namespace {

constexpr std::size_t kFirstSlots = 5;
constexpr std::size_t kLine = 4;  // index in a slot

// Fuller than 7/8, and a search grows long; growing by a quarter keeps a part at least 7/10 full.
constexpr bool is_full(std::size_t used, std::size_t slots) {
  return used * 8 >= slots * 7;
}

}  // namespace

SeenKeys::SeenKeys() : parts_(kParts) {}

SeenKeys::Slot SeenKeys::slot_of(const KeyMark& mark, std::uint64_t line) {
  const std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
  return {static_cast<std::uint32_t>(mark[0] >> 32U),
          static_cast<std::uint32_t>(mark[0]),
          static_cast<std::uint32_t>(mark[1] >> 32U),
          static_cast<std::uint32_t>(mark[1]),
          static_cast<std::uint32_t>(std::min(line, most))};
}

// The slot that holds this mark, or the empty one where it belongs. There is always an empty one.
SeenKeys::Slot& SeenKeys::place_of(std::vector<Slot>& slots, const Slot& slot) {
  // The second word is as random as any and has no part in choosing the part; a product instead of
  // a remainder, so that any number of slots will do.
  std::size_t at = (std::uint64_t{slot[1]} * slots.size()) >> 32U;
  while (slots[at][kLine] != 0 &&
         !std::equal(slot.begin(), slot.begin() + kLine, slots[at].begin()))
    at = at + 1 == slots.size() ? 0 : at + 1;
  return slots[at];
}

void SeenKeys::grow(Part& part) {
  std::vector<Slot> larger(std::max(kFirstSlots, part.slots.size() + part.slots.size() / 4));
  for (const Slot& slot : part.slots) {
    if (slot[kLine] != 0) place_of(larger, slot) = slot;
  }
  part.slots = std::move(larger);
}

std::optional<std::uint64_t> SeenKeys::see(const KeyMark& mark, std::uint64_t line) {
  Part& part = parts_[mark[0] >> 56U];
  const Slot slot = slot_of(mark, line);
  if (is_full(part.used + 1, part.slots.size())) grow(part);
  Slot& place = place_of(part.slots, slot);
  if (place[kLine] != 0) return place[kLine];
  place = slot;
  ++part.used;
  ++size_;
  return std::nullopt;
}

std::size_t SeenKeys::bytes() const noexcept {
  std::size_t total = parts_.size() * sizeof(Part);
  for (const Part& part : parts_)
    total += part.slots.capacity() * sizeof(Slot);
  return total;
}

}  // namespace amparo::converter
