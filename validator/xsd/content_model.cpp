// SPDX-License-Identifier: Apache-2.0
// The automaton's states are sets of positions of detail/glushkov.hpp, told apart by what may
// follow them, made as they are reached.
#include "validator/xsd/content_model.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include "validator/xsd/detail/glushkov.hpp"

namespace amparo::xsd {
namespace {

using Kind = Particle::Kind;

constexpr std::size_t kLooksPerWork = 16;

bool is_guard(const CounterOp& op) {
  return op.kind == CounterOp::Kind::AtLeastMin || op.kind == CounterOp::Kind::BelowMax;
}

struct Ambiguous {};  // counting does not work for this model

// A state: what may come next, and whether and how the content may end.
struct StateKey {
  std::vector<FollowRef> follow{};  // in the order of the tree, innermost repetition first
  bool may_end = false;
  OpListId at_end = 0;
  friend bool operator<(const StateKey& a, const StateKey& b) {
    return std::tie(a.may_end, a.at_end, a.follow) < std::tie(b.may_end, b.at_end, b.follow);
  }
};

// All ways by which one symbol leads on with the same ops.
struct Step {
  OpListId ops = 0;
  ElementId element = ElementId::None;
  std::vector<std::uint32_t> targets{};  // positions, in order of discovery
};
struct Symbol {
  std::uint32_t id = 0;        // a NameId or a WildcardId
  std::uint32_t position = 0;  // the first one, for the order of the schema
  std::vector<Step> steps{};
};

class Determinizer {
 public:
  Determinizer(Glushkov& glushkov, std::uint32_t max_states)
      : glushkov_{glushkov}, max_states_{max_states} {}

  BuiltModel run() {
    StateKey start{.may_end = glushkov_.is_nullable()};
    if (const auto set = glushkov_.start_set()) start.follow.push_back({*set, 0});
    state_of(std::move(start));
    for (std::size_t i = 0; i < keys_.size(); ++i)
      expand(i);
    for (const Counter& counter : glushkov_.counters())
      model_.counters.push_back(counter.row);
    model_.row.states = {0, static_cast<std::uint32_t>(model_.states.size())};
    model_.row.counters = {0, static_cast<std::uint32_t>(model_.counters.size())};
    return std::move(model_);
  }

 private:
  StateId state_of(StateKey key) {
    glushkov_.work(key.follow.size() + 1);
    const auto [at, is_new] = ids_.emplace(std::move(key), keys_.size());
    if (is_new) {
      if (keys_.size() >= max_states_) throw ModelTooLarge{};
      keys_.push_back(&at->first);
    }
    return static_cast<StateId>(at->second);
  }

  StateKey key_of(const std::vector<std::uint32_t>& positions) {
    StateKey key;
    for (const std::uint32_t position : positions) {
      const Position& at = glushkov_.positions()[position];
      for (const FollowRef& ref : at.follow) {
        glushkov_.work(1 + key.follow.size() / kLooksPerWork);
        if (std::find(key.follow.begin(), key.follow.end(), ref) == key.follow.end()) {
          key.follow.push_back(ref);
        }
      }
      for (const OpListId end : at.ends) {
        // One way to end without a condition settles it; two conditions cannot both be kept.
        if (key.may_end && key.at_end != end && key.at_end != 0 && end != 0) throw Ambiguous{};
        key.at_end = key.may_end && key.at_end == 0 ? 0 : end;
        key.may_end = true;
      }
    }
    return key;
  }

  void add_step(std::vector<Symbol>& symbols,
                std::map<std::uint32_t, std::size_t>& known,
                std::uint32_t id,
                ElementId element,
                std::uint32_t position,
                OpListId ops) {
    const auto [at, is_new] = known.emplace(id, symbols.size());
    if (is_new) symbols.push_back({id, position, {}});
    Symbol& symbol = symbols[at->second];
    symbol.position = std::min(symbol.position, position);
    auto step = std::find_if(
        symbol.steps.begin(), symbol.steps.end(), [&](const Step& s) { return s.ops == ops; });
    if (step == symbol.steps.end()) {
      step = symbol.steps.insert(step, {.ops = ops, .element = element, .targets = {}});
    }
    const auto& targets = step->targets;
    glushkov_.work(1 + targets.size() / kLooksPerWork);
    if (std::find(targets.begin(), targets.end(), position) == targets.end()) {
      step->targets.push_back(position);
    }
  }

