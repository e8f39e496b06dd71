// SPDX-License-Identifier: Apache-2.0
// Runs a program: all places that the text read so far can have led to, character by character.
#include <algorithm>

#include "text/detail/pattern_classes.hpp"
#include "text/detail/pattern_program.hpp"

namespace amparo::text {

namespace {

using Kind = PatternStep::Kind;

// When a repetition was entered, as numbers of characters read; the oldest first. All in one of
// these are at the same place of the repeated sequence, so that a character keeps or ends them all.
struct Entries {
  std::vector<std::uint32_t> at;
  std::size_t first = 0;

  [[nodiscard]] bool is_empty() const { return first == at.size(); }
  void clear() {
    at.clear();
    first = 0;
  }
  void drop_oldest() {
    if (++first * 2 < at.size()) return;
    at.erase(at.begin(), at.begin() + static_cast<std::ptrdiff_t>(first));
    first = 0;
  }
};

struct Counter {
  bool is_active = false;
  std::vector<Entries> by_phase;  // Index: time of entry modulo the length of the sequence.
};

class Run {
 public:
  Run(const PatternTables& tables, std::uint64_t& cost)
      : tables_{tables},
        cost_{cost},
        seen_(tables.program.size(), 0),
        counters_(tables.program.size()) {}

  bool matches(std::string_view utf8) {
    // UTF-8 as unsigned bytes.
    const auto* at = reinterpret_cast<const unsigned char*>(utf8.data());  // NOLINT
    const unsigned char* end = at + utf8.size();
    begin_character();
    go(tables_.entry);
    enter_counts();
    while (at != end) {
      std::swap(now_, after_);
      after_.clear();
      if (now_.empty() && active_.empty()) return false;
      const std::uint32_t of_class = read_class(tables_, at, end);
      begin_character();
      for (const std::uint32_t place : now_)
        if (has(tables_.program[place].set, of_class)) go(tables_.program[place].next);
      count(of_class);
      enter_counts();
      cost_ += now_.size();
    }
    return is_accepted_;
  }

 private:
  [[nodiscard]] bool has(std::uint32_t set, std::uint32_t of_class) const {
    const std::size_t word = set * tables_.words_per_set() + of_class / 64;
    return (tables_.sets[word] >> (of_class % 64) & 1U) != 0;
  }

  void begin_character() {
    ++time_;
    is_accepted_ = false;
  }

  // Follows `place` up to the steps that read a character.
  void go(std::uint32_t place) {
    pending_.push_back(place);
    while (!pending_.empty()) {
      const std::uint32_t step_at = pending_.back();
      pending_.pop_back();
      if (seen_[step_at] == time_) continue;
      seen_[step_at] = time_;
      ++cost_;
      const PatternStep& step = tables_.program[step_at];
      switch (step.kind) {
        case Kind::Set:
          after_.push_back(step_at);
          break;
        case Kind::Split:
          pending_.push_back(step.next);
          pending_.push_back(step.other);
          break;
        case Kind::Count:
          entered_.push_back(step_at);
          break;
        case Kind::Accept:
          is_accepted_ = true;
          break;
      }
    }
  }

  // Only after all repetitions have read the character: a new entry waits for the next one.
  void enter_counts() {
    for (const std::uint32_t place : entered_) {
      const PatternStep& step = tables_.program[place];
      Counter& counter = counters_[place];
      if (counter.by_phase.empty()) counter.by_phase.resize(step.other);
      Entries& entries = counter.by_phase[time_ % step.other];
      // Who came first can leave first, and without an upper bound nobody has to.
      if (step.max == PatternStep::kUnbounded && !entries.is_empty()) continue;
      // All can leave now; who came last may stay longest.
      if (step.min == 1) entries.clear();
      entries.at.push_back(time_);
      if (!counter.is_active) active_.push_back(place);
      counter.is_active = true;
    }
    entered_.clear();
  }

  void count(std::uint32_t of_class) {
    const auto has_ended = [&](std::uint32_t place) {
      Counter& counter = counters_[place];
      counter.is_active = advance(tables_.program[place], counter, of_class);
      return !counter.is_active;
    };
    active_.erase(std::remove_if(active_.begin(), active_.end(), has_ended), active_.end());
  }

  // time_ is 1 more than when the character before was read. False: nothing is left in it.
  bool advance(const PatternStep& step, Counter& counter, std::uint32_t of_class) {
    const std::uint32_t length = step.other;
    bool is_left = false;
    for (std::uint32_t phase = 0; phase < length; ++phase) {
      Entries& entries = counter.by_phase[phase];
      ++cost_;
      if (entries.is_empty()) continue;
      const std::uint32_t place = (time_ - 1 + length - phase) % length;
      if (!has(tables_.sequence[step.set + place], of_class)) {
        entries.clear();
        continue;
      }
      if (place == length - 1) leave(step, entries);
      is_left = is_left || !entries.is_empty();
    }
    return is_left;
  }

  // At the end of the sequence once more.
  void leave(const PatternStep& step, Entries& entries) {
    const auto times = [&] { return (time_ - entries.at[entries.first]) / step.other; };
    if (times() >= step.min) go(step.next);
    if (times() >= step.max) entries.drop_oldest();
  }

  const PatternTables& tables_;
  std::uint64_t& cost_;
  std::uint32_t time_ = 0;  // Characters begun; a Source has less than 2^32 bytes.
  bool is_accepted_ = false;
  std::vector<std::uint32_t> now_;
  std::vector<std::uint32_t> after_;
  std::vector<std::uint32_t> pending_;
  std::vector<std::uint32_t> entered_;
  std::vector<std::uint32_t> active_;
  std::vector<std::uint32_t> seen_;  // By step: time_ when it was last reached.
  std::vector<Counter> counters_;    // By step.
};

}  // namespace

bool run_program(const PatternTables& tables, std::string_view utf8, std::uint64_t& cost) {
  return Run(tables, cost).matches(utf8);
}

}  // namespace amparo::text
