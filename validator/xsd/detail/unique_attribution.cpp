// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/unique_attribution.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "validator/xsd/detail/glushkov.hpp"

namespace amparo::xsd {
namespace {

using Kind = Particle::Kind;

// How often a particle occurs matters only as far as a child may belong to this occurrence, to the
// next, or to what comes behind: small numbers show all of that.
void reduce_counts(Particle& particle) {
  const bool is_fixed = particle.min == particle.max;
  particle.min = std::min(particle.min, 2U);
  if (is_fixed) {
    particle.max = particle.min;
  } else if (particle.max != Particle::kUnbounded) {
    particle.max = std::min(particle.max, std::max(particle.min + 1, 2U));
  }
}

// The construction knows no all-groups: here, any member may come after any other.
Particle reduced(const Particle& particle) {
  Particle made = particle;
  made.children.clear();
  for (const Particle& child : particle.children)
    made.children.push_back(reduced(child));
  reduce_counts(made);
  if (made.kind == Kind::All && made.max > 0) {
    made.kind = Kind::Choice;
    made.min = 0;
    made.max = Particle::kUnbounded;
  }
  return made;
}

class Search {
 public:
  Search(const CompiledSchema& schema, std::uint32_t max_states)
      : schema_{schema}, max_states_{max_states}, glushkov_{Counting::Never, max_states} {}

  std::optional<Ambiguity> run(const Particle& root) {
    glushkov_.build(root);
    for (const Position& position : glushkov_.positions())
      order_.emplace(position.leaf, order_.size());
    if (const auto start = glushkov_.start_set()) add({*start});
    for (std::size_t i = 0; i < states_.size(); ++i) {
      if (auto found = look_at(*states_[i])) return found;
    }
    return std::nullopt;
  }

 private:
  using State = std::vector<std::uint32_t>;  // sets of positions, sorted
  // By the order of the particles: what each leads to.
  using Steps = std::map<std::size_t, std::pair<const Particle*, State>>;

  void add(State state) {
    glushkov_.work(state.size() + 1);
    const auto [at, is_new] = known_.emplace(std::move(state));
    if (!is_new) return;
    if (states_.size() >= max_states_) throw ModelTooLarge{};
    states_.push_back(&*at);
  }

  std::optional<Ambiguity> look_at(const State& state) {
    // Each particle is one letter.
    Steps steps;
    for (const auto set : state) {
      for (const Entry& entry : glushkov_.set(set)) {
        const Position& position = glushkov_.positions()[entry.position];
        auto& [leaf, step] = steps[order_.at(position.leaf)];
        leaf = position.leaf;
        glushkov_.work(1 + position.follow.size());
        for (const FollowRef& follow : position.follow)
          step.push_back(follow.set);
      }
    }
    if (auto found = find_overlap(steps)) return found;
    for (auto& [order, letter] : steps) {
      auto& step = letter.second;
      std::sort(step.begin(), step.end());
      step.erase(std::unique(step.begin(), step.end()), step.end());
      add(std::move(step));
    }
    return std::nullopt;
  }

  std::optional<Ambiguity> find_overlap(const Steps& steps) {
    std::map<NameId, const Particle*> by_name;
    std::vector<const Particle*> wildcards;
    for (const auto& [order, letter] : steps) {
      const Particle* leaf = letter.first;
      if (leaf->kind == Kind::Wildcard) {
        wildcards.push_back(leaf);
        continue;
      }
      for (const NameId name : names_of(*leaf)) {
        const auto [at, is_new] = by_name.emplace(name, leaf);
        if (!is_new && at->second != leaf) return ambiguity(*at->second, *leaf);
      }
    }
    for (std::size_t i = 0; i < wildcards.size(); ++i) {
      const WildcardRow& row = schema_[wildcards[i]->wildcard];
      glushkov_.work(by_name.size() + wildcards.size());
      for (const auto& [name, leaf] : by_name) {
        if (schema_.admits(row, schema_[name].space)) {
          return ambiguity(*leaf, *wildcards[i]);
        }
      }
      for (std::size_t other = 0; other < i; ++other) {
        if (do_meet(row, schema_[wildcards[other]->wildcard])) {
          return ambiguity(*wildcards[other], *wildcards[i]);
        }
      }
    }
    return std::nullopt;
  }

  // The declaration's own too when it is abstract: the constraint speaks of declarations.
  [[nodiscard]] std::vector<NameId> names_of(const Particle& leaf) const {
    std::vector<NameId> names;
    if (leaf.element != ElementId::None) names.push_back(schema_[leaf.element].name);
    for (const Alternative& each : leaf.alternatives) {
      if (each.element != leaf.element) names.push_back(each.name);
    }
    return names;
  }

  // Whether their intersection (3.10.6) is not empty.
  [[nodiscard]] bool do_meet(const WildcardRow& a, const WildcardRow& b) const {
    if (a.rule != NamespaceRule::OneOf && b.rule != NamespaceRule::OneOf) return true;
    if (a.rule != NamespaceRule::OneOf) return do_meet(b, a);
    const auto listed = CompiledSchema::rows(schema_.wildcard_namespaces(), a.listed);
    return std::any_of(
        listed.begin(), listed.end(), [&](NamespaceId space) { return schema_.admits(b, space); });
  }

  [[nodiscard]] std::string name_of(const Particle& leaf) const {
    if (leaf.kind == Kind::Wildcard) return "xs:any";
    const auto name =
        leaf.element != ElementId::None ? schema_[leaf.element].name : leaf.alternatives[0].name;
    return "<" + std::string{schema_.local(name)} + ">";
  }

  [[nodiscard]] Ambiguity ambiguity(const Particle& a, const Particle& b) const {
    Ambiguity found{name_of(a), name_of(b)};
    if (found.second < found.first) std::swap(found.first, found.second);
    return found;
  }

  const CompiledSchema& schema_;
  std::uint32_t max_states_;
  Glushkov glushkov_;
  std::unordered_map<const Particle*, std::size_t> order_{};
  std::set<State> known_{};
  std::vector<const State*> states_{};
};

using TypesByName = std::map<NameId, TypeRef>;

NameId find_two_types(const CompiledSchema& schema, const Particle& particle, TypesByName& types) {
  if (particle.max == 0) return NameId::None;
  const auto clashes = [&](ElementId element) {
    const ElementRow& row = schema[element];
    return types.emplace(row.name, row.type).first->second != row.type;
  };
  if (particle.element != ElementId::None && clashes(particle.element)) {
    return schema[particle.element].name;
  }
  for (const Alternative& each : particle.alternatives) {
    if (clashes(each.element)) return each.name;
  }
  for (const Particle& child : particle.children) {
    const auto found = find_two_types(schema, child, types);
    if (found != NameId::None) return found;
  }
  return NameId::None;
}

}  // namespace

Result<std::optional<Ambiguity>> find_ambiguity(const CompiledSchema& schema,
                                                const Particle& root,
                                                std::uint32_t max_states) {
  const auto tree = reduced(root);
  try {
    return Search{schema, max_states}.run(tree);
  } catch (const ModelTooLarge&) {
    return fail(ErrorCode::TooLarge, "the content model needs too many states");
  }
}

NameId find_two_types(const CompiledSchema& schema, const Particle& root) {
  TypesByName types;
  return find_two_types(schema, root, types);
}

}  // namespace amparo::xsd