  void expand(std::size_t state) {
    std::vector<Symbol> names;
    std::vector<Symbol> wildcards;
    std::map<std::uint32_t, std::size_t> known_names;
    std::map<std::uint32_t, std::size_t> known_wildcards;
    const StateKey& key = *keys_[state];
    for (const FollowRef& ref : key.follow) {
      for (const Entry& entry : glushkov_.set(ref.set)) {
        const Particle& leaf = *glushkov_.positions()[entry.position].leaf;
        const auto ops = glushkov_.joined(ref.ops, entry.ops);
        if (leaf.kind == Kind::Wildcard) {
          add_step(wildcards,
                   known_wildcards,
                   static_cast<std::uint32_t>(leaf.wildcard),
                   ElementId::None,
                   entry.position,
                   ops);
        }
        for (const Alternative& alternative : leaf.alternatives) {
          add_step(names,
                   known_names,
                   static_cast<std::uint32_t>(alternative.name),
                   alternative.element,
                   entry.position,
                   ops);
        }
      }
    }
    write(key, names, wildcards);
  }

  // The first one in `names` is the likely one.
  void write(const StateKey& key, std::vector<Symbol>& names, std::vector<Symbol>& wildcards) {
    StateRow row;
    row.first_transition = static_cast<std::uint32_t>(model_.transitions.size());
    if (key.may_end) {
      row.flags = StateRow::kAccepting;
      row.at_end = written(key.at_end);
    }
    const auto likely = names.empty() ? kNoId : names.front().id;
    std::sort(
        names.begin(), names.end(), [](const Symbol& a, const Symbol& b) { return a.id < b.id; });
    std::sort(wildcards.begin(), wildcards.end(), [](const Symbol& a, const Symbol& b) {
      return a.position < b.position;
    });
    std::vector<std::uint32_t> places;
    for (Symbol& symbol : names) {
      const auto at = model_.transitions.size();
      write(symbol, places);
      if (symbol.id == likely) row.likely = static_cast<NameId>(at);  // replaced below
    }
    const auto named = model_.transitions.size() - row.first_transition;
    row.name_count = static_cast<std::uint32_t>(named);
    for (Symbol& symbol : wildcards)
      write(symbol, places);
    const auto wild = model_.transitions.size() - row.first_transition - named;
    if (wild > std::numeric_limits<std::uint16_t>::max()) throw ModelTooLarge{};
    row.wildcard_count = static_cast<std::uint16_t>(wild);
    if (likely != kNoId) {
      const TransitionRow& step = model_.transitions[index(row.likely)];
      row.likely = step.by_name();
      row.likely_next = step.next;
      row.likely_element = step.element;
      // Marks that there is a quick step; the tables put the length of the name here.
      row.likely_name_size = step.ops == CounterOpsId::None ? 1 : 0;
    }
    add_schema_order(places);
    model_.states.push_back(row);
  }

  void write(Symbol& symbol, std::vector<std::uint32_t>& places) {
    settle(symbol);
    for (const Step& step : symbol.steps) {
      model_.transitions.push_back({.name = symbol.id,
                                    .next = state_of(key_of(step.targets)),
                                    .element = step.element,
                                    .ops = written(step.ops)});
      places.push_back(symbol.position);
    }
  }

  void add_schema_order(const std::vector<std::uint32_t>& places) {
    std::vector<std::uint32_t> order(places.size());
    for (std::size_t i = 0; i < order.size(); ++i)
      order[i] = static_cast<std::uint32_t>(i);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return places[a] < places[b];
    });
    model_.schema_order.insert(model_.schema_order.end(), order.begin(), order.end());
  }

  // Leaves steps of which at most one can be taken, or gives up.
  void settle(Symbol& symbol) const {
    auto& steps = symbol.steps;
    if (steps.size() < 2) return;
    const std::vector<Step> all = steps;
    std::erase_if(steps, [&](const Step& step) {
      return std::any_of(all.begin(), all.end(), [&](const Step& other) {
        return other.ops != step.ops && is_idle_repetition(other, step);
      });
    });
    for (std::size_t i = 0; i < steps.size(); ++i) {
      for (std::size_t other = i + 1; other < steps.size(); ++other) {
        if (!exclude_each_other(steps[i].ops, steps[other].ops)) throw Ambiguous{};
      }
    }
  }

  // `more` goes where `less` goes and begins one more occurrence of a particle that may be empty:
  // of such a particle only too many occurrences can ever be wrong.
  [[nodiscard]] bool is_idle_repetition(const Step& less, const Step& more) const {
    if (less.targets != more.targets) return false;
    OpList rest = glushkov_.ops(more.ops);
    const OpList& kept = glushkov_.ops(less.ops);
    for (const CounterOp& op : glushkov_.ops(more.ops)) {
      if (op.kind != CounterOp::Kind::Increment) continue;
      if (!glushkov_.counters()[op.counter].has_nullable_body) continue;
      std::erase_if(rest, [&](const CounterOp& o) {
        return o.counter == op.counter &&
               (o.kind == CounterOp::Kind::Increment || o.kind == CounterOp::Kind::BelowMax);
      });
    }
    const auto is_same = [](const CounterOp& a, const CounterOp& b) {
      return a.kind == b.kind && a.counter == b.counter;
    };
    return rest.size() < glushkov_.ops(more.ops).size() &&
           std::equal(rest.begin(), rest.end(), kept.begin(), kept.end(), is_same);
  }

