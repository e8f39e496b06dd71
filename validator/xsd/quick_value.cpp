// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/quick_value.hpp"

#include <algorithm>
#include <string_view>

#include "validator/xsd/engine_tables.hpp"

namespace amparo::xsd {
namespace {

using text::AsciiSet;
using text::PatternSegment;

constexpr std::uint16_t facet_bit(Facet facet) {
  return static_cast<std::uint16_t>(1U << static_cast<unsigned>(facet));
}

// "0-5" is a range, other characters stand for themselves.
AsciiSet set_of(std::string_view characters) {
  AsciiSet set;
  if (characters.size() == 3 && characters[1] == '-') {
    for (char c = characters[0]; c <= characters[2]; ++c)
      set.insert(static_cast<unsigned char>(c));
    return set;
  }
  for (const char c : characters)
    set.insert(static_cast<unsigned char>(c));
  return set;
}

std::vector<AsciiSet> places(std::initializer_list<std::string_view> sets) {
  std::vector<AsciiSet> all;
  for (const auto set : sets)
    all.push_back(set_of(set));
  return all;
}

// What each century can be followed by: a date, with its time and zone.
enum class Layout : std::uint8_t { Date, Utc, Offset };
std::vector<PatternSegment> family_of(unsigned century, Layout layout) {
  const char first = static_cast<char>('0' + century / 10);
  const char second = static_cast<char>('0' + century % 10);
  std::vector<PatternSegment> family{
      {places({{&first, 1}, {&second, 1}, "0-9", "0-9", "-"})},
      {places({"0", "1-9"}), places({"1", "0-2"})},
      {places({"-"})},
      {places({"0", "1-9"}), places({"12", "0-9"}), places({"3", "01"})}};
  if (layout == Layout::Date) return family;
  const PatternSegment hour{places({"01", "0-9"}), places({"2", "0-3"})};
  family.push_back({places({"T"})});
  family.push_back(hour);
  family.push_back({places({":", "0-5", "0-9", ":", "0-5", "0-9"})});
  if (layout == Layout::Utc) {
    family.push_back({places({"Z"})});
  } else {
    family.push_back({places({"+-", "0", "0-9"}), places({"+-", "1", "0-3"})});
    family.push_back({places({":", "0-5", "0-9"})});
  }
  return family;
}

Centuries centuries_of(const text::Pattern* pattern, Layout layout) {
  unsigned centuries = 0;
  for (unsigned i = 0; i < kCenturies; ++i) {
    const auto family = family_of(kFirstCentury + i, layout);
    if (pattern == nullptr || accepts_all(*pattern, family)) centuries |= 1U << i;
  }
  return static_cast<Centuries>(centuries);
}

// The only pattern of a type: its alternatives; null when there is none.
const text::Pattern* only_pattern(const SimpleTypeTables& tables,
                                  const SchemaPatterns& patterns,
                                  const SimpleType& type) {
  return type.patterns.size() == 0 ? nullptr : &patterns[tables.pattern_uses[type.patterns.begin]];
}

bool has_only(const SimpleType& type, std::uint16_t facets) {
  return (type.facets & ~facets) == 0 && type.patterns.size() <= 1;
}

bool fill_calendar(QuickType& quick,
                   const SimpleTypeTables& tables,
                   const SchemaPatterns& patterns,
                   const SimpleType& type) {
  const bool is_date = type.primitive == Primitive::Date;
  const bool is_instant = type.primitive == Primitive::DateTime;
  if (type.variety != Variety::Atomic || !(is_date || is_instant)) return false;
  if (!has_only(type, facet_bit(Facet::Pattern))) return false;
  const auto* pattern = only_pattern(tables, patterns, type);
  if (is_date) {
    quick.dates = centuries_of(pattern, Layout::Date);
  } else {
    quick.instants_utc = centuries_of(pattern, Layout::Utc);
    quick.instants_offset = centuries_of(pattern, Layout::Offset);
  }
  quick.kind = QuickType::Kind::Calendar;
  return true;
}

// A union of dates and date-times: each text is one or the other.
void fill_union(QuickType& quick,
                const SimpleTypeTables& tables,
                const SchemaPatterns& patterns,
                const SimpleType& type) {
  if (type.facets != 0 || type.patterns.size() != 0 || type.members.size() > 2) return;
  QuickType all;
  for (auto m = type.members.begin; m != type.members.end; ++m) {
    QuickType one;
    if (!fill_calendar(one, tables, patterns, tables[tables.members[m]])) return;
    all.dates |= one.dates;
    all.instants_utc |= one.instants_utc;
    all.instants_offset |= one.instants_offset;
  }
  all.kind = QuickType::Kind::Calendar;
  quick = all;
}

void fill_text(QuickType& quick, const SimpleType& type, const text::PatternRuns* pattern) {
  constexpr std::uint16_t kFacets = facet_bit(Facet::Pattern) | facet_bit(Facet::Length) |
                                    facet_bit(Facet::MinLength) | facet_bit(Facet::MaxLength);
  const bool is_plain = type.primitive == Primitive::String && type.syntax == Syntax::OfPrimitive;
  if (!is_plain || !has_only(type, kFacets)) return;
  // A character has one to four bytes.
  constexpr std::uint64_t kMost = UINT32_MAX / 8;
  const bool is_ascii = pattern != nullptr && !pattern->takes_beyond();
  const auto bytes_for = [&](std::uint64_t characters) {
    if (is_ascii || characters == 0) return characters;
    return (std::min(characters, kMost) - 1) * 4 + 1;
  };
  if (type.has(Facet::Length)) {
    if (!is_ascii || type.length > kMost) return;
    quick.min_bytes = quick.max_bytes = static_cast<std::uint32_t>(type.length);
  }
  if (type.has(Facet::MinLength)) {
    if (type.min_length > kMost) return;
    quick.min_bytes =
        std::max(quick.min_bytes, static_cast<std::uint32_t>(bytes_for(type.min_length)));
  }
  if (type.has(Facet::MaxLength)) {
    quick.max_bytes =
        std::min(quick.max_bytes, static_cast<std::uint32_t>(std::min(type.max_length, kMost)));
  }
  quick.white_space = type.white_space;
  quick.kind = QuickType::Kind::Text;
  if (pattern == nullptr) return;
  quick.kind = pattern->is_usable() ? QuickType::Kind::Pattern : QuickType::Kind::None;
}

}  // namespace

QuickValues::QuickValues(const SimpleTypeTables& types, const SchemaPatterns& patterns) {
  for (std::uint32_t i = 0; i < types.patterns.size(); ++i)
    patterns_.emplace_back(patterns[static_cast<PatternId>(i)]);
  for (const SimpleType& type : types.types) {
    QuickType& quick = types_.emplace_back();
    if (type.variety == Variety::Union) {
      fill_union(quick, types, patterns, type);
    } else if (type.variety == Variety::Atomic && type.kernel == Kernel::Integer) {
      quick.kind = QuickType::Kind::Integer;
      quick.min_integer = type.min_integer;
      quick.max_integer = type.max_integer;
    } else if (type.variety == Variety::Atomic && !fill_calendar(quick, types, patterns, type)) {
      const text::PatternRuns* pattern = nullptr;
      if (type.patterns.size() > 0) {
        quick.pattern = static_cast<std::uint32_t>(types.pattern_uses[type.patterns.begin]);
        pattern = &patterns_[quick.pattern];
      }
      fill_text(quick, type, pattern);
    }
  }
}

}  // namespace amparo::xsd
