// SPDX-License-Identifier: Apache-2.0
#include "validator/validate.hpp"

#include <array>
#include <optional>

namespace amparo {
namespace {

// Documents of other schemas are wider than any of ours has reason to be. Who sets limits has them.
Limits limits_for(const Bundle& bundle, const ValidateOptions& options) {
  if (bundle.profile != xml::GateProfile::General || options.limits != Limits{}) {
    return options.limits;
  }
  return {.attributes = kHardLimits.attributes,
          .namespaces = kHardLimits.namespaces,
          .attribute_value_bytes = std::size_t{1} << 20U};
}

LedgerEntry layer_entry(Layer layer, LedgerState state, std::string reason = {}) {
  return {
      .id = std::string{name(layer)}, .layer = layer, .state = state, .reason = std::move(reason)};
}

std::uint64_t found_in(const Report& report, Layer layer) {
  std::uint64_t found = 0;
  for (const auto& [rule, count] : report.rules) {
    if (count.layer == layer) found += count.found;
  }
  return found;
}

// A layer that ran: passed or failed by what it found; cut short when the document broke off.
LedgerEntry ran(const Report& report, Layer layer, std::uint64_t checked, bool reached_end) {
  auto entry = layer_entry(layer, LedgerState::Passed);
  entry.checked = checked;
  entry.found = found_in(report, layer);
  if (entry.found > 0) {
    entry.state = LedgerState::Failed;
  } else if (!reached_end) {
    entry.state = LedgerState::NotDecidable;
    entry.reason = "reason-broken-off";
  }
  return entry;
}

void fill_ledger(Report& report,
                 const xsd::RunResult& result,
                 const Bundle& bundle,
                 const ValidateOptions& options,
                 std::uint64_t codes_checked) {
  const bool has_gate_finding = found_in(report, Layer::Gate) > 0;
  const bool is_malformed = found_in(report, Layer::WellFormed) > 0;
  report.ledger.set(ran(report, Layer::Gate, report.bytes, !is_malformed));
  report.ledger.set(ran(report, Layer::WellFormed, result.elements, !has_gate_finding));
  if (result.engine_failed) {
    report.ledger.set(layer_entry(Layer::Grammar, LedgerState::Errored, "reason-engine"));
  } else {
    report.ledger.set(ran(report, Layer::Grammar, result.elements, result.reached_end));
  }
  if (!bundle.tells_types) {
    report.ledger.set(layer_entry(Layer::Codes, LedgerState::SwitchedOff, "reason-engine-option"));
  } else if (bundle.codes == nullptr) {
    report.ledger.set(layer_entry(Layer::Codes, LedgerState::SwitchedOff, "reason-schema-option"));
  } else {
    report.ledger.set(ran(report, Layer::Codes, codes_checked, result.reached_end));
  }
  const bool rules_off = !options.rules_wanted || bundle.codes == nullptr;
  for (const Layer layer : {Layer::Rules, Layer::References, Layer::Signature}) {
    const bool is_off = rules_off && layer != Layer::Signature;
    report.ledger.set(is_off ? layer_entry(layer, LedgerState::SwitchedOff, "reason-no-rules")
                             : layer_entry(layer, LedgerState::NotInThisVersion));
  }
}

}  // namespace

Result<Report> validate(Source& document, const Bundle& bundle, const ValidateOptions& options) {
  Report report;
  report.document = document.name();
  report.bundle = bundle.name;
  report.as_of = bundle.codes == nullptr ? std::string{} : options.as_of;
  report.revealed = options.reveal;
  ReportBuilder builder{report, options.max_kept};
  std::optional<CodeChecker> codes;
  if (bundle.codes != nullptr && bundle.tells_types) codes.emplace(*bundle.codes, options.as_of);
  const xsd::RunOptions run{.profile = bundle.profile,
                            .limits = limits_for(bundle, options),
                            .record_elements = bundle.record_elements,
                            .reveal = options.reveal ? xml::Reveal::Values : xml::Reveal::Nothing,
                            .keeps = [&](std::string_view rule) { return builder.keeps(rule); },
                            .jobs = options.jobs};
  const auto result = bundle.schema->run(document, run, codes ? &*codes : nullptr, builder);
  if (!result) return Fail{result.error()};
  report.bytes = result->bytes;
  report.records = result->records;
  fill_ledger(report, *result, bundle, options, codes ? codes->checked() : 0);
  if (document.has_changed()) {
    auto entry = *report.ledger.find(name(Layer::Gate));
    entry.state = LedgerState::Errored;
    entry.reason = "reason-changed";
    report.ledger.set(std::move(entry));
  }
  return report;
}

}  // namespace amparo
