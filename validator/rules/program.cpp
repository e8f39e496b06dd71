// SPDX-License-Identifier: Apache-2.0
#include "validator/rules/program.hpp"

#include <array>

#include "validator/rules/calendar.hpp"

namespace amparo::rules {
namespace {

constexpr std::array<std::string_view, 28> kOps{
    "constant", "list",  "context", "root",      "variable", "path",     "filter",
    "map",      "and",   "or",      "general",   "value",    "identity", "arithmetic",
    "negate",   "range", "union",   "intersect", "except",   "if",       "for",
    "some",     "every", "cast",    "castable",  "instance", "treat",    "call"};
constexpr std::array<std::string_view, 12> kAxes{"child",
                                                 "descendant",
                                                 "attribute",
                                                 "self",
                                                 "descendant-or-self",
                                                 "following-sibling",
                                                 "following",
                                                 "parent",
                                                 "ancestor",
                                                 "preceding-sibling",
                                                 "preceding",
                                                 "ancestor-or-self"};
constexpr std::array<std::string_view, 6> kArithmetic{"+", "-", "*", "div", "idiv", "mod"};

std::string shown(const Item& item) {
  std::string out;
  if (item.is_text()) return "'" + std::string{item.text()} + "'";
  if (item.type == ItemType::Boolean) return item.number != 0 ? "true" : "false";
  if (item.is_numeric()) {
    append_number(out, item);
  } else {
    append_calendar(out, item);
  }
  return out;
}

class Dumper {
 public:
  explicit Dumper(const Program& program) : program_{program} {}

  std::uint32_t visit(InstId id) {
    const Inst& inst = program_[id];
    std::string line;
    const auto operand = [&](InstId of) { line += " %" + std::to_string(visit(of)); };
    const auto slot = [&] { line += " $" + program_.variables[inst.a]; };
    const auto comparison = [&] {
      line += " ";
      line += name(static_cast<Comparison>(inst.detail));
    };
    line += inst.op == Op::Extension ? "extension" : kOps.at(static_cast<std::size_t>(inst.op));
    switch (inst.op) {
      case Op::Constant:
        for (std::uint32_t i = 0; i < inst.b; ++i)
          line += " " + shown(program_.constants[inst.a + i]);
        break;
      case Op::Context:
      case Op::Root:
        break;
      case Op::Variable:
        slot();
        break;
      case Op::Path:
        if (inst.c != kNone) operand(inst.c);
        for (const Step& step : program_.steps_of(inst))
          line += " " + this->step(step);
        if ((inst.flags & kIsOrdered) == 0) line += " sorted";
        break;
      case Op::Filter:
        operand(inst.a);
        for (std::uint32_t i = 0; i < inst.c; ++i)
          line += predicate(program_.predicates[inst.b + i]);
        break;
      case Op::General:
      case Op::Value:
      case Op::Identity:
        comparison();
        operand(inst.a);
        operand(inst.b);
        break;
      case Op::Arithmetic:
        line += " ";
        line += kArithmetic.at(inst.detail);
        operand(inst.a);
        operand(inst.b);
        break;
      case Op::Map:
      case Op::And:
      case Op::Or:
      case Op::Range:
      case Op::Union:
      case Op::Intersect:
      case Op::Except:
        operand(inst.a);
        operand(inst.b);
        break;
      case Op::Negate:
        operand(inst.a);
        break;
      case Op::If:
        operand(inst.a);
        operand(inst.b);
        operand(inst.c);
        break;
      case Op::For:
      case Op::Some:
      case Op::Every:
        slot();
        operand(inst.b);
        operand(inst.c);
        break;
      case Op::Cast:
      case Op::Castable:
        operand(inst.a);
        line += " ";
        line += name(static_cast<ItemType>(inst.detail));
        break;
      case Op::Instance:
        operand(inst.a);
        line += " " + program_[inst.b].type.text();
        break;
      case Op::Treat:
        operand(inst.a);
        break;
      case Op::Call:
        line += " ";
        line += info_of(static_cast<Function>(inst.detail)).name;
        for (const InstId argument : program_.operands_of(inst))
          operand(argument);
        if (inst.c != kNone)
          line += program_.patterns[inst.c].has_automaton() ? " automaton" : " steps";
        break;
      case Op::Extension:
        line += " " + program_.functions[inst.c].local;
        for (const InstId argument : program_.operands_of(inst))
          operand(argument);
        break;
      case Op::List:
        for (const InstId item : program_.operands_of(inst))
          operand(item);
        break;
    }
    out_ += "%" + std::to_string(count_) + " = " + line + " : " + inst.type.text() + "\n";
    return count_++;
  }

