// SPDX-License-Identifier: Apache-2.0
// One item of a value (XPath 2.0, 2.5): a node of the tape or an atomic value, 24 bytes without
// ownership. Read next: number.hpp, calendar.hpp.
#pragma once

#include <cstdint>
#include <string_view>

#include "xml/tape.hpp"

namespace amparo::rules {

__extension__ using Int128 = __int128;

enum class ItemType : std::uint8_t {
  Node,
  Untyped,  ///< xs:untypedAtomic: what a node's value is
  String,
  Boolean,
  Integer,
  Decimal,
  Double,
  Date,
  DateTime,
  Time,
  Duration,
  YearMonth,
  DayTime
};
inline constexpr std::size_t kItemTypeCount = 13;
/// "xs:date", "node()".
[[nodiscard]] std::string_view name(ItemType type) noexcept;

/// Why an expression has no value. Thrown inside of the machine only; the words are in the
/// messages "rule-error-...".
enum class Fault : std::uint8_t {
  Type,          ///< an operand of another type (XPTY0004), or too many items
  Cast,          ///< a text is not of the type it should be cast to (FORG0001)
  DivideByZero,  ///< FOAR0001
  Overflow,      ///< FOAR0002, FODT0001, FOCA0002: beyond what is counted
  Pattern,       ///< FORX0002 to FORX0004: a regular expression made at run time
  Steps,         ///< more steps than a record may take
  Memory,        ///< more items than a record may hold
  Undefined,     ///< there is no such item, position or parameter
  Extension,     ///< an extension function gave up
  TimeZone,      ///< not decidable: needs a time zone that the value lacks
  Clock,         ///< not decidable: needs the day or time of --as-of
  Data           ///< not decidable: an extension function lacks what it needs
};
inline constexpr std::size_t kFaultCount = 12;
/// Whether the rule failed to evaluate, or this input does not say enough.
[[nodiscard]] constexpr bool is_undecidable(Fault fault) noexcept {
  return fault == Fault::TimeZone || fault == Fault::Clock || fault == Fault::Data;
}
/// "type", "cast", "divide-by-zero": the end of the key of its message.
[[nodiscard]] std::string_view name(Fault fault) noexcept;

struct DynamicError {
  Fault fault = Fault::Type;
};

struct Item {
  ItemType type = ItemType::Boolean;
  bool has_timezone = false;
  std::int16_t timezone = 0;  ///< minutes
  std::uint32_t size = 0;     ///< bytes of a text; digits after the point; nanoseconds
  union {
    std::int64_t number;  ///< integer; boolean; low half of a decimal; local seconds since 1970;
                          ///< months of a duration
    double floating;
    const char* chars;
    xml::TapeId node;
  };
  std::int64_t high = 0;  ///< of a decimal; seconds of a duration

  Item() noexcept : number{0} {}

  [[nodiscard]] std::string_view text() const noexcept { return {chars, size}; }
  [[nodiscard]] bool is_text() const noexcept {
    return type == ItemType::String || type == ItemType::Untyped;
  }
  [[nodiscard]] bool is_numeric() const noexcept {
    return type >= ItemType::Integer && type <= ItemType::Double;
  }
  [[nodiscard]] bool is_point() const noexcept {
    return type >= ItemType::Date && type <= ItemType::Time;
  }
  [[nodiscard]] bool is_duration() const noexcept { return type >= ItemType::Duration; }
};
static_assert(sizeof(Item) == 24 || sizeof(void*) == 4);

[[nodiscard]] inline Item node_item(xml::TapeId node) noexcept {
  Item item;
  item.type = ItemType::Node;
  item.number = 0;
  item.node = node;
  return item;
}
/// The bytes belong to somebody who lives longer.
[[nodiscard]] inline Item text_item(std::string_view text, ItemType type) noexcept {
  Item item;
  item.type = type;
  item.size = static_cast<std::uint32_t>(text.size());
  item.chars = text.data();
  return item;
}
[[nodiscard]] inline Item string_item(std::string_view text) noexcept {
  return text_item(text, ItemType::String);
}
[[nodiscard]] inline Item boolean_item(bool value) noexcept {
  Item item;
  item.number = value ? 1 : 0;
  return item;
}
[[nodiscard]] inline Item integer_item(std::int64_t value) noexcept {
  Item item;
  item.type = ItemType::Integer;
  item.number = value;
  return item;
}
[[nodiscard]] inline Item double_item(double value) noexcept {
  Item item;
  item.type = ItemType::Double;
  item.floating = value;
  return item;
}

}  // namespace amparo::rules
