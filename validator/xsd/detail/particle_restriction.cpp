// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/particle_restriction.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>

namespace amparo::xsd {
namespace {

using Kind = Particle::Kind;

constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();

bool is_group(const Particle& particle) {
  return particle.kind != Kind::Element && particle.kind != Kind::Wildcard;
}

// --- How often: 3.8.6, Effective Total Range ---

struct Occurrences {
  std::uint64_t min = 0;
  std::uint64_t max = 0;  // kMost: unbounded
};

std::uint64_t times(std::uint64_t a, std::uint64_t b) {
  if (a == 0 || b == 0) return 0;
  return a > kMost / b ? kMost : a * b;
}

std::uint64_t plus(std::uint64_t a, std::uint64_t b) {
  return a > kMost - b ? kMost : a + b;
}

Occurrences occurrences(const Particle& particle) {
  return {particle.min, particle.max == Particle::kUnbounded ? kMost : particle.max};
}

Occurrences total_range(const Particle& particle) {
  const auto own = occurrences(particle);
  if (!is_group(particle)) return own;
  Occurrences parts;
  bool is_first = true;
  for (const Particle& child : particle.children) {
    const auto part = total_range(child);
    if (particle.kind != Kind::Choice) {
      parts = {plus(parts.min, part.min), plus(parts.max, part.max)};
    } else {
      parts = {is_first ? part.min : std::min(parts.min, part.min), std::max(parts.max, part.max)};
    }
    is_first = false;
  }
  return {times(own.min, parts.min), times(own.max, parts.max)};
}

// 3.9.6, Occurrence Range OK.
bool is_within(const Occurrences& derived, const Occurrences& base) {
  return derived.min >= base.min && derived.max <= base.max;
}

// --- Pointless particles, 3.9.6 ---

bool is_once(const Particle& particle) {
  return particle.min == 1 && particle.max == 1;
}

// `particle` without its pointless parts.
Particle simplified(const Particle& particle);

void add_simplified(const Particle& child, const Particle& parent, std::vector<Particle>& into) {
  if (child.max == 0) return;
  auto made = simplified(child);
  if (is_group(made) && made.children.empty()) {
    // An empty choice that must occur admits nothing: that is a point.
    if (made.kind != Kind::Choice || made.min == 0) return;
  }
  const bool is_inner = made.kind == parent.kind && made.kind != Kind::All && is_once(made);
  if (is_group(made) && is_inner) {
    std::move(made.children.begin(), made.children.end(), std::back_inserter(into));
  } else {
    into.push_back(std::move(made));
  }
}

Particle simplified(const Particle& particle) {
  Particle made;
  made.kind = particle.kind;
  made.min = particle.min;
  made.max = particle.max;
  made.wildcard = particle.wildcard;
  made.alternatives = particle.alternatives;
  made.element = particle.element;
  for (const Particle& child : particle.children)
    add_simplified(child, particle, made.children);
  if (is_group(made) && made.children.size() == 1 && is_once(made)) {
    auto only = std::move(made.children.front());
    return only;
  }
  return made;
}

// A head of a substitution group stands for a choice of all its members.
bool is_head(const Particle& particle) {
  return particle.kind == Kind::Element &&
         std::any_of(particle.alternatives.begin(),
                     particle.alternatives.end(),
                     [&](const Alternative& each) { return each.element != particle.element; });
}

Particle of_element(ElementId element) {
  Particle made;
  made.kind = Kind::Element;
  made.element = element;
  return made;
}

Particle members_of(const Particle& head) {
  Particle choice;
  choice.kind = Kind::Choice;
  choice.min = head.min;
  choice.max = head.max;
  choice.children.push_back(of_element(head.element));
  for (const Alternative& each : head.alternatives) {
    if (each.element != head.element) choice.children.push_back(of_element(each.element));
  }
  return choice;
}

class Comparison {
 public:
  explicit Comparison(const CompiledSchema& schema) : schema_{schema} {}

  [[nodiscard]] bool holds(const Particle& derived, const Particle& base) const {
    return holds(derived, base, true);
  }

 private:
  [[nodiscard]] bool holds(const Particle& derived, const Particle& base, bool counts) const {
    if (derived.kind == Kind::Element && base.kind == Kind::Element &&
        derived.element == base.element) {
      return is_within(occurrences(derived), occurrences(base));
    }
    if (is_head(base)) return holds(derived, members_of(base), counts);
    if (is_head(derived) && base.kind != Kind::Wildcard) {
      return holds(members_of(derived), base, counts);
    }
    switch (derived.kind) {
      case Kind::Element:
        return element_holds(derived, base, counts);
      case Kind::Wildcard:
        return base.kind == Kind::Wildcard && is_subset(derived, base, counts);
      case Kind::All:
        if (base.kind == Kind::Wildcard) return group_in_wildcard(derived, base, counts);
        return base.kind == Kind::All && maps_in_order(derived, base, true);
      case Kind::Choice:
        if (base.kind == Kind::Wildcard) return group_in_wildcard(derived, base, counts);
        return base.kind == Kind::Choice && maps_in_order(derived, base, false);
      case Kind::Sequence:
        break;
    }
    switch (base.kind) {
      case Kind::Wildcard:
        return group_in_wildcard(derived, base, counts);
      case Kind::All:
        return maps_unordered(derived, base);
      case Kind::Choice:
        return maps_and_sums(derived, base);
      case Kind::Sequence:
        return maps_in_order(derived, base, true);
      case Kind::Element:
        break;
    }
    return false;
  }

