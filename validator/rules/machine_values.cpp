// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "validator/rules/calendar.hpp"
#include "validator/rules/detail/xpath_parser.hpp"
#include "validator/rules/machine.hpp"

namespace amparo::rules {
namespace {

bool holds(Comparison comparison, int order) {
  switch (comparison) {
    case Comparison::Equal:
      return order == 0;
    case Comparison::NotEqual:
      return order != 0;
    case Comparison::Less:
      return order < 0;
    case Comparison::LessOrEqual:
      return order <= 0;
    case Comparison::Greater:
      return order > 0;
    case Comparison::GreaterOrEqual:
      return order >= 0;
  }
  return false;
}

int sign(int value) {
  return value < 0 ? -1 : value > 0 ? 1 : 0;
}

Comparison mirrored(Comparison comparison) {
  switch (comparison) {
    case Comparison::Less:
      return Comparison::Greater;
    case Comparison::LessOrEqual:
      return Comparison::GreaterOrEqual;
    case Comparison::Greater:
      return Comparison::Less;
    case Comparison::GreaterOrEqual:
      return Comparison::LessOrEqual;
    case Comparison::Equal:
    case Comparison::NotEqual:
      break;
  }
  return comparison;
}

}  // namespace

Item Machine::atomic(const Item& item) const {
  if (item.type != ItemType::Node) return item;
  return text_item(tape_->text(item.node), ItemType::Untyped);
}

// The text of an atomic value; made ones live in the arena.
std::string_view Machine::text_of(const Item& item) {
  if (item.is_text()) return item.text();
  if (item.type == ItemType::Node) return tape_->text(item.node);
  if (item.type == ItemType::Boolean) return item.number != 0 ? "true" : "false";
  scratch_.clear();
  if (item.is_numeric()) {
    append_number(scratch_, item);
  } else {
    append_calendar(scratch_, item);
  }
  return arena_->text(scratch_);
}

Item Machine::cast(const Item& item, ItemType type) {
  if (item.type == type) return item;
  if (type == ItemType::String || type == ItemType::Untyped) return text_item(text_of(item), type);
  if (item.is_text()) {
    const auto value = parse_item(item.text(), type);
    if (!value) throw DynamicError{Fault::Cast};
    return *value;
  }
  const bool is_number = item.is_numeric() || item.type == ItemType::Boolean;
  Item number = item;
  if (item.type == ItemType::Boolean) number.type = ItemType::Integer;
  switch (type) {
    case ItemType::Boolean:
      if (!item.is_numeric()) break;
      return boolean_item(compare_numbers(item, integer_item(0)) % 2 != 0);
    case ItemType::Integer:
      if (is_number) return to_integer(number);
      break;
    case ItemType::Decimal:
      if (is_number) return to_decimal(number);
      break;
    case ItemType::Double:
      if (is_number) return double_item(to_double(number));
      break;
    default:
      if (item.is_point() || item.is_duration())
        if (const auto value = cast_calendar(item, type)) return *value;
      break;
  }
  throw DynamicError{Fault::Type};
}

bool Machine::is_castable(const Item& item, ItemType type) {
  try {
    static_cast<void>(cast(item, type));
    return true;
  } catch (const DynamicError&) {
    return false;
  }
}

bool Machine::compare(Comparison comparison, const Item& a, const Item& b) {
  if (a.is_text() && b.is_text()) {
    // By code point, which is by byte in UTF-8.
    return holds(comparison, sign(a.text().compare(b.text())));
  }
  if (a.is_numeric() && b.is_numeric()) {
    const int order = compare_numbers(a, b);
    return order == 2 ? comparison == Comparison::NotEqual : holds(comparison, order);
  }
  if (a.type == ItemType::Boolean && b.type == ItemType::Boolean)
    return holds(comparison, static_cast<int>(a.number - b.number));
  if (a.is_point() && a.type == b.type)
    return holds(comparison, compare_points(a, b, around_.implicit_timezone));
  if (a.is_duration() && b.is_duration()) {
    if (comparison == Comparison::Equal) return are_equal_durations(a, b);
    if (comparison == Comparison::NotEqual) return !are_equal_durations(a, b);
    return holds(comparison, compare_durations(a, b));
  }
  throw DynamicError{Fault::Type};
}

// XPath 2.0, 3.5.2: an untyped operand takes the type of the other.
bool Machine::compare_general(Comparison comparison, const Item& a, const Item& b) {
  const bool a_untyped = a.type == ItemType::Untyped;
  const bool b_untyped = b.type == ItemType::Untyped;
  if (a_untyped == b_untyped || (a.is_text() && b.is_text())) return compare(comparison, a, b);
  const Item& typed = a_untyped ? b : a;
  const ItemType wanted = typed.is_numeric() ? ItemType::Double : typed.type;
  return a_untyped ? compare(comparison, cast(a, wanted), b)
                   : compare(comparison, a, cast(b, wanted));
}

bool Machine::equals(const Item& a, const Item& b) {
  const bool comparable = (a.is_text() && b.is_text()) || (a.is_numeric() && b.is_numeric()) ||
                          (a.is_duration() && b.is_duration()) || a.type == b.type;
  return comparable && compare(Comparison::Equal, a, b);
}

bool Machine::eval_general(const Inst& inst) {
  auto comparison = static_cast<Comparison>(inst.detail);
  InstId walked = inst.a;
  InstId other = inst.b;
  if (program_[walked].op != Op::Path) {
    std::swap(walked, other);
    comparison = mirrored(comparison);
  }
  if (program_[walked].op != Op::Path) {
    std::swap(walked, other);
    comparison = mirrored(comparison);
  }
  // One side is held, the other is walked until a pair is found.
  const Inst& held = program_[other];
  std::size_t first = stack_.size();
  std::size_t count = 0;
  const Item* constants = nullptr;
  if (held.op == Op::Constant) {
    constants = &program_.constants[held.a];
    count = held.b;
  } else {
    const Range range = eval_range(other);
    atomize(range.first);
    first = range.first;
    count = range.count;
  }
  bool found = false;
  if (count > 0) {
    const auto is_pair = [&](const Item& item) {
      for (std::size_t i = 0; i < count; ++i) {
        step();
        if (compare_general(
                comparison, item, constants != nullptr ? constants[i] : stack_[first + i]))
          return true;
      }
      return false;
    };
    if (program_[walked].op == Op::Path) {
      auto look = [&](xml::TapeId node) {
        found = is_pair(atomic(node_item(node)));
        return !found;
      };
      walk_path(program_[walked], sink(look));
    } else {
      const Range range = eval_range(walked);
      for (std::size_t i = 0; i < range.count && !found; ++i)
        found = is_pair(atomic(stack_[range.first + i]));
      stack_.resize(range.first);
    }
  }
  if (constants == nullptr) stack_.resize(first);
  return found;
}

void Machine::eval_value_comparison(const Inst& inst) {
  Item a;
  Item b;
  if (!eval_atomic(inst.a, a) || !eval_atomic(inst.b, b)) return;
  push(boolean_item(compare(static_cast<Comparison>(inst.detail), a, b)));
}

void Machine::eval_identity(const Inst& inst) {
  const auto node_of = [this](InstId id, xml::TapeId& node) {
    const Range range = eval_range(id);
    if (range.count == 0) return false;
    const Item item = stack_[range.first];
    stack_.resize(range.first);
    if (range.count > 1 || item.type != ItemType::Node) throw DynamicError{Fault::Type};
    node = item.node;
    return true;
  };
  xml::TapeId a = 0;
  xml::TapeId b = 0;
  if (!node_of(inst.a, a) || !node_of(inst.b, b)) return;
  push(boolean_item(holds(static_cast<Comparison>(inst.detail), a < b ? -1 : a > b ? 1 : 0)));
}

Item Machine::number_of(const Item& item) {
  if (item.is_numeric()) return item;
  if (item.type == ItemType::Untyped) return cast(item, ItemType::Double);
  throw DynamicError{Fault::Type};
}

Item Machine::arithmetic(Arithmetic operation, const Item& a, const Item& b) {
  const bool is_sum = operation == Arithmetic::Add || operation == Arithmetic::Subtract;
  const bool backwards = operation == Arithmetic::Subtract;
  if (is_sum && a.is_point() && b.is_duration()) return shifted(a, b, backwards);
  if (operation == Arithmetic::Add && a.is_duration() && b.is_point()) return shifted(b, a, false);
  if (backwards && a.is_point() && a.type == b.type)
    return difference(a, b, around_.implicit_timezone);
  if (a.is_duration() && b.is_duration()) {
    if (is_sum) return added(a, b, backwards);
    if (operation == Arithmetic::Divide) return quotient(a, b);
    throw DynamicError{Fault::Type};
  }
  if (a.is_duration() || b.is_duration()) {
    const Item number = number_of(a.is_duration() ? b : a);
    const double factor = to_double(number);
    if (operation == Arithmetic::Multiply) return multiplied(a.is_duration() ? a : b, factor);
    if (operation != Arithmetic::Divide || b.is_duration()) throw DynamicError{Fault::Type};
    if (factor == 0) throw DynamicError{Fault::Overflow};
    return multiplied(a, 1 / factor);
  }
  return calculate(operation, number_of(a), number_of(b));
}

void Machine::eval_arithmetic(const Inst& inst) {
  Item a;
  Item b;
  const bool has_a = eval_atomic(inst.a, a);
  const bool has_b = eval_atomic(inst.b, b);
  if (has_a && has_b) push(arithmetic(static_cast<Arithmetic>(inst.detail), a, b));
}

void Machine::eval_negate(const Inst& inst) {
  Item item;
  if (eval_atomic(inst.a, item)) push(negated(number_of(item)));
}

// The conversion rules of function calls (XPath 2.0, 3.1.5) for one item.
Item Machine::converted(const Item& item, const StaticType& wanted) {
  if (wanted.types == StaticType::kAnyItem || wanted.is_nodes()) {
    if (wanted.is_nodes() && item.type != ItemType::Node) throw DynamicError{Fault::Type};
    return item;
  }
  const Item value = atomic(item);
  if (wanted.may_be(value.type)) return value;
  if (value.type == ItemType::Untyped) {
    if (wanted.types == StaticType::kNumeric || wanted.may_be(ItemType::Double))
      return cast(value, ItemType::Double);
    for (std::size_t i = 0; i < kItemTypeCount; ++i)
      if ((wanted.types >> i & 1U) != 0) return cast(value, static_cast<ItemType>(i));
  }
  if (value.is_numeric() && wanted.may_be(ItemType::Double)) return double_item(to_double(value));
  if (value.type == ItemType::Integer && wanted.may_be(ItemType::Decimal)) return to_decimal(value);
  throw DynamicError{Fault::Type};
}

}  // namespace amparo::rules
