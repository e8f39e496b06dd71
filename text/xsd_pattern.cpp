// SPDX-License-Identifier: Apache-2.0
#include "text/xsd_pattern.hpp"

#include <algorithm>
#include <utility>

#include "text/detail/pattern_automaton.hpp"
#include "text/detail/pattern_classes.hpp"
#include "text/detail/pattern_parser.hpp"
#include "text/detail/pattern_program.hpp"
#include "text/utf8.hpp"

namespace amparo::text {

namespace {

void set_bit(std::vector<std::uint64_t>& words, std::size_t bit) {
  words[bit / 64] |= std::uint64_t{1} << (bit % 64);
}

bool has_bit(const std::vector<std::uint64_t>& words, std::size_t bit) {
  return (words[bit / 64] >> (bit % 64) & 1U) != 0;
}

PatternTables tables_of(Automaton automaton, CharacterClasses& classes) {
  automaton = minimise(automaton);
  join_classes(automaton, classes);
  PatternTables tables;
  write_rows(classes, tables);
  tables.start = static_cast<std::uint16_t>(automaton.start);
  tables.next.assign(automaton.next.begin(), automaton.next.end());
  tables.accepting.resize((automaton.states() + 63) / 64);
  for (std::uint32_t state = 0; state < automaton.states(); ++state)
    if (automaton.accepting[state]) set_bit(tables.accepting, state);
  return tables;
}

PatternTables tables_of(PatternProgram program, const CharacterClasses& classes) {
  PatternTables tables;
  write_rows(classes, tables);
  tables.program = std::move(program.steps);
  tables.entry = program.entry;
  tables.sequence = std::move(program.sequence);
  tables.sets.resize(classes.of_set.size() * tables.words_per_set());
  for (std::size_t set = 0; set < classes.of_set.size(); ++set)
    for (const std::uint16_t of_class : classes.of_set[set])
      set_bit(tables.sets, set * tables.words_per_set() * 64 + of_class);
  return tables;
}

template <typename T>
bool all_below(const std::vector<T>& values, std::size_t limit) {
  return std::all_of(values.begin(), values.end(), [&](T value) { return value < limit; });
}

// Whether `row` leads to rows, and those after `levels_below` more bytes to classes.
// Every row is looked at once for a level, however many lead there.
class RowCheck {
 public:
  explicit RowCheck(const PatternTables& tables)
      : tables_{tables}, checked_(tables.rows.size() / 64 * 3, false) {}

  bool is_good(std::size_t row, std::size_t levels_below) {
    if (row >= tables_.rows.size() / 64) return false;
    if (checked_[row * 3 + levels_below]) return true;
    checked_[row * 3 + levels_below] = true;
    for (std::size_t i = row * 64; i < row * 64 + 64; ++i) {
      const std::uint16_t entry = tables_.rows[i];
      if (levels_below == 0 ? entry >= tables_.classes : !is_good(entry, levels_below - 1))
        return false;
    }
    return true;
  }

