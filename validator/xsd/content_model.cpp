// SPDX-License-Identifier: Apache-2.0
// Glushkov's construction: every place where a symbol stands in the (partly written out) particle
// tree is a position; what may follow it is a list of sets of positions, shared by many. The
// automaton's states are sets of positions told apart by what may follow them, made as they are
// reached.
#include "validator/xsd/content_model.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <utility>

namespace amparo::xsd {
namespace {

using OpList = std::vector<CounterOp>;
using OpListId = std::uint32_t;  // 0: no ops
using Kind = Particle::Kind;

// A particle is written out when that makes at most so many positions more; else it is counted.
constexpr std::uint64_t kMostWrittenOut = 16;
// Bounds on what grows faster than the states: references to sets, and entries of sets.
constexpr std::size_t kWorkPerState = 64;
constexpr std::size_t kLooksPerWork = 16;
constexpr std::size_t kMaxCounters = 0xFFFF;

enum class Counting : std::uint8_t { Large, Never };

bool is_guard(const CounterOp& op) {
  return op.kind == CounterOp::Kind::AtLeastMin || op.kind == CounterOp::Kind::BelowMax;
}

struct TooLarge {};   // caught in build_model()
struct Ambiguous {};  // counting does not work for this model

// One position that may come next, and what its coming does to counters that it enters.
struct Entry {
  std::uint32_t position = 0;
  OpListId ops = 0;
  friend auto operator<=>(const Entry&, const Entry&) = default;
};
// The set of positions that may come next, and what that does to counters left or increased.
struct FollowRef {
  std::uint32_t set = 0;
  OpListId ops = 0;
  friend auto operator<=>(const FollowRef&, const FollowRef&) = default;
};
// How the content may end.
using Ends = std::vector<OpListId>;

struct Position {
  const Particle* leaf = nullptr;
  std::vector<FollowRef> follow{};
  Ends ends{};
};

// What Glushkov's construction knows of a part of the tree.
struct Part {
  bool is_nullable = true;
  std::vector<Entry> first{};
  std::vector<Entry> last{};
};

struct Counter {
  CounterRow row{};
  bool has_nullable_body = false;
};

class Glushkov {
 public:
  Glushkov(Counting counting, std::uint32_t max_states)
      : counting_{counting},
        max_positions_{max_states},
        max_work_{std::size_t{max_states} * kWorkPerState} {
    intern({});
  }

  void build(const Particle& root) {
    Part part = build_particle(root);
    for (const Entry& end : part.last)
      positions_[end.position].ends.push_back(end.ops);
    start_.is_nullable = part.is_nullable;
    if (!part.first.empty()) start_set_ = add_set(std::move(part.first));
  }

  [[nodiscard]] const std::vector<Position>& positions() const { return positions_; }
  [[nodiscard]] const std::vector<Entry>& set(std::uint32_t id) const { return *sets_[id]; }
  [[nodiscard]] const std::vector<Counter>& counters() const { return counters_; }
  [[nodiscard]] const OpList& ops(OpListId id) const { return op_lists_[id]; }
  [[nodiscard]] bool is_nullable() const { return start_.is_nullable; }
  [[nodiscard]] std::optional<std::uint32_t> start_set() const { return start_set_; }

  OpListId joined(OpListId a, OpListId b) {
    if (a == 0 || b == 0) return a + b;
    OpList list = op_lists_[a];
    list.insert(list.end(), op_lists_[b].begin(), op_lists_[b].end());
    return intern(std::move(list));
  }

  void work(std::size_t amount) {
    work_ += amount;
    if (work_ > max_work_) throw TooLarge{};
  }

 private:
  OpListId intern(OpList list) {
    const auto [at, is_new] = op_ids_.emplace(std::move(list), op_lists_.size());
    if (is_new) op_lists_.push_back(at->first);
    return static_cast<OpListId>(at->second);
  }
  OpListId one(CounterOp::Kind kind, std::uint16_t counter) {
    return intern({CounterOp{.kind = kind, .is_last = 0, .counter = counter}});
  }

  std::uint32_t add_set(std::vector<Entry> set) {
    work(set.size() + 1);
    const auto [at, is_new] =
        set_ids_.emplace(std::move(set), static_cast<std::uint32_t>(sets_.size()));
    if (is_new) sets_.push_back(&at->first);
    return at->second;
  }

  // After any of `from` comes any of `to`.
  void connect(const std::vector<Entry>& from, const std::vector<Entry>& to, OpListId between) {
    if (from.empty() || to.empty()) return;
    const auto set = add_set(to);
    work(from.size());
    for (const Entry& exit : from) {
      const FollowRef ref{set, joined(exit.ops, between)};
      auto& follow = positions_[exit.position].follow;
      if (std::find(follow.begin(), follow.end(), ref) == follow.end()) follow.push_back(ref);
    }
  }

  Part build_particle(const Particle& particle) {
    if (particle.max == 0) return {};
    if (particle.min > particle.max) return {.is_nullable = false, .first = {}, .last = {}};
    if (particle.min == 1 && particle.max == 1) return build_term(particle);
    const bool is_unbounded = particle.max == Particle::kUnbounded;
    if (!is_unbounded || particle.min > 1) {
      const std::uint64_t copies = is_unbounded ? particle.min : particle.max;
      const auto size = size_of(particle);
      if (counting_ == Counting::Large && (copies - 1) * size > kMostWrittenOut) {
        return build_counted(particle);
      }
      if (size != 0 && copies > max_positions_ / size) throw TooLarge{};
    }
    return build_copies(particle);
  }

