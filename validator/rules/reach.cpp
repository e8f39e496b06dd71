// SPDX-License-Identifier: Apache-2.0
#include "validator/rules/reach.hpp"

#include <algorithm>
#include <utility>

namespace amparo::rules {
namespace {

constexpr Places kEverywhere =
    kDocumentPlace | kRootPlace | kFramePlace | kRecordPlace | kInsidePlace | kOthersPlace;
constexpr std::uint32_t kMostDepth = 1000;

bool has(Places places, Places place) {
  return (places & place) != 0;
}

// Of what these make of nodes, a number or a truth is left.
bool is_aggregate(Function function) {
  switch (function) {
    case Function::Count:
    case Function::Exists:
    case Function::Empty:
    case Function::Not:
    case Function::Boolean:
    case Function::Sum:
    case Function::Avg:
    case Function::Min:
    case Function::Max:
    case Function::DistinctValues:
      return true;
    default:
      return false;
  }
}

}  // namespace

ReachAnalysis::ReachAnalysis(const Program& program, const std::vector<std::string>& records)
    : program_{program} {
  for (std::uint32_t name = 0; name < program.names.size(); ++name)
    is_record_.push_back(std::find(records.begin(), records.end(), program.names.local(name)) !=
                         records.end());
}

void ReachAnalysis::bind(std::uint32_t slot, InstId value, bool from_document) {
  slots_[slot] = {value, from_document, false, 0};
}

void ReachAnalysis::raise(Reach reach, std::string reason) {
  if (reach <= found_->reach) return;
  found_->reach = reach;
  found_->reason = std::move(reason);
}

void ReachAnalysis::note(Places places, bool is_aggregated, const Step& step) {
  if (has(places, kFramePlace)) found_->reads_frame = true;
  if (!has(places, kOthersPlace)) return;
  std::string line = program_.dump(step);
  line.pop_back();
  // Operands of predicates come before the step itself.
  raise(is_aggregated ? Reach::Batch : Reach::Whole, line.substr(line.rfind('\n') + 1));
}

bool ReachAnalysis::is_record(const Step& step) const {
  const bool is_named = step.test == NodeTest::Name || step.test == NodeTest::Element;
  return is_named && step.name < is_record_.size() && is_record_[step.name];
}

// Names keep some places out: an element that is named otherwise is no record.
Places ReachAnalysis::step(const Step& step, Places from) const {
  const bool named =
      step.test == NodeTest::Name || (step.test == NodeTest::Element && step.name != xml::kNoName);
  const bool record = is_record(step);
  const Places children_of_root =
      named ? (record ? kOthersPlace : kFramePlace) : Places{kFramePlace | kOthersPlace};
  const auto self = [&](Places place) {
    if (!named || place == kInsidePlace || place == kOthersPlace || place == kFramePlace)
      return place;
    if (place == kDocumentPlace) return Places{0};
    if (place == kRecordPlace) return record ? place : Places{0};
    return place;
  };
  Places to = 0;
  const auto add = [&to](Places places) { to = static_cast<Places>(to | places); };
  for (const Places place :
       {kDocumentPlace, kRootPlace, kFramePlace, kRecordPlace, kInsidePlace, kOthersPlace}) {
    if (!has(from, place)) continue;
    const bool in_record = place == kRecordPlace || place == kInsidePlace;
    switch (step.axis) {
      case Axis::Child:
        if (place == kDocumentPlace) add(kRootPlace);
        if (place == kRootPlace) add(children_of_root);
        if (in_record) add(kInsidePlace);
        if (place == kFramePlace || place == kOthersPlace) add(place);
        break;
      case Axis::DescendantOrSelf:
        add(self(place));
        [[fallthrough]];
      case Axis::Descendant:
        if (place == kDocumentPlace) add(kRootPlace);
        if (place == kDocumentPlace || place == kRootPlace) add(kFramePlace | kOthersPlace);
        if (in_record) add(kInsidePlace);
        if (place == kFramePlace || place == kOthersPlace) add(place);
        break;
      case Axis::Attribute:
        add(place);
        break;
      case Axis::Self:
        add(self(place));
        break;
      case Axis::Parent:
        if (place == kRootPlace) add(self(kDocumentPlace));
        if (place == kRecordPlace) add(kRootPlace);
        if (place == kInsidePlace) add(self(kRecordPlace) | kInsidePlace);
        if (place == kFramePlace) add(kFramePlace | kRootPlace);
        if (place == kOthersPlace) add(kOthersPlace | kRootPlace);
        break;
      case Axis::AncestorOrSelf:
        add(self(place));
        [[fallthrough]];
      case Axis::Ancestor:
        if (place != kDocumentPlace) add(self(kDocumentPlace));
        if (place != kDocumentPlace && place != kRootPlace) add(kRootPlace);
        if (place == kInsidePlace) add(self(kRecordPlace) | kInsidePlace);
        if (place == kFramePlace || place == kOthersPlace) add(place);
        break;
      case Axis::FollowingSibling:
      case Axis::PrecedingSibling:
        if (place == kRecordPlace) add(children_of_root);
        if (place == kInsidePlace) add(kInsidePlace);
        if (place == kFramePlace || place == kOthersPlace) add(place | children_of_root);
        break;
      case Axis::Following:
      case Axis::Preceding:
        add(place | kFramePlace | kOthersPlace);
        break;
    }
  }
  return to;
}

Places ReachAnalysis::visit_steps(const Inst& inst, Places places, bool is_aggregated) {
  const auto steps = program_.steps_of(inst);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    places = step(steps[i], places);
    for (const Predicate& predicate : program_.predicates_of(steps[i]))
      visit(predicate.test, places, false);
    // Only passing through others to come back is the same as looking at them.
    note(places, is_aggregated, steps[i]);
  }
  return places;
}

