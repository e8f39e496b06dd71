// SPDX-License-Identifier: Apache-2.0
// Reports for the tests of all formats, and a writer that gives back what it wrote.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "report/report_writer.hpp"

namespace amparo::report {

inline constexpr std::array kSampleTexts{
    MessageText{"s-pattern",
                "<{element}> no tiene la forma de {type}",
                "<{element}> does not have the form of {type}",
                "<{element}> n'a pas la forme de {type}"},
    MessageText{"s-member",
                "{list} no tiene ese código",
                "{list} has no such code",
                "{list} n'a pas ce code"},
    MessageText{"s-expected", "se esperaba {names}", "expected {names}", "attendu : {names}"},
    MessageText{"s-first", "la primera está aquí", "the first is here", "la première est ici"},
    MessageText{"s-option", "por --no-rules", "by --no-rules", "par --no-rules"},
    MessageText{"s-broken", "no terminó", "did not end", "inachevé"},
};

inline const MessageBook& sample_book() {
  static const MessageBook kBook = [] {
    MessageBook book;
    book.add(kSampleTexts);
    return book;
  }();
  return kBook;
}

inline Finding pattern_finding() {
  return {.rule = "cvc-pattern-valid",
          .layer = Layer::Grammar,
          .where = {.offset = 310, .line = 12, .column = 18},
          .record = 2,
          .xpath = "/Batch/Case[2]/Child/BirthDate",
          .message = "s-pattern",
          .params = {{"element", {"BirthDate"}}, {"type", {"PartialDateType"}}},
          .shape = ValueShape{7, "9999-99"},
          .excerpt = Excerpt{.text = "      <BirthDate>9999-99</BirthDate>",
                             .first_column = 1,
                             .caret_length = 7},
          .notes = {{"s-expected", {{"names", {"a", "b", "c"}}}, {}}}};
}

inline Finding member_finding() {
  return {.rule = "C-MEMBER",
          .severity = Severity::Warning,
          .layer = Layer::Codes,
          .where = {.offset = 500, .line = 20, .column = 5},
          .xpath = "/Batch/Header/Sender",
          .message = "s-member",
          .params = {{"list", {"CL-Country"}}},
          .shape = ValueShape{2, "XX"},
          .notes = {{"s-first", {}, Place{.offset = 90, .line = 3, .column = 7}}}};
}

/// Invalid: one finding of two layers each, one rule capped, a ledger with each kind of state.
inline Report invalid_report() {
  Report report;
  report.document = "data/batch.xml";
  report.bundle = {"amparo", "1.0.0", "sha256:00ff"};
  report.as_of = "2026-01-31";
  report.bytes = 2048;
  report.records = 3;
  ReportBuilder builder{report, 1};
  builder.add(pattern_finding());
  builder.add(pattern_finding());
  builder.add(member_finding());
  report.ledger.set({.id = "gate", .layer = Layer::Gate, .state = LedgerState::Passed});
  report.ledger.set(
      {.id = "well-formed", .layer = Layer::WellFormed, .state = LedgerState::Passed});
  report.ledger.set({.id = "grammar",
                     .layer = Layer::Grammar,
                     .state = LedgerState::Failed,
                     .checked = 120,
                     .found = 2});
  report.ledger.set({.id = "codes",
                     .layer = Layer::Codes,
                     .state = LedgerState::Failed,
                     .checked = 1,
                     .found = 1});
  report.ledger.set({.id = "rules",
                     .layer = Layer::Rules,
                     .state = LedgerState::SwitchedOff,
                     .reason = "s-option"});
  report.ledger.set(
      {.id = "references", .layer = Layer::References, .state = LedgerState::NotInThisVersion});
  report.ledger.set(
      {.id = "signature", .layer = Layer::Signature, .state = LedgerState::NotApplicable});
  return report;
}

inline Report valid_report() {
  Report report;
  report.document = "good.xml";
  report.bundle = {"amparo", "1.0.0", "sha256:00ff"};
  report.as_of = "2026-01-31";
  report.bytes = 512;
  report.records = 1;
  report.ledger.set({.id = "gate", .layer = Layer::Gate, .state = LedgerState::Passed});
  report.ledger.set(
      {.id = "grammar", .layer = Layer::Grammar, .state = LedgerState::Passed, .checked = 40});
  return report;
}

/// What a writer of `format` makes of the reports.
inline std::string written(Format format,
                           const std::vector<Report>& reports,
                           WriterOptions options = {}) {
  std::string bytes;
  options.tool_version = "1.0.0";
  const auto writer =
      make_writer(format, sample_book(), options, [&](std::string_view more) -> Status {
        bytes += more;
        return Done{};
      });
  for (const Report& report : reports) {
    if (!writer->add(report)) return "add failed";
  }
  if (!writer->finish()) return "finish failed";
  return bytes;
}

}  // namespace amparo::report
