// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "validator/rules/detail/xpath_parser.hpp"

namespace amparo::rules {
namespace {

struct AxisName {
  std::string_view name;
  Axis axis;
};
constexpr AxisName kAxes[] = {{"child", Axis::Child},
                              {"descendant", Axis::Descendant},
                              {"attribute", Axis::Attribute},
                              {"self", Axis::Self},
                              {"descendant-or-self", Axis::DescendantOrSelf},
                              {"following-sibling", Axis::FollowingSibling},
                              {"following", Axis::Following},
                              {"parent", Axis::Parent},
                              {"ancestor", Axis::Ancestor},
                              {"preceding-sibling", Axis::PrecedingSibling},
                              {"preceding", Axis::Preceding},
                              {"ancestor-or-self", Axis::AncestorOrSelf}};

constexpr std::string_view kKindTests[] = {
    "node", "text", "element", "attribute", "document-node", "comment", "processing-instruction"};

bool is_kind_test(std::string_view name) {
  return std::find(std::begin(kKindTests), std::end(kKindTests), name) != std::end(kKindTests);
}

Step any_node(Axis axis) {
  Step step;
  step.axis = axis;
  return step;
}

}  // namespace

InstId XPathParser::parse_path() {
  enter();
  Path path;
  if (is_symbol("/") || is_symbol("//")) {
    const bool is_far = is_symbol("//");
    const std::size_t at = peek().at;
    ++at_;
    path.start = program_.add({.op = Op::Root, .type = static_type("N")});
    path.has_start = true;
    if (is_far) path.steps.push_back(any_node(Axis::DescendantOrSelf));
    const bool goes_on = is_axis_step() || peek().kind == Kind::Literal || is_symbol("(") ||
                         is_symbol("$") || is_symbol(".");
    if (!goes_on && is_far) refuse(at, "xpath-expected-end", {{"expected", {"a step"}}});
    if (!goes_on) {
      --depth_;
      return finish(std::move(path));
    }
  }
  parse_relative(path);
  --depth_;
  return finish(std::move(path));
}

void XPathParser::parse_relative(Path& path) {
  parse_step(path);
  while (is_symbol("/") || is_symbol("//")) {
    const bool is_far = is_symbol("//");
    const std::size_t at = peek().at;
    ++at_;
    if (path.steps.empty()) check_nodes(path.start, at);
    if (is_far) path.steps.push_back(any_node(Axis::DescendantOrSelf));
    parse_step(path);
  }
}

bool XPathParser::is_axis_step() const {
  const XPathToken& token = peek();
  switch (token.kind) {
    case Kind::Star:
    case Kind::SpaceStar:
    case Kind::StarLocal:
      return true;
    case Kind::Symbol:
      return token.text == "@" || token.text == "..";
    case Kind::Name:
      if (!is_symbol("(", 1)) return true;
      return token.prefix.empty() && is_kind_test(token.text);
    default:
      return false;
  }
}

void XPathParser::parse_step(Path& path) {
  if (is_axis_step()) {
    Step step = parse_axis_step();
    path.steps.push_back(step);
    path.has_start = path.has_start || path.start != kNone;
    return;
  }
  // A primary: what it sees in its focus is each item of what is before it.
  const bool is_first = !path.has_start && path.steps.empty();
  const bool uses_position = uses_position_;
  InstId primary = parse_primary();
  const auto predicates = parse_predicates();
  if (!is_first) uses_position_ = uses_position;
  if (!predicates.empty()) {
    const auto first = static_cast<std::uint32_t>(program_.predicates.size());
    program_.predicates.insert(program_.predicates.end(), predicates.begin(), predicates.end());
    StaticType type = type_of(primary);
    type.may_be_empty = true;
    primary = program_.add({.op = Op::Filter,
                            .type = type,
                            .a = primary,
                            .b = first,
                            .c = static_cast<std::uint32_t>(predicates.size())});
  }
  if (!is_first) {
    const InstId before = finish(std::move(path));
    path = Path{};
    primary = program_.add(
        {.op = Op::Map, .type = {type_of(primary).types, true, true}, .a = before, .b = primary});
  }
  path.start = primary;
  path.has_start = true;
}

Step XPathParser::parse_axis_step() {
  Step step;
  if (take_symbol("..")) {
    step.axis = Axis::Parent;
  } else {
    if (take_symbol("@")) {
      step.axis = Axis::Attribute;
    } else if (peek().kind == Kind::Name && is_symbol("::", 1)) {
      const auto* const known =
          std::find_if(std::begin(kAxes), std::end(kAxes), [this](const AxisName& axis) {
            return is_word(axis.name);
          });
      if (known == std::end(kAxes))
        refuse(peek().at, "xpath-axis", {{"name", {std::string{peek().text}}}});
      step.axis = known->axis;
      at_ += 2;
    } else if (is_word("attribute") && is_symbol("(", 1)) {
      step.axis = Axis::Attribute;
    }
    parse_node_test(step);
  }
  add_predicates(step, parse_predicates());
  return step;
}

std::uint32_t XPathParser::element_name(const XPathToken& token, bool /*is_attribute*/) {
  const std::string uri = token.prefix.empty() ? std::string{} : uri_of(token);
  const std::uint32_t name = program_.names.intern(uri, token.text);
  if (name == xml::kNoName) refuse(token.at, "xpath-names");
  return name;
}

void XPathParser::parse_node_test(Step& step) {
  const XPathToken& token = peek();
  switch (token.kind) {
    case Kind::Star:
      step.test = NodeTest::Any;
      break;
    case Kind::SpaceStar:
      step.test = NodeTest::Space;
      step.name = program_.names.intern_space(uri_of(token));
      break;
    case Kind::StarLocal:
      step.test = NodeTest::Local;
      step.name = static_cast<std::uint32_t>(program_.texts.size());
      program_.texts.emplace_back(token.text);
      break;
    case Kind::Name:
      if (is_symbol("(", 1)) {
        if (!parse_kind_test(step)) refuse_here("a node test");
        return;
      }
      step.test = NodeTest::Name;
      step.name = element_name(token, step.axis == Axis::Attribute);
      break;
    default:
      refuse_here("a name or a node test");
  }
  ++at_;
}

bool XPathParser::parse_kind_test(Step& step) {
  const XPathToken& kind = peek();
  if (!kind.prefix.empty() || !is_kind_test(kind.text)) return false;
  at_ += 2;
  if (kind.text == "node") {
    step.test = NodeTest::Node;
  } else if (kind.text == "text") {
    step.test = NodeTest::Text;
  } else if (kind.text == "document-node") {
    step.test = NodeTest::Document;
  } else if (kind.text == "element" || kind.text == "attribute") {
    step.test = kind.text == "element" ? NodeTest::Element : NodeTest::Attribute;
    if (peek().kind == Kind::Star) {
      ++at_;
    } else if (peek().kind == Kind::Name) {
      step.name = element_name(peek(), step.test == NodeTest::Attribute);
      ++at_;
    }
  } else {
    step.test = NodeTest::Nothing;
    if (peek().kind == Kind::Name || peek().kind == Kind::Literal) ++at_;
  }
  expect(")");
  return true;
}

std::vector<Predicate> XPathParser::parse_predicates() {
  std::vector<Predicate> predicates;
  while (take_symbol("["))
    predicates.push_back(parse_predicate());
  return predicates;
}

Predicate XPathParser::parse_predicate() {
  const bool outer = uses_position_;
  uses_position_ = false;
  Predicate predicate;
  predicate.test = parse_expression();
  expect("]");
  const Inst& test = program_[predicate.test];
  const auto is_last = [&test] {
    return test.op == Op::Call && test.detail == static_cast<std::uint8_t>(Function::Last);
  };
  if (test.op == Op::Constant && test.b == 1 &&
      program_.constants[test.a].type == ItemType::Integer) {
    predicate.kind = Predicate::Kind::Number;
    predicate.number = program_.constants[test.a].number;
  } else if (is_last()) {
    predicate.kind = Predicate::Kind::Last;
  } else if (uses_position_ || (test.type.types & StaticType::kNumeric) != 0) {
    predicate.kind = Predicate::Kind::Positional;
  }
  uses_position_ = outer;
  return predicate;
}

void XPathParser::add_predicates(Step& step, const std::vector<Predicate>& predicates) {
  step.first_predicate = static_cast<std::uint32_t>(program_.predicates.size());
  step.predicates = static_cast<std::uint32_t>(predicates.size());
  for (const Predicate& predicate : predicates) {
    program_.predicates.push_back(predicate);
    step.is_positional = step.is_positional || predicate.kind != Predicate::Kind::Test;
  }
}

// Whether walking the steps one in another gives document order without a node twice.
bool XPathParser::is_ordered(const Path& path) const {
  enum class Set : std::uint8_t { One, Apart, Nested };  // Apart: none inside another
  Set set = Set::One;
  if (path.start != kNone) {
    const Inst& start = program_[path.start];
    if (start.type.may_be_many) {
      const bool is_path = start.op == Op::Path || start.op == Op::Union ||
                           start.op == Op::Intersect || start.op == Op::Except;
      if (!is_path) return false;
      set = Set::Nested;
    }
  }
  for (const Step& step : path.steps) {
    switch (step.axis) {
      case Axis::Self:
        break;
      case Axis::Attribute:
        set = Set::Apart;
        break;
      case Axis::Child:
        if (set == Set::Nested) return false;
        set = Set::Apart;
        break;
      case Axis::Descendant:
      case Axis::DescendantOrSelf:
        if (set == Set::Nested) return false;
        set = Set::Nested;
        break;
      case Axis::Parent:
        if (set != Set::One) return false;
        break;
      case Axis::FollowingSibling:
        if (set != Set::One) return false;
        set = Set::Apart;
        break;
      case Axis::Following:
        if (set != Set::One) return false;
        set = Set::Nested;
        break;
      case Axis::Ancestor:
      case Axis::AncestorOrSelf:
      case Axis::Preceding:
      case Axis::PrecedingSibling:
        return false;
    }
  }
  return true;
}

InstId XPathParser::finish(Path path) {
  if (path.steps.empty()) return path.start;
  // "//n" is descendant::n, unless a position counts among the children of each.
  std::vector<Step> steps;
  for (const Step& step : path.steps) {
    const bool is_short = !steps.empty() && steps.back().axis == Axis::DescendantOrSelf &&
                          steps.back().test == NodeTest::Node && steps.back().predicates == 0 &&
                          step.axis == Axis::Child && !step.is_positional;
    if (!is_short) {
      steps.push_back(step);
      continue;
    }
    steps.back() = step;
    steps.back().axis = Axis::Descendant;
  }
  path.steps = std::move(steps);
  const bool ordered = is_ordered(path);
  const auto is_single = [](const Step& step) {
    if (step.axis == Axis::Parent || step.axis == Axis::Self) return true;
    return step.axis == Axis::Attribute && step.test == NodeTest::Name;
  };
  StaticType type = static_type("N*");
  type.may_be_many = (path.start != kNone && program_[path.start].type.may_be_many) ||
                     !std::all_of(path.steps.begin(), path.steps.end(), is_single);
  const auto first = static_cast<std::uint32_t>(program_.steps.size());
  program_.steps.insert(program_.steps.end(), path.steps.begin(), path.steps.end());
  return program_.add({.op = Op::Path,
                       .flags = ordered ? kIsOrdered : std::uint8_t{0},
                       .type = type,
                       .a = first,
                       .b = static_cast<std::uint32_t>(path.steps.size()),
                       .c = path.start});
}

PatternRange XPathParser::parse_whole_pattern() {
  PatternRange range{static_cast<std::uint32_t>(program_.match_patterns.size()), 0};
  std::vector<MatchPattern> found;
  do {
    const auto before = program_.match_patterns.size();
    parse_one_pattern();
    found.insert(found.end(),
                 program_.match_patterns.begin() + static_cast<std::ptrdiff_t>(before),
                 program_.match_patterns.end());
    program_.match_patterns.resize(before);
  } while (take_symbol("|"));
  if (peek().kind != Kind::End) refuse_here("\"|\", \"/\" or the end of the pattern");
  range.first = static_cast<std::uint32_t>(program_.match_patterns.size());
  range.count = static_cast<std::uint32_t>(found.size());
  program_.match_patterns.insert(program_.match_patterns.end(), found.begin(), found.end());
  return range;
}

void XPathParser::parse_one_pattern() {
  MatchPattern pattern;
  std::vector<MatchStep> steps;
  if (is_symbol("/")) {
    pattern.is_rooted = true;
    ++at_;
    if (is_axis_step()) parse_pattern_steps(steps, false);
  } else if (is_symbol("//")) {
    ++at_;
    parse_pattern_steps(steps, false);
  } else if (is_word("key") && is_symbol("(", 1)) {
    pattern.key = parse_call();
    if (is_symbol("/") || is_symbol("//")) {
      pattern.is_far = is_symbol("//");
      ++at_;
      parse_pattern_steps(steps, true);
    }
  } else {
    parse_pattern_steps(steps, false);
  }
  std::reverse(steps.begin(), steps.end());
  pattern.first_step = static_cast<std::uint32_t>(program_.match_steps.size());
  pattern.steps = static_cast<std::uint32_t>(steps.size());
  program_.match_steps.insert(program_.match_steps.end(), steps.begin(), steps.end());
  program_.match_patterns.push_back(pattern);
}

void XPathParser::parse_pattern_steps(std::vector<MatchStep>& steps, bool /*after_key*/) {
  while (true) {
    const std::size_t at = peek().at;
    if (!is_axis_step()) refuse_here("a step of a pattern");
    MatchStep step;
    step.step = parse_axis_step();
    const bool fits = (step.step.axis == Axis::Child || step.step.axis == Axis::Attribute);
    if (!fits) refuse(at, "xpath-pattern-axis");
    steps.push_back(step);
    if (!is_symbol("/") && !is_symbol("//")) return;
    steps.back().is_ancestor = is_symbol("//");
    ++at_;
  }
}

Result<PatternRange, XPathFault> compile_pattern(Program& program,
                                                 const StaticContext& context,
                                                 std::string_view text) {
  auto tokens = tokenize_xpath(text);
  if (!tokens) return Fail{tokens.error()};
  try {
    return XPathParser{program, context, *std::move(tokens)}.parse_whole_pattern();
  } catch (const XPathRefusal& refusal) {
    return Fail{refusal.fault};
  }
}

}  // namespace amparo::rules
