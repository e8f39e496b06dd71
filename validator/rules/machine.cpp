// SPDX-License-Identifier: Apache-2.0
#include "validator/rules/machine.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace amparo::rules {

namespace {

constexpr std::size_t kBlockBytes = std::size_t{64} << 10U;
constexpr std::uint32_t kMostDepth = 2000;

}  // namespace

char* Arena::take(std::size_t bytes) {
  bytes = (bytes + 15U) & ~std::size_t{15};
  used_ += bytes;
  while (block_ < blocks_.size() && at_ + bytes > blocks_[block_].size) {
    ++block_;
    at_ = 0;
  }
  if (block_ == blocks_.size()) {
    const std::size_t size = std::max(bytes, kBlockBytes);
    blocks_.push_back({std::make_unique<char[]>(size), size});
    at_ = 0;
  }
  char* const begin = blocks_[block_].bytes.get() + at_;
  at_ += bytes;
  return begin;
}

Item* Arena::items(std::size_t count) {
  // Blocks come from new char[] and are cut at multiples of 16: aligned for an Item.
  return reinterpret_cast<Item*>(static_cast<void*>(take(count * sizeof(Item))));  // NOLINT
}

std::string_view Arena::text(std::string_view copied) {
  if (copied.empty()) return {};
  char* const begin = take(copied.size());
  std::memcpy(begin, copied.data(), copied.size());
  return {begin, copied.size()};
}

void Arena::reset() {
  block_ = 0;
  at_ = 0;
  used_ = 0;
}

Machine::Machine(const Program& program, const Surroundings& around, MachineLimits limits)
    : program_{program}, around_{around}, limits_{limits} {
  slots_.resize(program.variables.size());
  keys_.resize(program.keys.size());
}

void Machine::begin(const xml::Tape& tape) {
  tape_ = &tape;
  steps_ = 0;
  all_steps_ = 0;
  tape_arena_.reset();
  for (const std::uint32_t slot : tape_slots_)
    slots_[slot].state = Slot::State::Unbound;
  tape_slots_.clear();
  for (KeyIndex& key : keys_)
    key.is_built = false;
  forget();
}

void Machine::forget() {
  context_arena_.reset();
  stack_.clear();
  for (const std::uint32_t slot : context_slots_)
    slots_[slot].state = Slot::State::Unbound;
  context_slots_.clear();
}

void Machine::bind(std::uint32_t slot, InstId value, Scope scope) {
  Slot& of = slots_[slot];
  of.state = Slot::State::Pending;
  of.scope = scope;
  of.value = value;
  (scope == Scope::Tape ? tape_slots_ : context_slots_).push_back(slot);
}

template <typename T, typename F>
Outcome<T> Machine::guarded(xml::TapeId node, F&& run) {
  stack_.clear();
  candidates_.clear();
  siblings_.clear();
  depth_ = 0;
  all_steps_ += steps_;
  steps_ = 0;
  arena_ = &context_arena_;
  current_ = node;
  focus_ = {node_item(node), true, 1, 1};
  Outcome<T> outcome;
  try {
    if (all_steps_ > limits_.tape_steps) throw DynamicError{Fault::Steps};
    outcome.value = run();
  } catch (const DynamicError& error) {
    outcome.fault = error.fault;
  }
  return outcome;
}

Outcome<bool> Machine::test(InstId expression, xml::TapeId node) {
  return guarded<bool>(node, [&] { return eval_boolean(expression); });
}

Outcome<std::string_view> Machine::text(InstId expression, xml::TapeId node) {
  return guarded<std::string_view>(node, [&] {
    const Range range = eval_range(expression);
    atomize(range.first);
    scratch_.clear();
    std::string joined;  // only where there is more than one item
    if (range.count == 1) return arena_->text(text_of(stack_[range.first]));
    for (std::size_t i = 0; i < range.count; ++i) {
      if (i > 0) joined += ' ';
      joined += text_of(stack_[range.first + i]);
    }
    return arena_->text(joined);
  });
}

Outcome<std::span<const Item>> Machine::value(InstId expression, xml::TapeId node) {
  return guarded<std::span<const Item>>(node, [&] {
    const Range range = eval_range(expression);
    return std::span<const Item>{stack_.data() + range.first, range.count};
  });
}