  [[nodiscard]] bool exclude_each_other(OpListId a, OpListId b) const {
    const auto has = [this](OpListId list, CounterOp::Kind kind, std::uint16_t counter) {
      const auto& ops = glushkov_.ops(list);
      return std::any_of(ops.begin(), ops.end(), [&](const CounterOp& op) {
        return op.kind == kind && op.counter == counter;
      });
    };
    for (std::size_t i = 0; i < glushkov_.counters().size(); ++i) {
      const CounterRow& row = glushkov_.counters()[i].row;
      if (row.min != row.max) continue;
      const auto counter = static_cast<std::uint16_t>(i);
      for (const auto& [x, y] : {std::pair{a, b}, std::pair{b, a}}) {
        if (has(x, CounterOp::Kind::BelowMax, counter) &&
            has(y, CounterOp::Kind::AtLeastMin, counter)) {
          return true;
        }
      }
    }
    return false;
  }

  // Guards before changes: nothing is changed unless all guards hold.
  CounterOpsId written(OpListId list) {
    if (list == 0) return CounterOpsId::None;
    const auto [at, is_new] =
        written_.emplace(list, static_cast<CounterOpsId>(model_.counter_ops.size()));
    if (is_new) {
      OpList ops = glushkov_.ops(list);
      std::stable_partition(ops.begin(), ops.end(), is_guard);
      ops.back().is_last = 1;
      model_.counter_ops.insert(model_.counter_ops.end(), ops.begin(), ops.end());
    }
    return at->second;
  }

  Glushkov& glushkov_;
  std::uint32_t max_states_;
  BuiltModel model_{};
  std::map<StateKey, std::size_t> ids_{};
  std::vector<const StateKey*> keys_{};
  std::map<OpListId, CounterOpsId> written_{};
};

BuiltModel build_automaton(const Particle& root, Counting counting, std::uint32_t max_states) {
  Glushkov glushkov{counting, max_states};
  glushkov.build(root);
  return Determinizer{glushkov, max_states}.run();
}

// (a{0,1000} | b)* is (a? | b)*: what is a member of a choice that repeats without bound may come
// again by that, and need not be counted. `may_repeat`: the particle is such a member.
Particle relaxed(const Particle& particle, bool may_repeat) {
  Particle made = particle;
  if (may_repeat && made.min <= 1 && made.max > 1) made.max = 1;
  const bool repeats = made.min <= 1 && made.max == Particle::kUnbounded;
  const bool is_passed_on = may_repeat && made.min <= 1 && made.max == 1;
  const bool is_choice = made.kind == Kind::Choice || made.children.size() == 1;
  for (Particle& child : made.children)
    child = relaxed(child, is_choice && (repeats || is_passed_on));
  return made;
}

bool has_all_group(const Particle& particle) {
  return particle.kind == Kind::All ||
         std::any_of(particle.children.begin(), particle.children.end(), has_all_group);
}

Result<BuiltModel> build_all(const Particle& group, bool is_optional) {
  BuiltModel model;
  model.row.kind = ModelKind::All;
  model.row.is_optional = is_optional ? 1 : 0;
  std::uint32_t bit = 0;
  for (const Particle& child : group.children) {
    if (child.max == 0) continue;
    if (child.kind != Kind::Element || child.max != 1) {
      return fail(ErrorCode::Unsupported, "an all-group holds more than single elements");
    }
    for (const Alternative& alternative : child.alternatives) {
      model.members.push_back({alternative.name, alternative.element, bit, child.min});
    }
    ++bit;
  }
  std::stable_sort(model.members.begin(),
                   model.members.end(),
                   [](const AllMemberRow& a, const AllMemberRow& b) { return a.name < b.name; });
  model.row.bit_count = bit;
  model.row.members = {0, static_cast<std::uint32_t>(model.members.size())};
  return model;
}

}  // namespace

Result<BuiltModel> build_model(const Particle& root, std::uint32_t max_states) {
  // An all-group is the whole content model; what is derived from it may wrap it up.
  const Particle* top = &root;
  bool is_optional = root.min == 0;
  while (top->kind == Kind::Sequence && top->children.size() == 1 && top->max == 1) {
    top = &top->children.front();
    is_optional = is_optional || top->min == 0;
  }
  if (top->kind == Kind::All && top->max == 1) return build_all(*top, is_optional);
  if (has_all_group(root)) {
    return fail(ErrorCode::Unsupported, "an all-group stands inside another group");
  }
  const auto tree = relaxed(root, false);
  try {
    for (const auto counting : {Counting::Large, Counting::Fixed}) {
      try {
        return build_automaton(tree, counting, max_states);
      } catch (const Ambiguous&) {
        continue;  // with fewer counters
      }
    }
    return build_automaton(tree, Counting::Never, max_states);
  } catch (const ModelTooLarge&) {
    return fail(ErrorCode::TooLarge, "the content model needs too many states");
  }
}

}  // namespace amparo::xsd