Places ReachAnalysis::visit(InstId id, Places context, bool is_aggregated) {
  const Inst& inst = program_[id];
  if (++depth_ > kMostDepth) {
    raise(Reach::Whole, "nested too deep");
    --depth_;
    return kEverywhere;
  }
  Places places = 0;
  const auto add = [&places](Places more) { places = static_cast<Places>(places | more); };
  switch (inst.op) {
    case Op::Constant:
      break;
    case Op::List:
      for (const InstId item : program_.operands_of(inst))
        add(visit(item, context, is_aggregated));
      break;
    case Op::Context:
      places = context;
      break;
    case Op::Root:
      places = kDocumentPlace;
      break;
    case Op::Variable: {
      const auto bound = slots_.find(inst.a);
      if (bound == slots_.end()) break;
      if (bound->second.is_node) {
        places = bound->second.places;
      } else {
        const Bound of = bound->second;
        places = visit(of.value, of.from_document ? kDocumentPlace : current_, is_aggregated);
      }
      break;
    }
    case Op::Path:
      places = inst.c == kNone ? context : visit(inst.c, context, is_aggregated);
      places = visit_steps(inst, places, is_aggregated);
      break;
    case Op::Filter:
      places = visit(inst.a, context, is_aggregated);
      for (std::uint32_t i = 0; i < inst.c; ++i)
        visit(program_.predicates[inst.b + i].test, places, false);
      break;
    case Op::Map:
      places = visit(inst.b, visit(inst.a, context, is_aggregated), is_aggregated);
      break;
    case Op::General:
      // One value among many is looked up, whichever record it stands in.
      visit(inst.a, context, true);
      visit(inst.b, context, true);
      break;
    case Op::And:
    case Op::Or:
      visit(inst.a, context, true);
      visit(inst.b, context, true);
      break;
    case Op::Value:
    case Op::Identity:
    case Op::Arithmetic:
    case Op::Range:
      visit(inst.a, context, false);
      visit(inst.b, context, false);
      break;
    case Op::Union:
    case Op::Intersect:
    case Op::Except:
      add(visit(inst.a, context, is_aggregated));
      add(visit(inst.b, context, is_aggregated));
      break;
    case Op::Negate:
    case Op::Cast:
    case Op::Castable:
    case Op::Instance:
      visit(inst.a, context, false);
      break;
    case Op::Treat:
      places = visit(inst.a, context, is_aggregated);
      break;
    case Op::If:
      visit(inst.a, context, true);
      add(visit(inst.b, context, is_aggregated));
      add(visit(inst.c, context, is_aggregated));
      break;
    case Op::For:
    case Op::Some:
    case Op::Every: {
      const Places in = visit(inst.b, context, inst.op != Op::For);
      slots_[inst.a] = {kNone, false, true, in};
      places = visit(inst.c, context, is_aggregated);
      if (inst.op != Op::For) places = 0;
      break;
    }
    case Op::Call: {
      const auto function = static_cast<Function>(inst.detail);
      for (const InstId argument : program_.operands_of(inst))
        add(visit(argument, context, is_aggregate(function)));
      if (function == Function::Current) places = current_;
      if (function == Function::Root) places = kDocumentPlace;
      if (function == Function::Key) {
        places = kOthersPlace;
        raise(is_aggregated ? Reach::Batch : Reach::Whole, "key()");
      }
      if ((inst.type.types & 1U) == 0) places = 0;
      break;
    }
    case Op::Extension: {
      const ExtensionFunction& function = program_.functions[inst.c];
      for (const InstId argument : program_.operands_of(inst))
        visit(argument, context, false);
      raise(function.reach, function.local + "()");
      break;
    }
  }
  --depth_;
  return places;
}

