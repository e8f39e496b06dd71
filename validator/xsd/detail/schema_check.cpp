// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/schema_check.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

#include "validator/xsd/detail/schema_draft.hpp"
#include "validator/xsd/simple_types.hpp"

namespace amparo::xsd {
namespace {

constexpr std::uint32_t kMaxBits = 1U << 20U;  // of an all-group

// Ranges that follow one another without gaps cover a table once.
class InSequence {
 public:
  explicit InSequence(std::size_t size) : size_{size} {}
  bool next(IdRange range) {
    const bool is_next = range.begin == at_ && range.count <= size_ - at_;
    if (is_next) at_ += range.count;
    return is_next;
  }
  [[nodiscard]] bool is_at_end() const { return at_ == size_; }

 private:
  std::size_t size_;
  std::size_t at_ = 0;
};

template <typename Rows, typename Test>
bool all(const Rows& rows, Test test) {
  return std::all_of(rows.begin(), rows.end(), test);
}

// Following `next` from any index leads out (to kNoId or beyond `size`) sooner or later.
template <typename Next>
bool has_no_cycle(std::size_t size, Next next) {
  std::vector<std::uint8_t> state(size);  // 1: being followed, 2: leads out
  for (std::size_t start = 0; start < size; ++start) {
    std::size_t at = start;
    while (at < size && state[at] == 0) {
      state[at] = 1;
      at = next(at);
    }
    if (at < size && state[at] == 1) return false;
    for (at = start; at < size && state[at] == 1; at = next(at))
      state[at] = 2;
  }
  return true;
}

class Check {
 public:
  Check(const CompiledSchema& schema, std::span<const NameId> hash)
      : s_{schema}, hash_{hash}, ops_reach_(schema.counter_ops().size()) {}

  bool run() {
    return names() && elements() && attributes() && wildcards() && complex_types() && ops() &&
           models() && constraints() && paths();
  }

 private:
  template <typename Id, typename Rows>
  static bool is_in(Id id, const Rows& rows) {
    return index(id) < rows.size();
  }
  template <typename Id, typename Rows>
  static bool is_in_or_none(Id id, const Rows& rows) {
    return id == Id::None || is_in(id, rows);
  }
  [[nodiscard]] bool is_text(TextSpan span) const {
    return std::uint64_t{span.begin} + span.size <= text_size();
  }
  [[nodiscard]] std::size_t text_size() const { return s_.pool_size(); }
  [[nodiscard]] bool is_name(NameId id) const { return is_in(id, s_.names()); }
  [[nodiscard]] bool is_simple_type(TypeId id) const {
    return static_cast<std::size_t>(id) < s_.simple_types().types.size();
  }
  [[nodiscard]] bool is_type(TypeRef type) const {
    return is_complex(type) ? is_in(complex_type(type), s_.complex_types())
                            : type != TypeRef::None && is_simple_type(simple_type(type));
  }
  static bool is_value(ValueConstraint value) { return value <= ValueConstraint::Fixed; }

  bool names() const {
    const auto all_names = s_.names();
    if (s_.namespaces().size() < 4 || all_names.size() < 4) return false;
    if (!is_in(s_.target_namespace(), s_.namespaces())) return false;
    if (!all(s_.namespaces(), [this](TextSpan span) { return is_text(span); })) return false;
    // One free slot ends every search.
    if (!std::has_single_bit(hash_.size()) || hash_.size() <= all_names.size()) return false;
    const auto free = std::count(hash_.begin(), hash_.end(), NameId::None);
    if (free == 0) return false;
    if (!all(hash_, [&](NameId id) { return is_in_or_none(id, all_names); })) return false;
    const bool has_names = all(all_names, [this](const ExpandedName& name) {
      if (!is_in(name.space, s_.namespaces()) || !is_text(name.local)) return false;
      const auto local = s_.text(name.local);
      return name.hash == name_hash(local.data(), local.size());
    });
    return has_names && has_fixed_ids() && globals();
  }

  [[nodiscard]] bool has_fixed_ids() const {
    const SchemaDraft fresh;
    for (std::size_t i = 0; i < fresh.namespaces.size(); ++i) {
      const auto id = static_cast<NamespaceId>(i);
      const TextSpan span = fresh.namespaces[i];
      if (s_.uri(id) != std::string_view{fresh.text}.substr(span.begin, span.size)) return false;
    }
    for (std::size_t i = 0; i < fresh.names.size(); ++i) {
      const auto id = static_cast<NameId>(i);
      if (s_[id].space != fresh.names[i].space || s_.local(id) != fresh.local(id)) return false;
    }
    return true;
  }

  [[nodiscard]] bool globals() const {
    if (s_.globals().size() != s_.names().size()) return false;
    if (!all(s_.sources(), [this](const SourceRow& row) { return is_text(row.path); }))
      return false;
    if (!all(s_.notations(), [this](NameId id) { return is_name(id); })) return false;
    return all(s_.globals(), [this](const GlobalRow& row) {
      return is_in_or_none(row.element, s_.elements()) &&
             (row.type == TypeRef::None || is_type(row.type)) &&
             is_in_or_none(row.attribute, s_.attributes());
    });
  }

