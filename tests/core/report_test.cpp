// SPDX-License-Identifier: Apache-2.0
#include "core/report.hpp"

#include <catch2/catch.hpp>

using namespace amparo;

TEST_CASE("The verdict is indeterminate first, then invalid, then with warnings",
          "[core][report]") {
  Report report;
  CHECK(report.verdict() == Verdict::Valid);
  ReportBuilder builder{report};
  builder.add({.rule = "a", .severity = Severity::Info});
  CHECK(report.verdict() == Verdict::Valid);
  builder.add({.rule = "b", .severity = Severity::Warning});
  CHECK(report.verdict() == Verdict::ValidWithWarnings);
  builder.add({.rule = "c", .severity = Severity::Error});
  CHECK(report.verdict() == Verdict::Invalid);
  report.ledger.set({.id = "codes", .layer = Layer::Codes, .state = LedgerState::Errored});
  CHECK(report.verdict() == Verdict::Indeterminate);
}

TEST_CASE("A noisy rule is capped, counted exactly, and hides no other", "[core][report]") {
  Report report;
  ReportBuilder builder{report, 2};
  for (int i = 0; i < 5; ++i)
    builder.add({.rule = "noisy"});
  CHECK_FALSE(builder.keeps("noisy"));
  CHECK(builder.keeps("quiet"));
  builder.add({.rule = "quiet"});
  CHECK(report.findings.size() == 3);
  CHECK(report.findings.back().rule == "quiet");
  CHECK(report.rules.at("noisy").found == 5);
  CHECK(report.rules.at("noisy").kept == 2);
  CHECK(report.count(Severity::Error) == 6);
}

TEST_CASE("The ledger keeps one entry per id, in the order of layers", "[core][ledger]") {
  Ledger ledger;
  ledger.set({.id = "codes", .layer = Layer::Codes, .state = LedgerState::Passed});
  ledger.set({.id = "gate", .layer = Layer::Gate, .state = LedgerState::Passed});
  ledger.set({.id = "codes", .layer = Layer::Codes, .state = LedgerState::Failed, .found = 2});
  REQUIRE(ledger.entries().size() == 2);
  CHECK(ledger.entries()[0].id == "gate");
  CHECK(ledger.find("codes")->found == 2);
  CHECK(ledger.find("rules") == nullptr);
}
