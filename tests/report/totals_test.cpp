// SPDX-License-Identifier: Apache-2.0
#include "report/totals.hpp"

#include <catch2/catch.hpp>

#include "tests/report/sample.hpp"

using namespace amparo;
using namespace amparo::report;

TEST_CASE("Totals add up inputs, and the ledger keeps the worst state of each entry",
          "[report][totals]") {
  Totals totals;
  totals.add(invalid_report());
  totals.add(valid_report());
  CHECK(totals.inputs == 2);
  CHECK(totals.records == 4);
  CHECK(totals.bytes == 2560);
  CHECK(totals.counts[0] == 2);
  CHECK(totals.counts[1] == 1);
  CHECK(totals.of(Verdict::Valid) == 1);
  CHECK(totals.of(Verdict::Invalid) == 1);
  REQUIRE(totals.ledger.find("grammar") != nullptr);
  CHECK(totals.ledger.find("grammar")->state == LedgerState::Failed);
  CHECK(totals.ledger.find("grammar")->checked == 160);
  CHECK(totals.verdict() == Verdict::Invalid);
}

TEST_CASE("What could not be decided in one input is not hidden by another that passed",
          "[report][totals]") {
  struct Case {
    LedgerState first, second, together;
  };
  const auto c = GENERATE(
      Case{LedgerState::Passed, LedgerState::Failed, LedgerState::Failed},
      Case{LedgerState::Errored, LedgerState::Failed, LedgerState::Errored},
      Case{LedgerState::Passed, LedgerState::NotDecidable, LedgerState::NotDecidable},
      Case{LedgerState::Passed, LedgerState::NotApplicable, LedgerState::Passed},
      Case{LedgerState::SwitchedOff, LedgerState::NotApplicable, LedgerState::NotApplicable});
  for (const bool swapped : {false, true}) {
    Totals totals;
    Report report;
    report.ledger.set({.id = "rules", .state = swapped ? c.second : c.first});
    totals.add(report);
    report.ledger.set({.id = "rules", .state = swapped ? c.first : c.second});
    totals.add(report);
    CHECK(totals.ledger.find("rules")->state == c.together);
  }
}

TEST_CASE("An input that was not read makes the whole indeterminate", "[report][totals]") {
  Totals totals;
  totals.add(valid_report());
  CHECK(totals.verdict() == Verdict::Valid);
  totals.add_unread();
  CHECK(totals.inputs == 2);
  CHECK(totals.verdict() == Verdict::Indeterminate);
}
