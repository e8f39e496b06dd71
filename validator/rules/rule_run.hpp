// SPDX-License-Identifier: Apache-2.0
// Runs a rule set over one document: record by record, then what crosses records. Counts what
// happened to each check; every finding goes to a sink. One for each thread and document.
//
//   RuleRun run{set, around};
//   while (reader.next() == Step::Record) run.record(tape, reader.record(), sink);
//   run.frame(tape, sink);               // after Finished
//   if (run.needs_document()) run.document(whole_tape, sink);
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "validator/rules/machine.hpp"
#include "validator/rules/rule_set.hpp"

namespace amparo::rules {

/// A piece of a message. What comes from the document may only be shown when values may be.
struct MessagePart {
  std::string text;
  bool is_from_document = false;
};
struct ResolvedMessage {
  std::string_view id;    ///< of a diagnostic; empty: the check's own
  std::string_view lang;  ///< as written
  std::vector<MessagePart> parts{};
};

/// A check that failed, while its tape stands. Views die when the sink returns.
struct RuleFinding {
  std::uint32_t check = 0;  ///< into RuleSet::checks()
  const xml::Tape* tape = nullptr;
  xml::TapeId context = 0;
  xml::TapeId subject = 0;  ///< what is at fault: the context where no subject is named
  std::span<const ResolvedMessage> messages{};
};

class RuleSink {
 public:
  RuleSink() = default;
  RuleSink(const RuleSink&) = default;
  RuleSink& operator=(const RuleSink&) = default;
  RuleSink(RuleSink&&) = default;
  RuleSink& operator=(RuleSink&&) = default;
  virtual ~RuleSink() = default;
  /// False: the finding is counted alone, and its message is not made.
  [[nodiscard]] virtual bool wants(std::uint32_t /*check*/) { return true; }
  virtual void add(const RuleFinding& finding) = 0;
};

/// What became of a check. fired = passed + failed + undecided + errored; fired 0: not applicable.
struct CheckCounts {
  std::uint64_t fired = 0;
  std::uint64_t failed = 0;
  std::uint64_t undecided = 0;
  std::uint64_t errored = 0;
  std::optional<Fault> undecided_by{};  ///< the first
  std::optional<Fault> errored_by{};    ///< the first
  std::uint64_t errored_at = 0;         ///< offset of the context of the first
};

class RuleRun {
 public:
  /// `set` and `around` outlive the run. REQUIRES: set.has_phase(phase)
  RuleRun(const RuleSet& set,
          const Surroundings& around,
          std::string_view phase = "#ALL",
          MachineLimits limits = {});

  /// The checks that a record decides, at the record's nodes. `tape` has it as its last child of
  /// the root, or as its root.
  void record(const xml::Tape& tape, xml::TapeId record, RuleSink& sink);
  /// The same at all other nodes, once, when the records are through.
  void frame(const xml::Tape& tape, RuleSink& sink);
  /// The checks that need more than a record, over the whole document.
  void document(const xml::Tape& tape, RuleSink& sink);
  /// All checks over a document that is one record.
  void everything(const xml::Tape& tape, RuleSink& sink);

  /// Whether a check that is active needs document().
  [[nodiscard]] bool needs_document() const noexcept { return needs_document_; }
  /// By check. Those that are not active have counted nothing.
  [[nodiscard]] std::span<const CheckCounts> counts() const noexcept { return counts_; }
  [[nodiscard]] bool is_active(std::uint32_t check) const;

 private:
  enum class Pass : std::uint8_t { Record, Document, Everything };

  void begin(const xml::Tape& tape);
  void node(xml::TapeId id, Pass pass, RuleSink& sink);
  void nodes(xml::TapeId first, xml::TapeId end, Pass pass, RuleSink& sink);
  void fire(std::uint32_t rule, xml::TapeId id, Pass pass, RuleSink& sink);
  void fail(std::uint32_t check, xml::TapeId id, RuleSink& sink);
  void count_fault(std::uint32_t check, Fault fault, xml::TapeId id);
  [[nodiscard]] bool runs_in(const Check& check, Pass pass) const;
  ResolvedMessage resolved(const CompiledMessage& message, xml::TapeId id);

  const RuleSet& set_;
  Machine machine_;
  std::vector<bool> active_{};          // by pattern
  std::vector<std::uint8_t> passes_{};  // by rule: bits of the passes it has checks for
  std::vector<CheckCounts> counts_{};
  std::vector<ResolvedMessage> messages_{};
  bool needs_document_ = false;
  std::optional<xml::TapeId> frame_size_{};  // nodes before the first record
};

}  // namespace amparo::rules
