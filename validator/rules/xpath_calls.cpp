// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "text/utf8.hpp"
#include "validator/rules/calendar.hpp"
#include "validator/rules/detail/xpath_parser.hpp"
#include "validator/rules/number.hpp"

namespace amparo::rules {
namespace {

// What a value of type `from` can be where `to` is wanted: by promotion, or because a node's value
// has no type of its own.
bool fits(std::uint16_t from, std::uint16_t to) {
  if ((from & to) != 0) return true;
  const auto untyped = static_cast<std::uint16_t>(StaticType::bit(ItemType::Node) |
                                                  StaticType::bit(ItemType::Untyped));
  if ((from & untyped) != 0) return true;
  const bool to_double = (to & StaticType::bit(ItemType::Double)) != 0;
  const bool to_decimal = (to & StaticType::bit(ItemType::Decimal)) != 0;
  if (to_double && (from & StaticType::kNumeric) != 0) return true;
  if (to_decimal && (from & StaticType::bit(ItemType::Integer)) != 0) return true;
  return false;
}

std::uint16_t atomized(std::uint16_t types) {
  if ((types & 1U) == 0) return types;
  return static_cast<std::uint16_t>((types & ~1U) | StaticType::bit(ItemType::Untyped));
}

// The groups that can be compared with one another.
std::uint16_t comparison_group(ItemType type) {
  switch (type) {
    case ItemType::Node:
    case ItemType::Untyped:
    case ItemType::String:
      return StaticType::bit(ItemType::String) | StaticType::bit(ItemType::Untyped);
    case ItemType::Integer:
    case ItemType::Decimal:
    case ItemType::Double:
      return StaticType::kNumeric;
    case ItemType::Duration:
    case ItemType::YearMonth:
    case ItemType::DayTime:
      return StaticType::kDurations;
    case ItemType::Boolean:
    case ItemType::Date:
    case ItemType::DateTime:
    case ItemType::Time:
      break;
  }
  return StaticType::bit(type);
}

}  // namespace

std::optional<ItemType> schema_type(std::string_view local) {
  struct Row {
    std::string_view local;
    ItemType type;
  };
  static constexpr Row kRows[] = {{"untypedAtomic", ItemType::Untyped},
                                  {"string", ItemType::String},
                                  {"boolean", ItemType::Boolean},
                                  {"integer", ItemType::Integer},
                                  {"decimal", ItemType::Decimal},
                                  {"double", ItemType::Double},
                                  {"date", ItemType::Date},
                                  {"dateTime", ItemType::DateTime},
                                  {"time", ItemType::Time},
                                  {"duration", ItemType::Duration},
                                  {"yearMonthDuration", ItemType::YearMonth},
                                  {"dayTimeDuration", ItemType::DayTime}};
  for (const Row& row : kRows)
    if (row.local == local) return row.type;
  return std::nullopt;
}

std::optional<Item> parse_item(std::string_view text, ItemType type) {
  switch (type) {
    case ItemType::Untyped:
    case ItemType::String:
      return text_item(text, type);
    case ItemType::Boolean:
      text = text::trim(text);
      if (text == "true" || text == "1") return boolean_item(true);
      if (text == "false" || text == "0") return boolean_item(false);
      return std::nullopt;
    case ItemType::Integer:
      return parse_integer(text);
    case ItemType::Decimal:
      return parse_decimal(text);
    case ItemType::Double:
      return parse_double(text);
    case ItemType::Date:
    case ItemType::DateTime:
    case ItemType::Time:
    case ItemType::Duration:
    case ItemType::YearMonth:
    case ItemType::DayTime:
      return parse_calendar(text, type);
    case ItemType::Node:
      break;
  }
  return std::nullopt;
}

InstId XPathParser::constant(const Item& item) {
  program_.constants.push_back(item);
  return program_.add({.op = Op::Constant,
                       .type = {StaticType::bit(item.type), false, false},
                       .a = static_cast<std::uint32_t>(program_.constants.size() - 1),
                       .b = 1});
}

InstId XPathParser::add_operands(Inst inst, const std::vector<InstId>& operands) {
  inst.a = static_cast<std::uint32_t>(program_.operands.size());
  inst.b = static_cast<std::uint32_t>(operands.size());
  program_.operands.insert(program_.operands.end(), operands.begin(), operands.end());
  return program_.add(inst);
}

InstId XPathParser::parse_primary() {
  const XPathToken& token = peek();
  switch (token.kind) {
    case Kind::Integer:
    case Kind::Decimal:
    case Kind::Double:
      return parse_number();
    case Kind::Literal: {
      std::string text;
      for (std::size_t i = 0; i < token.text.size(); ++i) {
        text += token.text[i];
        if (token.text[i] == token.prefix.front()) ++i;  // a quote inside is written twice
      }
      ++at_;
      return constant(string_item(program_.keep(std::move(text))));
    }
    case Kind::Name:
      return parse_call();
    default:
      break;
  }
  if (is_symbol("$")) return parse_variable();
  if (take_symbol(".")) {
    // Not known to be a node: "(1, 2)[. > 1]".
    return program_.add({.op = Op::Context, .type = static_type("I")});
  }
  if (!is_symbol("(")) refuse_here("an expression");
  ++at_;
  if (take_symbol(")")) return add_operands({.op = Op::List, .type = {0, true, true}}, {});
  const InstId inner = parse_expression();
  expect(")");
  return inner;
}

InstId XPathParser::parse_number() {
  const XPathToken& token = peek();
  const ItemType type = token.kind == Kind::Integer   ? ItemType::Integer
                        : token.kind == Kind::Decimal ? ItemType::Decimal
                                                      : ItemType::Double;
  try {
    const auto value = parse_item(token.text, type);
    ++at_;
    return constant(value.value_or(integer_item(0)));
  } catch (const DynamicError&) {
    refuse(token.at, "xpath-number", {{"found", {std::string{token.text}}}});
  }
}

InstId XPathParser::parse_variable() {
  const std::size_t at = peek().at;
  expect("$");
  if (peek().kind != Kind::Name) refuse_here("a name");
  const std::string name = shown(peek());
  ++at_;
  for (auto known = context_.variables.rbegin(); known != context_.variables.rend(); ++known)
    if (known->name == name)
      return program_.add({.op = Op::Variable, .type = known->type, .a = known->slot});
  refuse(at, "xpath-variable", {{"name", {name}}});
}

std::string XPathParser::uri_of(const XPathToken& token) const {
  const auto known = context_.namespaces.find(token.prefix);
  if (known != context_.namespaces.end()) return known->second;
  // So that a rule need not declare what every rule uses.
  if (token.prefix == "xs") return std::string{kSchemaNamespace};
  if (token.prefix == "fn") return std::string{kFunctionNamespace};
  if (token.prefix == "xml") return "http://www.w3.org/XML/1998/namespace";
  refuse(token.at, "xpath-prefix", {{"prefix", {std::string{token.prefix}}}});
}

std::optional<ItemType> XPathParser::atomic_type(const XPathToken& token) const {
  if (token.prefix.empty() || uri_of(token) != kSchemaNamespace) return std::nullopt;
  return schema_type(token.text);
}

InstId XPathParser::parse_call() {
  const XPathToken name = peek();
  ++at_;
  expect("(");
  std::vector<InstId> arguments;
  while (!is_symbol(")")) {
    if (!arguments.empty()) expect(",");
    arguments.push_back(parse_single());
  }
  ++at_;
  const std::string uri = name.prefix.empty() ? std::string{kFunctionNamespace} : uri_of(name);
  if (uri == kSchemaNamespace) return make_constructor(name, arguments);
  if (uri == kFunctionNamespace) {
    const FunctionInfo* const info = find_function(name.text, arguments.size());
    if (info != nullptr) return make_call(*info, name, std::move(arguments));
  } else if (const auto id = program_.functions.find(uri, name.text, arguments.size());
             id != xml::kNoName) {
    const ExtensionFunction& function = program_.functions[id];
    for (std::size_t i = 0; i < arguments.size(); ++i)
      check_argument(type_of(arguments[i]), parameter_type(function.parameters, i), name.at);
    return add_operands({.op = Op::Extension, .type = static_type(function.result), .c = id},
                        arguments);
  }
  refuse(name.at,
         "xpath-function",
         {{"name", {shown(name)}}, {"count", {std::to_string(arguments.size())}}});
}

InstId XPathParser::make_constructor(const XPathToken& name, const std::vector<InstId>& arguments) {
  const auto type = schema_type(name.text);
  if (!type || arguments.size() != 1)
    refuse(name.at,
           "xpath-function",
           {{"name", {shown(name)}}, {"count", {std::to_string(arguments.size())}}});
  return make_cast(arguments.front(), *type, true, name.at);
}

InstId XPathParser::make_cast(InstId operand, ItemType type, bool allows_empty, std::size_t at) {
  const StaticType& given = type_of(operand);
  const auto text = literal_text(operand);
  if (text && type != ItemType::Untyped) {
    // A literal is cast once and for all; one that cannot be is an error of the rule itself.
    std::optional<Item> value;
    try {
      value = parse_item(*text, type);
    } catch (const DynamicError&) {
      value.reset();
    }
    if (!value)
      refuse(at,
             "xpath-cast",
             {{"value", {std::string{*text}}}, {"type", {std::string{rules::name(type)}}}});
    return constant(*value);
  }
  const bool is_optional = given.may_be_empty && allows_empty;
  return program_.add({.op = Op::Cast,
                       .detail = static_cast<std::uint8_t>(type),
                       .flags = allows_empty ? kAllowsEmpty : std::uint8_t{0},
                       .type = {StaticType::bit(type), is_optional, false},
                       .a = operand});
}

std::optional<std::string_view> XPathParser::literal_text(InstId id) const {
  const Inst& inst = program_[id];
  if (inst.op != Op::Constant || inst.b != 1) return std::nullopt;
  const Item& item = program_.constants[inst.a];
  if (item.type != ItemType::String) return std::nullopt;
  return item.text();
}

InstId XPathParser::make_call(const FunctionInfo& info,
                              const XPathToken& name,
                              std::vector<InstId> arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i)
    check_argument(type_of(arguments[i]), parameter_type(info.parameters, i), name.at);
  Inst inst{.op = Op::Call,
            .detail = static_cast<std::uint8_t>(info.id),
            .type = static_type(info.result)};
  const auto type_from = [&](std::size_t index) {
    return atomized(type_of(arguments[index]).types);
  };
  switch (info.id) {
    case Function::Position:
    case Function::Last:
      uses_position_ = true;
      break;
    case Function::Matches:
    case Function::Replace:
    case Function::Tokenize:
      compile_pattern_argument(name, inst, arguments);
      break;
    case Function::Abs:
    case Function::Ceiling:
    case Function::Floor:
    case Function::Round:
    case Function::RoundHalfToEven: {
      const auto types = type_from(0);
      inst.type.types = static_cast<std::uint16_t>(types & StaticType::kNumeric);
      if ((types & StaticType::bit(ItemType::Untyped)) != 0)
        inst.type.types |= StaticType::bit(ItemType::Double);
      inst.type.may_be_empty = type_of(arguments[0]).may_be_empty;
      break;
    }
    case Function::Sum:
    case Function::Avg:
    case Function::Min:
    case Function::Max: {
      auto types = type_from(0);
      if ((types & StaticType::bit(ItemType::Untyped)) != 0)
        types |= StaticType::bit(ItemType::Double);
      if (info.id == Function::Sum) types |= StaticType::bit(ItemType::Integer);
      if (info.id == Function::Sum && arguments.size() == 2) types |= type_from(1);
      if (info.id == Function::Avg) types |= StaticType::bit(ItemType::Decimal);
      inst.type.types = static_cast<std::uint16_t>(types & ~StaticType::bit(ItemType::Untyped));
      inst.type.may_be_empty =
          info.id == Function::Sum ? arguments.size() == 2 : type_of(arguments[0]).may_be_empty;
      break;
    }
    case Function::Data:
    case Function::DistinctValues:
      inst.type.types = type_from(0);
      inst.type.may_be_many = type_of(arguments[0]).may_be_many;
      break;
    case Function::ExactlyOne:
    case Function::OneOrMore:
    case Function::ZeroOrOne:
    case Function::Reverse:
    case Function::Subsequence:
    case Function::Remove:
    case Function::Unordered:
      inst.type.types = type_of(arguments[0]).types;
      break;
    case Function::Current:
      inst.type = static_type("N");
      break;
    default:
      break;
  }
  return add_operands(inst, arguments);
}

