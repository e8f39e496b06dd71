// SPDX-License-Identifier: Apache-2.0
// A Report: everything one run found about one input. No clock, no host name: equal inputs give
// equal reports, byte for byte. See report/ for its formats.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/finding.hpp"
#include "core/ledger.hpp"

namespace amparo {

enum class Verdict : std::uint8_t { Valid, ValidWithWarnings, Invalid, Indeterminate };
[[nodiscard]] std::string_view name(Verdict verdict) noexcept;  ///< "valid", "valid-with-warnings"

/// What a document was held against.
struct BundleName {
  std::string id;       ///< "amparo", or the schema file's name
  std::string version;  ///< "1.0.0"; empty when not known
  std::string digest;   ///< "sha256:..." of its files; empty when not known

  friend bool operator==(const BundleName&, const BundleName&) = default;
};

/// How often a rule was broken, exactly, however many of its findings were kept.
struct RuleCount {
  Layer layer = Layer::Grammar;
  std::uint64_t found = 0;
  std::uint64_t kept = 0;

  friend bool operator==(const RuleCount&, const RuleCount&) = default;
};

struct Report {
  std::string document;
  BundleName bundle{};
  std::string as_of{};  ///< the day that validity dates were held against; empty when none was
  std::uint64_t bytes = 0;
  std::uint64_t records = 0;
  std::vector<Finding> findings{};                        ///< kept ones, as they came
  std::array<std::uint64_t, kSeverityCount> counts{};     ///< by Severity: all found, kept or not
  std::map<std::string, RuleCount, std::less<>> rules{};  ///< by rule id, only rules with findings
  Ledger ledger{};
  bool revealed = false;  ///< values are shown: the report is as confidential as the document

  [[nodiscard]] std::uint64_t count(Severity severity) const noexcept {
    return counts.at(static_cast<std::size_t>(severity));
  }
  [[nodiscard]] Verdict verdict() const noexcept;
};

/// Puts findings into a report: counts all, keeps the first `max_kept` of each rule, so that one
/// noisy rule hides no other.
class ReportBuilder final : public FindingSink {
 public:
  explicit ReportBuilder(Report& report, std::uint64_t max_kept = 100)
      : report_{&report}, max_kept_{max_kept} {}

  void add(Finding finding) override;
  /// False when the next finding of this rule would only be counted: saves making its excerpt.
  [[nodiscard]] bool keeps(std::string_view rule) const;

 private:
  Report* report_;  ///< the caller's; outlives the builder
  std::uint64_t max_kept_;
};

}  // namespace amparo