Places ReachAnalysis::of(InstId expression, Places context, ReachFound& found) {
  found_ = &found;
  current_ = context;
  depth_ = 0;
  // A test is only asked whether it holds.
  return visit(expression, context, true);
}

Places ReachAnalysis::of_pattern(const MatchPattern& pattern, ReachFound& found) {
  found_ = &found;
  depth_ = 0;
  if (pattern.key != kNone) {
    raise(Reach::Whole, "key()");
    return kEverywhere;
  }
  if (pattern.steps == 0) return kDocumentPlace;
  Places places = 0;
  for (std::uint32_t i = 0; i < pattern.steps; ++i) {
    const MatchStep& of = program_.match_steps[pattern.first_step + i];
    const bool record = is_record(of.step);
    const bool named = of.step.test == NodeTest::Name;
    Places here = kRootPlace | kFramePlace | kRecordPlace | kInsidePlace;
    if (named)
      here = record ? kRecordPlace | kInsidePlace : kRootPlace | kFramePlace | kInsidePlace;
    // The last step of a rooted path is the root; the one below it stands in the root.
    const std::uint32_t from_top = pattern.steps - 1 - i;
    const bool near =
        pattern.is_rooted &&
        std::none_of(program_.match_steps.begin() + pattern.first_step + 1,
                     program_.match_steps.begin() + pattern.first_step + pattern.steps,
                     [](const MatchStep& step) { return step.is_ancestor; });
    if (near && from_top == 0) here = kRootPlace;
    if (near && from_top == 1) here = record ? kRecordPlace : kFramePlace;
    if (near && from_top > 1) here = kFramePlace | kInsidePlace;
    // A record is not inside of one here: what stands above tells.
    if (i + 1 < pattern.steps && !near) {
      const MatchStep& above = program_.match_steps[pattern.first_step + i + 1];
      if (is_record(above.step)) here = kInsidePlace;
    }
    current_ = here;
    for (const Predicate& predicate : program_.predicates_of(of.step)) {
      const bool is_position = predicate.kind != Predicate::Kind::Test;
      if (is_position && (has(here, kRecordPlace) || !named))
        raise(Reach::Whole, "the position of a record");
      visit(predicate.test, here, true);
    }
    if (i == 0) places = here;
  }
  return places;
}

}  // namespace amparo::rules
