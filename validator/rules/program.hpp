// SPDX-License-Identifier: Apache-2.0
// Compiled expressions: one flat table of instructions, each of which names its operands by their
// numbers, with pools of constants, steps and patterns beside it. Made by xpath_parser.cpp, run by
// machine.hpp, printed by dump(). Immutable once made: const is safe from many threads.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/xpath_pattern.hpp"
#include "validator/rules/functions.hpp"
#include "validator/rules/item.hpp"
#include "validator/rules/number.hpp"
#include "xml/tape.hpp"

namespace amparo::rules {

inline constexpr std::uint32_t kNone = 0xFFFFFFFFU;
/// Index of an instruction.
using InstId = std::uint32_t;

enum class Op : std::uint8_t {
  Constant,    ///< constants a to a + b
  List,        ///< operands a to a + b, one after the other
  Context,     ///< .
  Root,        ///< the root of the context node
  Variable,    ///< slot a
  Path,        ///< steps a to a + b, from c or the context; flags: kIsOrdered
  Filter,      ///< a with predicates b to b + c
  Map,         ///< a / b, where b is no step
  And,         ///< a, b
  Or,          ///< a, b
  General,     ///< a = b; detail: Comparison
  Value,       ///< a eq b; detail: Comparison
  Identity,    ///< a is b, a << b, a >> b; detail: Comparison Equal, Less, Greater
  Arithmetic,  ///< a + b; detail: Arithmetic
  Negate,      ///< -a
  Range,       ///< a to b
  Union,       ///< a, b
  Intersect,   ///< a, b
  Except,      ///< a, b
  If,          ///< a then b else c
  For,         ///< slot a in b return c
  Some,        ///< slot a in b satisfies c
  Every,       ///< slot a in b satisfies c
  Cast,        ///< a; detail: ItemType; flags: kAllowsEmpty
  Castable,    ///< a; detail: ItemType; flags: kAllowsEmpty
  Instance,    ///< a instance of type types, occurrence
  Treat,       ///< a treat as
  Call,        ///< Function detail, operands a to a + b; c: pattern, if it is constant
  Extension    ///< extension c, operands a to a + b
};

inline constexpr std::uint8_t kIsOrdered = 1;
inline constexpr std::uint8_t kAllowsEmpty = 1;

enum class Comparison : std::uint8_t {
  Equal,
  NotEqual,
  Less,
  LessOrEqual,
  Greater,
  GreaterOrEqual
};

struct Inst {
  Op op = Op::Constant;
  std::uint8_t detail = 0;
  std::uint8_t flags = 0;
  StaticType type{};  ///< of its value, as far as it is known
  std::uint32_t a = kNone;
  std::uint32_t b = kNone;
  std::uint32_t c = kNone;
};

enum class Axis : std::uint8_t {
  Child,
  Descendant,
  Attribute,
  Self,
  DescendantOrSelf,
  FollowingSibling,
  Following,
  Parent,
  Ancestor,
  PrecedingSibling,
  Preceding,
  AncestorOrSelf
};
[[nodiscard]] constexpr bool is_reverse(Axis axis) noexcept {
  return axis >= Axis::Parent;
}

enum class NodeTest : std::uint8_t {
  Name,       ///< of the principal kind of the axis, with name `name`
  Any,        ///< *: of the principal kind
  Space,      ///< p:*: `name` is a number of a namespace
  Local,      ///< *:name: `name` is an index into texts
  Node,       ///< node()
  Text,       ///< text()
  Element,    ///< element(), element(n): `name` or kNoName
  Attribute,  ///< attribute(), attribute(n)
  Document,   ///< document-node()
  Nothing     ///< comment(), processing-instruction(): the tape holds none
};

struct Predicate {
  enum class Kind : std::uint8_t {
    Test,       ///< a truth that does not depend on position and size
    Number,     ///< the position that is `number`
    Last,       ///< last()
    Positional  ///< anything else
  };
  Kind kind = Kind::Test;
  InstId test = kNone;
  std::int64_t number = 0;
};

struct Step {
  Axis axis = Axis::Child;
  NodeTest test = NodeTest::Node;
  bool is_positional = false;  ///< has a predicate that is no Test
  std::uint32_t name = xml::kNoName;
  std::uint32_t first_predicate = 0;
  std::uint32_t predicates = 0;
};

/// A pattern as XSLT has it, for contexts of rules and keys: steps from the node upwards.
struct MatchStep {
  Step step{};               ///< axis Child or Attribute
  bool is_ancestor = false;  ///< of the node below it, at any distance ("a//b"), not its parent
};
struct MatchPattern {
  std::uint32_t first_step = 0;  ///< the last step of the pattern comes first
  std::uint32_t steps = 0;
  bool is_rooted = false;  ///< begins with "/": above the last step is the document
  bool is_far = false;     ///< begins with key(...)//
  InstId key = kNone;      ///< begins with key(...): above the last step is one of its nodes
};

/// xsl:key.
struct KeyDefinition {
  std::string name;
  std::uint32_t first_pattern = 0;
  std::uint32_t patterns = 0;
  InstId use = kNone;
};

struct Program {
  std::vector<Inst> insts{};
  std::vector<InstId> operands{};
  std::vector<Step> steps{};
  std::vector<Predicate> predicates{};
  std::vector<Item> constants{};
  std::vector<MatchStep> match_steps{};
  std::vector<MatchPattern> match_patterns{};
  std::vector<KeyDefinition> keys{};
  std::deque<std::string> texts{};  ///< what constants point into
  std::vector<text::XPathPattern> patterns{};
  std::vector<std::string> variables{};  ///< by slot, for the dump
  FunctionLibrary functions{};
  xml::TapeNames names{};

  [[nodiscard]] const Inst& operator[](InstId id) const noexcept { return insts[id]; }
  [[nodiscard]] std::span<const InstId> operands_of(const Inst& inst) const noexcept {
    return std::span{operands}.subspan(inst.a, inst.b);
  }
  [[nodiscard]] std::span<const Step> steps_of(const Inst& inst) const noexcept {
    return std::span{steps}.subspan(inst.a, inst.b);
  }
  [[nodiscard]] std::span<const Predicate> predicates_of(const Step& step) const noexcept {
    return std::span{predicates}.subspan(step.first_predicate, step.predicates);
  }
  InstId add(const Inst& inst) {
    insts.push_back(inst);
    return static_cast<InstId>(insts.size() - 1);
  }
  [[nodiscard]] std::string_view keep(std::string text) {
    return texts.emplace_back(std::move(text));
  }

  /// One instruction a line, operands before what needs them.
  [[nodiscard]] std::string dump(InstId root) const;
  [[nodiscard]] std::string dump(const Step& step) const;
  [[nodiscard]] std::string dump(const MatchPattern& pattern) const;
};

[[nodiscard]] std::string_view name(Axis axis) noexcept;
[[nodiscard]] std::string_view name(Comparison comparison) noexcept;  ///< "eq"

}  // namespace amparo::rules
