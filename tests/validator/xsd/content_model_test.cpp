// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/content_model.hpp"

#include <algorithm>
#include <optional>
#include <random>
#include <set>
#include <string>

#include <catch2/catch.hpp>

namespace amparo::xsd {
namespace {

using Kind = Particle::Kind;

constexpr std::uint32_t kMany = Particle::kUnbounded;

// 'a'.. are elements, 'x' is what the wildcard admits.
Particle element(char name, std::uint32_t min = 1, std::uint32_t max = 1) {
  const auto id = static_cast<std::uint32_t>(name - 'a');
  return {.kind = Kind::Element,
          .min = min,
          .max = max,
          .alternatives = {{static_cast<NameId>(id), static_cast<ElementId>(id)}}};
}
Particle wildcard(std::uint32_t min = 1, std::uint32_t max = 1) {
  return {.kind = Kind::Wildcard, .min = min, .max = max, .wildcard = WildcardId{0}};
}
Particle group(Kind kind,
               std::vector<Particle> children,
               std::uint32_t min = 1,
               std::uint32_t max = 1) {
  return {.kind = kind, .min = min, .max = max, .children = std::move(children)};
}

// The tree in the notation of regular expressions, for messages.
std::string written(const Particle& particle) {
  std::string text;
  if (particle.kind == Kind::Wildcard) text = "x";
  if (particle.kind == Kind::Element) {
    text = std::string(1, static_cast<char>('a' + index(particle.alternatives.front().name)));
  }
  if (particle.kind == Kind::Sequence || particle.kind == Kind::Choice) {
    text = particle.kind == Kind::Choice ? "|(" : ",(";
    for (const Particle& child : particle.children)
      text += written(child) + ' ';
    text += ')';
  }
  if (particle.min == 1 && particle.max == 1) return text;
  const auto max = particle.max == kMany ? "" : std::to_string(particle.max);
  return text + '{' + std::to_string(particle.min) + ',' + max + '}';
}

// Where a word that begins at `from` with one occurrence of the term, or some, may go on: matching
// by sets of places, straight from 3.9.4 and 3.8.4.
using Places = std::set<std::size_t>;

Places after(const Particle& particle, const std::string& word, const Places& from);

Places after_term(const Particle& particle, const std::string& word, const Places& from) {
  Places to;
  switch (particle.kind) {
    case Kind::Element:
    case Kind::Wildcard:
      for (const std::size_t at : from) {
        const bool is_x = at < word.size() && word[at] == 'x';
        if (at >= word.size() || is_x != (particle.kind == Kind::Wildcard)) continue;
        if (is_x || word[at] - 'a' == static_cast<int>(index(particle.alternatives[0].name))) {
          to.insert(at + 1);
        }
      }
      return to;
    case Kind::Choice:
      for (const Particle& child : particle.children)
        to.merge(after(child, word, from));
      return to;
    case Kind::Sequence:
      to = from;
      for (const Particle& child : particle.children)
        to = after(child, word, to);
      return to;
    case Kind::All:
      break;
  }
  return to;
}

Places after(const Particle& particle, const std::string& word, const Places& from) {
  Places all;
  if (particle.min > particle.max) return all;
  Places now = from;
  std::set<Places> seen;
  for (std::uint32_t count = 0;; ++count) {
    if (count >= particle.min) {
      all.insert(now.begin(), now.end());
      if (!seen.insert(now).second) return all;  // nothing new will come
    }
    if (count == particle.max || now.empty()) return all;
    now = after_term(particle, word, now);
  }
}

bool matches(const Particle& particle, const std::string& word) {
  return after(particle, word, {0}).count(word.size()) != 0;
}

// Runs an automaton as an engine does.
class Runner {
 public:
  explicit Runner(const BuiltModel& model)
      : model_{model}, state_{model.row.start}, counters_(model.counters.size()) {}

  bool accepts(const std::string& word) {
    return std::all_of(word.begin(), word.end(), [this](char c) { return step(c); }) &&
           (at().flags & StateRow::kAccepting) != 0 && holds(at().at_end);
  }

 private:
  const StateRow& at() const { return model_.states[index(state_)]; }

  bool step(char c) {
    const auto begin = at().first_transition + (c == 'x' ? at().name_count : 0);
    const auto end = begin + (c == 'x' ? at().wildcard_count : at().name_count);
    for (auto i = begin; i < end; ++i) {
      const TransitionRow& transition = model_.transitions[i];
      if (c != 'x' && transition.name != static_cast<std::uint32_t>(c - 'a')) continue;
      if (!holds(transition.ops)) continue;
      change(transition.ops);
      state_ = transition.next;
      return true;
    }
    return false;
  }

