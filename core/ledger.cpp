// SPDX-License-Identifier: Apache-2.0
#include "core/ledger.hpp"

#include <algorithm>
#include <array>

namespace amparo {

std::string_view name(LedgerState state) noexcept {
  constexpr std::array<std::string_view, 7> kNames{"passed",
                                                   "failed",
                                                   "not-applicable",
                                                   "not-decidable",
                                                   "switched-off",
                                                   "not-in-this-version",
                                                   "errored"};
  return kNames.at(static_cast<std::size_t>(state));
}

void Ledger::set(LedgerEntry entry) {
  const auto same = std::find_if(
      entries_.begin(), entries_.end(), [&](const LedgerEntry& e) { return e.id == entry.id; });
  if (same != entries_.end()) {
    *same = std::move(entry);
    return;
  }
  const auto place = std::upper_bound(
      entries_.begin(), entries_.end(), entry.layer, [](Layer layer, const LedgerEntry& e) {
        return layer < e.layer;
      });
  entries_.insert(place, std::move(entry));
}

const LedgerEntry* Ledger::find(std::string_view id) const {
  const auto found = std::find_if(
      entries_.begin(), entries_.end(), [&](const LedgerEntry& e) { return e.id == id; });
  return found == entries_.end() ? nullptr : &*found;
}

bool Ledger::has_errored() const noexcept {
  return std::any_of(entries_.begin(), entries_.end(), [](const LedgerEntry& e) {
    return e.state == LedgerState::Errored;
  });
}

}  // namespace amparo
