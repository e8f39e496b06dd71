// SPDX-License-Identifier: Apache-2.0
#include "core/report.hpp"

namespace amparo {

std::string_view name(Verdict verdict) noexcept {
  constexpr std::array<std::string_view, 4> kNames{
      "valid", "valid-with-warnings", "invalid", "indeterminate"};
  return kNames.at(static_cast<std::size_t>(verdict));
}

Verdict Report::verdict() const noexcept {
  if (ledger.has_errored()) return Verdict::Indeterminate;
  if (count(Severity::Error) > 0) return Verdict::Invalid;
  return count(Severity::Warning) > 0 ? Verdict::ValidWithWarnings : Verdict::Valid;
}

bool ReportBuilder::keeps(std::string_view rule) const {
  const auto known = report_->rules.find(rule);
  return known == report_->rules.end() ? max_kept_ > 0 : known->second.kept < max_kept_;
}

void ReportBuilder::add(Finding finding) {
  ++report_->counts.at(static_cast<std::size_t>(finding.severity));
  RuleCount& rule = report_->rules[finding.rule];
  rule.layer = finding.layer;
  ++rule.found;
  if (rule.kept >= max_kept_) return;
  ++rule.kept;
  report_->findings.push_back(std::move(finding));
}

}  // namespace amparo