  template <typename F>
  void each(CounterOpsId ops, F f) const {
    if (ops == CounterOpsId::None) return;
    for (std::size_t i = index(ops);; ++i) {
      f(model_.counter_ops[i]);
      if (model_.counter_ops[i].is_last != 0) return;
    }
  }
  bool holds(CounterOpsId ops) const {
    bool all = true;
    each(ops, [&](const CounterOp& op) {
      const CounterRow& row = model_.counters[op.counter];
      const auto value = counters_[op.counter];
      if (op.kind == CounterOp::Kind::AtLeastMin) all = all && value >= row.min;
      if (op.kind == CounterOp::Kind::BelowMax) all = all && value < row.max;
    });
    return all;
  }
  void change(CounterOpsId ops) {
    each(ops, [&](const CounterOp& op) {
      if (op.kind == CounterOp::Kind::Increment) ++counters_[op.counter];
      if (op.kind == CounterOp::Kind::SetOne) counters_[op.counter] = 1;
    });
  }

  const BuiltModel& model_;
  StateId state_;
  std::vector<std::uint32_t> counters_;
};

class Chance {
 public:
  explicit Chance(std::uint32_t seed) : engine_{seed} {}
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(engine_() % n); }

  Particle particle(std::uint32_t depth) {
    Particle made;
    const auto kind = depth == 0 ? below(5) : below(10);
    if (kind < 4) {
      made = element(static_cast<char>('a' + below(4)));
    } else if (kind == 4) {
      made = wildcard();
    } else {
      made.kind = kind < 8 ? Kind::Sequence : Kind::Choice;
      for (auto n = below(4); n > 0; --n)
        made.children.push_back(particle(depth - 1));
    }
    // Sizes on both sides of where counting begins.
    constexpr std::uint32_t kCounts[][2] = {{0, 1},
                                            {0, kMany},
                                            {1, kMany},
                                            {2, 2},
                                            {2, 4},
                                            {0, 3},
                                            {3, kMany},
                                            {40, 40},
                                            {2, 45},
                                            {0, 50},
                                            {38, kMany},
                                            {0, 0}};
    if (below(3) == 0) {
      const auto& counts = kCounts[below(std::size(kCounts))];
      made.min = counts[0];
      made.max = counts[1];
    }
    return made;
  }

  // A word that the particle admits, unless parts of it admit none.
  void word(const Particle& particle, std::string& out) {
    const auto most = particle.max == kMany ? particle.min + 3 : particle.max;
    auto times = particle.min + (most > particle.min ? below(most - particle.min + 1) : 0);
    if (below(4) == 0) times = particle.min;
    for (; times > 0 && out.size() < 400; --times) {
      switch (particle.kind) {
        case Kind::Element:
          out += static_cast<char>('a' + index(particle.alternatives.front().name));
          break;
        case Kind::Wildcard:
          out += 'x';
          break;
        case Kind::Choice:
          if (!particle.children.empty()) {
            word(particle.children[below(static_cast<std::uint32_t>(particle.children.size()))],
                 out);
          }
          break;
        case Kind::Sequence:
        case Kind::All:
          for (const Particle& child : particle.children)
            word(child, out);
      }
    }
  }

  void mutate(std::string& word) {
    const auto at = below(static_cast<std::uint32_t>(word.size()) + 1);
    constexpr std::string_view kLetters = "abcdx";
    const char letter = kLetters[below(5)];
    if (below(2) == 0) {
      word.insert(word.begin() + at, letter);
    } else if (at < word.size()) {
      if (below(2) == 0)
        word[at] = letter;
      else
        word.erase(at, 1);
    }
  }

