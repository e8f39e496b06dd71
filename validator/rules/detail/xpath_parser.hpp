// SPDX-License-Identifier: Apache-2.0
// The parser of expressions and patterns, by recursive descent:
//   xpath_parser.cpp  operators, for, some, every, if, types
//   xpath_paths.cpp   paths, steps, predicates; patterns of XSLT
//   xpath_calls.cpp   literals, variables, calls; what types operands may have
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "validator/rules/detail/xpath_lexer.hpp"
#include "validator/rules/xpath.hpp"

namespace amparo::rules {

/// Thrown inside the parser, caught at its door.
struct XPathRefusal {
  XPathFault fault;
};

class XPathParser {
 public:
  XPathParser(Program& program, const StaticContext& context, std::vector<XPathToken> tokens)
      : program_{program}, context_{context}, tokens_{std::move(tokens)} {}

  InstId parse_whole();
  PatternRange parse_whole_pattern();

 private:
  using Kind = XPathToken::Kind;
  // A type as written behind "as" or "of".
  struct SequenceType {
    StaticType type{};
    NodeTest test = NodeTest::Node;
    std::uint32_t name = xml::kNoName;
  };
  // A path while it is read.
  struct Path {
    InstId start = kNone;
    bool has_start = false;
    std::vector<Step> steps{};
  };

  // tokens
  [[nodiscard]] const XPathToken& peek(std::size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  [[nodiscard]] bool is_symbol(std::string_view symbol, std::size_t ahead = 0) const {
    return peek(ahead).kind == Kind::Symbol && peek(ahead).text == symbol;
  }
  [[nodiscard]] bool is_word(std::string_view word, std::size_t ahead = 0) const {
    const XPathToken& token = peek(ahead);
    return token.kind == Kind::Name && token.prefix.empty() && token.text == word;
  }
  bool take_symbol(std::string_view symbol);
  bool take_word(std::string_view word);
  void expect(std::string_view symbol);
  void expect_word(std::string_view word);
  [[noreturn]] void refuse(std::size_t at, std::string key, Params params = {}) const;
  [[noreturn]] void refuse_here(std::string_view expected) const;
  [[nodiscard]] static std::string shown(const XPathToken& token);
  void enter();

  // xpath_parser.cpp
  InstId parse_expression();
  InstId parse_single();
  InstId parse_for(std::size_t at);
  InstId parse_quantified(Op op);
  InstId parse_bindings(Op op, std::string_view last_word);
  InstId parse_if();
  InstId parse_or();
  InstId parse_and();
  InstId parse_comparison();
  InstId parse_range();
  InstId parse_additive();
  InstId parse_multiplicative();
  InstId parse_union();
  InstId parse_intersect();
  InstId parse_instance();
  InstId parse_treat();
  InstId parse_castable();
  InstId parse_cast();
  InstId parse_unary();
  SequenceType parse_sequence_type();
  std::pair<ItemType, bool> parse_single_type();
  void parse_occurrence(StaticType& type);

  // xpath_paths.cpp
  InstId parse_path();
  void parse_relative(Path& path);
  void parse_step(Path& path);
  [[nodiscard]] bool is_axis_step() const;
  Step parse_axis_step();
  void parse_node_test(Step& step);
  bool parse_kind_test(Step& step);
  std::vector<Predicate> parse_predicates();
  Predicate parse_predicate();
  void add_predicates(Step& step, const std::vector<Predicate>& predicates);
  InstId finish(Path path);
  [[nodiscard]] bool is_ordered(const Path& path) const;
  void parse_one_pattern();
  void parse_pattern_steps(std::vector<MatchStep>& steps, bool after_key);
  std::uint32_t element_name(const XPathToken& token, bool is_attribute);

  // xpath_calls.cpp
  InstId parse_primary();
  InstId parse_number();
  InstId parse_variable();
  InstId parse_call();
  InstId make_call(const FunctionInfo& info, const XPathToken& name, std::vector<InstId> arguments);
  InstId make_constructor(const XPathToken& name, const std::vector<InstId>& arguments);
  InstId make_cast(InstId operand, ItemType type, bool allows_empty, std::size_t at);
  InstId constant(const Item& item);
  InstId add_operands(Inst inst, const std::vector<InstId>& operands);
  void compile_pattern_argument(const XPathToken& name,
                                Inst& inst,
                                const std::vector<InstId>& args);
  [[nodiscard]] std::optional<std::string_view> literal_text(InstId id) const;
  [[nodiscard]] std::string uri_of(const XPathToken& token) const;
  [[nodiscard]] std::optional<ItemType> atomic_type(const XPathToken& token) const;
  void check_argument(const StaticType& given, const StaticType& wanted, std::size_t at) const;
  void check_nodes(InstId id, std::size_t at) const;
  void check_comparable(InstId a, InstId b, bool is_general, std::size_t at) const;
  StaticType arithmetic_type(Arithmetic operation, InstId a, InstId b, std::size_t at) const;
  [[nodiscard]] const StaticType& type_of(InstId id) const { return program_.insts[id].type; }

  static constexpr std::uint32_t kMostNesting = 200;

  Program& program_;
  StaticContext context_;
  std::vector<XPathToken> tokens_;
  std::size_t at_ = 0;
  std::uint32_t depth_ = 0;
  bool uses_position_ = false;  // position() or last() of the innermost focus
};

/// The atomic type of XML Schema with this local name, if the subset has it.
[[nodiscard]] std::optional<ItemType> schema_type(std::string_view local);
/// A text as one of another type; nothing when it is not of that type.
[[nodiscard]] std::optional<Item> parse_item(std::string_view text, ItemType type);

}  // namespace amparo::rules
