// SPDX-License-Identifier: Apache-2.0
#include "report/totals.hpp"

namespace amparo::report {
namespace {

// An input where a layer could not decide must not vanish behind one where it passed.
int weight(LedgerState state) {
  switch (state) {
    case LedgerState::Errored:
      return 6;
    case LedgerState::Failed:
      return 5;
    case LedgerState::NotDecidable:
      return 4;
    case LedgerState::Passed:
      return 3;
    case LedgerState::NotApplicable:
      return 2;
    case LedgerState::SwitchedOff:
      return 1;
    case LedgerState::NotInThisVersion:
      return 0;
  }
  return 6;
}

LedgerEntry merged(const LedgerEntry& known, const LedgerEntry& more) {
  LedgerEntry entry = weight(more.state) > weight(known.state) ? more : known;
  entry.checked = known.checked + more.checked;
  entry.found = known.found + more.found;
  return entry;
}

}  // namespace

void Totals::add(const Report& report) {
  ++inputs;
  records += report.records;
  bytes += report.bytes;
  ++verdicts.at(static_cast<std::size_t>(report.verdict()));
  for (std::size_t i = 0; i < counts.size(); ++i)
    counts.at(i) += report.counts.at(i);
  for (const LedgerEntry& entry : report.ledger.entries()) {
    const LedgerEntry* known = ledger.find(entry.id);
    ledger.set(known == nullptr ? entry : merged(*known, entry));
  }
  revealed = revealed || report.revealed;
}

void Totals::add_unread() {
  ++inputs;
  ++unread;
}

Verdict Totals::verdict() const noexcept {
  if (unread > 0 || of(Verdict::Indeterminate) > 0) return Verdict::Indeterminate;
  if (of(Verdict::Invalid) > 0) return Verdict::Invalid;
  return of(Verdict::ValidWithWarnings) > 0 ? Verdict::ValidWithWarnings : Verdict::Valid;
}

}  // namespace amparo::report
