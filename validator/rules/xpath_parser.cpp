// SPDX-License-Identifier: Apache-2.0
#include "validator/rules/detail/xpath_parser.hpp"

#include <algorithm>
#include <array>

#include "text/utf8.hpp"

namespace amparo::rules {
namespace {

StaticType boolean_type() {
  return static_type("b");
}

}  // namespace

bool XPathParser::take_symbol(std::string_view symbol) {
  if (!is_symbol(symbol)) return false;
  ++at_;
  return true;
}

bool XPathParser::take_word(std::string_view word) {
  if (!is_word(word)) return false;
  ++at_;
  return true;
}

void XPathParser::expect(std::string_view symbol) {
  if (!take_symbol(symbol)) refuse_here("\"" + std::string{symbol} + "\"");
}

void XPathParser::expect_word(std::string_view word) {
  if (!take_word(word)) refuse_here("\"" + std::string{word} + "\"");
}

void XPathParser::refuse(std::size_t at, std::string key, Params params) const {
  throw XPathRefusal{{at, std::move(key), std::move(params)}};
}

std::string XPathParser::shown(const XPathToken& token) {
  if (token.kind == Kind::Literal) return "'" + std::string{token.text} + "'";
  if (token.kind == Kind::StarLocal) return "*:" + std::string{token.text};
  std::string out{token.prefix};
  if (!out.empty()) out += ':';
  return out + std::string{token.text};
}

void XPathParser::refuse_here(std::string_view expected) const {
  const XPathToken& token = peek();
  if (token.kind == Kind::End)
    refuse(token.at, "xpath-expected-end", {{"expected", {std::string{expected}}}});
  refuse(token.at,
         "xpath-expected",
         {{"expected", {std::string{expected}}}, {"found", {shown(token)}}});
}

void XPathParser::enter() {
  if (++depth_ > kMostNesting)
    refuse(peek().at, "xpath-deep", {{"limit", {std::to_string(kMostNesting)}}});
}

InstId XPathParser::parse_whole() {
  const InstId root = parse_expression();
  if (peek().kind != Kind::End) refuse_here("the end of the expression");
  return root;
}

InstId XPathParser::parse_expression() {
  std::vector<InstId> items{parse_single()};
  while (take_symbol(","))
    items.push_back(parse_single());
  if (items.size() == 1) return items.front();
  StaticType type{0, true, true};
  for (const InstId item : items)
    type.types = static_cast<std::uint16_t>(type.types | type_of(item).types);
  Inst list{.op = Op::List, .type = type};
  return add_operands(list, items);
}

InstId XPathParser::parse_single() {
  enter();
  InstId result = kNone;
  if (is_word("for") && is_symbol("$", 1)) {
    ++at_;
    result = parse_bindings(Op::For, "return");
  } else if ((is_word("some") || is_word("every")) && is_symbol("$", 1)) {
    const Op op = is_word("some") ? Op::Some : Op::Every;
    ++at_;
    result = parse_bindings(op, "satisfies");
  } else if (is_word("if") && is_symbol("(", 1)) {
    result = parse_if();
  } else {
    result = parse_or();
  }
  --depth_;
  return result;
}

// $a in X, $b in Y return Z: one instruction for each variable, the last one innermost.
InstId XPathParser::parse_bindings(Op op, std::string_view last_word) {
  enter();
  expect("$");
  const XPathToken& name = peek();
  if (name.kind != Kind::Name) refuse_here("a name");
  ++at_;
  expect_word("in");
  const InstId in = parse_single();
  const auto slot = static_cast<std::uint32_t>(program_.variables.size());
  program_.variables.push_back(shown(name));
  context_.variables.push_back({shown(name), slot, {type_of(in).types, false, false}});
  InstId inner = kNone;
  if (take_symbol(",")) {
    inner = parse_bindings(op, last_word);
  } else {
    expect_word(last_word);
    inner = parse_single();
  }
  context_.variables.pop_back();
  --depth_;
  Inst inst{.op = op, .type = boolean_type(), .a = slot, .b = in, .c = inner};
  if (op == Op::For) inst.type = {type_of(inner).types, true, true};
  return program_.add(inst);
}

InstId XPathParser::parse_if() {
  at_ += 2;
  const InstId test = parse_expression();
  expect(")");
  expect_word("then");
  const InstId yes = parse_single();
  expect_word("else");
  const InstId no = parse_single();
  const StaticType& a = type_of(yes);
  const StaticType& b = type_of(no);
  return program_.add({.op = Op::If,
                       .type = {static_cast<std::uint16_t>(a.types | b.types),
                                a.may_be_empty || b.may_be_empty,
                                a.may_be_many || b.may_be_many},
                       .a = test,
                       .b = yes,
                       .c = no});
}

InstId XPathParser::parse_or() {
  InstId left = parse_and();
  while (take_word("or"))
    left = program_.add({.op = Op::Or, .type = boolean_type(), .a = left, .b = parse_and()});
  return left;
}

InstId XPathParser::parse_and() {
  InstId left = parse_comparison();
  while (take_word("and")) {
    const InstId right = parse_comparison();
    left = program_.add({.op = Op::And, .type = boolean_type(), .a = left, .b = right});
  }
  return left;
}

InstId XPathParser::parse_comparison() {
  struct Row {
    std::string_view symbol;
    Op op;
    Comparison comparison;
  };
  static constexpr Row kRows[] = {
      {"=", Op::General, Comparison::Equal},
      {"!=", Op::General, Comparison::NotEqual},
      {"<", Op::General, Comparison::Less},
      {"<=", Op::General, Comparison::LessOrEqual},
      {">", Op::General, Comparison::Greater},
      {">=", Op::General, Comparison::GreaterOrEqual},
      {"eq", Op::Value, Comparison::Equal},
      {"ne", Op::Value, Comparison::NotEqual},
      {"lt", Op::Value, Comparison::Less},
      {"le", Op::Value, Comparison::LessOrEqual},
      {"gt", Op::Value, Comparison::Greater},
      {"ge", Op::Value, Comparison::GreaterOrEqual},
      {"is", Op::Identity, Comparison::Equal},
      {"<<", Op::Identity, Comparison::Less},
      {">>", Op::Identity, Comparison::Greater},
  };
  const InstId left = parse_range();
  const auto* const row = std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& known) {
    return is_symbol(known.symbol) || is_word(known.symbol);
  });
  if (row == std::end(kRows)) return left;
  const std::size_t at = peek().at;
  ++at_;
  const InstId right = parse_range();
  Inst inst{.op = row->op,
            .detail = static_cast<std::uint8_t>(row->comparison),
            .type = boolean_type(),
            .a = left,
            .b = right};
  if (row->op == Op::Identity) {
    check_nodes(left, at);
    check_nodes(right, at);
  } else {
    check_comparable(left, right, row->op == Op::General, at);
  }
  if (row->op != Op::General)
    inst.type.may_be_empty = type_of(left).may_be_empty || type_of(right).may_be_empty;
  return program_.add(inst);
}