// A pattern that is a literal is compiled here, and what is wrong with it said here.
void XPathParser::compile_pattern_argument(const XPathToken& name,
                                           Inst& inst,
                                           const std::vector<InstId>& args) {
  const std::size_t flags_at = info_of(static_cast<Function>(inst.detail)).least;
  const auto pattern = literal_text(args[1]);
  const bool has_flags = args.size() > flags_at;
  const auto flags = has_flags ? literal_text(args[flags_at]) : std::optional<std::string_view>{""};
  if (!pattern || !flags) return;
  auto compiled = text::XPathPattern::compile(*pattern, *flags);
  if (!compiled) refuse(name.at, "xpath-regex", {{"reason", {compiled.error().message}}});
  inst.c = static_cast<std::uint32_t>(program_.patterns.size());
  program_.patterns.push_back(*std::move(compiled));
}

void XPathParser::check_argument(const StaticType& given,
                                 const StaticType& wanted,
                                 std::size_t at) const {
  const bool can_be_empty = given.may_be_empty && wanted.may_be_empty;
  if (given.types == 0 ? wanted.may_be_empty : can_be_empty) return;
  if (given.types != 0 && fits(given.types, wanted.types)) return;
  if (given.types != 0 && (given.types & 1U) != 0 && wanted.types != 1U) return;
  refuse(at, "xpath-type", {{"expected", {wanted.text()}}, {"found", {given.text()}}});
}