  std::string step(const Step& step) {
    std::string line{name(step.axis)};
    line += "::" + test(step);
    for (const Predicate& of : program_.predicates_of(step))
      line += predicate(of);
    return line;
  }

  std::string take() { return std::move(out_); }

 private:
  std::string predicate(const Predicate& predicate) {
    switch (predicate.kind) {
      case Predicate::Kind::Number:
        return "[" + std::to_string(predicate.number) + "]";
      case Predicate::Kind::Last:
        return "[last]";
      case Predicate::Kind::Test:
        return "[%" + std::to_string(visit(predicate.test)) + "]";
      case Predicate::Kind::Positional:
        break;
    }
    return "[at %" + std::to_string(visit(predicate.test)) + "]";
  }

  [[nodiscard]] std::string of_name(std::uint32_t id) const {
    if (id == xml::kNoName) return "";
    const std::string uri{program_.names.uri(id)};
    const std::string local{program_.names.local(id)};
    return uri.empty() ? local : "{" + uri + "}" + local;
  }

  [[nodiscard]] std::string test(const Step& step) const {
    switch (step.test) {
      case NodeTest::Name:
        return of_name(step.name);
      case NodeTest::Any:
        return "*";
      case NodeTest::Space:
        return "{" + std::string{program_.names.space(step.name)} + "}*";
      case NodeTest::Local:
        return "*:" + program_.texts[step.name];
      case NodeTest::Node:
        return "node()";
      case NodeTest::Text:
        return "text()";
      case NodeTest::Element:
        return "element(" + of_name(step.name) + ")";
      case NodeTest::Attribute:
        return "attribute(" + of_name(step.name) + ")";
      case NodeTest::Document:
        return "document-node()";
      case NodeTest::Nothing:
        break;
    }
    return "nothing()";
  }

  const Program& program_;
  std::string out_{};
  std::uint32_t count_ = 0;
};

}  // namespace

std::string_view name(Axis axis) noexcept {
  return kAxes.at(static_cast<std::size_t>(axis));
}

std::string_view name(Comparison comparison) noexcept {
  static constexpr std::array<std::string_view, 6> kNames{"eq", "ne", "lt", "le", "gt", "ge"};
  return kNames.at(static_cast<std::size_t>(comparison));
}

std::string Program::dump(InstId root) const {
  Dumper dumper{*this};
  dumper.visit(root);
  return dumper.take();
}

std::string Program::dump(const Step& step) const {
  Dumper dumper{*this};
  const std::string line = dumper.step(step);
  return dumper.take() + line + "\n";
}

std::string Program::dump(const MatchPattern& pattern) const {
  Dumper dumper{*this};
  std::string line = "match";
  for (std::uint32_t i = 0; i < pattern.steps; ++i) {
    const MatchStep& step = match_steps[pattern.first_step + i];
    if (i > 0) line += step.is_ancestor ? " <<" : " <";
    line += " " + dumper.step(step.step);
  }
  if (pattern.is_rooted) line += " < document";
  if (pattern.key != kNone)
    line += (pattern.is_far ? " << %" : " < %") + std::to_string(dumper.visit(pattern.key));
  return dumper.take() + line + "\n";
}

}  // namespace amparo::rules