Outcome<bool> Machine::matches(const MatchPattern& pattern, xml::TapeId node) {
  return guarded<bool>(node, [&] { return match_pattern(pattern, node); });
}

void Machine::push(const Item& item) {
  if (stack_.size() >= limits_.items) throw DynamicError{Fault::Memory};
  stack_.push_back(item);
}

Machine::Range Machine::eval_range(InstId id) {
  const std::size_t first = stack_.size();
  eval(id);
  return {first, stack_.size() - first};
}

void Machine::eval(InstId id) {
  const Inst& inst = program_[id];
  step();
  if (++depth_ > kMostDepth) throw DynamicError{Fault::Steps};
  switch (inst.op) {
    case Op::Constant:
      for (std::uint32_t i = 0; i < inst.b; ++i)
        push(program_.constants[inst.a + i]);
      break;
    case Op::List:
      for (const InstId item : program_.operands_of(inst))
        eval(item);
      break;
    case Op::Context:
      if (!focus_.has_item) throw DynamicError{Fault::Undefined};
      push(focus_.item);
      break;
    case Op::Root:
      push(node_item(0));
      break;
    case Op::Variable:
      eval_variable(inst);
      break;
    case Op::Path:
      eval_path(inst);
      break;
    case Op::Filter:
      eval_filter(inst);
      break;
    case Op::Map:
      eval_map(inst);
      break;
    case Op::And:
    case Op::Or:
    case Op::General:
    case Op::Some:
    case Op::Every:
    case Op::Castable:
      push(boolean_item(eval_boolean(id)));
      break;
    case Op::Value:
      eval_value_comparison(inst);
      break;
    case Op::Identity:
      eval_identity(inst);
      break;
    case Op::Arithmetic:
      eval_arithmetic(inst);
      break;
    case Op::Negate:
      eval_negate(inst);
      break;
    case Op::Range:
      eval_range_op(inst);
      break;
    case Op::Union:
    case Op::Intersect:
    case Op::Except:
      eval_set(inst);
      break;
    case Op::If:
      eval(eval_boolean(inst.a) ? inst.b : inst.c);
      break;
    case Op::For:
      eval_for(inst);
      break;
    case Op::Cast: {
      Item item;
      if (eval_atomic(inst.a, item)) {
        push(cast(item, static_cast<ItemType>(inst.detail)));
      } else if ((inst.flags & kAllowsEmpty) == 0) {
        throw DynamicError{Fault::Type};
      }
      break;
    }
    case Op::Instance:
    case Op::Treat:
      eval_instance(inst);
      break;
    case Op::Call:
      call(inst);
      break;
    case Op::Extension:
      call_extension(inst);
      break;
  }
  --depth_;
}

bool Machine::effective_boolean(std::size_t first) {
  const std::size_t count = stack_.size() - first;
  if (count == 0) return false;
  const Item item = stack_[first];
  stack_.resize(first);
  if (item.type == ItemType::Node) return true;
  if (count > 1) throw DynamicError{Fault::Type};
  if (item.type == ItemType::Boolean || item.type == ItemType::Integer) return item.number != 0;
  if (item.is_text()) return item.size != 0;
  if (item.type == ItemType::Decimal) return mantissa(item) != 0;
  if (item.type == ItemType::Double) return item.floating != 0 && !std::isnan(item.floating);
  throw DynamicError{Fault::Type};
}

bool Machine::eval_boolean(InstId id) {
  const Inst& inst = program_[id];
  switch (inst.op) {
    case Op::Path: {
      step();
      auto any = [](xml::TapeId) { return false; };
      return !walk_path(inst, sink(any));
    }
    case Op::And:
      step();
      return eval_boolean(inst.a) && eval_boolean(inst.b);
    case Op::Or:
      step();
      return eval_boolean(inst.a) || eval_boolean(inst.b);
    case Op::General:
      step();
      return eval_general(inst);
    case Op::Some:
    case Op::Every:
      step();
      return eval_quantified(inst);
    case Op::If:
      step();
      return eval_boolean(eval_boolean(inst.a) ? inst.b : inst.c);
    case Op::Castable: {
      step();
      const Range range = eval_range(inst.a);
      atomize(range.first);
      const Item item = range.count > 0 ? stack_[range.first] : Item{};
      stack_.resize(range.first);
      if (range.count == 0) return (inst.flags & kAllowsEmpty) != 0;
      return range.count == 1 && is_castable(item, static_cast<ItemType>(inst.detail));
    }
    case Op::Call:
      if (inst.type.types == StaticType::bit(ItemType::Boolean) && !inst.type.may_be_empty) {
        step();
        if (++depth_ > kMostDepth) throw DynamicError{Fault::Steps};
        const bool result = call_boolean(inst);
        --depth_;
        return result;
      }
      break;
    default:
      break;
  }
  const std::size_t first = stack_.size();
  eval(id);
  return effective_boolean(first);
}

