// SPDX-License-Identifier: Apache-2.0
#include "text/detail/pattern_classes.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace amparo::text {

namespace {

constexpr char32_t kLastCodePoint = 0x10FFFF;

// Where any set begins or ends: between two of these, all characters are alike.
std::vector<char32_t> boundaries(const std::vector<CodePoints>& sets) {
  std::vector<char32_t> out{0, 0xD800, 0xE000};
  for (const CodePoints& set : sets) {
    for (const CodeRange& range : set.ranges()) {
      out.push_back(range.first);
      if (range.last < kLastCodePoint) out.push_back(range.last + 1);
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// Numbers in the order of first appearance, so that equal patterns give equal tables.
void number_by_appearance(CharacterClasses& classes, const std::vector<std::uint32_t>& raw) {
  std::unordered_map<std::uint32_t, std::uint16_t> numbers;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    CharacterClasses::Interval& interval = classes.intervals[i];
    if (interval.range.first >= 0xD800 && interval.range.last <= 0xDFFF) continue;
    const auto [place, is_new] = numbers.emplace(raw[i], static_cast<std::uint16_t>(classes.count));
    if (is_new) ++classes.count;
    interval.of_class = place->second;
  }
}

std::size_t interval_at(const CharacterClasses& classes, char32_t code_point) {
  const auto place = std::upper_bound(classes.intervals.begin(),
                                      classes.intervals.end(),
                                      code_point,
                                      [](char32_t c, const CharacterClasses::Interval& interval) {
                                        return c < interval.range.first;
                                      });
  return static_cast<std::size_t>(place - classes.intervals.begin()) - 1;
}

// The rows, each once, however many places share it.
class RowWriter {
 public:
  RowWriter(const CharacterClasses& classes, std::vector<std::uint16_t>& rows)
      : classes_{classes}, rows_{rows} {
    rows_.clear();
    intern(Row{});
  }

  // The row for the 64 * 64^levels_below code points from `first` on. What comes before
  // `first_entry` would be an overlong form: class 0.
  std::uint16_t row(char32_t first, int levels_below, std::size_t first_entry = 0) {
    const char32_t step = char32_t{1} << static_cast<unsigned>(6 * levels_below);
    const CharacterClasses::Interval& interval = classes_.intervals[interval_at(classes_, first)];
    const bool is_uniform = first_entry == 0 && interval.range.last >= first + step * 64 - 1;
    const auto key = std::pair(interval.of_class, levels_below);
    if (is_uniform) {
      const auto known = uniform_.find(key);
      if (known != uniform_.end()) return known->second;
    }
    Row entries{};
    for (std::size_t i = first_entry; i < entries.size(); ++i) {
      const char32_t at = first + step * static_cast<char32_t>(i);
      if (at > kLastCodePoint) break;  // 0xF4 has room for more than Unicode has
      entries[i] = levels_below == 0 ? classes_.intervals[interval_at(classes_, at)].of_class
                                     : row(at, levels_below - 1);
    }
    const std::uint16_t number = intern(entries);
    if (is_uniform) uniform_.emplace(key, number);
    return number;
  }

 private:
  using Row = std::array<std::uint16_t, 64>;

  std::uint16_t intern(const Row& entries) {
    const auto [place, is_new] =
        known_.emplace(entries, static_cast<std::uint16_t>(rows_.size() / 64));
    if (is_new) rows_.insert(rows_.end(), entries.begin(), entries.end());
    return place->second;
  }

  const CharacterClasses& classes_;
  std::vector<std::uint16_t>& rows_;
  std::map<Row, std::uint16_t> known_;
  std::map<std::pair<std::uint16_t, int>, std::uint16_t> uniform_;
};

}  // namespace

std::optional<CharacterClasses> partition(const std::vector<CodePoints>& sets, std::uint64_t work) {
  const std::vector<char32_t> begins = boundaries(sets);
  CharacterClasses classes;
  for (std::size_t i = 0; i < begins.size(); ++i)
    classes.intervals.push_back(
        {{begins[i], i + 1 < begins.size() ? begins[i + 1] - 1 : kLastCodePoint}, 0});

  // Every set in turn splits the classes that it cuts.
  std::vector<std::uint32_t> raw(begins.size(), 0);
  std::uint32_t next_raw = 1;
  for (const CodePoints& set : sets) {
    std::unordered_map<std::uint32_t, std::uint32_t> inside;
    for (const CodeRange& range : set.ranges()) {
      for (std::size_t i = interval_at(classes, range.first);
           i < raw.size() && classes.intervals[i].range.first <= range.last;
           ++i) {
        if (work-- == 0) return std::nullopt;
        const auto [place, is_new] = inside.emplace(raw[i], next_raw);
        if (is_new) ++next_raw;
        raw[i] = place->second;
      }
    }
  }
  if (begins.size() > 65'000) return std::nullopt;
  number_by_appearance(classes, raw);

  for (const CodePoints& set : sets) {
    std::vector<std::uint16_t> own;
    for (const CodeRange& range : set.ranges())
      for (std::size_t i = interval_at(classes, range.first);
           i < raw.size() && classes.intervals[i].range.first <= range.last;
           ++i)
        own.push_back(classes.intervals[i].of_class);
    std::sort(own.begin(), own.end());
    own.erase(std::unique(own.begin(), own.end()), own.end());
    classes.of_set.push_back(std::move(own));
  }
  return classes;
}

// Unicode, table 3-7: which bytes may follow which.
void write_rows(const CharacterClasses& classes, PatternTables& tables) {
  tables.classes = classes.count;
  tables.lead.fill(0);
  for (char32_t c = 0; c < 0x80; ++c)
    tables.lead[c] = classes.intervals[interval_at(classes, c)].of_class;
  RowWriter writer(classes, tables.rows);
  for (char32_t lead = 0xC2; lead < 0xE0; ++lead)
    tables.lead[lead] = writer.row((lead & 0x1FU) << 6U, 0);
  for (char32_t lead = 0xE0; lead < 0xF0; ++lead)
    tables.lead[lead] = writer.row((lead & 0x0FU) << 12U, 1, lead == 0xE0 ? 32 : 0);
  for (char32_t lead = 0xF0; lead < 0xF5; ++lead)
    tables.lead[lead] = writer.row((lead & 0x07U) << 18U, 2, lead == 0xF0 ? 16 : 0);
}

}  // namespace amparo::text