 private:
  std::mt19937 engine_;
};

TEST_CASE("An automaton accepts what its particles admit and nothing else", "[xsd][model]") {
  std::size_t accepted = 0;
  std::size_t refused = 0;
  std::size_t counted = 0;
  for (std::uint32_t seed = 0; seed < 1500; ++seed) {
    Chance chance{seed};
    const Particle root = chance.particle(3);
    const auto model = build_model(root, 20'000);
    CAPTURE(seed, written(root));
    if (!model) {
      CHECK(model.error().code == ErrorCode::TooLarge);
      continue;
    }
    if (!model->counters.empty()) ++counted;
    for (int i = 0; i < 12; ++i) {
      std::string word;
      chance.word(root, word);
      for (auto changes = chance.below(3); changes > 0; --changes)
        chance.mutate(word);
      const bool is_right = matches(root, word);
      (is_right ? accepted : refused) += 1;
      CAPTURE(word);
      if (Runner{*model}.accepts(word) != is_right) {
        FAIL_CHECK("should be " << (is_right ? "accepted" : "refused"));
        return;
      }
    }
  }
  CHECK(accepted > 5000);
  CHECK(refused > 3000);
  CHECK(counted > 100);
}

TEST_CASE("A particle that occurs often is counted, not written out", "[xsd][model]") {
  struct Case {
    Particle root;
    std::size_t states, counters;
  };
  const auto c = GENERATE(values<Case>({
      {element('a', 0, 1'000'000'000), 2, 1},
      {element('a', 1, 1), 2, 0},
      {group(Kind::Sequence, {}, 0, 1'000'000'000), 1, 0},
      {element('a', 0, 12), 13, 0},
      {element('a', 999, kMany), 2, 1},
      {group(Kind::Sequence, {element('a', 100, 100), element('a')}), 3, 1},
      {group(Kind::Sequence, {element('a', 0, 1000), element('b')}, 1, 1000), 3, 2},
      {group(Kind::Choice, {element('a'), element('b'), element('c')}, 0, kMany), 1, 0},
      {group(Kind::Sequence, {element('a', 0, 1), element('b', 0, 1)}, 0, 500), 3, 1},
      // What a choice without bound repeats needs no counts.
      {group(Kind::Choice, {element('a', 0, 1000), element('b', 1, 99)}, 0, kMany), 1, 0},
      {group(Kind::Choice,
             {group(Kind::Choice, {element('a', 0, 1000), element('b', 3, 3)}, 0, 4)},
             0,
             kMany),
       3,
       0},
      // A fixed count goes on where that of the group around it cannot be known.
      {group(Kind::Sequence,
             {group(Kind::Sequence, {element('a', 0, 1), element('b', 100, 100)}, 2, kMany)},
             2,
             kMany),
       9,
       1},
  }));
  CAPTURE(written(c.root));
  const auto model = build_model(c.root, 1000);
  REQUIRE(model);
  CHECK(model->states.size() == c.states);
  CHECK(model->counters.size() == c.counters);
}

TEST_CASE("A model that would be too large is refused in bounded time", "[xsd][model]") {
  // Counting a+ inside a counted group cannot know whose repetition an <a> is.
  const auto ambiguous = group(Kind::Sequence, {element('a', 1, kMany)}, 2, 1'000'000'000);
  const auto nested =
      group(Kind::Sequence,
            {group(Kind::Sequence, {element('a', 2, 1'000'000'000)}, 2, 1'000'000'000)},
            2,
            1'000'000'000);
  // (a|b)* a (a|b){20}: the automaton must remember the last twenty.
  const auto choice = [](std::uint32_t min, std::uint32_t max) {
    return group(Kind::Choice, {element('a'), element('b')}, min, max);
  };
  const auto exponential =
      group(Kind::Sequence, {choice(0, kMany), element('a'), choice(14, 14), choice(14, 14)});
  for (const Particle& root : {ambiguous, nested, exponential}) {
    CAPTURE(written(root));
    const auto model = build_model(root, 20'000);
    REQUIRE_FALSE(model);
    CHECK(model.error().code == ErrorCode::TooLarge);
  }
}

TEST_CASE("The likely step is the innermost repetition, else the next particle", "[xsd][model]") {
  const auto root = group(Kind::Sequence, {element('c'), element('b', 0, kMany), element('a')});
  const auto model = build_model(root, 100);
  REQUIRE(model);
  REQUIRE(model->states.size() == 3);
  const StateRow& after_c = model->states[1];
  CHECK(after_c.likely == NameId{1});
  CHECK(after_c.likely_next == StateId{1});
  // By name in the table, in the order of the schema beside it.
  REQUIRE(after_c.name_count == 2);
  CHECK(model->transitions[after_c.first_transition].by_name() == NameId{0});
  CHECK(model->schema_order[after_c.first_transition] == 1);
  CHECK(model->schema_order[after_c.first_transition + 1] == 0);
}

TEST_CASE("An all-group is a set of bits, wrapped up or not", "[xsd][model]") {
  auto both = element('b');
  both.alternatives.push_back({NameId{0}, ElementId{7}});
  const auto all = group(Kind::All, {element('c', 0, 1), both}, 0, 1);
  for (const Particle& root : {all, group(Kind::Sequence, {all})}) {
    const auto model = build_model(root, 100);
    REQUIRE(model);
    CHECK(model->row.kind == ModelKind::All);
    CHECK(model->row.is_optional == 1);
    CHECK(model->row.bit_count == 2);
    REQUIRE(model->members.size() == 3);
    CHECK(model->members[0].element == ElementId{7});
    CHECK(model->members[0].bit == 1);
    CHECK(model->members[1].bit == 1);
    CHECK(model->members[1].is_required == 1);
    CHECK(model->members[2].is_required == 0);
  }
  const auto inside = group(Kind::Sequence, {all, element('d')});
  const auto refused = build_model(inside, 100);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::Unsupported);
}

}  // namespace
}  // namespace amparo::xsd
