// SPDX-License-Identifier: Apache-2.0
#include "text/detail/pattern_automaton.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

namespace amparo::text {

namespace {

using Kind = PatternStep::Kind;
using Places = std::vector<std::uint32_t>;  // Sorted: steps that read, and the accepting one.

struct PlacesHash {
  std::size_t operator()(const Places& places) const noexcept {
    std::uint64_t hash = 0xCBF29CE484222325U;
    for (const std::uint32_t place : places)
      hash = (hash ^ place) * 0x100000001B3U;
    return static_cast<std::size_t>(hash ^ (hash >> 32U));
  }
};

class Determiniser {
 public:
  Determiniser(const PatternProgram& program,
               const CharacterClasses& classes,
               const PatternLimits& limits)
      : program_{program},
        classes_{classes},
        work_left_{limits.work},
        most_states_{std::min<std::uint64_t>(
            {limits.states, 65'535U, limits.table_bytes / (2 * std::uint64_t{classes.count})})},
        seen_(program.steps.size(), 0),
        targets_(classes.count) {}

  std::optional<Automaton> run() {
    out_.classes = classes_.count;
    state_of({});  // State 0: nowhere.
    ++time_;
    Places first;
    follow(program_.entry, first);
    out_.start = state_of(std::move(first));
    for (std::uint32_t state = 0; state < states_.size() && !is_over(); ++state)
      write_state(state);
    if (is_over()) return std::nullopt;
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool is_over() const { return work_left_ == 0 || states_.size() > most_states_; }

  void spend(std::uint64_t work) { work_left_ -= std::min(work, work_left_); }

  void follow(std::uint32_t place, Places& places) {
    pending_.push_back(place);
    while (!pending_.empty()) {
      const std::uint32_t at = pending_.back();
      pending_.pop_back();
      if (seen_[at] == time_) continue;
      seen_[at] = time_;
      spend(1);
      const PatternStep& step = program_.steps[at];
      if (step.kind == Kind::Split) {
        pending_.push_back(step.next);
        pending_.push_back(step.other);
      } else {
        places.push_back(at);
      }
    }
  }

  std::uint32_t state_of(Places places) {
    std::sort(places.begin(), places.end());
    spend(places.size());
    const auto [known, is_new] =
        numbers_.emplace(std::move(places), static_cast<std::uint32_t>(states_.size()));
    if (!is_new) return known->second;
    states_.push_back(&known->first);  // A node of the map stays where it is.
    const auto accepts = [this](std::uint32_t place) {
      return program_.steps[place].kind == Kind::Accept;
    };
    out_.accepting.push_back(std::any_of(known->first.begin(), known->first.end(), accepts));
    return known->second;
  }

  void write_state(std::uint32_t state) {
    for (const std::uint32_t place : *states_[state]) {
      const PatternStep& step = program_.steps[place];
      if (step.kind != Kind::Set) continue;
      const auto& own = classes_.of_set[step.set];
      spend(own.size());
      for (const std::uint16_t of_class : own)
        targets_[of_class].push_back(step.next);
    }
    out_.next.resize(out_.next.size() + classes_.count, 0);
    const std::size_t row = std::size_t{state} * classes_.count;
    // Many classes lead to the same places: \w and \d each have one or two ways to go on.
    std::map<Places, std::uint32_t> reached;
    spend(classes_.count);
    for (std::uint32_t of_class = 1; of_class < classes_.count; ++of_class) {
      Places& targets = targets_[of_class];
      if (targets.empty()) continue;
      if (!is_over()) {
        const auto [known, is_new] = reached.emplace(targets, 0);
        if (is_new) known->second = state_after(targets);
        out_.next[row + of_class] = known->second;
      }
      targets.clear();
    }
  }

  std::uint32_t state_after(const Places& targets) {
    ++time_;
    Places places;
    for (const std::uint32_t target : targets)
      follow(target, places);
    return state_of(std::move(places));
  }

  const PatternProgram& program_;
  const CharacterClasses& classes_;
  std::uint64_t work_left_;
  std::uint64_t most_states_;
  std::uint64_t time_ = 0;
  std::vector<std::uint64_t> seen_;
  std::vector<std::uint32_t> pending_;
  std::vector<Places> targets_;  // By class.
  std::unordered_map<Places, std::uint32_t, PlacesHash> numbers_;
  std::vector<const Places*> states_;
  Automaton out_;
};

// Hopcroft's partition refinement: O(states * classes * log states).
class Minimiser {
 public:
  explicit Minimiser(const Automaton& automaton)
      : automaton_{automaton},
        order_(automaton.states()),
        place_(automaton.states()),
        block_of_(automaton.states(), 0) {
    write_backward();
    begin();
  }

  // Block of each state.
  const std::vector<std::uint32_t>& run() {
    while (!waiting_.empty()) {
      const auto [block, of_class] = waiting_.back();
      waiting_.pop_back();
      const std::vector<std::uint32_t> members(order_.begin() + blocks_[block].first,
                                               order_.begin() + blocks_[block].last);
      for (const std::uint32_t state : members)
        mark_sources(state, of_class);
      split_touched();
    }
    return block_of_;
  }

 private:
  struct Block {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::uint32_t marked = 0;  // The first so many of its states lead into the splitter.
  };

  // Sources of each (class, state), one after another.
  void write_backward() {
    const std::size_t cells = automaton_.next.size();
    starts_.assign(cells + 1, 0);
    const auto cell = [this](std::uint32_t of_class, std::uint32_t state) {
      return std::size_t{of_class} * automaton_.states() + state;
    };
    for (std::uint32_t i = 0; i < cells; ++i)
      ++starts_[cell(i % automaton_.classes, automaton_.next[i]) + 1];
    for (std::size_t i = 1; i <= cells; ++i)
      starts_[i] += starts_[i - 1];
    sources_.resize(cells);
    std::vector<std::uint32_t> filled = starts_;
    for (std::uint32_t i = 0; i < cells; ++i)
      sources_[filled[cell(i % automaton_.classes, automaton_.next[i])]++] = i / automaton_.classes;
  }

  void begin() {
    std::uint32_t filled = 0;
    for (const bool accepting : {false, true}) {
      const std::uint32_t first = filled;
      for (std::uint32_t state = 0; state < automaton_.states(); ++state) {
        if (automaton_.accepting[state] != accepting) continue;
        block_of_[state] = static_cast<std::uint32_t>(blocks_.size());
        place_[state] = filled;
        order_[filled++] = state;
      }
      if (filled > first) add_block(first, filled);
    }
  }

  void add_block(std::uint32_t first, std::uint32_t last) {
    blocks_.push_back({first, last, 0});
    for (std::uint32_t of_class = 0; of_class < automaton_.classes; ++of_class)
      waiting_.emplace_back(static_cast<std::uint32_t>(blocks_.size() - 1), of_class);
  }

  void mark_sources(std::uint32_t target, std::uint32_t of_class) {
    const std::size_t cell = std::size_t{of_class} * automaton_.states() + target;
    for (std::uint32_t i = starts_[cell]; i < starts_[cell + 1]; ++i) {
      const std::uint32_t state = sources_[i];
      Block& block = blocks_[block_of_[state]];
      const std::uint32_t to = block.first + block.marked;
      if (place_[state] < to) continue;
      if (block.marked++ == 0) touched_.push_back(block_of_[state]);
      std::swap(order_[place_[state]], order_[to]);
      place_[order_[place_[state]]] = place_[state];
      place_[state] = to;
    }
  }

  // The smaller part becomes a new block, and a splitter for every class: enough, because a pair
  // (old block, class) that still waits goes on waiting for the larger part.
  void split_touched() {
    for (const std::uint32_t number : touched_) {
      Block& block = blocks_[number];
      const std::uint32_t middle = block.first + block.marked;
      block.marked = 0;
      if (middle == block.last) continue;
      Block part = block;
      if (middle - block.first <= block.last - middle) {
        part.last = middle;
        block.first = middle;
      } else {
        part.first = middle;
        block.last = middle;
      }
      for (std::uint32_t i = part.first; i < part.last; ++i)
        block_of_[order_[i]] = static_cast<std::uint32_t>(blocks_.size());
      add_block(part.first, part.last);
    }
    touched_.clear();
  }

  const Automaton& automaton_;
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> sources_;
  std::vector<std::uint32_t> order_;  // States, block after block.
  std::vector<std::uint32_t> place_;  // Of each state in order_.
  std::vector<std::uint32_t> block_of_;
  std::vector<Block> blocks_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> waiting_;  // Block, class.
  std::vector<std::uint32_t> touched_;
};

}  // namespace

std::optional<Automaton> determinise(const PatternProgram& program,
                                     const CharacterClasses& classes,
                                     const PatternLimits& limits) {
  return Determiniser(program, classes, limits).run();
}

Automaton minimise(const Automaton& automaton) {
  Minimiser minimiser(automaton);
  const std::vector<std::uint32_t>& block_of = minimiser.run();
  constexpr std::uint32_t kUnknown = 0xFFFFFFFF;
  std::vector<std::uint32_t> number(automaton.states(), kUnknown);  // By block.
  std::vector<std::uint32_t> representative;

  Automaton out;
  out.classes = automaton.classes;
  const auto number_of = [&](std::uint32_t state) {
    std::uint32_t& known = number[block_of[state]];
    if (known == kUnknown) {
      known = static_cast<std::uint32_t>(representative.size());
      representative.push_back(state);
    }
    return known;
  };
  number_of(0);
  out.start = number_of(automaton.start);
  for (std::size_t i = 0; i < representative.size(); ++i) {
    const std::uint32_t state = representative[i];
    out.accepting.push_back(automaton.accepting[state]);
    for (std::uint32_t of_class = 0; of_class < out.classes; ++of_class)
      out.next.push_back(
          number_of(automaton.next[std::size_t{state} * automaton.classes + of_class]));
  }
  return out;
}

void join_classes(Automaton& automaton, CharacterClasses& classes) {
  std::map<std::vector<std::uint32_t>, std::uint16_t> known;
  std::vector<std::uint16_t> joined(automaton.classes);
  std::vector<std::uint32_t> kept;
  for (std::uint32_t of_class = 0; of_class < automaton.classes; ++of_class) {
    std::vector<std::uint32_t> column;
    for (std::uint32_t state = 0; state < automaton.states(); ++state)
      column.push_back(automaton.next[std::size_t{state} * automaton.classes + of_class]);
    const auto [place, is_new] =
        known.emplace(std::move(column), static_cast<std::uint16_t>(kept.size()));
    if (is_new) kept.push_back(of_class);
    joined[of_class] = place->second;
  }

  std::vector<std::uint32_t> next;
  for (std::uint32_t state = 0; state < automaton.states(); ++state)
    for (const std::uint32_t of_class : kept)
      next.push_back(automaton.next[std::size_t{state} * automaton.classes + of_class]);
  automaton.next = std::move(next);
  automaton.classes = static_cast<std::uint32_t>(kept.size());
  classes.count = automaton.classes;
  classes.of_set.clear();
  for (CharacterClasses::Interval& interval : classes.intervals)
    interval.of_class = joined[interval.of_class];
}

}  // namespace amparo::text
