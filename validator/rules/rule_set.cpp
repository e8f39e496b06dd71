// SPDX-License-Identifier: Apache-2.0
#include "validator/rules/rule_set.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "text/utf8.hpp"
#include "validator/rules/reach.hpp"

namespace amparo::rules {
namespace {

// Thrown and caught inside this file.
struct Refusal {
  RuleFault fault;
};

Severity severity_of(std::string_view role) {
  for (const std::string_view word : {"warning", "warn", "WARNING", "W"})
    if (role == word) return Severity::Warning;
  for (const std::string_view word : {"info", "information", "INFO", "I", "note"})
    if (role == word) return Severity::Info;
  return Severity::Error;
}

}  // namespace

class RuleCompiler {
 public:
  explicit RuleCompiler(const RuleSetOptions& options) : options_{options} {
    set_.program_ = std::make_shared<Program>();
    set_.program_->functions = options.functions;
  }

  RuleSet run(std::span<const Schematron> schemas) {
    for (const Schematron& schema : schemas)
      add(schema);
    find_reach();
    set_.index();
    return std::move(set_);
  }

 private:
  [[noreturn]] static void refuse(const SchExpression& expression, const XPathFault& fault) {
    throw Refusal{
        {ErrorCode::Malformed,
         expression.place.file,
         expression.place.line,
         expression.attribute,
         text::count_code_points(std::string_view{expression.text}.substr(0, fault.at)) + 1,
         fault.key,
         fault.params}};
  }

  InstId compile(const SchExpression& expression) {
    const auto compiled = compile_expression(*set_.program_, context_, expression.text);
    if (!compiled) refuse(expression, compiled.error());
    return *compiled;
  }

  // A variable is seen by those after it; one of an inner scope hides one of an outer scope.
  CompiledLet add(const SchLet& let, std::size_t scope) {
    const auto twice =
        std::find_if(context_.variables.begin() + static_cast<std::ptrdiff_t>(scope),
                     context_.variables.end(),
                     [&](const StaticContext::Variable& known) { return known.name == let.name; });
    if (twice != context_.variables.end())
      throw Refusal{{ErrorCode::Malformed,
                     let.value.place.file,
                     let.value.place.line,
                     {},
                     0,
                     "sch-let-twice",
                     {{"name", {let.name}}}}};
    const InstId value = compile(let.value);
    const auto slot = static_cast<std::uint32_t>(set_.program_->variables.size());
    set_.program_->variables.push_back(let.name);
    context_.variables.push_back({let.name, slot, (*set_.program_)[value].type});
    return {slot, value};
  }

  void add(const Schematron& schema) {
    schema_ = &schema;
    context_ = {};
    for (const auto& [prefix, uri] : schema.namespaces)
      context_.namespaces[prefix] = uri;
    auto& lets = set_.lets_.emplace_back();
    const auto index = static_cast<std::uint32_t>(set_.lets_.size() - 1);
    for (const SchLet& let : schema.lets)
      lets.push_back(add(let, 0));
    for (const SchKey& key : schema.keys) {
      const auto match = compile_pattern(*set_.program_, context_, key.match.text);
      if (!match) refuse(key.match, match.error());
      set_.program_->keys.push_back({key.name, match->first, match->count, compile(key.use)});
    }
    set_.default_phases_.push_back(schema.default_phase);
    // Variables of phases are those of the schema here: a name has one value whatever the phase.
    for (const SchPhase& phase : schema.phases) {
      for (const SchLet& let : phase.lets) {
        const std::size_t known = context_.variables.size();
        lets.push_back(add(let, known));
      }
      set_.phases_.push_back(phase);
      set_.phase_schemas_.push_back(index);
    }
    check_phases(schema);
    for (const SchPattern& pattern : schema.patterns)
      add(pattern, index, lets);
  }

  static void check_phases(const Schematron& schema) {
    for (const SchPhase& phase : schema.phases) {
      for (const std::string& active : phase.active) {
        const bool is_known = std::any_of(
            schema.patterns.begin(), schema.patterns.end(), [&](const SchPattern& pattern) {
              return pattern.id == active;
            });
        if (!is_known)
          throw Refusal{{ErrorCode::Malformed,
                         phase.place.file,
                         phase.place.line,
                         {},
                         0,
                         "sch-active",
                         {{"phase", {phase.id}}, {"pattern", {active}}}}};
      }
    }
  }

  void add(const SchPattern& pattern, std::uint32_t schema, std::vector<CompiledLet>& lets) {
    const auto index = static_cast<std::uint32_t>(set_.patterns_.size());
    CompiledPattern compiled{pattern.id, schema, static_cast<std::uint32_t>(set_.rules_.size()), 0};
    if (compiled.id.empty()) compiled.id = "pattern-" + std::to_string(index + 1);
    const std::size_t outer = context_.variables.size();
    for (const SchLet& let : pattern.lets)
      lets.push_back(add(let, outer));
    number_ = 0;
    for (const SchRule& rule : pattern.rules)
      add(rule, pattern, compiled.id, index);
    compiled.rules = static_cast<std::uint32_t>(set_.rules_.size()) - compiled.first_rule;
    set_.patterns_.push_back(std::move(compiled));
    context_.variables.resize(outer);
  }