void XPathParser::check_nodes(InstId id, std::size_t at) const {
  const StaticType& given = type_of(id);
  if (given.types == 0 || given.may_be(ItemType::Node)) return;
  refuse(at, "xpath-type", {{"expected", {"node()*"}}, {"found", {given.text()}}});
}

void XPathParser::check_comparable(InstId a, InstId b, bool is_general, std::size_t at) const {
  const std::uint16_t left = atomized(type_of(a).types);
  const std::uint16_t right = atomized(type_of(b).types);
  if (left == 0 || right == 0) return;
  const auto untyped = StaticType::bit(ItemType::Untyped);
  if (is_general && ((left | right) & untyped) != 0) return;
  std::uint16_t comparable = 0;
  for (std::size_t i = 0; i < kItemTypeCount; ++i)
    if ((left >> i & 1U) != 0) comparable |= comparison_group(static_cast<ItemType>(i));
  if ((comparable & right) != 0) return;
  refuse(at, "xpath-compare", {{"left", {type_of(a).text()}}, {"right", {type_of(b).text()}}});
}

StaticType XPathParser::arithmetic_type(Arithmetic operation,
                                        InstId a,
                                        InstId b,
                                        std::size_t at) const {
  using enum ItemType;
  StaticType result{0, type_of(a).may_be_empty || type_of(b).may_be_empty, false};
  const auto number = [](std::uint16_t types) {
    types = atomized(types);
    if ((types & StaticType::bit(Untyped)) != 0) types |= StaticType::bit(Double);
    return types;
  };
  const std::uint16_t left = number(type_of(a).types);
  const std::uint16_t right = number(type_of(b).types);
  const auto has = [](std::uint16_t types, ItemType type) {
    return (types & StaticType::bit(type)) != 0;
  };
  const auto add = [&](ItemType type) { result.types |= StaticType::bit(type); };
  const bool is_sum = operation == Arithmetic::Add || operation == Arithmetic::Subtract;
  for (const ItemType x : {Integer, Decimal, Double}) {
    for (const ItemType y : {Integer, Decimal, Double}) {
      if (!has(left, x) || !has(right, y)) continue;
      const ItemType wider = std::max(x, y);
      if (operation == Arithmetic::IntegerDivide) {
        add(Integer);
      } else {
        add(operation == Arithmetic::Divide && wider == Integer ? Decimal : wider);
      }
    }
  }
  for (const ItemType duration : {YearMonth, DayTime}) {
    for (const ItemType point : {Date, DateTime, Time}) {
      if (point == Time && duration == YearMonth) continue;
      if (is_sum && has(left, point) && has(right, duration)) add(point);
      if (operation == Arithmetic::Add && has(left, duration) && has(right, point)) add(point);
    }
    if (has(left, duration) && has(right, duration)) {
      if (is_sum) add(duration);
      if (operation == Arithmetic::Divide) add(Decimal);
    }
    const bool scales = operation == Arithmetic::Multiply || operation == Arithmetic::Divide;
    if (scales && has(left, duration) && (right & StaticType::kNumeric) != 0) add(duration);
    if (operation == Arithmetic::Multiply && (left & StaticType::kNumeric) != 0 &&
        has(right, duration)) {
      add(duration);
    }
  }
  for (const ItemType point : {Date, DateTime, Time})
    if (operation == Arithmetic::Subtract && has(left, point) && has(right, point)) add(DayTime);
  const bool is_certain = left != 0 && right != 0;
  if (result.types == 0 && is_certain)
    refuse(at, "xpath-operands", {{"left", {type_of(a).text()}}, {"right", {type_of(b).text()}}});
  return result;
}

}  // namespace amparo::rules
