// SPDX-License-Identifier: Apache-2.0
// One step of a content model (3.9.4, Element Sequence Locally Valid) for each child; after a wrong
// child the parent goes on where it makes most sense, so that one defect is one finding.
#include <algorithm>

#include "validator/xsd/engine_run.hpp"

namespace amparo::xsd {
namespace {

constexpr std::size_t kMaxExpected = 5;
constexpr std::size_t kMaxRoots = 12;

NamespaceId namespace_of(const xml::Name& name) {
  return name.space->id == xml::kUnknownId ? NamespaceId::Unknown
                                           : static_cast<NamespaceId>(name.space->id);
}

}  // namespace

EngineRun::Child EngineRun::root(const xml::Name& name) {
  const auto element = schema_.global_element(static_cast<NameId>(name.id));
  if (element != ElementId::None) return {element, true, false};
  // An element that names its own type is assessed all the same (cvc-assess-elt, 1.2).
  for (const xml::Attribute& attribute : tokenizer_.attributes()) {
    if (attribute.name->id == static_cast<std::uint32_t>(NameId::XsiType))
      return {ElementId::None, true, true};
  }
  Finding finding{.rule = "cvc-elt.1",
                  .where = tag_place(),
                  .message = "cvc-elt.1",
                  .params = {{"element", {element_name()}}}};
  auto roots = tables_.roots;
  if (roots.size() > kMaxRoots) roots.resize(kMaxRoots);
  for (auto& each : roots)
    each = tagged(each);
  finding.notes.push_back({"note-expected", {{"expected", roots}}});
  const auto target = schema_.uri(schema_.target_namespace());
  if (!target.empty()) {
    finding.notes.push_back({"note-namespace", {{"namespace", {std::string{target}}}}});
  }
  add(std::move(finding));
  return {};
}

EngineRun::Child EngineRun::child_of(OpenElement& parent, const xml::Name& name) {
  const bool is_first = !parent.has_content_finding;
  const auto& parent_name = *tokenizer_.open_tags()[tokenizer_.open_tags().size() - 2].name;
  if (parent.is_nil) {
    if (is_first && !parent.has_value_finding) {
      add({.rule = "cvc-elt.3.2.1",
           .where = tag_place(),
           .message = "cvc-elt.3.2.1",
           .params = {{"element", {tagged(parent_name.local())}}}});
    }
    parent.has_content_finding = parent.has_value_finding = true;
    return {};
  }
  switch (parent.kind) {
    case OpenElement::Kind::Skipped:
      return {};
    case OpenElement::Kind::Value:
      if (is_first) {
        const bool is_type = !is_complex(parent.type);
        add({.rule = is_type ? "cvc-type.3.1.2" : "cvc-complex-type.2.2",
             .where = tag_place(),
             .message = "cvc-type.3.1.2",
             .params = {{"element", {tagged(parent_name.local())}}}});
      }
      parent.has_content_finding = parent.has_value_finding = true;
      return {};
    case OpenElement::Kind::Empty:
      if (is_first) {
        add({.rule = "cvc-complex-type.2.1",
             .where = tag_place(),
             .message = "cvc-complex-type.2.1",
             .params = {{"child", {element_name()}}, {"element", {tagged(parent_name.local())}}}});
      }
      parent.has_content_finding = true;
      return {};
    case OpenElement::Kind::Elements:
    case OpenElement::Kind::Mixed:
      break;
  }
  if (parent.model == nullptr) {
    // xs:anyType: anything, held against its declaration if there is one.
    const auto element = schema_.global_element(static_cast<NameId>(name.id));
    return {element, true, element == ElementId::None};
  }
  return parent.model->kind == ModelKind::All ? step_all(parent, name)
                                              : step_automaton(parent, name);
}

bool EngineRun::guards_hold(const OpenElement& frame, CounterOpsId ops) const {
  if (ops == CounterOpsId::None) return true;
  for (auto i = index(ops);; ++i) {
    const CounterOp& op = schema_.counter_ops()[i];
    const CounterRow& counter = schema_.counters()[frame.model->counters.begin + op.counter];
    const auto value = counters_[frame.counters + op.counter];
    if (op.kind == CounterOp::Kind::AtLeastMin && value < counter.min) return false;
    if (op.kind == CounterOp::Kind::BelowMax && counter.max != kNoId && value >= counter.max) {
      return false;
    }
    if (op.is_last != 0) return true;
  }
}

bool EngineRun::take(OpenElement& parent, const TransitionRow& transition) {
  return take(parent, transition.next, transition.ops);
}

bool EngineRun::take(OpenElement& parent, StateId next, CounterOpsId ops) {
  if (!guards_hold(parent, ops)) return false;
  if (ops != CounterOpsId::None) {
    for (auto i = index(ops);; ++i) {
      const CounterOp& op = schema_.counter_ops()[i];
      auto& value = counters_[parent.counters + op.counter];
      if (op.kind == CounterOp::Kind::Increment) ++value;
      if (op.kind == CounterOp::Kind::SetOne) value = 1;
      if (op.is_last != 0) break;
    }
  }
  parent.state = next;
  parent.has_passed_over = false;
  return true;
}

EngineRun::Child EngineRun::step_automaton(OpenElement& parent, const xml::Name& name) {
  const StateRow& state = schema_[parent.state];
  const auto id = static_cast<NameId>(name.id);
  if (id != NameId::None) {
    const TransitionRow* transition = schema_.find(state, id);
    const auto named = schema_.named(state);
    const auto* const last = named.data() + named.size();
    for (; transition != nullptr && transition != last && transition->by_name() == id;
         ++transition) {
      if (take(parent, *transition)) return {transition->element, true, false};
    }
  }
  for (const TransitionRow& transition : schema_.wild(state)) {
    const WildcardRow& wildcard = schema_[transition.by_wildcard()];
    if (!schema_.admits(wildcard, namespace_of(name))) continue;
    if (take(parent, transition)) return by_wildcard(wildcard, name);
  }
  return recover(parent, name);
}

// 3.10.4, Item Valid (Wildcard).
EngineRun::Child EngineRun::by_wildcard(const WildcardRow& wildcard, const xml::Name& name) {
  if (wildcard.process == ProcessContents::Skip) return {};
  const auto element = schema_.global_element(static_cast<NameId>(name.id));
  if (element != ElementId::None) return {element, true, false};
  const auto attributes = tokenizer_.attributes();
  const bool has_type =
      std::any_of(attributes.begin(), attributes.end(), [](const xml::Attribute& a) {
        return a.name->id == static_cast<std::uint32_t>(NameId::XsiType);
      });
  if (wildcard.process == ProcessContents::Lax || has_type) return {ElementId::None, true, true};
  const auto& parent_name = *tokenizer_.open_tags()[tokenizer_.open_tags().size() - 2].name;
  add({.rule = "cvc-complex-type.2.4.c",
       .where = tag_place(),
       .message = "cvc-complex-type.2.4.c",
       .params = {{"child", {element_name()}}, {"element", {tagged(parent_name.local())}}}});
  return {};
}

// The bits that are set stand in counters_, 64 in a word.
EngineRun::Child EngineRun::step_all(OpenElement& parent, const xml::Name& name) {
  const auto members = CompiledSchema::rows(schema_.all_members(), parent.model->members);
  const auto found =
      std::lower_bound(members.begin(), members.end(), name.id, [](const auto& m, auto id) {
        return static_cast<std::uint32_t>(m.name) < id;
      });
  if (found == members.end() || static_cast<std::uint32_t>(found->name) != name.id ||
      name.id == xml::kUnknownId) {
    return recover(parent, name);
  }
  auto& word = counters_[parent.counters + found->bit / 64];
  const auto bit = std::uint64_t{1} << found->bit % 64;
  if ((word & bit) != 0) {
    report_unexpected(parent, name);
    return {found->element, true, false};
  }
  word |= bit;
  parent.has_passed_over = false;
  return {found->element, true, false};
}

// The transition by `name` behind one element that is missing, and that one; nulls when there is
// none.
EngineRun::Behind EngineRun::step_behind(const OpenElement& parent, const xml::Name& name) const {
  const auto id = static_cast<NameId>(name.id);
  if (id == NameId::None || parent.model->kind != ModelKind::Automaton) return {};
  const StateRow& state = schema_[parent.state];
  for (const TransitionRow& missing : schema_.named(state)) {
    const StateRow& behind = schema_[missing.next];
    const TransitionRow* found = schema_.find(behind, id);
    if (found != nullptr) return {&missing, found};
  }
  return {};
}

ElementId EngineRun::declared_in(const ContentModelRow& model, NameId name) const {
  if (name == NameId::None) return ElementId::None;
  if (model.kind == ModelKind::Automaton) {
    for (const StateRow& state : CompiledSchema::rows(schema_.states(), model.states)) {
      const TransitionRow* found = schema_.find(state, name);
      if (found != nullptr) return found->element;
    }
  }
  for (const auto& member : CompiledSchema::rows(schema_.all_members(), model.members)) {
    if (member.name == name) return member.element;
  }
  return ElementId::None;
}

// The child cannot stand here. Either something before it is missing, and the model goes on behind
// the child; or the child is one too many, and the model stays where it is.
EngineRun::Child EngineRun::recover(OpenElement& parent, const xml::Name& name) {
  const auto id = static_cast<NameId>(name.id);
  const auto element = declared_in(*parent.model, id);
  // Two that have changed places: told at the first of them.
  if (id != NameId::None && id == parent.missing) {
    parent.missing = NameId::None;
    return {element, element != ElementId::None, false};
  }
  const auto [missing, behind] = step_behind(parent, name);
  // What was passed over here was meant to be the one that is missing now: said already.
  const bool is_told = behind != nullptr && parent.has_passed_over;
  if (!is_told) report_unexpected(parent, name);
  if (behind != nullptr) {
    parent.missing = missing->by_name();
    parent.state = behind->next;
    parent.has_passed_over = false;
    return {behind->element, true, false};
  }
  parent.has_passed_over = true;
  return {element, element != ElementId::None, false};
}

void EngineRun::report_unexpected(OpenElement& parent, const xml::Name& name) {
  const auto& parent_name = *tokenizer_.open_tags()[tokenizer_.open_tags().size() - 2].name;
  parent.has_content_finding = true;
  auto expected = expected_in(parent, parent_name);
  // An element that has its place in the model is one too many; any other is simply wrong.
  const bool only_end =
      declared_in(*parent.model, static_cast<NameId>(name.id)) != ElementId::None &&
      expected.names.size() == 1 &&
      expected.names[0] == "</" + std::string{parent_name.local()} + ">";
  Finding finding{
      .rule = only_end ? "cvc-complex-type.2.4.d" : "cvc-complex-type.2.4.a",
      .where = tag_place(),
      .params = {{"child", {tagged(name.local())}}, {"element", {tagged(parent_name.local())}}}};
  finding.message = finding.rule;
  note_expected(finding, std::move(expected));
  // The right name in a wrong namespace: that it was expected says too little.
  for (const NameId each : names_expected(parent)) {
    const auto target = schema_.uri(schema_[each].space);
    if (schema_.local(each) != name.local() || target.empty()) continue;
    finding.notes.push_back({"note-namespace", {{"namespace", {std::string{target}}}}});
    break;
  }
  add(std::move(finding));
}

// In the order of the schema.
std::vector<NameId> EngineRun::names_expected(const OpenElement& frame) const {
  std::vector<NameId> names;
  if (frame.model->kind == ModelKind::All) {
    for (const auto& member : CompiledSchema::rows(schema_.all_members(), frame.model->members)) {
      const auto word = counters_[frame.counters + member.bit / 64];
      if ((word >> member.bit % 64 & 1U) == 0) names.push_back(member.name);
    }
  } else {
    const StateRow& state = schema_[frame.state];
    const auto count = state.name_count + state.wildcard_count;
    const auto order = schema_.schema_order().subspan(state.first_transition, count);
    for (const auto i : order) {
      const TransitionRow& transition = schema_.transitions()[state.first_transition + i];
      if (i >= state.name_count || !guards_hold(frame, transition.ops)) continue;
      names.push_back(transition.by_name());
    }
  }
  return names;
}

EngineRun::Expected EngineRun::expected_in(const OpenElement& frame,
                                           const xml::Name& parent) const {
  std::vector<std::string> names;
  for (const NameId each : names_expected(frame)) {
    auto told = tagged(schema_.local(each));
    if (std::find(names.begin(), names.end(), told) == names.end())
      names.push_back(std::move(told));
  }
  Expected expected;
  expected.more = names.size() > kMaxExpected ? names.size() - kMaxExpected : 0;
  if (expected.more > 0) names.resize(kMaxExpected);
  if (is_complete(frame)) names.push_back("</" + std::string{parent.local()} + ">");
  expected.names = std::move(names);
  return expected;
}

void EngineRun::note_expected(Finding& finding, Expected expected) {
  if (expected.names.empty()) return;
  Note note{"note-expected", {{"expected", std::move(expected.names)}}};
  if (expected.more > 0) {
    note.message = "note-expected-more";
    note.params.push_back({"count", {std::to_string(expected.more)}});
  }
  finding.notes.push_back(std::move(note));
}

bool EngineRun::is_complete(const OpenElement& frame) const {
  if (frame.model == nullptr) return true;
  if (frame.model->kind == ModelKind::Automaton) {
    const StateRow& state = schema_[frame.state];
    return state.is_accepting() && guards_hold(frame, state.at_end);
  }
  bool has_any = false;
  bool has_all = true;
  for (const auto& member : CompiledSchema::rows(schema_.all_members(), frame.model->members)) {
    const auto word = counters_[frame.counters + member.bit / 64];
    const bool is_set = (word >> member.bit % 64 & 1U) != 0;
    has_any = has_any || is_set;
    has_all = has_all && (is_set || member.is_required == 0);
  }
  return has_all || (frame.model->is_optional != 0 && !has_any);
}

// At the end of the element: may it end here?
void EngineRun::check_complete(OpenElement& frame) {
  if (frame.model == nullptr || frame.is_nil || is_complete(frame)) return;
  if (frame.has_passed_over) return;  // what was wrong here has been told
  auto finding = Finding{.rule = "cvc-complex-type.2.4.b",
                         .where = place_at(tokenizer_.end_tag()),
                         .message = "cvc-complex-type.2.4.b",
                         .params = {{"element", {element_name()}}}};
  note_expected(finding, expected_in(frame, *tokenizer_.top().name));
  add(std::move(finding));
}

}  // namespace amparo::xsd