InstId XPathParser::parse_range() {
  const InstId left = parse_additive();
  const std::size_t at = peek().at;
  if (!take_word("to")) return left;
  const InstId right = parse_additive();
  check_argument(type_of(left), static_type("i?"), at);
  check_argument(type_of(right), static_type("i?"), at);
  return program_.add({.op = Op::Range, .type = static_type("i*"), .a = left, .b = right});
}

InstId XPathParser::parse_additive() {
  InstId left = parse_multiplicative();
  while (is_symbol("+") || is_symbol("-")) {
    const std::size_t at = peek().at;
    const auto operation = is_symbol("+") ? Arithmetic::Add : Arithmetic::Subtract;
    ++at_;
    const InstId right = parse_multiplicative();
    left = program_.add({.op = Op::Arithmetic,
                         .detail = static_cast<std::uint8_t>(operation),
                         .type = arithmetic_type(operation, left, right, at),
                         .a = left,
                         .b = right});
  }
  return left;
}

InstId XPathParser::parse_multiplicative() {
  InstId left = parse_union();
  while (true) {
    const std::size_t at = peek().at;
    auto operation = Arithmetic::Multiply;
    if (is_word("div")) {
      operation = Arithmetic::Divide;
    } else if (is_word("idiv")) {
      operation = Arithmetic::IntegerDivide;
    } else if (is_word("mod")) {
      operation = Arithmetic::Modulo;
    } else if (peek().kind != Kind::Star) {
      return left;
    }
    ++at_;
    const InstId right = parse_union();
    left = program_.add({.op = Op::Arithmetic,
                         .detail = static_cast<std::uint8_t>(operation),
                         .type = arithmetic_type(operation, left, right, at),
                         .a = left,
                         .b = right});
  }
}

InstId XPathParser::parse_union() {
  InstId left = parse_intersect();
  while (is_word("union") || is_symbol("|")) {
    const std::size_t at = peek().at;
    ++at_;
    const InstId right = parse_intersect();
    check_nodes(left, at);
    check_nodes(right, at);
    left = program_.add({.op = Op::Union, .type = static_type("N*"), .a = left, .b = right});
  }
  return left;
}

InstId XPathParser::parse_intersect() {
  InstId left = parse_instance();
  while (is_word("intersect") || is_word("except")) {
    const std::size_t at = peek().at;
    const Op op = is_word("intersect") ? Op::Intersect : Op::Except;
    ++at_;
    const InstId right = parse_instance();
    check_nodes(left, at);
    check_nodes(right, at);
    left = program_.add({.op = op, .type = static_type("N*"), .a = left, .b = right});
  }
  return left;
}

InstId XPathParser::parse_instance() {
  const InstId left = parse_treat();
  if (!is_word("instance") || !is_word("of", 1)) return left;
  at_ += 2;
  const SequenceType type = parse_sequence_type();
  // The type that is asked for stands in a constant of its own: type is that of the answer.
  const InstId asked = program_.add({.op = Op::Context, .type = type.type});
  return program_.add({.op = Op::Instance,
                       .detail = static_cast<std::uint8_t>(type.test),
                       .type = boolean_type(),
                       .a = left,
                       .b = asked,
                       .c = type.name});
}