  bool elements() const {
    const auto rows = s_.elements();
    InSequence constraint_ranges{s_.constraints().size()};
    const bool has_rows = all(rows, [&](const ElementRow& row) {
      return is_name(row.name) && is_type(row.type) && is_in_or_none(row.substitution_head, rows) &&
             is_text(row.value) && is_value(row.value_constraint) &&
             constraint_ranges.next(row.constraints);
    });
    return has_rows && has_no_cycle(rows.size(), [&](std::size_t i) {
             return index(rows[i].substitution_head);
           });
  }

  bool attributes() const {
    return all(s_.attributes(), [this](const AttributeRow& row) {
      return is_name(row.name) && is_simple_type(row.type) && is_text(row.value) &&
             is_value(row.value_constraint) && row.is_required <= 1;
    });
  }

  bool wildcards() const {
    InSequence lists{s_.wildcard_namespaces().size()};
    if (!all(s_.wildcard_namespaces(),
             [this](NamespaceId id) { return is_in(id, s_.namespaces()); })) {
      return false;
    }
    return all(s_.wildcards(), [&](const WildcardRow& row) {
      if (row.rule > NamespaceRule::OneOf || row.process > ProcessContents::Skip) return false;
      if (!is_in(row.excluded, s_.namespaces()) || !lists.next(row.listed)) return false;
      const auto listed = CompiledSchema::rows(s_.wildcard_namespaces(), row.listed);
      return std::is_sorted(listed.begin(), listed.end());
    });
  }

  bool complex_types() const {
    const auto rows = s_.complex_types();
    if (rows.empty() || rows[0].base != TypeRef::AnyType) return false;
    InSequence attribute_ranges{s_.attributes().size()};
    const bool has_rows = all(rows, [&](const ComplexTypeRow& row) {
      return is_in_or_none(row.name, s_.names()) && is_type(row.base) &&
             is_simple_type(row.simple_type) && attribute_ranges.next(row.attributes) &&
             has_attributes(row) && is_in_or_none(row.attribute_wildcard, s_.wildcards()) &&
             row.content <= ContentKind::Mixed && has_model(row) &&
             (row.derivation == kExtension || row.derivation == kRestriction);
    });
    return has_rows && has_no_cycle(rows.size(), [&](std::size_t i) {
             if (i == 0 || is_simple(rows[i].base)) return rows.size();
             return index(complex_type(rows[i].base));
           });
  }
  [[nodiscard]] bool has_attributes(const ComplexTypeRow& row) const {
    const auto uses = CompiledSchema::rows(s_.attributes(), row.attributes);
    const auto required = std::count_if(
        uses.begin(), uses.end(), [](const AttributeRow& a) { return a.is_required != 0; });
    return static_cast<std::uint32_t>(required) == row.required_attributes &&
           std::adjacent_find(
               uses.begin(), uses.end(), [](const AttributeRow& a, const AttributeRow& b) {
                 return a.name >= b.name;
               }) == uses.end();
  }
  [[nodiscard]] bool has_model(const ComplexTypeRow& row) const {
    const bool needs_one =
        row.content == ContentKind::ElementOnly || row.content == ContentKind::Mixed;
    return needs_one ? is_in(row.model, s_.models()) : row.model == ModelId::None;
  }

  // For each op how many counters its list needs, so that a list is walked once, not once a use.
  bool ops() {
    const auto rows = s_.counter_ops();
    if (!rows.empty() && rows.back().is_last == 0) return false;
    for (std::size_t i = rows.size(); i-- > 0;) {
      if (rows[i].kind > CounterOp::Kind::SetOne || rows[i].is_last > 1) return false;
      const std::uint32_t rest = rows[i].is_last != 0 ? 0 : ops_reach_[i + 1];
      ops_reach_[i] = std::max(rows[i].counter + std::uint32_t{1}, rest);
    }
    return true;
  }
  [[nodiscard]] bool is_ops(CounterOpsId ops, const ContentModelRow& model) const {
    return ops == CounterOpsId::None ||
           (index(ops) < ops_reach_.size() && ops_reach_[index(ops)] <= model.counters.count);
  }