void Machine::atomize(std::size_t first) {
  for (std::size_t i = first; i < stack_.size(); ++i)
    stack_[i] = atomic(stack_[i]);
}

bool Machine::eval_atomic(InstId id, Item& item) {
  const Inst& inst = program_[id];
  if (inst.op == Op::Constant && inst.b == 1) {
    item = program_.constants[inst.a];
    return true;
  }
  if (inst.op == Op::Path) {
    step();
    constexpr xml::TapeId kNothing = 0xFFFFFFFFU;
    xml::TapeId found = kNothing;
    auto only = [&found](xml::TapeId node) {
      if (found != kNothing && found != node) throw DynamicError{Fault::Type};
      found = node;
      return true;
    };
    walk_path(inst, sink(only));
    if (found == kNothing) return false;
    item = atomic(node_item(found));
    return true;
  }
  const Range range = eval_range(id);
  if (range.count == 0) return false;
  if (range.count > 1) throw DynamicError{Fault::Type};
  item = atomic(stack_[range.first]);
  stack_.resize(range.first);
  return true;
}

void Machine::eval_variable(const Inst& inst) {
  Slot& slot = slots_[inst.a];
  switch (slot.state) {
    case Slot::State::Ready:
      break;
    case Slot::State::Failed:
      throw DynamicError{slot.fault};
    case Slot::State::Running:
    case Slot::State::Unbound:
      throw DynamicError{Fault::Undefined};
    case Slot::State::Pending: {
      slot.state = Slot::State::Running;
      const Focus focus = focus_;
      const xml::TapeId current = current_;
      Arena* const arena = arena_;
      if (slot.scope == Scope::Tape) {
        current_ = 0;
        arena_ = &tape_arena_;
      }
      focus_ = {node_item(current_), true, 1, 1};
      try {
        const Range range = eval_range(slot.value);
        Item* const items = arena_->items(range.count);
        for (std::size_t i = 0; i < range.count; ++i) {
          items[i] = stack_[range.first + i];
          // Texts that were made for the context alone have to outlive it here.
          if (slot.scope == Scope::Tape && items[i].is_text())
            items[i] = text_item(tape_arena_.text(items[i].text()), items[i].type);
        }
        stack_.resize(range.first);
        slot.items = items;
        slot.count = range.count;
      } catch (const DynamicError& error) {
        slot.state = Slot::State::Failed;
        slot.fault = error.fault;
        throw;
      }
      slot.state = Slot::State::Ready;
      focus_ = focus;
      current_ = current;
      arena_ = arena;
      break;
    }
  }
  for (std::size_t i = 0; i < slot.count; ++i)
    push(slot.items[i]);
}

void Machine::set_slot(std::uint32_t slot, const Item& item, Item& storage) {
  storage = item;
  slots_[slot].state = Slot::State::Ready;
  slots_[slot].items = &storage;
  slots_[slot].count = 1;
}

void Machine::eval_for(const Inst& inst) {
  const Range range = eval_range(inst.b);
  const std::size_t results = stack_.size();
  for (std::size_t i = 0; i < range.count; ++i) {
    Item storage;
    set_slot(inst.a, stack_[range.first + i], storage);
    eval(inst.c);
  }
  slots_[inst.a].state = Slot::State::Unbound;
  stack_.erase(stack_.begin() + static_cast<std::ptrdiff_t>(range.first),
               stack_.begin() + static_cast<std::ptrdiff_t>(results));
}

