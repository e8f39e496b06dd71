// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "validator/rules/machine.hpp"

namespace amparo::rules {

using xml::TapeId;
using xml::TapeKind;
using xml::TapeNode;

xml::TapeId Machine::context_node() {
  if (!focus_.has_item) throw DynamicError{Fault::Undefined};
  if (focus_.item.type != ItemType::Node) throw DynamicError{Fault::Type};
  return focus_.item.node;
}

bool Machine::is_match(const Step& step, const TapeNode& node) const {
  const bool is_attribute_axis = step.axis == Axis::Attribute;
  const TapeKind principal = is_attribute_axis ? TapeKind::Attribute : TapeKind::Element;
  switch (step.test) {
    case NodeTest::Name:
      return node.name == step.name && node.kind == principal;
    case NodeTest::Any:
      return node.kind == principal;
    case NodeTest::Space:
      return node.kind == principal && tape_->names().space_of(node.name) == step.name;
    case NodeTest::Local:
      return node.kind == principal && tape_->names().local(node.name) == program_.texts[step.name];
    case NodeTest::Node:
      return true;
    case NodeTest::Text:
      return node.kind == TapeKind::Text;
    case NodeTest::Element:
      return node.kind == TapeKind::Element &&
             (step.name == xml::kNoName || node.name == step.name);
    case NodeTest::Attribute:
      return node.kind == TapeKind::Attribute &&
             (step.name == xml::kNoName || node.name == step.name);
    case NodeTest::Document:
      return node.kind == TapeKind::Document;
    case NodeTest::Nothing:
      break;
  }
  return false;
}

// Nodes of the axis that pass the node test, in the order of the axis.
bool Machine::walk_axis(const Step& of, TapeId start, Sink take) {
  const auto nodes = tape_->nodes();
  const TapeNode& node = nodes[start];
  const auto size = static_cast<TapeId>(nodes.size());
  const auto give = [&](TapeId id) {
    step();
    return !is_match(of, nodes[id]) || take(id);
  };
  switch (of.axis) {
    case Axis::Child: {
      if (of.test == NodeTest::Name) {
        // What nearly every step is.
        for (TapeId i = start + 1; i < node.end; i = nodes[i].end) {
          step();
          if (nodes[i].name == of.name && nodes[i].kind == TapeKind::Element && !take(i))
            return false;
        }
        return true;
      }
      for (TapeId i = start + 1; i < node.end; i = nodes[i].end)
        if (nodes[i].kind != TapeKind::Attribute && !give(i)) return false;
      return true;
    }
    case Axis::Attribute:
      if (node.kind != TapeKind::Element) return true;
      for (TapeId i = start + 1; i < node.end && nodes[i].kind == TapeKind::Attribute; ++i)
        if (!give(i)) return false;
      return true;
    case Axis::Self:
      return give(start);
    case Axis::DescendantOrSelf:
      if (!give(start)) return false;
      [[fallthrough]];
    case Axis::Descendant:
      for (TapeId i = start + 1; i < node.end; ++i)
        if (nodes[i].kind != TapeKind::Attribute && !give(i)) return false;
      return true;
    case Axis::FollowingSibling:
      if (node.kind == TapeKind::Attribute || start == 0) return true;
      for (TapeId i = node.end; i < nodes[node.parent].end; i = nodes[i].end)
        if (!give(i)) return false;
      return true;
    case Axis::Following:
      for (TapeId i = node.end; i < size; ++i)
        if (nodes[i].kind != TapeKind::Attribute && !give(i)) return false;
      return true;
    case Axis::Parent:
      return start == 0 || give(node.parent);
    case Axis::AncestorOrSelf:
      if (!give(start)) return false;
      [[fallthrough]];
    case Axis::Ancestor:
      for (TapeId i = start; i != 0;) {
        i = nodes[i].parent;
        if (!give(i)) return false;
      }
      return true;
    case Axis::PrecedingSibling: {
      if (node.kind == TapeKind::Attribute || start == 0) return true;
      // There are no links backwards: collected forwards, given from the end.
      const std::size_t first = candidates_.size();
      for (TapeId i = node.parent + 1; i < start; i = nodes[i].end)
        if (nodes[i].kind != TapeKind::Attribute) candidates_.push_back(i);
      bool goes_on = true;
      for (std::size_t i = candidates_.size(); goes_on && i > first; --i)
        goes_on = give(candidates_[i - 1]);
      candidates_.resize(first);
      return goes_on;
    }
    case Axis::Preceding:
      for (TapeId i = start; i > 1;) {
        --i;
        const bool is_ancestor = nodes[i].end > start;
        if (nodes[i].kind == TapeKind::Attribute || is_ancestor) continue;
        if (!give(i)) return false;
      }
      return true;
  }
  return true;
}

bool Machine::passes(std::span<const Predicate> predicates, TapeId node) {
  const Focus focus = focus_;
  bool result = true;
  for (const Predicate& predicate : predicates) {
    focus_ = {node_item(node), true, 1, 1};
    result = eval_boolean(predicate.test);
    if (!result) break;
  }
  focus_ = focus;
  return result;
}

bool Machine::walk(std::span<const Step> steps, TapeId node, Sink take) {
  const Step& of = steps.front();
  const auto rest = steps.subspan(1);
  const auto go_on = [&](TapeId id) { return rest.empty() ? take(id) : walk(rest, id, take); };
  if (!of.is_positional) {
    const auto predicates = program_.predicates_of(of);
    auto next = [&](TapeId id) {
      return (!predicates.empty() && !passes(predicates, id)) || go_on(id);
    };
    return walk_axis(of, node, sink(next));
  }
  // [n] as the first predicate: the walk ends there.
  const auto predicates = program_.predicates_of(of);
  const Predicate& only = predicates.front();
  if (predicates.size() == 1 && only.kind == Predicate::Kind::Number) {
    std::int64_t number = 0;
    bool goes_on = true;
    auto next = [&](TapeId id) {
      if (++number < only.number) return true;
      if (number == only.number) goes_on = go_on(id);
      return false;
    };
    walk_axis(of, node, sink(next));
    return goes_on;
  }
  const std::size_t first = candidates_.size();
  gather(of, node);
  const std::size_t count = candidates_.size() - first;
  bool goes_on = true;
  for (std::size_t i = 0; goes_on && i < count; ++i)
    goes_on = go_on(candidates_[first + i]);
  candidates_.resize(first);
  return goes_on;
}

// Onto candidates_: the nodes of the axis that pass the test and all predicates.
void Machine::gather(const Step& of, TapeId node) {
  const std::size_t first = candidates_.size();
  // In an axis backwards the collected siblings lie on candidates_ while it is walked.
  std::vector<TapeId>& into = of.axis == Axis::PrecedingSibling ? siblings_ : candidates_;
  const std::size_t begin = into.size();
  auto collect = [&](TapeId id) {
    into.push_back(id);
    return true;
  };
  walk_axis(of, node, sink(collect));
  if (&into == &siblings_) {
    candidates_.insert(
        candidates_.end(), siblings_.begin() + static_cast<std::ptrdiff_t>(begin), siblings_.end());
    siblings_.resize(begin);
  }
  for (const Predicate& predicate : program_.predicates_of(of))
    filter_candidates(predicate, first);
}

bool Machine::holds_at(const Predicate& predicate, std::uint32_t position) {
  const std::size_t first = stack_.size();
  eval(predicate.test);
  const bool is_number = stack_.size() == first + 1 && stack_[first].is_numeric();
  if (!is_number) return effective_boolean(first);
  const Item number = stack_[first];
  stack_.resize(first);
  return compare_numbers(number, integer_item(position)) == 0;
}

void Machine::filter_candidates(const Predicate& predicate, std::size_t first) {
  const std::size_t count = candidates_.size() - first;
  std::size_t out = first;
  const Focus focus = focus_;
  for (std::size_t i = 0; i < count; ++i) {
    const TapeId node = candidates_[first + i];
    const auto position = static_cast<std::uint32_t>(i + 1);
    bool holds = false;
    switch (predicate.kind) {
      case Predicate::Kind::Number:
        holds = predicate.number == static_cast<std::int64_t>(position);
        break;
      case Predicate::Kind::Last:
        holds = position == count;
        break;
      case Predicate::Kind::Test:
      case Predicate::Kind::Positional:
        focus_ = {node_item(node), true, position, static_cast<std::uint32_t>(count)};
        holds = predicate.kind == Predicate::Kind::Test ? eval_boolean(predicate.test)
                                                        : holds_at(predicate, position);
        break;
    }
    if (holds) candidates_[out++] = node;
  }
  focus_ = focus;
  candidates_.resize(out);
}

void Machine::filter(const Predicate& predicate, std::size_t first) {
  const std::size_t count = stack_.size() - first;
  std::size_t out = first;
  const Focus focus = focus_;
  for (std::size_t i = 0; i < count; ++i) {
    const Item item = stack_[first + i];
    const auto position = static_cast<std::uint32_t>(i + 1);
    focus_ = {item, true, position, static_cast<std::uint32_t>(count)};
    bool holds = false;
    switch (predicate.kind) {
      case Predicate::Kind::Number:
        holds = predicate.number == static_cast<std::int64_t>(position);
        break;
      case Predicate::Kind::Last:
        holds = position == count;
        break;
      case Predicate::Kind::Test:
        holds = eval_boolean(predicate.test);
        break;
      case Predicate::Kind::Positional:
        holds = holds_at(predicate, position);
        break;
    }
    if (holds) stack_[out++] = item;
  }
  focus_ = focus;
  stack_.resize(out);
}

void Machine::eval_filter(const Inst& inst) {
  const std::size_t first = stack_.size();
  eval(inst.a);
  for (std::uint32_t i = 0; i < inst.c; ++i)
    filter(program_.predicates[inst.b + i], first);
}

void Machine::eval_path(const Inst& inst) {
  const std::size_t first = stack_.size();
  auto give = [this](TapeId node) {
    push(node_item(node));
    return true;
  };
  // What the start of a path pushes is taken off before the first node comes: see walk_path().
  walk_path(inst, sink(give));
  if ((inst.flags & kIsOrdered) == 0) sort_nodes(first);
}

bool Machine::walk_path(const Inst& inst, Sink take) {
  const auto steps = program_.steps_of(inst);
  if (inst.c == kNone) return walk(steps, context_node(), take);
  const Inst& start = program_[inst.c];
  if (start.op == Op::Root) return walk(steps, 0, take);
  if (start.op == Op::Context) return walk(steps, context_node(), take);
  const std::size_t first = candidates_.size();
  const Range range = eval_range(inst.c);
  for (std::size_t i = 0; i < range.count; ++i) {
    if (stack_[range.first + i].type != ItemType::Node) throw DynamicError{Fault::Type};
    candidates_.push_back(stack_[range.first + i].node);
  }
  stack_.resize(range.first);
  bool goes_on = true;
  for (std::size_t i = 0; goes_on && i < range.count; ++i)
    goes_on = walk(steps, candidates_[first + i], take);
  candidates_.resize(first);
  return goes_on;
}

void Machine::sort_nodes(std::size_t first) {
  const auto begin = stack_.begin() + static_cast<std::ptrdiff_t>(first);
  for (auto item = begin; item != stack_.end(); ++item)
    if (item->type != ItemType::Node) throw DynamicError{Fault::Type};
  step(stack_.size() - first);
  const auto before = [](const Item& a, const Item& b) { return a.node < b.node; };
  if (!std::is_sorted(begin, stack_.end(), before)) std::sort(begin, stack_.end(), before);
  const auto same = [](const Item& a, const Item& b) { return a.node == b.node; };
  stack_.erase(std::unique(begin, stack_.end(), same), stack_.end());
}

bool Machine::match_step(const Step& of, TapeId node) {
  if (node == 0) return false;
  const bool is_attribute = (*tape_)[node].kind == TapeKind::Attribute;
  if (is_attribute != (of.axis == Axis::Attribute) || !is_match(of, node)) return false;
  if (of.predicates == 0) return true;
  if (!of.is_positional) return passes(program_.predicates_of(of), node);
  const std::size_t first = candidates_.size();
  gather(of, (*tape_)[node].parent);
  const bool found = std::find(candidates_.begin() + static_cast<std::ptrdiff_t>(first),
                               candidates_.end(),
                               node) != candidates_.end();
  candidates_.resize(first);
  return found;
}

// `node` is matched by what stands before step `index`, which is about what is above it.
bool Machine::match_steps(const MatchPattern& pattern, std::uint32_t index, TapeId node) {
  step();
  const TapeId parent = (*tape_)[node].parent;
  if (index == pattern.steps) {
    if (pattern.is_rooted) return parent == 0;
    if (pattern.key == kNone) return true;
    const std::size_t first = stack_.size();
    eval(pattern.key);
    const auto is_above = [&](const Item& item) {
      if (!pattern.is_far) return item.node == parent;
      return item.node < node && (*tape_)[item.node].end > node;
    };
    const bool found =
        std::any_of(stack_.begin() + static_cast<std::ptrdiff_t>(first), stack_.end(), is_above);
    stack_.resize(first);
    return found;
  }
  const MatchStep& above = program_.match_steps[pattern.first_step + index];
  TapeId ancestor = node;
  do {
    ancestor = (*tape_)[ancestor].parent;
    if (ancestor == 0) return false;
    if (match_step(above.step, ancestor) && match_steps(pattern, index + 1, ancestor)) return true;
  } while (above.is_ancestor);
  return false;
}

bool Machine::match_pattern(const MatchPattern& pattern, TapeId node) {
  if (pattern.steps == 0) {
    if (pattern.is_rooted) return node == 0;
    const std::size_t first = stack_.size();
    eval(pattern.key);
    const bool found = std::any_of(stack_.begin() + static_cast<std::ptrdiff_t>(first),
                                   stack_.end(),
                                   [node](const Item& item) { return item.node == node; });
    stack_.resize(first);
    return found;
  }
  return match_step(program_.match_steps[pattern.first_step].step, node) &&
         match_steps(pattern, 1, node);
}

void Machine::build_key(std::size_t index) {
  const KeyDefinition& definition = program_.keys[index];
  KeyIndex& key = keys_[index];
  key.entries.clear();
  const Focus focus = focus_;
  const TapeId current = current_;
  const auto patterns =
      std::span{program_.match_patterns}.subspan(definition.first_pattern, definition.patterns);
  for (TapeId node = 0; node < tape_->size(); ++node) {
    step();
    const auto matches = [&](const MatchPattern& pattern) {
      focus_ = {node_item(node), true, 1, 1};
      current_ = node;
      return match_pattern(pattern, node);
    };
    if (std::none_of(patterns.begin(), patterns.end(), matches)) continue;
    const Range range = eval_range(definition.use);
    for (std::size_t i = 0; i < range.count; ++i) {
      const Item item = atomic(stack_[range.first + i]);
      const std::string_view value = text_of(item);
      // A node's text lies on the tape; what was made for the moment does not.
      key.entries.push_back({item.is_text() && stack_[range.first + i].type == ItemType::Node
                                 ? value
                                 : tape_arena_.text(value),
                             node,
                             kNone});
    }
    stack_.resize(range.first);
  }
  focus_ = focus;
  current_ = current;
  std::size_t size = 16;
  while (size < key.entries.size() * 2)
    size *= 2;
  key.heads.assign(size, kNone);
  for (std::size_t i = key.entries.size(); i-- > 0;) {
    std::uint32_t& head =
        key.heads[std::hash<std::string_view>{}(key.entries[i].value) & (size - 1)];
    key.entries[i].next = head;
    head = static_cast<std::uint32_t>(i);
  }
  key.is_built = true;
}

void Machine::eval_key(const Inst& inst) {
  Item name;
  if (!eval_atomic(operand(inst, 0), name)) throw DynamicError{Fault::Type};
  const std::string_view wanted = text_of(name);
  const Range values = eval_range(operand(inst, 1));
  atomize(values.first);
  const std::size_t results = stack_.size();
  bool is_known = false;
  for (std::size_t i = 0; i < program_.keys.size(); ++i) {
    if (program_.keys[i].name != wanted) continue;
    is_known = true;
    if (!keys_[i].is_built) build_key(i);
    const KeyIndex& key = keys_[i];
    for (std::size_t v = 0; v < values.count; ++v) {
      const std::string_view value = text_of(stack_[values.first + v]);
      const std::size_t slot = std::hash<std::string_view>{}(value) & (key.heads.size() - 1);
      for (std::uint32_t at = key.heads[slot]; at != kNone; at = key.entries[at].next) {
        step();
        if (key.entries[at].value == value) push(node_item(key.entries[at].node));
      }
    }
  }
  if (!is_known) throw DynamicError{Fault::Undefined};
  stack_.erase(stack_.begin() + static_cast<std::ptrdiff_t>(values.first),
               stack_.begin() + static_cast<std::ptrdiff_t>(results));
  sort_nodes(values.first);
}

}  // namespace amparo::rules