  bool models() const {
    InSequence state_ranges{s_.states().size()};
    InSequence counter_ranges{s_.counters().size()};
    InSequence member_ranges{s_.all_members().size()};
    InSequence transition_ranges{s_.transitions().size()};
    if (s_.schema_order().size() != s_.transitions().size()) return false;
    const bool has_rows = all(s_.models(), [&](const ContentModelRow& model) {
      if (model.kind > ModelKind::All || model.is_optional > 1 || model.bit_count > kMaxBits) {
        return false;
      }
      if (!state_ranges.next(model.states) || !counter_ranges.next(model.counters) ||
          !member_ranges.next(model.members)) {
        return false;
      }
      if (model.kind == ModelKind::All) return model.states.count == 0 && has_members(model);
      if (!is_state(model.start, model)) return false;
      return all(CompiledSchema::rows(s_.states(), model.states), [&](const StateRow& state) {
        const auto count = std::uint64_t{state.name_count} + state.wildcard_count;
        return count <= s_.transitions().size() &&
               transition_ranges.next(
                   {state.first_transition, static_cast<std::uint32_t>(count)}) &&
               has_transitions(state, model) && is_ops(state.at_end, model) && has_likely(state);
      });
    });
    return has_rows && state_ranges.is_at_end() && transition_ranges.is_at_end();
  }
  static bool is_state(StateId id, const ContentModelRow& model) {
    const auto at = static_cast<std::uint32_t>(id);
    return at >= model.states.begin && at - model.states.begin < model.states.count;
  }
  [[nodiscard]] bool has_members(const ContentModelRow& model) const {
    const auto members = CompiledSchema::rows(s_.all_members(), model.members);
    return std::is_sorted(members.begin(),
                          members.end(),
                          [](const auto& a, const auto& b) { return a.name < b.name; }) &&
           all(members, [&](const AllMemberRow& member) {
             return is_name(member.name) && is_in(member.element, s_.elements()) &&
                    member.bit < model.bit_count && member.is_required <= 1;
           });
  }
  [[nodiscard]] bool has_transitions(const StateRow& state, const ContentModelRow& model) const {
    const auto by_name = s_.named(state);
    const auto by_wildcard = s_.wild(state);
    const auto order =
        s_.schema_order().subspan(state.first_transition, by_name.size() + by_wildcard.size());
    return std::is_sorted(by_name.begin(),
                          by_name.end(),
                          [](const auto& a, const auto& b) { return a.name < b.name; }) &&
           all(by_name,
               [&](const TransitionRow& row) {
                 return is_name(row.by_name()) && is_in(row.element, s_.elements()) &&
                        is_state(row.next, model) && is_ops(row.ops, model);
               }) &&
           all(by_wildcard,
               [&](const TransitionRow& row) {
                 return is_in(row.by_wildcard(), s_.wildcards()) && is_state(row.next, model) &&
                        is_ops(row.ops, model);
               }) &&
           all(order, [&](std::uint32_t place) { return place < order.size(); });
  }
  // The quick step must say what the transition says.
  [[nodiscard]] bool has_likely(const StateRow& state) const {
    if (state.likely == NameId::None) return state.likely_name_size == 0;
    const TransitionRow* step = s_.find(state, state.likely);
    if (step == nullptr || step->element != state.likely_element) return false;
    const ElementRow& element = s_[step->element];
    const bool says_leaf = (state.flags & StateRow::kLikelyIsLeaf) != 0;
    if (element.type != state.likely_type || is_leaf(element) != says_leaf) return false;
    if (step->next != state.likely_next) return false;
    if (state.likely_name_size == 0) return true;
    std::array<char, StateRow::kNameBytes> expected{};
    const auto local = s_.local(state.likely);
    if (local.size() != state.likely_name_size || local.size() > expected.size()) return false;
    std::copy(local.begin(), local.end(), expected.begin());
    return step->ops == CounterOpsId::None && expected == state.likely_name;
  }

  bool constraints() const {
    InSequence path_ranges{s_.paths().size()};
    InSequence field_ranges{s_.fields().size()};
    return all(s_.constraints(), [&](const ConstraintRow& row) {
      if (!is_name(row.name) || row.kind > ConstraintKind::Keyref) return false;
      if (!field_ranges.next(row.fields) || !path_ranges.next(row.selector)) return false;
      const bool has_fields =
          all(CompiledSchema::rows(s_.fields(), row.fields),
              [&](const FieldRow& field) { return path_ranges.next(field.paths); });
      if (!has_fields) return false;
      if (row.kind != ConstraintKind::Keyref) return row.refers_to == ConstraintId::None;
      return is_in(row.refers_to, s_.constraints()) &&
             s_[row.refers_to].kind != ConstraintKind::Keyref &&
             s_[row.refers_to].fields.count == row.fields.count;
    });
  }

  bool paths() const {
    InSequence step_ranges{s_.path_steps().size()};
    return all(s_.paths(), [&](const PathRow& row) {
      if (row.is_anywhere > 1 || !step_ranges.next(row.steps)) return false;
      const auto steps = CompiledSchema::rows(s_.path_steps(), row.steps);
      for (std::size_t i = 0; i < steps.size(); ++i) {
        const PathStep& step = steps[i];
        if (step.axis > PathStep::Axis::Attribute || step.test > PathStep::Test::Name) return false;
        if (step.axis == PathStep::Axis::Attribute && i + 1 != steps.size()) return false;
        if (step.test == PathStep::Test::Name && step.id >= s_.names().size()) return false;
        if (step.test == PathStep::Test::AnyOfNamespace && step.id >= s_.namespaces().size()) {
          return false;
        }
      }
      return true;
    });
  }

  const CompiledSchema& s_;
  std::span<const NameId> hash_;
  std::vector<std::uint32_t> ops_reach_;
};

}  // namespace

bool is_sound(const CompiledSchema& schema, std::span<const NameId> name_hash_table) {
  return Check{schema, name_hash_table}.run();
}

}  // namespace amparo::xsd
