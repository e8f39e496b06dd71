// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <exception>
#include <limits>

#include "validator/rules/calendar.hpp"
#include "validator/rules/machine.hpp"

namespace amparo::rules {

using xml::TapeId;
using xml::TapeKind;

bool Machine::is_nonempty(InstId id) {
  if (program_[id].op == Op::Path) return eval_boolean(id);
  const Range range = eval_range(id);
  stack_.resize(range.first);
  return range.count > 0;
}

std::size_t Machine::count(InstId id) {
  const Inst& inst = program_[id];
  if (inst.op == Op::Path && (inst.flags & kIsOrdered) != 0) {
    step();
    std::size_t count = 0;
    auto next = [&count](TapeId) {
      ++count;
      return true;
    };
    walk_path(inst, sink(next));
    return count;
  }
  const Range range = eval_range(id);
  stack_.resize(range.first);
  return range.count;
}

bool Machine::call_boolean(const Inst& inst) {
  switch (static_cast<Function>(inst.detail)) {
    case Function::True:
      return true;
    case Function::False:
      return false;
    case Function::Not:
      return !eval_boolean(operand(inst, 0));
    case Function::Boolean:
      return eval_boolean(operand(inst, 0));
    case Function::Exists:
      return is_nonempty(operand(inst, 0));
    case Function::Empty:
      return !is_nonempty(operand(inst, 0));
    case Function::Contains: {
      const std::string_view text = string_operand(inst, 0);
      return text.find(string_operand(inst, 1)) != std::string_view::npos;
    }
    case Function::StartsWith: {
      const std::string_view text = string_operand(inst, 0);
      return text.starts_with(string_operand(inst, 1));
    }
    case Function::EndsWith: {
      const std::string_view text = string_operand(inst, 0);
      return text.ends_with(string_operand(inst, 1));
    }
    case Function::Matches: {
      const std::string_view text = string_operand(inst, 0);
      const auto answer = pattern_of(inst, 2).matches(text, pattern_scratch_);
      if (answer == text::XPathPattern::Answer::TooLong) throw DynamicError{Fault::Pattern};
      return answer == text::XPathPattern::Answer::Yes;
    }
    case Function::DeepEqual: {
      const Range a = eval_range(operand(inst, 0));
      const Range b = eval_range(operand(inst, 1));
      const bool result = deep_equal(a, b);
      stack_.resize(a.first);
      return result;
    }
    default:
      break;
  }
  throw DynamicError{Fault::Type};
}

void Machine::call(const Inst& inst) {
  const bool is_boolean =
      inst.type.types == StaticType::bit(ItemType::Boolean) && !inst.type.may_be_empty;
  if (is_boolean) return push(boolean_item(call_boolean(inst)));
  if (call_string(inst) || call_calendar(inst)) return;
  call_sequence(inst);
}

void Machine::call_sequence(const Inst& inst) {
  const std::size_t first = stack_.size();
  switch (static_cast<Function>(inst.detail)) {
    case Function::Count:
      return push(integer_item(static_cast<std::int64_t>(count(operand(inst, 0)))));
    case Function::Position:
    case Function::Last:
      if (!focus_.has_item) throw DynamicError{Fault::Undefined};
      return push(integer_item(
          static_cast<Function>(inst.detail) == Function::Last ? focus_.size : focus_.position));
    case Function::Current:
      return push(node_item(current_));
    case Function::Root:
      if (inst.b == 0) {
        static_cast<void>(context_node());
        return push(node_item(0));
      }
      eval(operand(inst, 0));
      if (stack_.size() > first + 1) throw DynamicError{Fault::Type};
      if (stack_.size() > first) stack_[first] = node_item(0);
      return;
    case Function::Name:
    case Function::LocalName:
    case Function::NamespaceUri:
      return name_of(inst);
    case Function::Data:
      eval(operand(inst, 0));
      return atomize(first);
    case Function::DistinctValues:
      return call_distinct(inst);
    case Function::IndexOf: {
      Item wanted;
      const Range range = eval_range(operand(inst, 0));
      atomize(first);
      if (!eval_atomic(operand(inst, 1), wanted)) throw DynamicError{Fault::Type};
      std::size_t out = first;
      for (std::size_t i = 0; i < range.count; ++i)
        if (equals(stack_[first + i], wanted))
          stack_[out++] = integer_item(static_cast<std::int64_t>(i + 1));
      return stack_.resize(out);
    }
    case Function::Reverse:
      eval(operand(inst, 0));
      std::reverse(stack_.begin() + static_cast<std::ptrdiff_t>(first), stack_.end());
      return;
    case Function::Unordered:
      return eval(operand(inst, 0));
    case Function::ExactlyOne:
    case Function::OneOrMore:
    case Function::ZeroOrOne: {
      const auto function = static_cast<Function>(inst.detail);
      const Range range = eval_range(operand(inst, 0));
      const bool is_wrong = (function != Function::ZeroOrOne && range.count == 0) ||
                            (function != Function::OneOrMore && range.count > 1);
      if (is_wrong) throw DynamicError{Fault::Type};
      return;
    }
    case Function::InsertBefore:
    case Function::Remove:
    case Function::Subsequence:
      return call_subsequence(inst);
    case Function::Key:
      return eval_key(inst);
    case Function::Sum:
    case Function::Avg:
    case Function::Min:
    case Function::Max:
      return call_aggregate(inst);
    default:
      return call_number(inst);
  }
}

void Machine::call_number(const Inst& inst) {
  const auto function = static_cast<Function>(inst.detail);
  if (function == Function::Number) {
    Item item;
    bool has_item = true;
    if (inst.b == 0) {
      if (!focus_.has_item) throw DynamicError{Fault::Undefined};
      item = atomic(focus_.item);
    } else {
      has_item = eval_atomic(operand(inst, 0), item);
    }
    // F&O 14.4: what is no number is NaN, and no fault.
    if (has_item && is_castable(item, ItemType::Double)) return push(cast(item, ItemType::Double));
    return push(double_item(std::nan("")));
  }
  Item item;
  if (!eval_atomic(operand(inst, 0), item)) return;
  item = number_of(item);
  switch (function) {
    case Function::Abs: {
      const bool is_negative = item.type == ItemType::Double
                                   ? std::signbit(item.floating)
                                   : compare_numbers(item, integer_item(0)) < 0;
      return push(is_negative ? negated(item) : item);
    }
    case Function::Ceiling:
      return push(rounded(item, Rounding::Ceiling, 0));
    case Function::Floor:
      return push(rounded(item, Rounding::Floor, 0));
    case Function::Round:
      return push(rounded(item, Rounding::HalfUp, 0));
    case Function::RoundHalfToEven: {
      Item digits = integer_item(0);
      if (inst.b > 1 && !eval_atomic(operand(inst, 1), digits)) throw DynamicError{Fault::Type};
      digits = converted(digits, static_type("i"));
      constexpr std::int64_t kMost = 1000;
      return push(rounded(
          item, Rounding::HalfEven, static_cast<int>(std::clamp(digits.number, -kMost, kMost))));
    }
    default:
      throw DynamicError{Fault::Undefined};
  }
}

void Machine::name_of(const Inst& inst) {
  TapeId node = 0;
  if (inst.b == 0) {
    node = context_node();
  } else {
    const Range range = eval_range(operand(inst, 0));
    if (range.count == 0) return push(string_item(""));
    const Item item = stack_[range.first];
    stack_.resize(range.first);
    if (range.count > 1 || item.type != ItemType::Node) throw DynamicError{Fault::Type};
    node = item.node;
  }
  const xml::TapeNode& of = (*tape_)[node];
  if (of.name == xml::kNoName) return push(string_item(""));
  const xml::TapeNames& names = tape_->names();
  switch (static_cast<Function>(inst.detail)) {
    case Function::LocalName:
      return push(string_item(names.local(of.name)));
    case Function::NamespaceUri:
      return push(string_item(names.uri(of.name)));
    default:
      break;
  }
  if (of.prefix == 0) return push(string_item(names.local(of.name)));
  scratch_.assign(names.prefix(of.prefix));
  scratch_ += ':';
  scratch_ += names.local(of.name);
  push(string_item(arena_->text(scratch_)));
}

void Machine::call_subsequence(const Inst& inst) {
  const auto function = static_cast<Function>(inst.detail);
  const std::size_t first = stack_.size();
  Item start;
  const StaticType type = static_type(function == Function::Subsequence ? "d" : "i");
  if (!eval_atomic(operand(inst, 1), start)) throw DynamicError{Fault::Type};
  start = converted(start, type);
  if (function == Function::InsertBefore) {
    const Range range = eval_range(operand(inst, 0));
    const auto place =
        std::clamp<std::int64_t>(start.number, 1, static_cast<std::int64_t>(range.count) + 1);
    const std::size_t middle = stack_.size();
    eval(operand(inst, 2));
    const auto begin = stack_.begin() + static_cast<std::ptrdiff_t>(first);
    std::rotate(
        begin + (place - 1), stack_.begin() + static_cast<std::ptrdiff_t>(middle), stack_.end());
    return;
  }
  if (function == Function::Remove) {
    const Range range = eval_range(operand(inst, 0));
    if (start.number >= 1 && start.number <= static_cast<std::int64_t>(range.count))
      stack_.erase(stack_.begin() + static_cast<std::ptrdiff_t>(first) + (start.number - 1));
    return;
  }
  double from = to_double(rounded(start, Rounding::HalfUp, 0));
  double end = std::numeric_limits<double>::infinity();
  if (inst.b > 2) {
    Item length;
    if (!eval_atomic(operand(inst, 2), length)) throw DynamicError{Fault::Type};
    end = from + to_double(rounded(converted(length, type), Rounding::HalfUp, 0));
  }
  const Range range = eval_range(operand(inst, 0));
  std::size_t out = first;
  for (std::size_t i = 0; i < range.count; ++i) {
    const auto position = static_cast<double>(i + 1);
    if (position >= from && position < end) stack_[out++] = stack_[first + i];
  }
  stack_.resize(out);
}

void Machine::call_aggregate(const Inst& inst) {
  const auto function = static_cast<Function>(inst.detail);
  const Range range = eval_range(operand(inst, 0));
  atomize(range.first);
  if (range.count == 0) {
    if (function != Function::Sum) return;
    if (inst.b < 2) return push(integer_item(0));
    Item zero;
    if (eval_atomic(operand(inst, 1), zero)) push(zero);
    return;
  }
  const auto value = [&](std::size_t i) {
    const Item& item = stack_[range.first + i];
    return item.type == ItemType::Untyped ? cast(item, ItemType::Double) : item;
  };
  Item result = value(0);
  step(range.count);
  if (function == Function::Sum || function == Function::Avg) {
    if (!result.is_numeric() && !result.is_duration()) throw DynamicError{Fault::Type};
    for (std::size_t i = 1; i < range.count; ++i)
      result = arithmetic(Arithmetic::Add, result, value(i));
    if (function == Function::Avg)
      result = arithmetic(
          Arithmetic::Divide, result, integer_item(static_cast<std::int64_t>(range.count)));
  } else {
    const auto wanted = function == Function::Min ? Comparison::Less : Comparison::Greater;
    const auto is_nan = [](const Item& item) {
      return item.type == ItemType::Double && std::isnan(item.floating);
    };
    if (range.count == 1) static_cast<void>(compare(Comparison::Less, result, result));
    for (std::size_t i = 1; i < range.count; ++i) {
      const Item item = value(i);
      const bool is_better = compare(wanted, item, result);
      if (is_nan(item) || (is_better && !is_nan(result))) result = item;
    }
  }
  stack_.resize(range.first);
  push(result);
}

void Machine::call_distinct(const Inst& inst) {
  const Range range = eval_range(operand(inst, 0));
  atomize(range.first);
  const auto is_nan = [](const Item& item) {
    return item.type == ItemType::Double && std::isnan(item.floating);
  };
  const auto is_text = [](const Item& item) { return item.is_text(); };
  std::size_t out = range.first;
  const auto begin = stack_.begin() + static_cast<std::ptrdiff_t>(range.first);
  constexpr std::size_t kMany = 24;
  if (range.count > kMany && std::all_of(begin, stack_.end(), is_text)) {
    std::size_t size = 64;
    while (size < range.count * 2)
      size *= 2;
    table_.assign(size, kNone);
    step(range.count);
    for (std::size_t i = 0; i < range.count; ++i) {
      const Item item = stack_[range.first + i];
      std::size_t slot = std::hash<std::string_view>{}(item.text()) & (size - 1);
      while (table_[slot] != kNone && stack_[table_[slot]].text() != item.text())
        slot = (slot + 1) & (size - 1);
      if (table_[slot] != kNone) continue;
      table_[slot] = static_cast<std::uint32_t>(out);
      stack_[out++] = item;
    }
    return stack_.resize(out);
  }
  for (std::size_t i = 0; i < range.count; ++i) {
    const Item item = stack_[range.first + i];
    const auto is_same = [&](const Item& known) {
      step();
      return equals(known, item) || (is_nan(known) && is_nan(item));
    };
    const auto known = stack_.begin() + static_cast<std::ptrdiff_t>(range.first);
    if (std::none_of(known, stack_.begin() + static_cast<std::ptrdiff_t>(out), is_same))
      stack_[out++] = item;
  }
  stack_.resize(out);
}

bool Machine::deep_equal(Range a, Range b) {
  if (a.count != b.count) return false;
  for (std::size_t i = 0; i < a.count; ++i) {
    const Item x = stack_[a.first + i];
    const Item y = stack_[b.first + i];
    const bool nodes = x.type == ItemType::Node;
    if (nodes != (y.type == ItemType::Node)) return false;
    const auto is_nan = [](const Item& item) {
      return item.type == ItemType::Double && std::isnan(item.floating);
    };
    if (nodes ? !deep_equal_nodes(x.node, y.node) : !equals(x, y) && !(is_nan(x) && is_nan(y)))
      return false;
  }
  return true;
}

// F&O 15.3.1: names, attributes in any order, and children in theirs. Subtrees lie on the tape in
// one stretch each, so that two of them are compared side by side.
bool Machine::deep_equal_nodes(TapeId a, TapeId b) {
  const auto nodes = tape_->nodes();
  if (nodes[a].kind != nodes[b].kind) return false;
  if (nodes[a].end - a != nodes[b].end - b) return false;
  for (TapeId i = 0; i < nodes[a].end - a; ++i) {
    const xml::TapeNode& x = nodes[a + i];
    const xml::TapeNode& y = nodes[b + i];
    step();
    if (x.kind != y.kind || x.end - (a + i) != y.end - (b + i)) return false;
    if (x.kind == TapeKind::Attribute && i > 0) {
      // Looked up among those of the other element.
      const TapeId owner = b + (x.parent - a);
      bool found = false;
      for (TapeId j = owner + 1; j < nodes[owner].end && nodes[j].kind == TapeKind::Attribute; ++j)
        found = found || (nodes[j].name == x.name && tape_->text(j) == tape_->text(x));
      if (!found) return false;
      continue;
    }
    if (x.name != y.name) return false;
    if (x.kind != TapeKind::Element && x.kind != TapeKind::Document &&
        tape_->text(x) != tape_->text(y)) {
      return false;
    }
  }
  return true;
}

void Machine::call_extension(const Inst& inst) {
  const ExtensionFunction& function = program_.functions[inst.c];
  const std::size_t first = stack_.size();
  ExtensionCall call{*tape_, focus_.has_item ? &focus_.item : nullptr, around_};
  call.count_ = inst.b;
  call.scratch_ = &extension_text_;
  for (std::size_t i = 0; i < inst.b; ++i) {
    const StaticType wanted = parameter_type(function.parameters, i);
    const Range range = eval_range(operand(inst, i));
    const bool is_wrong =
        (range.count == 0 && !wanted.may_be_empty) || (range.count > 1 && !wanted.may_be_many);
    if (is_wrong) throw DynamicError{Fault::Type};
    Item* const items = arena_->items(range.count);
    for (std::size_t k = 0; k < range.count; ++k)
      items[k] = converted(stack_[range.first + k], wanted);
    call.arguments_.at(i) = {items, range.count};
    stack_.resize(first);
  }
  step();
  try {
    function.run(call);
  } catch (const std::exception&) {
    throw DynamicError{Fault::Extension};
  }
  if (call.fault_) throw DynamicError{*call.fault_};
  const StaticType result = static_type(function.result);
  if (!call.result_) {
    if (!result.may_be_empty) throw DynamicError{Fault::Extension};
    return;
  }
  if (!result.may_be(call.result_->type)) throw DynamicError{Fault::Extension};
  push(call.result_->is_text() ? text_item(arena_->text(call.result_->text()), call.result_->type)
                               : *call.result_);
}

}  // namespace amparo::rules
