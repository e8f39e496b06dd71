// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/value_problem.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "text/utf8.hpp"

namespace amparo::xsd {
namespace {

constexpr std::uint32_t kMaxListed = 12;

// Something that is a value of a built-in type, for those who have to write one.
struct Example {
  BuiltIn type;
  std::string_view text;
};
constexpr std::array kExamples{Example{BuiltIn::Date, "2014-05-31"},
                               Example{BuiltIn::DateTime, "2014-05-31T17:30:00-06:00"},
                               Example{BuiltIn::Time, "17:30:00"},
                               Example{BuiltIn::GYear, "2014"},
                               Example{BuiltIn::GYearMonth, "2014-05"},
                               Example{BuiltIn::Duration, "P2DT12H"},
                               Example{BuiltIn::Boolean, "true"},
                               Example{BuiltIn::Decimal, "12.5"},
                               Example{BuiltIn::Integer, "12"},
                               Example{BuiltIn::Int, "12"},
                               Example{BuiltIn::NonNegativeInteger, "12"},
                               Example{BuiltIn::PositiveInteger, "12"},
                               Example{BuiltIn::Language, "es-MX"},
                               Example{BuiltIn::NcName, "a1"}};

TypeId built_in_of(const SimpleTypeTables& tables, TypeId type) {
  while (static_cast<std::size_t>(type) >= kBuiltInCount)
    type = tables[type].base;
  return type;
}

std::optional<Facet> facet_of(Constraint constraint) noexcept {
  switch (constraint) {
    case Constraint::None:
    case Constraint::Lexical:
    case Constraint::Members:
      return std::nullopt;
    case Constraint::Pattern:
      return Facet::Pattern;
    case Constraint::Enumeration:
      return Facet::Enumeration;
    case Constraint::Length:
      return Facet::Length;
    case Constraint::MinLength:
      return Facet::MinLength;
    case Constraint::MaxLength:
      return Facet::MaxLength;
    case Constraint::MaxInclusive:
      return Facet::MaxInclusive;
    case Constraint::MaxExclusive:
      return Facet::MaxExclusive;
    case Constraint::MinInclusive:
      return Facet::MinInclusive;
    case Constraint::MinExclusive:
      return Facet::MinExclusive;
    case Constraint::TotalDigits:
      return Facet::TotalDigits;
    case Constraint::FractionDigits:
      return Facet::FractionDigits;
  }
  return std::nullopt;
}

// The facet as the schema states it; empty for patterns and enumerations, which are notes.
std::string facet_text(const SimpleTypeTables& tables, const SimpleType& type, Facet facet) {
  switch (facet) {
    case Facet::Length:
      return std::to_string(type.length);
    case Facet::MinLength:
      return std::to_string(type.min_length);
    case Facet::MaxLength:
      return std::to_string(type.max_length);
    case Facet::TotalDigits:
      return std::to_string(type.total_digits);
    case Facet::FractionDigits:
      return std::to_string(type.fraction_digits);
    case Facet::MaxInclusive:
    case Facet::MaxExclusive:
    case Facet::MinInclusive:
    case Facet::MinExclusive:
      return std::string{tables.view(type.bound(facet))};
    case Facet::Pattern:
    case Facet::Enumeration:
    case Facet::WhiteSpace:
      return {};
  }
  return {};
}

std::vector<std::string> listed(const SimpleTypeTables& tables, const SimpleType& type) {
  std::vector<std::string> values;
  const auto shown = std::min(type.enumeration.size(), kMaxListed);
  for (std::uint32_t i = 0; i < shown; ++i) {
    values.emplace_back(tables.view(tables.enumeration_texts[type.enumeration.begin + i]));
  }
  if (type.enumeration.size() > kMaxListed) values.emplace_back("...");
  return values;
}

// What people cannot see is written by its number.
std::string visible(std::string_view pattern) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string shown;
  for (std::size_t i = 0; i < pattern.size();) {
    const auto decoded = text::decode_utf8(pattern, i);
    const char32_t c = decoded.code_point;
    if (c > 0x20 && c < 0x7F) {
      shown += static_cast<char>(c);
    } else {
      std::string digits;
      for (char32_t rest = c; rest != 0 || digits.empty(); rest >>= 4U)
        digits.insert(digits.begin(), kDigits[rest & 0xFU]);
      shown.append("\\u{").append(digits).append("}");
    }
    i += std::max<std::size_t>(decoded.length, 1);
  }
  return shown;
}

// Alternatives of one step are one pattern to the reader.
std::string pattern_text(const SimpleTypeTables& tables, PatternId pattern) {
  const IndexRange group = tables.patterns[static_cast<std::size_t>(pattern)];
  std::string shown;
  for (auto each = group.begin; each != group.end; ++each) {
    if (each != group.begin) shown += '|';
    shown += visible(tables.view(tables.pattern_texts[each]));
  }
  return shown;
}

// What a length counts (Part 2, 4.3.1): the end of the message's key.
std::string_view unit_of(const SimpleType& type) {
  if (type.variety == Variety::List) return "-items";
  const bool is_binary =
      type.primitive == Primitive::HexBinary || type.primitive == Primitive::Base64Binary;
  return is_binary ? "-octets" : "";
}

void add_example(const SimpleTypeTables& tables, TypeId type, ValueFault& fault) {
  const auto built_in = static_cast<BuiltIn>(built_in_of(tables, type));
  const auto* found = std::find_if(
      kExamples.begin(), kExamples.end(), [&](const Example& e) { return e.type == built_in; });
  if (found == kExamples.end()) return;
  fault.notes.push_back({"note-example", {{"example", {std::string{found->text}}}}});
}

}  // namespace

