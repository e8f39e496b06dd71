// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "validator/xsd/compiled_schema.hpp"
#include "validator/xsd/simple_types.hpp"

namespace amparo::xsd {
namespace {

template <typename Id>
std::string number(Id id) {
  return std::to_string(index(id));
}

class Dump {
 public:
  explicit Dump(const CompiledSchema& schema) : s_{schema} {}

  std::string run() {
    line("namespace ", quoted(s_.uri(s_.target_namespace())));
    for (std::size_t i = 0; i < s_.elements().size(); ++i)
      element(static_cast<ElementId>(i));
    for (std::size_t i = 1; i < s_.complex_types().size(); ++i)
      type(static_cast<ComplexTypeId>(i));
    const auto globals = s_.globals();
    for (const GlobalRow& row : globals) {
      if (row.attribute != AttributeId::None) attribute("attribute ", s_[row.attribute]);
    }
    for (const NameId notation : s_.notations())
      line("notation ", name(notation));
    const auto simple = amparo::xsd::dump(s_.simple_types());
    if (!simple.empty()) out_ += "simple types\n" + simple;
    return std::move(out_);
  }

 private:
  template <typename... Parts>
  void line(const Parts&... parts) {
    ((out_ += parts), ...);
    out_ += '\n';
  }
  static std::string quoted(std::string_view text) { return '"' + std::string{text} + '"'; }

  [[nodiscard]] std::string name(NameId id) const {
    if (id == NameId::None) return "-";
    const ExpandedName& row = s_[id];
    const std::string local{s_.local(id)};
    if (row.space == s_.target_namespace()) return local;
    return '{' + std::string{s_.uri(row.space)} + '}' + local;
  }
  [[nodiscard]] std::string type_name(TypeRef type) const {
    if (is_simple(type)) {
      const TypeId id = simple_type(type);
      const auto& tables = s_.simple_types();
      const bool has_name =
          static_cast<std::size_t>(id) < kBuiltInCount || tables[id].type_name.size != 0;
      return has_name ? tables.display_name(id)
                      : "simple#" + std::to_string(static_cast<std::uint32_t>(id));
    }
    if (type == TypeRef::AnyType) return "xs:anyType";
    const ComplexTypeRow& row = s_[complex_type(type)];
    return row.name == NameId::None ? "type#" + number(complex_type(type)) : name(row.name);
  }
  static std::string methods(DerivationSet set) {
    std::string text;
    if ((set & kExtension) != 0) text += " extension";
    if ((set & kRestriction) != 0) text += " restriction";
    if ((set & kSubstitution) != 0) text += " substitution";
    return text;
  }
  [[nodiscard]] std::string value(ValueConstraint kind, TextSpan text) const {
    if (kind == ValueConstraint::None) return {};
    return (kind == ValueConstraint::Fixed ? " fixed=" : " default=") + quoted(s_.text(text));
  }

  void element(ElementId id) {
    const ElementRow& row = s_[id];
    std::string text = "element " + number(id) + ' ' + name(row.name) + ": " + type_name(row.type);
    if (row.is_global()) text += " global";
    if (row.is_nillable()) text += " nillable";
    if (row.is_abstract()) text += " abstract";
    text += value(row.value_constraint, row.value);
    if (row.substitution_head != ElementId::None) {
      text += " for=" + name(s_[row.substitution_head].name);
    }
    if (row.block != kNothing) text += " block" + methods(row.block);
    if (row.final_set != kNothing) text += " final" + methods(row.final_set);
    line(text);
    for (const ConstraintRow& constraint_row : s_.rows(s_.constraints(), row.constraints))
      constraint(constraint_row);
  }

  void constraint(const ConstraintRow& row) {
    constexpr std::array kKinds{"unique", "key", "keyref"};
    std::string text = std::string{"  "} + kKinds.at(static_cast<std::size_t>(row.kind)) + ' ' +
                       name(row.name) + " select " + paths(row.selector);
    for (const FieldRow& field : s_.rows(s_.fields(), row.fields))
      text += " field " + paths(field.paths);
    if (row.refers_to != ConstraintId::None) text += " refers " + name(s_[row.refers_to].name);
    line(text);
  }
  [[nodiscard]] std::string paths(IdRange range) const {
    std::string text;
    for (const PathRow& path : s_.rows(s_.paths(), range)) {
      if (!text.empty()) text += '|';
      text += path.is_anywhere != 0 ? ".//" : path.steps.count == 0 ? "." : "";
      std::string steps;
      for (const PathStep& step : s_.rows(s_.path_steps(), path.steps)) {
        if (!steps.empty()) steps += '/';
        if (step.axis == PathStep::Axis::Attribute) steps += '@';
        if (step.test == PathStep::Test::Name) steps += name(static_cast<NameId>(step.id));
        if (step.test == PathStep::Test::Any) steps += '*';
        if (step.test == PathStep::Test::AnyOfNamespace) {
          steps += '{' + std::string{s_.uri(static_cast<NamespaceId>(step.id))} + "}*";
        }
      }
      text += steps;
    }
    return text;
  }

