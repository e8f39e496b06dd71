// SPDX-License-Identifier: Apache-2.0
// The ledger: every layer and every rule of the bundle has exactly one state. What was not looked
// at is said as plainly as what was found.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/finding.hpp"

namespace amparo {

enum class LedgerState : std::uint8_t {
  Passed,            ///< ran to its end and found nothing
  Failed,            ///< ran to its end and found something
  NotApplicable,     ///< nothing in this input is of its concern
  NotDecidable,      ///< this input does not say enough; `reason` says what is missing
  SwitchedOff,       ///< by an option; `reason` names it
  NotInThisVersion,  ///< the program does not have it yet
  Errored,           ///< could not run to its end; makes the verdict indeterminate
};
[[nodiscard]] std::string_view name(LedgerState state) noexcept;  ///< "passed", "not-applicable"...

struct LedgerEntry {
  std::string id;  ///< name of the layer, or id of the rule
  Layer layer = Layer::Grammar;
  LedgerState state = LedgerState::Errored;
  std::uint64_t checked = 0;  ///< elements, records or values looked at
  std::uint64_t found = 0;    ///< findings, all of them, kept or not
  std::string reason{};       ///< key in the MessageBook; empty when the state says it all
  Params params{};

  friend bool operator==(const LedgerEntry&, const LedgerEntry&) = default;
};

/// Entries in the order of layers, then of ids as they were declared.
class Ledger {
 public:
  /// Adds an entry or replaces the one with the same id.
  void set(LedgerEntry entry);
  [[nodiscard]] const LedgerEntry* find(std::string_view id) const;
  [[nodiscard]] const std::vector<LedgerEntry>& entries() const noexcept { return entries_; }
  [[nodiscard]] bool has_errored() const noexcept;

 private:
  std::vector<LedgerEntry> entries_;
};

}  // namespace amparo