  void add(const SchRule& rule,
           const SchPattern& pattern,
           const std::string& pattern_id,
           std::uint32_t pattern_index) {
    const auto match = compile_pattern(*set_.program_, context_, rule.context.text);
    if (!match) refuse(rule.context, match.error());
    CompiledRule compiled{.id = rule.id,
                          .pattern = pattern_index,
                          .context = *match,
                          .first_check = static_cast<std::uint32_t>(set_.checks_.size())};
    const std::size_t outer = context_.variables.size();
    for (const SchLet& let : rule.lets)
      compiled.lets.push_back(add(let, outer));
    for (const SchCheck& check : rule.checks) {
      Check made{.id = check.id,
                 .pattern = pattern_id,
                 .rule = static_cast<std::uint32_t>(set_.rules_.size()),
                 .is_report = check.is_report,
                 .role = check.role.empty() ? rule.role : check.role,
                 .flag = check.flag.empty() ? rule.flag : check.flag,
                 .see = check.see,
                 .extras = pattern.extras,
                 .place = check.place};
      ++number_;
      if (made.id.empty()) made.id = pattern_id + "." + std::to_string(number_);
      made.severity = severity_of(made.role);
      made.extras.insert(made.extras.end(), check.extras.begin(), check.extras.end());
      made.test = compile(check.test);
      const SchExpression& subject = check.subject.text.empty() ? rule.subject : check.subject;
      if (!subject.text.empty()) made.subject = compile(subject);
      made.messages.push_back({{}, check.lang, compile(check.message)});
      add_diagnostics(check, check.diagnostics, schema_->diagnostics, made);
      add_diagnostics(check, check.properties, schema_->properties, made);
      set_.checks_.push_back(std::move(made));
    }
    context_.variables.resize(outer);
    compiled.checks = static_cast<std::uint32_t>(set_.checks_.size()) - compiled.first_check;
    set_.rules_.push_back(std::move(compiled));
  }

  void add_diagnostics(const SchCheck& check,
                       const std::vector<std::string>& ids,
                       const std::vector<SchDiagnostic>& all,
                       Check& made) {
    for (const std::string& id : ids) {
      const auto found = std::find_if(
          all.begin(), all.end(), [&](const SchDiagnostic& known) { return known.id == id; });
      if (found == all.end())
        throw Refusal{{ErrorCode::Malformed,
                       check.place.file,
                       check.place.line,
                       {},
                       0,
                       "sch-diagnostic",
                       {{"id", {id}}}}};
      made.messages.push_back({id, found->lang, compile(found->message)});
    }
  }

  std::vector<CompiledPart> compile(const std::vector<SchPart>& parts) {
    std::vector<CompiledPart> compiled;
    for (const SchPart& part : parts) {
      CompiledPart made{part.kind, part.text, kNone};
      if (!part.expression.text.empty()) made.expression = compile(part.expression);
      compiled.push_back(std::move(made));
    }
    return compiled;
  }

  // Without records a document is one, and everything lies in it.
  void find_reach() {
    if (options_.record_elements.empty()) return;
    ReachAnalysis analysis{*set_.program_, options_.record_elements};
    for (const auto& lets : set_.lets_)
      for (const CompiledLet& let : lets)
        analysis.bind(let.slot, let.value, true);
    std::vector<ReachFound> of_pattern(set_.patterns_.size());
    std::vector<Places> places(set_.rules_.size(), 0);
    for (std::size_t i = 0; i < set_.rules_.size(); ++i) {
      const CompiledRule& rule = set_.rules_[i];
      for (std::uint32_t m = 0; m < rule.context.count; ++m)
        places[i] = static_cast<Places>(
            places[i] | analysis.of_pattern(set_.program_->match_patterns[rule.context.first + m],
                                            of_pattern[rule.pattern]));
    }
    for (Check& check : set_.checks_) {
      const CompiledRule& rule = set_.rules_[check.rule];
      for (const CompiledLet& let : rule.lets)
        analysis.bind(let.slot, let.value, false);
      // Which rule of a pattern fires depends on all its contexts.
      ReachFound found = of_pattern[rule.pattern];
      const auto look = [&](InstId expression) {
        if (expression != kNone) analysis.of(expression, places[check.rule], found);
      };
      look(check.test);
      look(check.subject);
      for (const CompiledMessage& message : check.messages)
        for (const CompiledPart& part : message.parts)
          look(part.expression);
      check.reach = found.reach;
      check.reach_reason = found.reason;
      check.reads_frame = found.reads_frame;
    }
  }