  // Positions of one occurrence; saturates, and ignores how often parts of it occur.
  static std::uint64_t size_of(const Particle& particle) {
    if (particle.kind == Kind::Element || particle.kind == Kind::Wildcard) return 1;
    std::uint64_t size = 0;
    for (const Particle& child : particle.children)
      size += size_of(child);
    return size;
  }

  Part build_counted(const Particle& particle) {
    if (counters_.size() >= kMaxCounters) throw TooLarge{};
    const auto counter = static_cast<std::uint16_t>(counters_.size());
    counters_.push_back({{.min = particle.min, .max = particle.max}, false});
    Part part = build_term(particle);
    // Occurrences that are empty can always make up for those that are missing.
    counters_[counter].has_nullable_body = part.is_nullable;
    if (part.is_nullable) counters_[counter].row.min = 0;
    OpList again;
    if (particle.max != Particle::kUnbounded) {
      again.push_back({CounterOp::Kind::BelowMax, 0, counter});
    }
    again.push_back({CounterOp::Kind::Increment, 0, counter});
    connect(part.last, part.first, intern(std::move(again)));
    for (Entry& entry : part.first)
      entry.ops = joined(one(CounterOp::Kind::SetOne, counter), entry.ops);
    if (counters_[counter].row.min > 1) {
      const auto guard = one(CounterOp::Kind::AtLeastMin, counter);
      for (Entry& exit : part.last)
        exit.ops = joined(exit.ops, guard);
    }
    part.is_nullable = part.is_nullable || particle.min == 0;
    return part;
  }

  // P{2,4} as (P, (P, (P, P?)?)), P{2,} as (P, P+): each copy follows the one before it only.
  Part build_copies(const Particle& particle) {
    const bool is_unbounded = particle.max == Particle::kUnbounded;
    const auto copies = is_unbounded ? std::max(particle.min, 1U) : particle.max;
    Part whole;
    std::vector<Entry> before;
    for (std::uint32_t i = 1; i <= copies; ++i) {
      Part copy = build_term(particle);
      if (i == 1) {
        whole.first = copy.first;
        whole.is_nullable = copy.is_nullable || particle.min == 0;
      }
      connect(before, copy.first, 0);
      if (is_unbounded && i == copies) connect(copy.last, copy.first, 0);
      if (i >= particle.min || copy.is_nullable) {
        whole.last.insert(whole.last.end(), copy.last.begin(), copy.last.end());
      }
      before = std::move(copy.last);
    }
    return whole;
  }

  Part build_term(const Particle& particle) {
    switch (particle.kind) {
      case Kind::Element:
      case Kind::Wildcard: {
        if (positions_.size() >= max_positions_) throw TooLarge{};
        const auto position = static_cast<std::uint32_t>(positions_.size());
        positions_.push_back({.leaf = &particle});
        return {.is_nullable = false, .first = {{position, 0}}, .last = {{position, 0}}};
      }
      case Kind::Choice:
        return build_choice(particle);
      case Kind::Sequence:
      case Kind::All:  // refused before
        return build_sequence(particle);
    }
    return {};
  }

  Part build_choice(const Particle& particle) {
    Part whole{.is_nullable = false, .first = {}, .last = {}};
    for (const Particle& child : particle.children) {
      Part part = build_particle(child);
      whole.is_nullable = whole.is_nullable || part.is_nullable;
      whole.first.insert(whole.first.end(), part.first.begin(), part.first.end());
      whole.last.insert(whole.last.end(), part.last.begin(), part.last.end());
    }
    return whole;
  }

  Part build_sequence(const Particle& particle) {
    std::vector<Part> parts;
    parts.reserve(particle.children.size());
    for (const Particle& child : particle.children)
      parts.push_back(build_particle(child));
    Part whole;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      for (std::size_t next = i + 1; next < parts.size(); ++next) {
        connect(parts[i].last, parts[next].first, 0);
        if (!parts[next].is_nullable) break;
      }
      if (whole.is_nullable) {
        whole.first.insert(whole.first.end(), parts[i].first.begin(), parts[i].first.end());
        whole.is_nullable = parts[i].is_nullable;
      }
    }
    for (std::size_t i = parts.size(); i-- > 0;) {
      whole.last.insert(whole.last.end(), parts[i].last.begin(), parts[i].last.end());
      if (!parts[i].is_nullable) break;
    }
    return whole;
  }

  Counting counting_;
  std::size_t max_positions_;
  std::size_t max_work_;
  std::size_t work_ = 0;
  std::vector<Position> positions_{};
  std::map<std::vector<Entry>, std::uint32_t> set_ids_{};
  std::vector<const std::vector<Entry>*> sets_{};
  std::vector<Counter> counters_{};
  std::vector<OpList> op_lists_{};
  std::map<OpList, std::size_t> op_ids_{};
  Part start_{};
  std::optional<std::uint32_t> start_set_{};
};

// A state: what may come next, and whether and how the content may end.
struct StateKey {
  std::vector<FollowRef> follow{};  // in the order of the tree, innermost repetition first
  bool may_end = false;
  OpListId at_end = 0;
  friend auto operator<=>(const StateKey&, const StateKey&) = default;
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
      if (keys_.size() >= max_states_) throw TooLarge{};
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
    if (wild > std::numeric_limits<std::uint16_t>::max()) throw TooLarge{};
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
  try {
    try {
      return build_automaton(root, Counting::Large, max_states);
    } catch (const Ambiguous&) {
      return build_automaton(root, Counting::Never, max_states);
    }
  } catch (const TooLarge&) {
    return fail(ErrorCode::TooLarge, "the content model needs too many states");
  }
}

}  // namespace amparo::xsd
