// SPDX-License-Identifier: Apache-2.0
#include "validator/rules/rule_run.hpp"

#include <algorithm>
#include <string_view>

namespace amparo::rules {

using xml::TapeId;
using xml::TapeKind;

RuleRun::RuleRun(const RuleSet& set,
                 const Surroundings& around,
                 std::string_view phase,
                 MachineLimits limits)
    : set_{set}, machine_{set.program(), around, limits}, active_{set.active_in(phase)} {
  counts_.resize(set.checks().size());
  passes_.resize(set.rules().size());
  for (std::uint32_t i = 0; i < set.checks().size(); ++i) {
    const Check& check = set.checks()[i];
    const bool is_wide = check.reach != Reach::Record;
    passes_[check.rule] |= is_wide ? 2U : 1U;
    needs_document_ = needs_document_ || (is_wide && is_active(i));
  }
}

bool RuleRun::is_active(std::uint32_t check) const {
  return active_[set_.rules()[set_.checks()[check].rule].pattern];
}

bool RuleRun::runs_in(const Check& check, Pass pass) const {
  if (pass == Pass::Everything) return true;
  return (check.reach == Reach::Record) == (pass == Pass::Record);
}

void RuleRun::begin(const xml::Tape& tape) {
  machine_.begin(tape);
  for (const auto& lets : set_.lets_)
    for (const CompiledLet& let : lets)
      machine_.bind(let.slot, let.value, Machine::Scope::Tape);
}

void RuleRun::record(const xml::Tape& tape, TapeId record, RuleSink& sink) {
  begin(tape);
  if (!frame_size_) frame_size_ = record;
  nodes(record, tape[record].end, Pass::Record, sink);
}

void RuleRun::frame(const xml::Tape& tape, RuleSink& sink) {
  begin(tape);
  nodes(0, tape.size(), Pass::Record, sink);
  if (!frame_size_ || *frame_size_ >= tape.size()) return;
  // Something stood behind a record that rules on records wanted to see: they did not.
  for (std::uint32_t i = 0; i < counts_.size(); ++i) {
    const Check& check = set_.checks()[i];
    if (!check.reads_frame || check.reach != Reach::Record || counts_[i].fired == 0) continue;
    ++counts_[i].undecided;
    ++counts_[i].fired;
    if (!counts_[i].undecided_by) counts_[i].undecided_by = Fault::Data;
  }
}

void RuleRun::document(const xml::Tape& tape, RuleSink& sink) {
  begin(tape);
  nodes(0, tape.size(), Pass::Document, sink);
}

void RuleRun::everything(const xml::Tape& tape, RuleSink& sink) {
  begin(tape);
  nodes(0, tape.size(), Pass::Everything, sink);
}

void RuleRun::nodes(TapeId first, TapeId end, Pass pass, RuleSink& sink) {
  for (TapeId id = first; id < end; ++id)
    node(id, pass, sink);
}

void RuleRun::node(TapeId id, Pass pass, RuleSink& sink) {
  const xml::TapeNode& at = machine_.tape()[id];
  const std::vector<RuleSet::Entry>* entries = &set_.document_;
  switch (at.kind) {
    case TapeKind::Document:
      break;
    case TapeKind::Element:
      entries = at.name < set_.elements_.size() ? &set_.elements_[at.name] : &set_.any_element_;
      break;
    case TapeKind::Attribute:
      if (!set_.has_attribute_rules_) return;
      entries =
          at.name < set_.attributes_.size() ? &set_.attributes_[at.name] : &set_.any_attribute_;
      break;
    case TapeKind::Text:
      entries = &set_.any_text_;
      break;
  }
  // In each pattern the first rule whose context matches fires, and no other (ISO 19757-3, 6.5).
  constexpr std::uint32_t kNoPattern = 0xFFFFFFFFU;
  std::uint32_t fired = kNoPattern;
  const unsigned wanted = pass == Pass::Record ? 1U : pass == Pass::Document ? 2U : 3U;
  for (const RuleSet::Entry& entry : *entries) {
    const CompiledRule& rule = set_.rules_[entry.rule];
    if (rule.pattern == fired || !active_[rule.pattern]) continue;
    if (!entry.is_plain) {
      machine_.forget();
      const auto match = machine_.matches(set_.program().match_patterns[entry.match], id);
      if (match.fault && (passes_[entry.rule] & wanted) != 0) {
        for (std::uint32_t c = rule.first_check; c < rule.first_check + rule.checks; ++c)
          if (runs_in(set_.checks_[c], pass)) count_fault(c, *match.fault, id);
      }
      if (match.fault || !match.value) continue;
    }
    fired = rule.pattern;
    if ((passes_[entry.rule] & wanted) != 0) fire(entry.rule, id, pass, sink);
  }
}

void RuleRun::count_fault(std::uint32_t check, Fault fault, TapeId id) {
  CheckCounts& counts = counts_[check];
  ++counts.fired;
  if (is_undecidable(fault)) {
    ++counts.undecided;
    if (!counts.undecided_by) counts.undecided_by = fault;
    return;
  }
  ++counts.errored;
  if (counts.errored_by) return;
  counts.errored_by = fault;
  counts.errored_at = machine_.tape()[id].offset;
}

void RuleRun::fire(std::uint32_t rule_index, TapeId id, Pass pass, RuleSink& sink) {
  const CompiledRule& rule = set_.rules_[rule_index];
  machine_.forget();
  for (const CompiledLet& let : rule.lets)
    machine_.bind(let.slot, let.value, Machine::Scope::Context);
  for (std::uint32_t c = rule.first_check; c < rule.first_check + rule.checks; ++c) {
    const Check& check = set_.checks_[c];
    if (!runs_in(check, pass)) continue;
    const auto outcome = machine_.test(check.test, id);
    if (outcome.fault) {
      count_fault(c, *outcome.fault, id);
      continue;
    }
    ++counts_[c].fired;
    if (outcome.value != check.is_report) continue;
    ++counts_[c].failed;
    fail(c, id, sink);
  }
}

ResolvedMessage RuleRun::resolved(const CompiledMessage& message, TapeId id) {
  ResolvedMessage made{message.id, message.lang, {}};
  for (const CompiledPart& part : message.parts) {
    if (part.kind == SchPart::Kind::Text) {
      made.parts.push_back({part.text, false});
      continue;
    }
    if (part.kind == SchPart::Kind::ValueOf) {
      const auto text = machine_.text(part.expression, id);
      made.parts.push_back({text.fault ? std::string{} : std::string{text.value}, true});
      continue;
    }
    // The name of a node belongs to the schema of the document, not to its data.
    TapeId node = id;
    if (part.expression != kNone) {
      const auto value = machine_.value(part.expression, id);
      const bool is_node =
          !value.fault && !value.value.empty() && value.value.front().type == ItemType::Node;
      if (!is_node) continue;
      node = value.value.front().node;
    }
    const xml::TapeNode& of = machine_.tape()[node];
    if (of.name == xml::kNoName) continue;
    const xml::TapeNames& names = machine_.tape().names();
    std::string name{of.prefix == 0 ? std::string_view{} : names.prefix(of.prefix)};
    if (!name.empty()) name += ':';
    made.parts.push_back({name.append(names.local(of.name)), false});
  }
  return made;
}

void RuleRun::fail(std::uint32_t index, TapeId id, RuleSink& sink) {
  if (!sink.wants(index)) return;
  const Check& check = set_.checks_[index];
  RuleFinding finding{.check = index, .tape = &machine_.tape(), .context = id, .subject = id};
  if (check.subject != kNone) {
    const auto subject = machine_.value(check.subject, id);
    if (!subject.fault && !subject.value.empty() && subject.value.front().type == ItemType::Node)
      finding.subject = subject.value.front().node;
  }
  messages_.clear();
  for (const CompiledMessage& message : check.messages)
    messages_.push_back(resolved(message, id));
  finding.messages = messages_;
  sink.add(finding);
}

}  // namespace amparo::rules