  const RuleSetOptions& options_;
  RuleSet set_{};
  const Schematron* schema_ = nullptr;
  StaticContext context_{};
  std::uint32_t number_ = 0;  // of the check in its pattern
};

void RuleSet::index() {
  elements_.resize(program_->names.size());
  attributes_.resize(program_->names.size());
  for (std::uint32_t r = 0; r < rules_.size(); ++r) {
    const PatternRange& range = rules_[r].context;
    for (std::uint32_t m = range.first; m < range.first + range.count; ++m) {
      const MatchPattern& pattern = program_->match_patterns[m];
      if (pattern.steps == 0) {
        if (pattern.is_rooted) {
          document_.push_back({r, m, true});
          continue;
        }
        for (auto* list : {&any_element_, &any_attribute_, &any_text_, &document_})
          list->push_back({r, m, false});
        for (auto* lists : {&elements_, &attributes_})
          for (auto& list : *lists)
            list.push_back({r, m, false});
        has_attribute_rules_ = true;
        continue;
      }
      const Step& step = program_->match_steps[pattern.first_step].step;
      const bool is_attribute = step.axis == Axis::Attribute;
      has_attribute_rules_ = has_attribute_rules_ || is_attribute;
      auto& named = is_attribute ? attributes_ : elements_;
      const bool is_plain = pattern.steps == 1 && !pattern.is_rooted && pattern.key == kNone &&
                            step.predicates == 0 && step.test == NodeTest::Name;
      const bool has_name = step.name != xml::kNoName &&
                            (step.test == NodeTest::Name || step.test == NodeTest::Element ||
                             step.test == NodeTest::Attribute);
      if (has_name) {
        named[step.name].push_back({r, m, is_plain});
        continue;
      }
      if (step.test == NodeTest::Text || (step.test == NodeTest::Node && !is_attribute))
        any_text_.push_back({r, m, false});
      if (step.test == NodeTest::Text || step.test == NodeTest::Nothing ||
          step.test == NodeTest::Document)
        continue;
      (is_attribute ? any_attribute_ : any_element_).push_back({r, m, false});
      for (auto& list : named)
        list.push_back({r, m, false});
    }
  }
}

bool RuleSet::has_phase(std::string_view phase) const {
  if (phase == "#ALL" || phase == "#DEFAULT") return true;
  return std::any_of(
      phases_.begin(), phases_.end(), [&](const SchPhase& known) { return known.id == phase; });
}

std::vector<bool> RuleSet::active_in(std::string_view phase) const {
  std::vector<bool> active(patterns_.size(), false);
  for (std::size_t i = 0; i < patterns_.size(); ++i) {
    const std::string& own_default = default_phases_[patterns_[i].schema];
    const std::string_view wanted = phase != "#DEFAULT"   ? phase
                                    : own_default.empty() ? "#ALL"
                                                          : std::string_view{own_default};
    active[i] = wanted == "#ALL";
    for (std::size_t p = 0; p < phases_.size(); ++p) {
      if (phases_[p].id != wanted || phase_schemas_[p] != patterns_[i].schema) continue;
      const auto& ids = phases_[p].active;
      active[i] = active[i] || std::find(ids.begin(), ids.end(), patterns_[i].id) != ids.end();
    }
  }
  return active;
}

Reach RuleSet::reach() const noexcept {
  Reach reach = Reach::Record;
  for (const Check& check : checks_)
    reach = std::max(reach, check.reach);
  return reach;
}

std::string RuleSet::dump() const {
  std::string out;
  for (const CompiledPattern& pattern : patterns_) {
    out += "pattern " + pattern.id + "\n";
    for (std::uint32_t r = pattern.first_rule; r < pattern.first_rule + pattern.rules; ++r) {
      const CompiledRule& rule = rules_[r];
      out += "rule" + (rule.id.empty() ? "" : " " + rule.id) + "\n";
      for (std::uint32_t m = 0; m < rule.context.count; ++m)
        out += program_->dump(program_->match_patterns[rule.context.first + m]);
      for (const CompiledLet& let : rule.lets)
        out += "let $" + program_->variables[let.slot] + "\n" + program_->dump(let.value);
      for (std::uint32_t c = rule.first_check; c < rule.first_check + rule.checks; ++c) {
        const Check& check = checks_[c];
        out += check.is_report ? "report " : "assert ";
        out += check.id + ", " + std::string{name(check.reach)};
        if (!check.reach_reason.empty()) out += " by " + check.reach_reason;
        if (check.reads_frame) out += ", reads the frame";
        out += "\n" + program_->dump(check.test);
      }
    }
  }
  return out;
}

Result<RuleSet, RuleFault> RuleSet::compile(std::span<const Schematron> schemas,
                                            const RuleSetOptions& options) {
  try {
    return RuleCompiler{options}.run(schemas);
  } catch (const Refusal& refusal) {
    return Fail{refusal.fault};
  }
}

Result<RuleSet, RuleFault> RuleSet::load(std::span<const std::filesystem::path> files,
                                         const RuleSetOptions& options) {
  std::vector<Schematron> schemas;
  for (const auto& file : files) {
    auto schema = read_schematron(file);
    if (!schema) return Fail{schema.error()};
    schemas.push_back(*std::move(schema));
  }
  return compile(schemas, options);
}

}  // namespace amparo::rules
