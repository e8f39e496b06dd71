// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/value_check.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "text/utf8.hpp"
#include "validator/xsd/binary.hpp"
#include "validator/xsd/decimal.hpp"
#include "validator/xsd/duration.hpp"
#include "validator/xsd/floating.hpp"
#include "validator/xsd/value_key.hpp"

namespace amparo::xsd {
namespace {

bool is_ascii(std::string_view text) noexcept {
  return std::all_of(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Whether `value` keeps to a bound that lies `order` to it. Incomparable values do not (4.3.7.1).
bool keeps_to(Facet facet, Order order) noexcept {
  switch (facet) {
    case Facet::MaxInclusive:
      return order == Order::Less || order == Order::Equal;
    case Facet::MaxExclusive:
      return order == Order::Less;
    case Facet::MinInclusive:
      return order == Order::Greater || order == Order::Equal;
    case Facet::MinExclusive:
      return order == Order::Greater;
    case Facet::Length:
    case Facet::MinLength:
    case Facet::MaxLength:
    case Facet::Pattern:
    case Facet::Enumeration:
    case Facet::WhiteSpace:
    case Facet::TotalDigits:
    case Facet::FractionDigits:
      return true;
  }
  return true;
}

struct Bound {
  Facet facet;
  Constraint constraint;
};
constexpr std::array kBounds{Bound{Facet::MaxExclusive, Constraint::MaxExclusive},
                             Bound{Facet::MaxInclusive, Constraint::MaxInclusive},
                             Bound{Facet::MinExclusive, Constraint::MinExclusive},
                             Bound{Facet::MinInclusive, Constraint::MinInclusive}};

class Checker {
 public:
  Checker(const SimpleTypeTables& tables, ValueContext& context) noexcept
      : tables_{tables}, context_{context} {}

  Verdict check(TypeId id, std::string_view text) {
    const SimpleType& type = tables_[id];
    switch (type.kernel) {
      case Kernel::General:
        break;
      case Kernel::AnyText:
        return {.type = id};
      case Kernel::TextLength:
        return of_length(id, type, normal(type, text));
      case Kernel::Boolean:
        return lexical(id, is_boolean(trim_space(text)));
      case Kernel::Date:
        return lexical(id, parse_calendar(trim_space(text), CalendarType::Date).has_value());
      case Kernel::DateTime:
        return lexical(id, parse_calendar(trim_space(text), CalendarType::DateTime).has_value());
      case Kernel::Integer:
        return integer(id, type, trim_space(text));
      case Kernel::Enumeration:
        return enumerated_text(id, type, normal(type, text));
      case Kernel::Shape:
        return shaped(id, type, text);
    }
    return general(id, type, text);
  }

 private:
  [[nodiscard]] Verdict general(TypeId id, const SimpleType& type, std::string_view text) {
    switch (type.variety) {
      case Variety::Atomic:
        return atomic(id, type, normal(type, text));
      case Variety::List:
        return list(id, type, text);
      case Variety::Union:
        return one_of(id, type, text);
    }
    return {.type = id};
  }

  std::string_view normal(const SimpleType& type, std::string_view text) {
    return normalise(text, type.white_space, context_.scratch);
  }

  static bool is_boolean(std::string_view text) noexcept {
    return text == "true" || text == "false" || text == "1" || text == "0";
  }

  static Verdict lexical(TypeId id, bool is_in_space) noexcept {
    return {.broken = is_in_space ? Constraint::None : Constraint::Lexical, .type = id};
  }

  // `text` of all these: white space normalised.

  [[nodiscard]] Verdict atomic(TypeId id, const SimpleType& type, std::string_view text) {
    switch (type.primitive) {
      case Primitive::AnySimpleType:
        return {.type = id};
      case Primitive::String:
        return string(id, type, text);
      case Primitive::Boolean:
        if (!is_boolean(text)) return lexical(id, false);
        return patterns_and_enumeration(id, type, text);
      case Primitive::Decimal:
        return decimal(id, type, text);
      case Primitive::Float:
      case Primitive::Double: {
        const auto width =
            type.primitive == Primitive::Float ? FloatWidth::Single : FloatWidth::Double;
        return ordered(
            id, type, text, [width](std::string_view t) { return parse_floating(t, width); });
      }
      case Primitive::Duration:
        return ordered(id, type, text, parse_duration);
      case Primitive::DateTime:
      case Primitive::Time:
      case Primitive::Date:
      case Primitive::GYearMonth:
      case Primitive::GYear:
      case Primitive::GMonthDay:
      case Primitive::GDay:
      case Primitive::GMonth: {
        const auto calendar = calendar_type(type.primitive);
        return ordered(
            id, type, text, [calendar](std::string_view t) { return parse_calendar(t, calendar); });
      }
      case Primitive::HexBinary:
        return measured(id, type, text, hex_binary_length(text));
      case Primitive::Base64Binary:
        return measured(id, type, text, base64_binary_length(text));
      case Primitive::AnyUri:
        if (!is_any_uri(text)) return lexical(id, false);
        return measured(id, type, text, text::count_code_points(text));
      case Primitive::QName:
      case Primitive::Notation:
        // 4.3.1.3: the length facets say nothing of these.
        if (!expand_qname(text, context_.namespaces)) return lexical(id, false);
        return patterns_and_enumeration(id, type, text);
    }
    return {.type = id};
  }

  Verdict string(TypeId id, const SimpleType& type, std::string_view text) {
    if (!has_syntax(type.syntax, text)) return lexical(id, false);
    if (type.syntax == Syntax::Entity && !context_.has_entities) return lexical(id, false);
    if (type.facets == 0) return {.type = id};
    return measured(id, type, text, text::count_code_points(text));
  }

  Verdict decimal(TypeId id, const SimpleType& type, std::string_view text) {
    const auto parse = type.syntax == Syntax::Integer ? parse_integer : parse_decimal;
    Verdict verdict = ordered(id, type, text, parse);
    const bool has_digits = type.has(Facet::TotalDigits) || type.has(Facet::FractionDigits);
    if (!verdict.is_valid() || !has_digits) return verdict;
    const auto value = parse(text);
    if (type.has(Facet::FractionDigits) && value->fraction.size() > type.fraction_digits) {
      verdict.broken = Constraint::FractionDigits;
    } else if (type.has(Facet::TotalDigits) && value->total_digits() > type.total_digits) {
      verdict.broken = Constraint::TotalDigits;
    }
    return verdict;
  }

  template <typename Parse>
  Verdict ordered(TypeId id, const SimpleType& type, std::string_view text, Parse parse) {
    const auto value = parse(text);
    if (!value) return lexical(id, false);
    Verdict verdict = patterns_and_enumeration(id, type, text);
    if (!verdict.is_valid()) return verdict;
    for (const auto& [facet, constraint] : kBounds) {
      if (!type.has(facet)) continue;
      const auto bound = parse(tables_.view(type.bound(facet)));
      if (!bound || keeps_to(facet, compare(*value, *bound))) continue;
      verdict.broken = constraint;
      break;
    }
    return verdict;
  }

  Verdict measured(TypeId id,
                   const SimpleType& type,
                   std::string_view text,
                   std::optional<std::uint64_t> length) {
    if (!length) return lexical(id, false);
    Verdict verdict = patterns(id, type, text);
    if (verdict.is_valid()) verdict = lengths(id, type, *length);
    if (verdict.is_valid()) verdict = atomic_enumeration(id, type, text);
    return verdict;
  }

  static Verdict lengths(TypeId id, const SimpleType& type, std::uint64_t length) noexcept {
    Verdict verdict{.type = id, .length = length};
    if (type.has(Facet::MaxLength) && length > type.max_length) {
      verdict.broken = Constraint::MaxLength;
    } else if (type.has(Facet::MinLength) && length < type.min_length) {
      verdict.broken = Constraint::MinLength;
    } else if (type.has(Facet::Length) && length != type.length) {
      verdict.broken = Constraint::Length;
    } else {
      verdict.length = 0;
    }
    return verdict;
  }

  // A code point has 1 to 4 bytes: few texts must be counted.
  static Verdict of_length(TypeId id, const SimpleType& type, std::string_view text) noexcept {
    const bool is_plain = !type.has(Facet::Length) && text.size() <= type.max_length &&
                          (text.size() + 3) / 4 >= type.min_length;
    if (is_plain) return {.type = id};
    return lengths(id, type, text::count_code_points(text));
  }

  Verdict patterns_and_enumeration(TypeId id, const SimpleType& type, std::string_view text) {
    Verdict verdict = patterns(id, type, text);
    return verdict.is_valid() ? atomic_enumeration(id, type, text) : verdict;
  }

  [[nodiscard]] Verdict patterns(TypeId id, const SimpleType& type, std::string_view text) const {
    if (context_.patterns == nullptr) return {.type = id};
    for (auto use = type.patterns.begin; use != type.patterns.end; ++use) {
      const PatternId pattern = tables_.pattern_uses[use];
      if (context_.patterns->matches(pattern, text)) continue;
      return {.broken = Constraint::Pattern, .type = id, .pattern = pattern};
    }
    return {.type = id};
  }

  Verdict atomic_enumeration(TypeId id, const SimpleType& type, std::string_view text) {
    if (!type.has(Facet::Enumeration)) return {.type = id};
    context_.key.clear();
    append_atomic_key(type, text, context_.namespaces, context_.key);
    return is_listed(type, context_.key) ? Verdict{.type = id}
                                         : Verdict{.broken = Constraint::Enumeration, .type = id};
  }

  [[nodiscard]] bool is_listed(const SimpleType& type, std::string_view key) const {
    const auto* keys = tables_.enumeration_keys.data();
    const auto* end = keys + type.enumeration.end;
    const auto* found = std::lower_bound(
        keys + type.enumeration.begin, end, key, [this](const TextRef& ref, std::string_view k) {
          return tables_.view(ref) < k;
        });
    return found != end && tables_.view(*found) == key;
  }

  // The keys of texts are the texts behind one byte.
  [[nodiscard]] Verdict enumerated_text(TypeId id,
                                        const SimpleType& type,
                                        std::string_view text) const {
    const auto* keys = tables_.enumeration_keys.data();
    const auto* end = keys + type.enumeration.end;
    const auto* found = std::lower_bound(
        keys + type.enumeration.begin, end, text, [this](const TextRef& ref, std::string_view t) {
          return tables_.view(ref).substr(1) < t;
        });
    if (found != end && tables_.view(*found).substr(1) == text) return {.type = id};
    return {.broken = Constraint::Enumeration, .type = id};
  }

  [[nodiscard]] Verdict integer(TypeId id, const SimpleType& type, std::string_view text) {
    constexpr std::size_t kMaxDigits = 18;
    const bool is_negative = !text.empty() && text.front() == '-';
    auto digits = text;
    if (is_negative || (!text.empty() && text.front() == '+')) digits.remove_prefix(1);
    if (digits.empty() || digits.size() > kMaxDigits) return general(id, type, text);
    std::int64_t value = 0;
    for (const char c : digits) {
      if (!is_digit(c)) return lexical(id, false);
      value = value * 10 + (c - '0');
    }
    if (is_negative) value = -value;
    // Which of the bounds it is, the general way says.
    const bool fits = value >= type.min_integer && value <= type.max_integer;
    return fits ? Verdict{.type = id} : general(id, type, text);
  }

  [[nodiscard]] Verdict shaped(TypeId id, const SimpleType& type, std::string_view raw) {
    const auto text = normal(type, raw);
    bool fits = text.size() == type.shape.size();
    for (std::size_t i = 0; fits && i < text.size(); ++i) {
      const auto& byte_class = tables_.byte_classes[tables_.shape_classes[type.shape.begin + i]];
      fits = byte_class.contains(static_cast<unsigned char>(text[i]));
    }
    if (fits) return {.type = id};
    // A shape knows ASCII only: "\d" means more digits than ten.
    if (!is_ascii(text)) return general(id, type, raw);
    return {.broken = Constraint::Pattern,
            .type = id,
            .pattern = tables_.pattern_uses[type.patterns.begin]};
  }

  // 4.1.4, 1.2.2. `text`: as in the document.
  Verdict list(TypeId id, const SimpleType& type, std::string_view text) {
    std::uint32_t count = 0;
    TokenCursor tokens{text};
    for (auto token = tokens.next(); !token.empty(); token = tokens.next()) {
      ++count;
      Verdict verdict = check(type.item, token);
      if (verdict.is_valid()) continue;
      verdict.item = count;
      return verdict;
    }
    Verdict verdict = patterns_of(id, type, WhiteSpace::Collapse, text);
    if (verdict.is_valid()) verdict = lengths(id, type, count);
    if (verdict.is_valid()) verdict = enumeration_of(id, type, id, text);
    return verdict;
  }

  // 4.1.4, 1.2.3: the first member that takes the text decides what value it is.
  Verdict one_of(TypeId id, const SimpleType& type, std::string_view text) {
    for (auto member = type.members.begin; member != type.members.end; ++member) {
      const Verdict actual = check(tables_.members[member], text);
      if (!actual.is_valid()) continue;
      const auto white_space = tables_[actual.type].white_space;
      Verdict verdict = patterns_of(id, type, white_space, text);
      if (verdict.is_valid()) verdict = enumeration_of(id, type, actual.type, text);
      return verdict.is_valid() ? actual : verdict;
    }
    return {.broken = Constraint::Members, .type = id};
  }

  Verdict patterns_of(TypeId id,
                      const SimpleType& type,
                      WhiteSpace white_space,
                      std::string_view text) {
    if (!type.has(Facet::Pattern)) return {.type = id};
    return patterns(id, type, normalise(text, white_space, context_.scratch));
  }

  // `actual`: the type whose value `text` is.
  Verdict enumeration_of(TypeId id, const SimpleType& type, TypeId actual, std::string_view text) {
    if (!type.has(Facet::Enumeration)) return {.type = id};
    // Taken out of the context: members of unions inside may need one of their own.
    std::string key = std::move(context_.composite_key);
    key.clear();
    append_value_key(tables_, actual, text, context_, key);
    const bool is_one = is_listed(type, key);
    context_.composite_key = std::move(key);
    if (is_one) return {.type = id};
    return {.broken = Constraint::Enumeration, .type = id};
  }

  const SimpleTypeTables& tables_;
  ValueContext& context_;
};

}  // namespace

Verdict check(const SimpleTypeTables& tables,
              TypeId type,
              std::string_view text,
              ValueContext& context) {
  return Checker{tables, context}.check(type, text);
}

}  // namespace amparo::xsd