 private:
  const PatternTables& tables_;
  std::vector<bool> checked_;
};

bool characters_are_good(const PatternTables& tables) {
  if (tables.classes == 0 || tables.classes > 65'535) return false;
  if (tables.rows.empty() || tables.rows.size() % 64 != 0) return false;
  if (!std::all_of(tables.rows.begin(), tables.rows.begin() + 64, [](auto v) { return v == 0; }))
    return false;
  RowCheck rows(tables);
  for (std::size_t byte = 0; byte < 256; ++byte) {
    const std::size_t entry = tables.lead[byte];
    if (byte < 0x80 ? entry >= tables.classes
                    : !rows.is_good(entry,
                                    byte < 0xE0   ? 0
                                    : byte < 0xF0 ? 1
                                                  : 2))
      return false;
  }
  return true;
}

bool automaton_is_good(const PatternTables& tables) {
  const std::size_t states = tables.next.size() / tables.classes;
  return states > 0 && states <= 65'535 && tables.next.size() % tables.classes == 0 &&
         tables.start < states && all_below(tables.next, states) &&
         std::all_of(tables.next.begin(),
                     tables.next.begin() + static_cast<std::ptrdiff_t>(tables.classes),
                     [](std::uint16_t state) { return state == 0; }) &&
         tables.accepting.size() == (states + 63) / 64 && !has_bit(tables.accepting, 0);
}

bool program_is_good(const PatternTables& tables) {
  if (!tables.next.empty() || tables.entry >= tables.program.size()) return false;
  const std::size_t sets = tables.sets.size() / tables.words_per_set();
  const auto step_is_good = [&](const PatternStep& step) {
    if (step.next >= tables.program.size()) return false;
    switch (step.kind) {
      case PatternStep::Kind::Set:
        return step.set < sets;
      case PatternStep::Kind::Split:
        return step.other < tables.program.size();
      case PatternStep::Kind::Count:
        return step.other > 0 && step.other <= tables.sequence.size() &&
               step.set <= tables.sequence.size() - step.other && step.min > 0 &&
               step.max >= step.min;
      case PatternStep::Kind::Accept:
        return true;
    }
    return false;
  };
  return all_below(tables.sequence, sets) &&
         std::all_of(tables.program.begin(), tables.program.end(), step_is_good);
}

std::string shown_byte(std::size_t byte) {
  if (byte > 0x20 && byte < 0x7F) return {static_cast<char>(byte)};
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  return {'\\', 'x', kDigits[byte / 16], kDigits[byte % 16]};
}

std::string shown_times(const PatternStep& step) {
  std::string out = "{" + std::to_string(step.min) + ",";
  if (step.max != PatternStep::kUnbounded) out += std::to_string(step.max);
  return out + "}";
}

std::string shown_step(const PatternTables& tables, const PatternStep& step) {
  switch (step.kind) {
    case PatternStep::Kind::Set:
      return "set " + std::to_string(step.set) + " -> " + std::to_string(step.next);
    case PatternStep::Kind::Split:
      return "split -> " + std::to_string(step.next) + ", " + std::to_string(step.other);
    case PatternStep::Kind::Accept:
      return "accept";
    case PatternStep::Kind::Count:
      break;
  }
  std::string out = "count (";
  for (std::uint32_t i = 0; i < step.other; ++i)
    out += (i == 0 ? "" : " ") + std::to_string(tables.sequence[step.set + i]);
  return out + ")" + shown_times(step) + " -> " + std::to_string(step.next);
}

bool run_automaton(const PatternTables& tables, std::string_view utf8, std::uint64_t& cost) {
  // UTF-8 as unsigned bytes.
  const auto* at = reinterpret_cast<const unsigned char*>(utf8.data());  // NOLINT
  const unsigned char* const end = at + utf8.size();
  std::uint32_t state = tables.start;
  for (; at != end && state != 0; ++cost)
    state = tables.next[state * tables.classes + read_class(tables, at, end)];
  return has_bit(tables.accepting, state);
}

}  // namespace

Result<Pattern> Pattern::compile(std::string_view pattern, const PatternLimits& limits) {
  return compile_any({&pattern, 1}, limits);
}

Result<Pattern> Pattern::compile_any(std::span<const std::string_view> patterns,
                                     const PatternLimits& limits) {
  PatternTree tree;
  std::vector<std::uint32_t> roots;
  for (const std::string_view pattern : patterns) {
    const auto root = parse_pattern(pattern, limits, tree);
    if (!root) return Fail<Error>{root.error()};
    roots.push_back(*root);
  }
  if (roots.empty()) roots.push_back(tree.add_set(CodePoints()));
  const std::uint32_t root = tree.add_choice(roots);

  auto classes = partition(tree.sets, limits.work);
  const auto whole = write_program(tree, root, Repetitions::WrittenOut, limits.positions);
  if (classes && whole) {
    auto automaton = determinise(*whole, *classes, limits);
    if (automaton) return Pattern(tables_of(*std::move(automaton), *classes));
  }
  auto counted = write_program(tree, root, Repetitions::Counted, limits.positions);
  if (classes && counted) return Pattern(tables_of(*std::move(counted), *classes));
  std::string name = "pattern \"" + std::string(patterns.front().substr(0, 60)) + "\"";
  while (first_invalid_utf8(name))
    name.erase(name.size() - 2, 1);
  return fail(ErrorCode::TooLarge,
              name + ": written out it has more than " + std::to_string(limits.positions) +
                  " places; smaller numbers in its quantifiers are needed");
}

Result<Pattern> Pattern::from_tables(PatternTables tables) {
  if (!characters_are_good(tables))
    return fail(ErrorCode::Malformed, "pattern tables: the classes of characters are damaged");
  if (tables.program.empty() ? !automaton_is_good(tables) : !program_is_good(tables))
    return fail(ErrorCode::Malformed, "pattern tables: the automaton is damaged");
  return Pattern(std::move(tables));
}

bool Pattern::matches(std::string_view utf8) const {
  std::uint64_t cost = 0;
  return has_automaton() ? run_automaton(tables_, utf8, cost) : run_program(tables_, utf8, cost);
}

std::uint64_t Pattern::cost(std::string_view utf8) const {
  std::uint64_t cost = 0;
  const bool matched =
      has_automaton() ? run_automaton(tables_, utf8, cost) : run_program(tables_, utf8, cost);
  static_cast<void>(matched);
  return cost;
}

// From the smallest automaton: states in a row, each led to by ASCII alone.
std::optional<FixedShape> Pattern::fixed_shape() const {
  constexpr std::size_t kLongest = 63;
  if (!has_automaton() || tables_.start == 0) return std::nullopt;
  std::vector<bool> beyond_ascii(tables_.classes, false);
  for (std::size_t byte = 0xC2; byte < 0xF5; ++byte) {
    const unsigned char lead = static_cast<unsigned char>(byte);
    // Rows share their parts: each is visited through its lead byte, a level at a time.
    std::vector<std::uint16_t> level{tables_.lead[lead]};
    for (int below = lead < 0xE0 ? 0 : lead < 0xF0 ? 1 : 2; below >= 0; --below) {
      std::vector<std::uint16_t> next;
      for (const std::uint16_t row : level)
        next.insert(
            next.end(), tables_.rows.begin() + row * 64, tables_.rows.begin() + row * 64 + 64);
      std::sort(next.begin(), next.end());
      next.erase(std::unique(next.begin(), next.end()), next.end());
      level = std::move(next);
    }
    for (const std::uint16_t of_class : level)
      beyond_ascii[of_class] = true;
  }

  FixedShape shape;
  std::uint16_t state = tables_.start;
  while (true) {
    const std::size_t length = shape.positions.size();
    if (has_bit(tables_.accepting, state)) shape.lengths |= std::uint64_t{1} << length;
    std::uint16_t following = 0;
    FixedShape::ByteSet bytes{};
    for (std::uint32_t of_class = 1; of_class < tables_.classes; ++of_class) {
      const std::uint16_t target = tables_.next[state * tables_.classes + of_class];
      if (target == 0) continue;
      if (beyond_ascii[of_class] || (following != 0 && following != target)) return std::nullopt;
      following = target;
      for (std::size_t byte = 0; byte < 0x80; ++byte)
        if (tables_.lead[byte] == of_class) bytes[byte / 64] |= std::uint64_t{1} << (byte % 64);
    }
    if (following == 0) return shape;
    if (length == kLongest) return std::nullopt;  // Too long, or a loop.
    const auto known = std::find(shape.sets.begin(), shape.sets.end(), bytes);
    shape.positions.push_back(static_cast<std::uint8_t>(known - shape.sets.begin()));
    if (known == shape.sets.end()) shape.sets.push_back(bytes);
    state = following;
  }
}

std::string Pattern::dump() const {
  std::string out = "classes " + std::to_string(tables_.classes) + ", rows " +
                    std::to_string(tables_.rows.size() / 64) + "\nascii";
  for (std::size_t byte = 0, end = 0; byte < 0x80; byte = end) {
    while (end < 0x80 && tables_.lead[end] == tables_.lead[byte])
      ++end;
    out += " " + shown_byte(byte);
    if (end - byte > 1) out += "-" + shown_byte(end - 1);
    out += ":" + std::to_string(tables_.lead[byte]);
  }
  out += "\n";
  if (!has_automaton()) {
    out += "program, from step " + std::to_string(tables_.entry) + "\n";
    for (std::size_t i = 0; i < tables_.program.size(); ++i)
      out += std::to_string(i) + ": " + shown_step(tables_, tables_.program[i]) + "\n";
    return out;
  }
  out += "automaton, from state " + std::to_string(tables_.start) + "\n";
  for (std::size_t state = 0; state < tables_.next.size() / tables_.classes; ++state) {
    out += std::to_string(state) + (has_bit(tables_.accepting, state) ? " accepts:" : ":");
    for (std::size_t i = 0; i < tables_.classes; ++i)
      out += " " + std::to_string(tables_.next[state * tables_.classes + i]);
    out += "\n";
  }
  return out;
}

}  // namespace amparo::text