InstId XPathParser::parse_treat() {
  const InstId left = parse_castable();
  if (!is_word("treat") || !is_word("as", 1)) return left;
  at_ += 2;
  const SequenceType type = parse_sequence_type();
  return program_.add({.op = Op::Treat,
                       .detail = static_cast<std::uint8_t>(type.test),
                       .type = type.type,
                       .a = left,
                       .b = kNone,
                       .c = type.name});
}

InstId XPathParser::parse_castable() {
  const InstId left = parse_cast();
  if (!is_word("castable") || !is_word("as", 1)) return left;
  at_ += 2;
  const auto [type, allows_empty] = parse_single_type();
  return program_.add({.op = Op::Castable,
                       .detail = static_cast<std::uint8_t>(type),
                       .flags = allows_empty ? kAllowsEmpty : std::uint8_t{0},
                       .type = boolean_type(),
                       .a = left});
}

InstId XPathParser::parse_cast() {
  const InstId left = parse_unary();
  const std::size_t at = peek().at;
  if (!is_word("cast") || !is_word("as", 1)) return left;
  at_ += 2;
  const auto [type, allows_empty] = parse_single_type();
  return make_cast(left, type, allows_empty, at);
}

InstId XPathParser::parse_unary() {
  bool is_negative = false;
  bool has_sign = false;
  const std::size_t at = peek().at;
  while (is_symbol("-") || is_symbol("+")) {
    has_sign = true;
    if (is_symbol("-")) is_negative = !is_negative;
    ++at_;
  }
  const InstId operand = parse_path();
  if (!has_sign) return operand;
  check_argument(type_of(operand), static_type("n?"), at);
  StaticType type = type_of(operand);
  type.types = static_cast<std::uint16_t>(type.types & StaticType::kNumeric);
  if (type.types == 0 || type_of(operand).may_be(ItemType::Untyped) ||
      type_of(operand).may_be(ItemType::Node)) {
    type.types = static_cast<std::uint16_t>(type.types | StaticType::bit(ItemType::Double));
  }
  type.may_be_many = false;
  // A plus sign asks for a number as well: it is the opposite of the opposite.
  InstId result = program_.add({.op = Op::Negate, .type = type, .a = operand});
  if (!is_negative) result = program_.add({.op = Op::Negate, .type = type, .a = result});
  return result;
}

void XPathParser::parse_occurrence(StaticType& type) {
  type.may_be_empty = is_symbol("?") || peek().kind == Kind::Star;
  type.may_be_many = peek().kind == Kind::Star || is_symbol("+");
  if (type.may_be_empty || type.may_be_many) ++at_;
}

XPathParser::SequenceType XPathParser::parse_sequence_type() {
  SequenceType result;
  const XPathToken& token = peek();
  if (token.kind != Kind::Name) refuse_here("a type");
  if (is_symbol("(", 1)) {
    if (is_word("empty-sequence") || is_word("item")) {
      const bool is_item = is_word("item");
      at_ += 2;
      expect(")");
      result.type = {is_item ? StaticType::kAnyItem : std::uint16_t{0}, true, true};
      if (is_item) parse_occurrence(result.type);
      return result;
    }
    Step step;
    if (!parse_kind_test(step)) refuse_here("a type");
    result.test = step.test;
    result.name = step.name;
    result.type = static_type("N");
    parse_occurrence(result.type);
    return result;
  }
  if (uri_of(token) == kSchemaNamespace && token.text == "anyAtomicType") {
    result.type = static_type("a");
  } else {
    const auto type = atomic_type(token);
    if (!type) refuse(token.at, "xpath-type-name", {{"name", {shown(token)}}});
    result.type.types = StaticType::bit(*type);
    // Each integer is a decimal.
    if (*type == ItemType::Decimal) result.type.types |= StaticType::bit(ItemType::Integer);
    if (*type == ItemType::Duration) result.type.types = StaticType::kDurations;
  }
  ++at_;
  parse_occurrence(result.type);
  return result;
}

std::pair<ItemType, bool> XPathParser::parse_single_type() {
  const XPathToken& token = peek();
  if (token.kind != Kind::Name) refuse_here("a type");
  const auto type = atomic_type(token);
  if (!type) refuse(token.at, "xpath-type-name", {{"name", {shown(token)}}});
  ++at_;
  return {*type, take_symbol("?")};
}

Result<InstId, XPathFault> compile_expression(Program& program,
                                              const StaticContext& context,
                                              std::string_view text) {
  auto tokens = tokenize_xpath(text);
  if (!tokens) return Fail{tokens.error()};
  try {
    return XPathParser{program, context, *std::move(tokens)}.parse_whole();
  } catch (const XPathRefusal& refusal) {
    return Fail{refusal.fault};
  }
}

TextPlace place_in(std::string_view text, std::size_t at) {
  TextPlace place;
  const std::string_view before = text.substr(0, at);
  place.line += static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  const std::size_t line = before.rfind('\n');
  place.column +=
      text::count_code_points(before.substr(line == std::string_view::npos ? 0 : line + 1));
  return place;
}

}  // namespace amparo::rules