  [[nodiscard]] bool element_holds(const Particle& derived,
                                   const Particle& base,
                                   bool counts) const {
    if (base.kind == Kind::Element) return name_and_type_hold(derived, base);
    if (base.kind == Kind::Wildcard) {
      // Namespace Compatible.
      const ElementRow& element = schema_[derived.element];
      return schema_.admits(schema_[base.wildcard], schema_[element.name].space) &&
             (!counts || is_within(occurrences(derived), occurrences(base)));
    }
    // Recurse As If Group.
    Particle group;
    group.kind = base.kind;
    group.children.push_back(derived);
    return maps_in_order(group, base, base.kind != Kind::Choice);
  }

  // 3.9.6, Particle Restriction OK (Elt:Elt -- NameAndTypeOK).
  [[nodiscard]] bool name_and_type_hold(const Particle& derived, const Particle& base) const {
    const ElementRow& to = schema_[derived.element];
    const ElementRow& from = schema_[base.element];
    if (to.name != from.name) return false;
    if (to.is_nillable() && !from.is_nillable()) return false;
    if (!is_within(occurrences(derived), occurrences(base))) return false;
    if (from.value_constraint == ValueConstraint::Fixed &&
        (to.value_constraint != ValueConstraint::Fixed ||
         schema_.text(to.value) != schema_.text(from.value))) {
      return false;
    }
    if (!has_only_constraints_of(to, from)) return false;
    if ((from.block & ~to.block) != 0) return false;
    return schema_.is_derived(to.type, from.type, kExtension);
  }

  // Clause 5: constraints are told apart by their names, which a schema has once.
  [[nodiscard]] bool has_only_constraints_of(const ElementRow& to, const ElementRow& from) const {
    const auto own = CompiledSchema::rows(schema_.constraints(), to.constraints);
    const auto known = CompiledSchema::rows(schema_.constraints(), from.constraints);
    return std::all_of(own.begin(), own.end(), [&](const ConstraintRow& constraint) {
      return std::any_of(known.begin(), known.end(), [&](const ConstraintRow& other) {
        return other.name == constraint.name;
      });
    });
  }

  // 3.9.6, Particle Derivation OK (Any:Any -- NSSubset), and 3.10.6, Wildcard Subset.
  [[nodiscard]] bool is_subset(const Particle& derived, const Particle& base, bool counts) const {
    const WildcardRow& sub = schema_[derived.wildcard];
    const WildcardRow& super = schema_[base.wildcard];
    if (counts && !is_within(occurrences(derived), occurrences(base))) return false;
    // Strict is stronger than lax, and that than skip.
    if (sub.process > super.process) return false;
    if (super.rule == NamespaceRule::Any) return true;
    if (sub.rule == NamespaceRule::Any) return false;
    if (sub.rule == NamespaceRule::Not) {
      return super.rule == NamespaceRule::Not && sub.excluded == super.excluded;
    }
    const auto listed = CompiledSchema::rows(schema_.wildcard_namespaces(), sub.listed);
    return std::all_of(listed.begin(), listed.end(), [&](NamespaceId space) {
      return schema_.admits(super, space);
    });
  }

  // 3.9.6, Particle Derivation OK (All/Choice/Sequence:Any -- NSRecurseCheckCardinality). How often
  // is asked of the whole group.
  [[nodiscard]] bool group_in_wildcard(const Particle& derived,
                                       const Particle& base,
                                       bool counts) const {
    if (counts && !is_within(total_range(derived), occurrences(base))) return false;
    return std::all_of(derived.children.begin(),
                       derived.children.end(),
                       [&](const Particle& child) { return holds(child, base, false); });
  }

  // 3.9.6: Recurse; RecurseLax, when what is left out of the base need not be emptiable.
  [[nodiscard]] bool maps_in_order(const Particle& derived,
                                   const Particle& base,
                                   bool wants_all) const {
    if (!is_within(occurrences(derived), occurrences(base))) return false;
    auto at = base.children.begin();
    for (const Particle& child : derived.children) {
      for (; at != base.children.end() && !holds(child, *at, true); ++at) {
        if (wants_all && !is_emptiable(*at)) return false;
      }
      if (at == base.children.end()) return false;
      ++at;
    }
    return !wants_all || std::all_of(at, base.children.end(), is_emptiable);
  }

  // 3.9.6, Particle Derivation OK (Sequence:All -- RecurseUnordered).
  [[nodiscard]] bool maps_unordered(const Particle& derived, const Particle& base) const {
    if (!is_within(occurrences(derived), occurrences(base))) return false;
    std::vector<bool> taken(base.children.size(), false);
    for (const Particle& child : derived.children) {
      std::size_t i = 0;
      while (i < taken.size() && (taken[i] || !holds(child, base.children[i], true)))
        ++i;
      if (i == taken.size()) return false;
      taken[i] = true;
    }
    for (std::size_t i = 0; i < taken.size(); ++i) {
      if (!taken[i] && !is_emptiable(base.children[i])) return false;
    }
    return true;
  }

  // 3.9.6, Particle Derivation OK (Sequence:Choice -- MapAndSum).
  [[nodiscard]] bool maps_and_sums(const Particle& derived, const Particle& base) const {
    const auto own = occurrences(derived);
    const auto count = derived.children.size();
    if (!is_within({times(own.min, count), times(own.max, count)}, occurrences(base))) return false;
    return std::all_of(
        derived.children.begin(), derived.children.end(), [&](const Particle& child) {
          return std::any_of(base.children.begin(),
                             base.children.end(),
                             [&](const Particle& other) { return holds(child, other, true); });
        });
  }

  const CompiledSchema& schema_;
};

}  // namespace

bool is_emptiable(const Particle& particle) {
  return total_range(particle).min == 0;
}

bool is_restriction(const CompiledSchema& schema, const Particle& derived, const Particle& base) {
  return Comparison{schema}.holds(simplified(derived), simplified(base));
}

}  // namespace amparo::xsd