  void type(ComplexTypeId id) {
    constexpr std::array kContents{"empty", "simple", "elements", "mixed"};
    const ComplexTypeRow& row = s_[id];
    std::string text = "type " + type_name(type_ref(id)) +
                       (row.derivation == kExtension ? " extends " : " restricts ") +
                       type_name(row.base) + ' ' +
                       kContents.at(static_cast<std::size_t>(row.content));
    if (row.content == ContentKind::Simple) text += ' ' + type_name(type_ref(row.simple_type));
    if (row.is_abstract()) text += " abstract";
    if (row.block != kNothing) text += " block" + methods(row.block);
    line(text);
    for (const AttributeRow& use : s_.rows(s_.attributes(), row.attributes))
      attribute("  @", use);
    if (row.attribute_wildcard != WildcardId::None) {
      line("  @", wildcard(row.attribute_wildcard));
    }
    if (row.model != ModelId::None) model(s_[row.model]);
  }
  void attribute(std::string_view before, const AttributeRow& row) {
    line(before,
         name(row.name),
         ": ",
         type_name(type_ref(row.type)),
         row.is_required != 0 ? " required" : "",
         value(row.value_constraint, row.value));
  }
  [[nodiscard]] std::string wildcard(WildcardId id) const {
    constexpr std::array kProcessing{"strict", "lax", "skip"};
    const WildcardRow& row = s_[id];
    std::string text = "*";
    if (row.rule == NamespaceRule::Not) text += "not(" + quoted(s_.uri(row.excluded)) + ')';
    if (row.rule == NamespaceRule::OneOf) {
      std::string listed;
      for (const NamespaceId space : s_.rows(s_.wildcard_namespaces(), row.listed))
        listed += (listed.empty() ? "" : " ") + quoted(s_.uri(space));
      text += '(' + listed + ')';
    }
    return text + ' ' + kProcessing.at(static_cast<std::size_t>(row.process));
  }

  void model(const ContentModelRow& row) {
    if (row.kind == ModelKind::All) {
      line("  all", row.is_optional != 0 ? " optional" : "");
      for (const AllMemberRow& member : s_.rows(s_.all_members(), row.members)) {
        line("    bit ",
             std::to_string(member.bit),
             ' ',
             name(member.name),
             '#',
             number(member.element),
             member.is_required != 0 ? " required" : "");
      }
      return;
    }
    std::size_t counter = 0;
    for (const CounterRow& bounds : s_.rows(s_.counters(), row.counters)) {
      line("  counter ",
           std::to_string(counter++),
           " from ",
           std::to_string(bounds.min),
           " to ",
           bounds.max == kNoId ? "unbounded" : std::to_string(bounds.max));
    }
    for (std::uint32_t i = 0; i < row.states.count; ++i)
      state(row, i);
  }
  void state(const ContentModelRow& model, std::uint32_t number_in_model) {
    const StateRow& row = s_.states()[model.states.begin + number_in_model];
    std::string text = "  " + std::to_string(number_in_model);
    if (row.is_accepting()) text += " end" + ops(row.at_end);
    text += ':';
    const auto all = s_.transitions().subspan(row.first_transition,
                                              std::size_t{row.name_count} + row.wildcard_count);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto place = s_.schema_order()[row.first_transition + i];
      const TransitionRow& step = all[place];
      const bool is_named = place < row.name_count;
      const auto next = static_cast<std::uint32_t>(step.next) - model.states.begin;
      text += i == 0 ? " " : ", ";
      text += is_named ? name(step.by_name()) + '#' + number(step.element)
                       : wildcard(step.by_wildcard());
      text += ops(step.ops) + " -> " + std::to_string(next);
    }
    line(text);
  }
  [[nodiscard]] std::string ops(CounterOpsId first) const {
    if (first == CounterOpsId::None) return {};
    constexpr std::array kOps{">=min", "<max", "+1", "=1"};
    std::string text;
    for (std::size_t i = index(first);; ++i) {
      const CounterOp& op = s_.counter_ops()[i];
      text += (text.empty() ? "" : " ") + std::to_string(op.counter) +
              kOps.at(static_cast<std::size_t>(op.kind));
      if (op.is_last != 0) break;
    }
    return '[' + text + ']';
  }

  const CompiledSchema& s_;
  std::string out_{};
};

}  // namespace

std::string dump(const CompiledSchema& schema) {
  return Dump{schema}.run();
}

}  // namespace amparo::xsd
