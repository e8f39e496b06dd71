// SPDX-License-Identifier: Apache-2.0
#include "validator/compare.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace amparo {
namespace {

constexpr std::string_view kKeys = "cvc-identity-constraint";
constexpr std::string_view kCompiled = "compiled";
constexpr std::size_t kMaxLines = 100'000;
constexpr std::size_t kMaxDetailed = 1'000;  // with path and excerpt

// The first finding on each line.
class Lines final : public FindingSink {
 public:
  void add(Finding finding) override {
    ++found_;
    const bool is_key = finding.rule.substr(0, kKeys.size()) == kKeys;
    // libxml2 does not say where a key is that is missing or there twice.
    if (finding.rule == kKeys) {
      has_keys_nowhere_ = true;
      return;
    }
    const auto known = lines_.find(finding.where.line);
    if (known != lines_.end()) {
      known->second.is_key = known->second.is_key && is_key;
    } else if (lines_.size() < kMaxLines) {
      lines_.emplace(finding.where.line, Line{std::move(finding), is_key});
    } else {
      is_cut_ = true;
    }
  }

  struct Line {
    Finding first;
    bool is_key = false;  ///< all that is wrong there is a key
  };

  [[nodiscard]] std::uint64_t found() const noexcept { return found_; }
  [[nodiscard]] const std::map<std::uint64_t, Line>& lines() const noexcept { return lines_; }
  [[nodiscard]] bool is_cut() const noexcept { return is_cut_; }
  /// Whether the engine found something on this line, or may have.
  [[nodiscard]] bool covers(std::uint64_t line, bool is_key) const {
    return lines_.find(line) != lines_.end() || (is_key && has_keys_nowhere_);
  }

 private:
  std::map<std::uint64_t, Line> lines_{};
  std::uint64_t found_ = 0;
  bool has_keys_nowhere_ = false;
  bool is_cut_ = false;
};

// "xerces, libxml2": a list of these is no choice between them.
std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names)
    text += (text.empty() ? "" : ", ") + name;
  return text;
}

struct Outcome {
  std::string engine;
  Lines lines;
  xsd::RunResult result{};

  [[nodiscard]] bool is_decided() const { return !result.engine_failed; }
  [[nodiscard]] bool is_valid() const { return lines.found() == 0 && result.reached_end; }
};

Status run_one(const Reopen& reopen,
               const Bundle& bundle,
               const ValidateOptions& options,
               xsd::Schema& schema,
               Outcome& outcome) {
  auto source = reopen();
  if (!source) return Fail{source.error()};
  const xsd::RunOptions run{
      .profile = bundle.profile,
      .limits = options.limits,
      .record_elements = bundle.record_elements,
      .reveal = options.reveal ? xml::Reveal::Values : xml::Reveal::Nothing,
      .keeps = [&](std::string_view) { return outcome.lines.lines().size() < kMaxDetailed; }};
  auto result = schema.run(*source, run, nullptr, outcome.lines);
  if (!result) return Fail{result.error()};
  outcome.result = *result;
  return Done{};
}

// A line that one engine had no room to remember is nobody's difference.
std::uint64_t last_comparable(const std::vector<Outcome>& outcomes) {
  auto last = UINT64_MAX;
  for (const Outcome& each : outcomes) {
    if (each.lines.is_cut()) last = std::min(last, each.lines.lines().rbegin()->first);
  }
  return last;
}

// How many lines differ; each is told.
std::uint64_t tell_lines(const std::vector<Outcome>& outcomes, ReportBuilder& builder) {
  std::set<std::uint64_t> all;
  for (const Outcome& each : outcomes) {
    for (const auto& [number, line] : each.lines.lines())
      all.insert(number);
  }
  std::uint64_t differing = 0;
  const auto last = last_comparable(outcomes);
  for (const auto number : all) {
    if (number > last) break;
    const Lines::Line* shown = nullptr;
    bool is_key = true;
    for (const Outcome& each : outcomes) {
      const auto line = each.lines.lines().find(number);
      if (line == each.lines.lines().end()) continue;
      if (shown == nullptr) shown = &line->second;
      is_key = is_key && line->second.is_key;
    }
    std::vector<std::string> found;
    std::vector<std::string> missed;
    for (const Outcome& each : outcomes)
      (each.lines.covers(number, is_key) ? found : missed).push_back(each.engine);
    if (missed.empty() || shown == nullptr) continue;
    ++differing;
    Finding finding{.rule = "engines-differ",
                    .severity = Severity::Info,
                    .where = shown->first.where,
                    .xpath = shown->first.xpath,
                    .message = "engines-differ",
                    .params = {{"found", {joined(found)}}, {"missed", {joined(missed)}}}};
    finding.record = shown->first.record;
    finding.excerpt = shown->first.excerpt;
    builder.add(std::move(finding));
  }
  return differing;
}

}  // namespace

Status compare_engines(const Reopen& reopen,
                       const Bundle& bundle,
                       const ValidateOptions& options,
                       Report& report) {
  std::vector<Outcome> outcomes(1);
  outcomes[0].engine = kCompiled;
  if (auto ran = run_one(reopen, bundle, options, *bundle.schema, outcomes[0]); !ran) return ran;
  for (const Oracle& oracle : bundle.oracles) {
    outcomes.push_back({.engine = oracle.name, .lines = {}});
    if (auto ran = run_one(reopen, bundle, options, *oracle.schema, outcomes.back()); !ran) {
      return ran;
    }
  }
  LedgerEntry entry{.id = "engines", .layer = Layer::Grammar, .state = LedgerState::Passed};
  entry.checked = outcomes.size();
  std::vector<std::string> valid;
  std::vector<std::string> invalid;
  std::vector<std::string> undecided;
  for (const Outcome& each : outcomes)
    (!each.is_decided() ? undecided : each.is_valid() ? valid : invalid).push_back(each.engine);
  ReportBuilder builder{report, options.max_kept};
  if (undecided.empty()) entry.found = tell_lines(outcomes, builder);
  const bool same_bytes = std::all_of(outcomes.begin(), outcomes.end(), [&](const Outcome& each) {
    return !each.result.reached_end || each.result.bytes == outcomes[0].result.bytes;
  });
  if (entry.found > 0) entry.state = LedgerState::Failed;
  if (!undecided.empty()) {
    entry.state = LedgerState::Errored;
    entry.reason = "reason-engine-gave-up";
    entry.params = {{"engines", {joined(undecided)}}};
  } else if (!same_bytes) {
    entry.state = LedgerState::Errored;
    entry.reason = "reason-changed";
  } else if (!valid.empty() && !invalid.empty()) {
    entry.state = LedgerState::Errored;
    entry.reason = "reason-engines-differ";
    entry.params = {{"valid", {joined(valid)}}, {"invalid", {joined(invalid)}}};
  }
  report.ledger.set(std::move(entry));
  return Done{};
}

}  // namespace amparo