bool Machine::eval_quantified(const Inst& inst) {
  const bool is_some = inst.op == Op::Some;
  const Range range = eval_range(inst.b);
  bool result = !is_some;
  for (std::size_t i = 0; i < range.count && result != is_some; ++i) {
    Item storage;
    set_slot(inst.a, stack_[range.first + i], storage);
    if (eval_boolean(inst.c) == is_some) result = is_some;
  }
  slots_[inst.a].state = Slot::State::Unbound;
  stack_.resize(range.first);
  return result;
}

void Machine::eval_range_op(const Inst& inst) {
  Item from;
  Item to;
  const bool has_from = eval_atomic(inst.a, from);
  const bool has_to = eval_atomic(inst.b, to);
  if (!has_from || !has_to) return;
  const StaticType integer = static_type("i");
  from = converted(from, integer);
  to = converted(to, integer);
  if (to.number < from.number) return;
  const auto more = static_cast<std::uint64_t>(to.number) - static_cast<std::uint64_t>(from.number);
  if (more >= limits_.items) throw DynamicError{Fault::Memory};
  step(more);
  for (std::uint64_t i = 0; i <= more; ++i)
    push(integer_item(from.number + static_cast<std::int64_t>(i)));
}

void Machine::eval_set(const Inst& inst) {
  const std::size_t first = stack_.size();
  eval(inst.a);
  sort_nodes(first);
  const std::size_t middle = stack_.size();
  eval(inst.b);
  if (inst.op == Op::Union) {
    sort_nodes(first);
    return;
  }
  sort_nodes(middle);
  const bool keeps_common = inst.op == Op::Intersect;
  std::size_t out = first;
  std::size_t other = middle;
  for (std::size_t i = first; i < middle; ++i) {
    while (other < stack_.size() && stack_[other].node < stack_[i].node)
      ++other;
    const bool is_common = other < stack_.size() && stack_[other].node == stack_[i].node;
    if (is_common == keeps_common) stack_[out++] = stack_[i];
  }
  step(stack_.size() - first);
  stack_.resize(out);
}

void Machine::eval_map(const Inst& inst) {
  const Range range = eval_range(inst.a);
  const std::size_t results = stack_.size();
  const Focus focus = focus_;
  for (std::size_t i = 0; i < range.count; ++i) {
    if (stack_[range.first + i].type != ItemType::Node) throw DynamicError{Fault::Type};
    focus_ = {stack_[range.first + i],
              true,
              static_cast<std::uint32_t>(i + 1),
              static_cast<std::uint32_t>(range.count)};
    eval(inst.b);
  }
  focus_ = focus;
  stack_.erase(stack_.begin() + static_cast<std::ptrdiff_t>(range.first),
               stack_.begin() + static_cast<std::ptrdiff_t>(results));
  // Nodes alone, in document order; or values alone.
  const auto is_node = [](const Item& item) { return item.type == ItemType::Node; };
  const auto begin = stack_.begin() + static_cast<std::ptrdiff_t>(range.first);
  if (std::all_of(begin, stack_.end(), is_node)) {
    sort_nodes(range.first);
  } else if (std::any_of(begin, stack_.end(), is_node)) {
    throw DynamicError{Fault::Type};
  }
}

bool Machine::is_instance(std::size_t first, const StaticType& type, const Inst& kinds) {
  const std::size_t count = stack_.size() - first;
  if (count == 0) return type.may_be_empty;
  if (count > 1 && !type.may_be_many) return false;
  Step test;
  test.test = static_cast<NodeTest>(kinds.detail);
  test.name = kinds.c;
  if (test.test == NodeTest::Attribute) test.axis = Axis::Attribute;
  for (std::size_t i = first; i < stack_.size(); ++i) {
    const Item& item = stack_[i];
    if (!type.may_be(item.type)) return false;
    if (item.type == ItemType::Node && test.test != NodeTest::Node && !is_match(test, item.node))
      return false;
  }
  return true;
}

void Machine::eval_instance(const Inst& inst) {
  const std::size_t first = stack_.size();
  eval(inst.a);
  const bool is_test = inst.op == Op::Instance;
  const bool result = is_instance(first, is_test ? program_[inst.b].type : inst.type, inst);
  if (is_test) {
    stack_.resize(first);
    push(boolean_item(result));
  } else if (!result) {
    throw DynamicError{Fault::Type};
  }
}

}  // namespace amparo::rules