std::string_view rule_of(Constraint constraint) noexcept {
  switch (constraint) {
    case Constraint::None:
      return {};
    case Constraint::Lexical:
      return "cvc-datatype-valid.1.2.1";
    case Constraint::Members:
      return "cvc-datatype-valid.1.2.3";
    case Constraint::Pattern:
      return "cvc-pattern-valid";
    case Constraint::Enumeration:
      return "cvc-enumeration-valid";
    case Constraint::Length:
      return "cvc-length-valid";
    case Constraint::MinLength:
      return "cvc-minLength-valid";
    case Constraint::MaxLength:
      return "cvc-maxLength-valid";
    case Constraint::MaxInclusive:
      return "cvc-maxInclusive-valid";
    case Constraint::MaxExclusive:
      return "cvc-maxExclusive-valid";
    case Constraint::MinInclusive:
      return "cvc-minInclusive-valid";
    case Constraint::MinExclusive:
      return "cvc-minExclusive-valid";
    case Constraint::TotalDigits:
      return "cvc-totalDigits-valid";
    case Constraint::FractionDigits:
      return "cvc-fractionDigits-valid";
  }
  return {};
}

ValueFault describe(const SimpleTypeTables& tables,
                    const Verdict& verdict,
                    std::string_view text,
                    const std::string& holder) {
  const SimpleType& type = tables[verdict.type];
  ValueFault fault{.rule = std::string{rule_of(verdict.broken)},
                   .key = {},
                   .params = {{"holder", {holder}}, {"type", {tables.display_name(verdict.type)}}}};
  const bool is_lexical = verdict.broken == Constraint::Lexical;
  fault.key = is_lexical ? "cvc-datatype-valid" : fault.rule;
  if (is_lexical) add_example(tables, verdict.type, fault);
  const auto facet = facet_of(verdict.broken);
  if (!facet) return fault;
  if (*facet == Facet::Pattern) {
    const auto pattern = pattern_text(tables, verdict.pattern);
    fault.notes.push_back({"note-pattern", {{"pattern", {pattern}}}});
  } else if (*facet == Facet::Enumeration) {
    fault.notes.push_back({"note-allowed", {{"values", listed(tables, type)}}});
  } else {
    const bool is_length =
        verdict.broken >= Constraint::Length && verdict.broken <= Constraint::MaxLength;
    if (is_length) fault.key += unit_of(type);
    const auto length = is_length ? verdict.length : shape_of(text).length;
    fault.params.push_back({"facet", {facet_text(tables, type, *facet)}});
    fault.params.push_back({"length", {std::to_string(length)}});
  }
  return fault;
}

}  // namespace amparo::xsd
