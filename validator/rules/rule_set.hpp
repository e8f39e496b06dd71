// SPDX-License-Identifier: Apache-2.0
// Compiled rules of one or more Schematron schemas. Loaded once, then shared: const is safe from
// many threads. Run them with rule_run.hpp. spec/formats/schematron.md says what they mean.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/finding.hpp"
#include "validator/rules/program.hpp"
#include "validator/rules/schematron.hpp"
#include "validator/rules/xpath.hpp"

namespace amparo::rules {

struct RuleSetOptions {
  FunctionLibrary functions{};
  /// Local names of the elements that are one record each, as in xsd::RunOptions. Empty: a document
  /// is one record.
  std::vector<std::string> record_elements{};
};

struct CompiledLet {
  std::uint32_t slot = 0;
  InstId value = kNone;
};
struct CompiledPart {
  SchPart::Kind kind = SchPart::Kind::Text;
  std::string text{};
  InstId expression = kNone;  ///< Name: kNone is the context
};
struct CompiledMessage {
  std::string id{};    ///< of a diagnostic; empty: the check's own
  std::string lang{};  ///< as written; empty when not said
  std::vector<CompiledPart> parts{};
};

/// One assert or report.
struct Check {
  std::string id{};       ///< its own, or "PATTERN.2" by its place
  std::string pattern{};  ///< id of its pattern
  std::uint32_t rule = 0;
  bool is_report = false;
  Severity severity = Severity::Error;
  std::string role{}, flag{}, see{};
  InstId test = kNone;
  InstId subject = kNone;                   ///< kNone: the context
  std::vector<CompiledMessage> messages{};  ///< its own first, then its diagnostics
  std::vector<SchExtra> extras{};           ///< of its pattern, then its own
  SchPlace place{};
  Reach reach = Reach::Record;
  std::string reach_reason{};
  bool reads_frame = false;
};
struct CompiledRule {
  std::string id{};
  std::uint32_t pattern = 0;
  PatternRange context{};
  std::vector<CompiledLet> lets{};
  std::uint32_t first_check = 0;
  std::uint32_t checks = 0;
};
struct CompiledPattern {
  std::string id{};
  std::uint32_t schema = 0;
  std::uint32_t first_rule = 0;
  std::uint32_t rules = 0;
};

class RuleSet {
 public:
  [[nodiscard]] static Result<RuleSet, RuleFault> compile(std::span<const Schematron> schemas,
                                                          const RuleSetOptions& options);
  /// Reads and compiles.
  [[nodiscard]] static Result<RuleSet, RuleFault> load(std::span<const std::filesystem::path> files,
                                                       const RuleSetOptions& options);

  [[nodiscard]] const Program& program() const noexcept { return *program_; }
  [[nodiscard]] std::span<const Check> checks() const noexcept { return checks_; }
  [[nodiscard]] std::span<const CompiledRule> rules() const noexcept { return rules_; }
  [[nodiscard]] std::span<const CompiledPattern> patterns() const noexcept { return patterns_; }
  /// Whether there is a phase of this name in any schema. "#ALL" always is.
  [[nodiscard]] bool has_phase(std::string_view phase) const;
  /// By pattern, whether it is active. "#DEFAULT": each schema's own default.
  [[nodiscard]] std::vector<bool> active_in(std::string_view phase) const;
  /// Whether any check needs the whole document on one tape.
  [[nodiscard]] Reach reach() const noexcept;

  /// What every tape of a run begins with.
  [[nodiscard]] const xml::TapeNames& names() const noexcept { return program_->names; }

  /// Every rule with its programs and its reach, for people and tests.
  [[nodiscard]] std::string dump() const;

 private:
  friend class RuleRun;
  friend class RuleCompiler;
  // A rule that may fire at a node, by one alternative of its context.
  struct Entry {
    std::uint32_t rule = 0;
    std::uint32_t match = 0;  ///< into Program::match_patterns
    bool is_plain = false;    ///< the name is all there is to match
  };
  RuleSet() = default;
  void index();

  std::shared_ptr<Program> program_{};
  std::vector<Check> checks_{};
  std::vector<CompiledRule> rules_{};
  std::vector<CompiledPattern> patterns_{};
  std::vector<std::vector<CompiledLet>> lets_{};  ///< of the documents, by schema
  std::vector<SchPhase> phases_{};
  std::vector<std::uint32_t> phase_schemas_{};  ///< by phase
  std::vector<std::string> default_phases_{};   ///< by schema
  std::vector<std::vector<Entry>> elements_{};  ///< by name
  std::vector<std::vector<Entry>> attributes_{};
  std::vector<Entry> any_element_{}, any_attribute_{}, any_text_{}, document_{};
  bool has_attribute_rules_ = false;
};

}  // namespace amparo::rules
