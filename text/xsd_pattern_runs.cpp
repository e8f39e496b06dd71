// SPDX-License-Identifier: Apache-2.0
#include "text/xsd_pattern_runs.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace amparo::text {
namespace {

constexpr std::size_t kMaxTable = 16384;  // entries: half of a first-level cache
constexpr std::size_t kMaxRuns = 100;
constexpr std::size_t kLongestRun = 63;
constexpr std::size_t kWorthAsking = 6;  // characters

bool is_accepting_in(const PatternTables& tables, std::uint32_t state) {
  return (tables.accepting[state / 64] >> state % 64 & 1U) != 0;
}

// The classes of all characters of XML from U+00A0 on. Class 0 is among them when the pattern has
// no use for one of them.
class ClassesBeyond {
 public:
  explicit ClassesBeyond(const PatternTables& tables) : tables_{tables} {
    const auto lead = [&](std::size_t byte) { return std::uint32_t{tables.lead[byte]}; };
    add(lead(0xC2), 1, 0x20, 0x3F);
    for (std::size_t byte = 0xC3; byte < 0xE0; ++byte)
      add(lead(byte), 1);
    add(lead(0xE0), 2, 0x20, 0x3F);
    for (std::size_t byte = 0xE1; byte < 0xEF; ++byte)
      add(lead(byte), 2, 0, byte == 0xED ? 0x1F : 0x3F);  // no surrogates
    add(lead(0xEF), 2, 0, 0x3E);
    add(entry(lead(0xEF), 0x3F), 1, 0, 0x3D);  // nor U+FFFE, U+FFFF
    add(lead(0xF0), 3, 0x10, 0x3F);
    for (std::size_t byte = 0xF1; byte < 0xF4; ++byte)
      add(lead(byte), 3);
    add(lead(0xF4), 3, 0, 0x0F);
  }
  std::set<std::uint32_t> classes{};

 private:
  [[nodiscard]] std::uint32_t entry(std::uint32_t row, std::size_t low_bits) const {
    return tables_.rows[row * 64 + low_bits];
  }
  // `levels`: continuation bytes that are to come.
  void add(std::uint32_t row, int levels, std::size_t from = 0, std::size_t to = 0x3F) {
    if (from == 0 && to == 0x3F && !seen_.emplace(row, levels).second) return;
    for (auto i = from; i <= to; ++i) {
      if (levels == 1) {
        classes.insert(entry(row, i));
      } else {
        add(entry(row, i), levels - 1);
      }
    }
  }

  const PatternTables& tables_;
  std::set<std::pair<std::uint32_t, int>> seen_{};
};

}  // namespace

PatternRuns::PatternRuns(const Pattern& pattern) {
  const PatternTables& tables = pattern.tables();
  if (!pattern.has_automaton() || tables.next.size() > kMaxTable || tables.classes > 255) return;
  const auto states = static_cast<std::uint32_t>(tables.next.size() / tables.classes);
  start_ = tables.start * tables.classes;
  for (std::size_t byte = 0; byte < class_.size(); ++byte)
    class_[byte] = static_cast<std::uint8_t>(tables.lead[byte]);
  about_.assign(tables.next.size(), 0);
  for (std::uint32_t state = 1; state < states; ++state) {
    auto& about = about_[state * tables.classes];
    about = is_accepting_in(tables, state) ? kAccepting : 0;
    auto run = find_run(tables, state);
    const bool is_long = (run.lengths >> kWorthAsking) != 0 || run.any_length != PatternRun::kNever;
    if (!is_long || runs_.size() == kMaxRuns) continue;
    takes_beyond_ = takes_beyond_ || run.takes_beyond;
    runs_.push_back(run);
    about = static_cast<std::uint8_t>(about | runs_.size() << 1U);
  }
  for (const auto state : tables.next)
    next_.push_back(static_cast<std::uint16_t>(state * tables.classes));
}

// The largest set of characters that all lead to the same state, and where it leads from there.
PatternRun PatternRuns::find_run(const PatternTables& tables, std::uint32_t state) const {
  const auto next = [&](std::uint32_t from, std::uint32_t of_class) {
    return std::uint32_t{tables.next[from * tables.classes + of_class]};
  };
  std::vector<std::uint32_t> characters(tables.next.size() / tables.classes, 0);
  for (const auto of_class : class_)
    ++characters[next(state, of_class)];
  characters[0] = 0;
  const auto most = std::max_element(characters.begin(), characters.end());
  PatternRun run;
  if (*most == 0) return run;
  auto at = static_cast<std::uint32_t>(most - characters.begin());
  std::set<std::uint32_t> classes;
  for (unsigned char byte = 0; byte < 128; ++byte) {
    if (next(state, class_[byte]) != at) continue;
    classes.insert(class_[byte]);
    run.set.insert(byte);
  }
  const auto leads_to = [&](std::uint32_t from, const std::set<std::uint32_t>& by) {
    const auto to = next(from, *by.begin());
    const bool is_one =
        std::all_of(by.begin(), by.end(), [&](auto each) { return next(from, each) == to; });
    return is_one ? to : 0;
  };
  for (std::size_t length = 1; length <= kLongestRun && at != 0; ++length) {
    if (is_accepting_in(tables, at)) run.lengths |= std::uint64_t{1} << length;
    const auto after = leads_to(at, classes);
    if (after == at) {
      if (is_accepting_in(tables, at)) run.any_length = length;
      if (run.any_length != 1) break;
      const auto beyond = ClassesBeyond{tables}.classes;
      run.takes_beyond = leads_to(state, beyond) == at && leads_to(at, beyond) == at;
      break;
    }
    at = after;
  }
  return run;
}

bool accepts_all(const Pattern& pattern, const std::vector<PatternSegment>& family) {
  if (!pattern.has_automaton()) return false;
  const PatternTables& tables = pattern.tables();
  std::set<std::uint32_t> states{tables.start};
  for (const PatternSegment& segment : family) {
    std::set<std::uint32_t> after;
    for (const auto& alternative : segment) {
      auto here = states;
      for (const AsciiSet& place : alternative) {
        std::set<std::uint32_t> there;
        for (char c = 0; c >= 0 && c < 127; ++c) {
          if (!place.contains(c)) continue;
          for (const auto state : here)
            there.insert(
                tables.next[state * tables.classes + tables.lead[static_cast<unsigned char>(c)]]);
        }
        here = std::move(there);
      }
      after.insert(here.begin(), here.end());
    }
    states = std::move(after);
  }
  return !states.empty() && std::all_of(states.begin(), states.end(), [&](std::uint32_t state) {
    return state != 0 && is_accepting_in(tables, state);
  });
}

}  // namespace amparo::text
