// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/simple_types_builder.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "validator/xsd/decimal.hpp"
#include "validator/xsd/pattern_shape.hpp"
#include "validator/xsd/value_key.hpp"

namespace amparo::xsd {
namespace {

constexpr std::uint32_t kMaxCost = 65536;
constexpr std::uint16_t kMaxDepth = 64;
constexpr std::size_t kMaxText = 0x7FFFFFFF;

constexpr std::uint16_t bit(Facet facet) noexcept {
  return static_cast<std::uint16_t>(1U << static_cast<unsigned>(facet));
}

constexpr std::uint16_t kLengths =
    bit(Facet::Length) | bit(Facet::MinLength) | bit(Facet::MaxLength);
constexpr std::uint16_t kBounds = bit(Facet::MaxInclusive) | bit(Facet::MaxExclusive) |
                                  bit(Facet::MinInclusive) | bit(Facet::MinExclusive);
constexpr std::uint16_t kDigits = bit(Facet::TotalDigits) | bit(Facet::FractionDigits);
constexpr std::uint16_t kAlways = bit(Facet::Pattern) | bit(Facet::WhiteSpace);

// Part 2, 4.1.5: which facets go with which type.
std::uint16_t applicable(const SimpleType& type) noexcept {
  constexpr std::uint16_t kEnumeration = bit(Facet::Enumeration);
  if (type.variety == Variety::Union) return bit(Facet::Pattern) | kEnumeration;
  if (type.variety == Variety::List) return kAlways | kEnumeration | kLengths;
  switch (type.primitive) {
    case Primitive::AnySimpleType:
      return 0;
    case Primitive::Boolean:
      return kAlways;
    case Primitive::Decimal:
      return kAlways | kEnumeration | kBounds | kDigits;
    case Primitive::String:
    case Primitive::HexBinary:
    case Primitive::Base64Binary:
    case Primitive::AnyUri:
    case Primitive::QName:
    case Primitive::Notation:
      return kAlways | kEnumeration | kLengths;
    case Primitive::Float:
    case Primitive::Double:
    case Primitive::Duration:
    case Primitive::DateTime:
    case Primitive::Time:
    case Primitive::Date:
    case Primitive::GYearMonth:
    case Primitive::GYear:
    case Primitive::GMonthDay:
    case Primitive::GDay:
    case Primitive::GMonth:
      return kAlways | kEnumeration | kBounds;
  }
  return 0;
}

// A nonNegativeInteger; what is more than 64 bits is as much as they hold.
std::optional<std::uint64_t> parse_count(std::string_view text) noexcept {
  const auto value = parse_integer(trim_space(text));
  if (!value || value->is_negative) return std::nullopt;
  std::uint64_t count = 0;
  for (const char c : value->integer) {
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (count > (UINT64_MAX - digit) / 10) return UINT64_MAX;
    count = count * 10 + digit;
  }
  return count;
}

std::optional<WhiteSpace> parse_white_space(std::string_view text) noexcept {
  text = trim_space(text);
  if (text == "preserve") return WhiteSpace::Preserve;
  if (text == "replace") return WhiteSpace::Replace;
  if (text == "collapse") return WhiteSpace::Collapse;
  return std::nullopt;
}

Fail<Error> facet_fault(Facet facet, std::string_view what) {
  return fail(ErrorCode::Malformed, std::string{name(facet)} + ": " + std::string{what});
}

}  // namespace

bool SimpleTypesBuilder::is_known(TypeId type) const noexcept {
  return static_cast<std::size_t>(type) < tables_.types.size();
}

TextRef SimpleTypesBuilder::keep(std::string_view text) {
  const TextRef ref{static_cast<std::uint32_t>(tables_.text.size()),
                    static_cast<std::uint32_t>(text.size())};
  tables_.text.append(text);
  return ref;
}

Result<TypeId> SimpleTypesBuilder::add(SimpleType type, const TypeName& name) {
  if (tables_.text.size() > kMaxText || tables_.types.size() > kMaxText) {
    return fail(ErrorCode::Unsupported, "simple types: more than the tables hold");
  }
  type.type_name = keep(name.local);
  type.type_space = keep(name.space);
  tables_.types.push_back(type);
  return static_cast<TypeId>(tables_.types.size() - 1);
}

Result<TypeId> SimpleTypesBuilder::add_list(TypeId item, const TypeName& name) {
  if (!is_known(item)) return fail(ErrorCode::Malformed, "list: no such item type");
  // Part 1, 3.14.6 cos-list-of-atomic.
  std::vector<TypeId> open{item};
  while (!open.empty()) {
    const SimpleType& type = tables_[open.back()];
    open.pop_back();
    if (type.variety == Variety::List) {
      return fail(ErrorCode::Malformed, "list: its items are lists themselves");
    }
    open.insert(open.end(),
                tables_.members.begin() + type.members.begin,
                tables_.members.begin() + type.members.end);
  }
  SimpleType list{.variety = Variety::List, .item = item};
  list.depth = tables_[item].depth;
  list.cost = tables_[item].cost + 1;
  return add(list, name);
}

Result<TypeId> SimpleTypesBuilder::add_union(std::span<const TypeId> members,
                                             const TypeName& name) {
  std::vector<TypeId> flat;
  const auto add_member = [&flat](TypeId member) {
    // A second try of the same type changes nothing.
    if (std::find(flat.begin(), flat.end(), member) == flat.end()) flat.push_back(member);
  };
  for (const TypeId member : members) {
    if (!is_known(member)) return fail(ErrorCode::Malformed, "union: no such member type");
    const SimpleType& type = tables_[member];
    if (type.variety == Variety::Union && type.facets == 0) {
      for (auto inner = type.members.begin; inner != type.members.end; ++inner)
        add_member(tables_.members[inner]);
    } else {
      add_member(member);
    }
  }
  SimpleType type{.variety = Variety::Union};
  std::uint64_t cost = 1;
  for (const TypeId member : flat) {
    cost += tables_[member].cost;
    const bool is_nested = tables_[member].variety == Variety::Union;
    const auto depth = static_cast<std::uint16_t>(tables_[member].depth + (is_nested ? 1 : 0));
    type.depth = std::max(type.depth, depth);
  }
  if (cost > kMaxCost || type.depth > kMaxDepth) {
    return fail(ErrorCode::Unsupported, "union: too many types for one value");
  }
  type.cost = static_cast<std::uint32_t>(cost);
  type.members.begin = static_cast<std::uint32_t>(tables_.members.size());
  tables_.members.insert(tables_.members.end(), flat.begin(), flat.end());
  type.members.end = static_cast<std::uint32_t>(tables_.members.size());
  return add(type, name);
}

Result<TypeId> SimpleTypesBuilder::add_restriction(TypeId base,
                                                   std::span<const FacetText> facets,
                                                   const TypeName& name,
                                                   const NamespaceResolver* namespaces) {
  if (!is_known(base)) return fail(ErrorCode::Malformed, "restriction: no such base type");
  SimpleType type = tables_[base];
  type.base = base;
  type.has_integer_bounds = false;
  type.shape = {};
  for (const FacetText& facet : facets) {
    if ((applicable(type) & bit(facet.facet)) == 0) {
      return facet_fault(facet.facet, "does not go with " + tables_.display_name(base));
    }
    const bool is_gathered = facet.facet == Facet::Pattern || facet.facet == Facet::Enumeration;
    if (is_gathered) continue;
    if (auto status = set_facet(type, base, facet); !status) {
      return Fail{std::move(status).error()};
    }
  }
  set_patterns(type, facets);
  if (auto status = set_enumeration(type, base, facets, namespaces); !status) {
    return Fail{std::move(status).error()};
  }
  set_integer_bounds(type);
  set_kernel(type);
  return add(type, name);
}

Status SimpleTypesBuilder::set_facet(SimpleType& type, TypeId base, const FacetText& facet) {
  type.facets |= bit(facet.facet);
  switch (facet.facet) {
    case Facet::Length:
    case Facet::MinLength:
    case Facet::MaxLength:
    case Facet::TotalDigits:
    case Facet::FractionDigits: {
      const auto count = parse_count(facet.value);
      if (!count) return facet_fault(facet.facet, "not a number from 0");
      if (facet.facet == Facet::Length) type.length = *count;
      if (facet.facet == Facet::MinLength) type.min_length = *count;
      if (facet.facet == Facet::MaxLength) type.max_length = *count;
      if (facet.facet == Facet::TotalDigits) type.total_digits = *count;
      if (facet.facet == Facet::FractionDigits) type.fraction_digits = *count;
      return Done{};
    }
    case Facet::MaxInclusive:
    case Facet::MaxExclusive:
    case Facet::MinInclusive:
    case Facet::MinExclusive: {
      // Its form only: whether it lies between the bounds of the base, the schema's check has said.
      std::string key;
      const auto value = trim_space(facet.value);
      if (!append_atomic_key(tables_[base], value, nullptr, key)) {
        return facet_fault(facet.facet, "not a value of " + tables_.display_name(base));
      }
      const auto index =
          static_cast<std::size_t>(facet.facet) - static_cast<std::size_t>(Facet::MaxInclusive);
      type.bounds[index] = keep(value);
      return Done{};
    }
    case Facet::WhiteSpace: {
      type.facets = static_cast<std::uint16_t>(type.facets & ~bit(Facet::WhiteSpace));
      const auto white_space = parse_white_space(facet.value);
      if (!white_space || *white_space < tables_[base].white_space) {
        return facet_fault(facet.facet, "not one that this type may have");
      }
      type.white_space = *white_space;
      return Done{};
    }
    case Facet::Pattern:
    case Facet::Enumeration:
      return Done{};
  }
  return Done{};
}

void SimpleTypesBuilder::set_patterns(SimpleType& type, std::span<const FacetText> facets) {
  IndexRange group{static_cast<std::uint32_t>(tables_.pattern_texts.size()), 0};
  for (const FacetText& facet : facets) {
    if (facet.facet == Facet::Pattern) tables_.pattern_texts.push_back(keep(facet.value));
  }
  group.end = static_cast<std::uint32_t>(tables_.pattern_texts.size());
  if (group.size() == 0) return;
  type.facets |= bit(Facet::Pattern);
  const auto id = static_cast<PatternId>(tables_.patterns.size());
  tables_.patterns.push_back(group);
  // Those of the base first, then its own: all must match.
  const IndexRange inherited = type.patterns;
  type.patterns.begin = static_cast<std::uint32_t>(tables_.pattern_uses.size());
  for (auto use = inherited.begin; use != inherited.end; ++use) {
    const PatternId known = tables_.pattern_uses[use];
    tables_.pattern_uses.push_back(known);
  }
  tables_.pattern_uses.push_back(id);
  type.patterns.end = static_cast<std::uint32_t>(tables_.pattern_uses.size());
}

Status SimpleTypesBuilder::set_enumeration(SimpleType& type,
                                           TypeId base,
                                           std::span<const FacetText> facets,
                                           const NamespaceResolver* namespaces) {
  ValueContext context{.namespaces = namespaces, .has_entities = true};
  std::vector<std::string> keys;
  const auto first = tables_.enumeration_texts.size();
  for (const FacetText& facet : facets) {
    if (facet.facet != Facet::Enumeration) continue;
    std::string key;
    if (!append_value_key(tables_, base, facet.value, context, key)) {
      tables_.enumeration_texts.resize(first);
      return facet_fault(facet.facet, "not a value of " + tables_.display_name(base));
    }
    keys.push_back(std::move(key));
    tables_.enumeration_texts.push_back(keep(facet.value));
  }
  if (keys.empty()) return Done{};
  std::sort(keys.begin(), keys.end());
  for (const std::string& key : keys)
    tables_.enumeration_keys.push_back(keep(key));
  type.facets |= bit(Facet::Enumeration);
  type.enumeration = {static_cast<std::uint32_t>(first),
                      static_cast<std::uint32_t>(tables_.enumeration_texts.size())};
  return Done{};
}

void SimpleTypesBuilder::set_integer_bounds(SimpleType& type) const {
  if (type.variety != Variety::Atomic || type.syntax != Syntax::Integer) return;
  type.min_integer = INT64_MIN;
  type.max_integer = INT64_MAX;
  type.has_integer_bounds = true;
  for (const Facet facet :
       {Facet::MaxInclusive, Facet::MaxExclusive, Facet::MinInclusive, Facet::MinExclusive}) {
    if (!type.has(facet)) continue;
    const auto bound = parse_integer(tables_.view(type.bound(facet)));
    const auto number = bound ? to_int64(*bound) : std::nullopt;
    const bool is_edge = number == INT64_MIN || number == INT64_MAX;
    if (!number || (is_edge && (facet == Facet::MaxExclusive || facet == Facet::MinExclusive))) {
      type.has_integer_bounds = false;
      return;
    }
    if (facet == Facet::MaxInclusive) type.max_integer = std::min(type.max_integer, *number);
    if (facet == Facet::MaxExclusive) type.max_integer = std::min(type.max_integer, *number - 1);
    if (facet == Facet::MinInclusive) type.min_integer = std::max(type.min_integer, *number);
    if (facet == Facet::MinExclusive) type.min_integer = std::max(type.min_integer, *number + 1);
  }
}

void SimpleTypesBuilder::set_kernel(SimpleType& type) {
  type.kernel = Kernel::General;
  if (type.variety != Variety::Atomic) return;
  const bool is_text = type.primitive == Primitive::String && type.syntax == Syntax::OfPrimitive;
  if (is_text && type.facets == 0) {
    type.kernel = Kernel::AnyText;
  } else if (is_text && (type.facets & ~kLengths) == 0) {
    type.kernel = Kernel::TextLength;
  } else if (is_text && type.facets == bit(Facet::Enumeration)) {
    type.kernel = Kernel::Enumeration;
  } else if (is_text && type.facets == bit(Facet::Pattern) && set_shape(type)) {
    type.kernel = Kernel::Shape;
  } else if (type.syntax == Syntax::Integer && (type.facets & ~kBounds) == 0 &&
             type.has_integer_bounds) {
    type.kernel = Kernel::Integer;
  } else if (type.facets == 0 && type.primitive == Primitive::Boolean) {
    type.kernel = Kernel::Boolean;
  } else if (type.facets == 0 && type.primitive == Primitive::Date) {
    type.kernel = Kernel::Date;
  } else if (type.facets == 0 && type.primitive == Primitive::DateTime) {
    type.kernel = Kernel::DateTime;
  }
}

// One step with one alternative whose texts all have one length.
bool SimpleTypesBuilder::set_shape(SimpleType& type) {
  if (type.patterns.size() != 1) return false;
  const PatternId pattern = tables_.pattern_uses[type.patterns.begin];
  const IndexRange group = tables_.patterns[static_cast<std::size_t>(pattern)];
  if (group.size() != 1) return false;
  const auto shape = parse_shape(tables_.view(tables_.pattern_texts[group.begin]));
  if (!shape) return false;
  type.shape.begin = static_cast<std::uint32_t>(tables_.shape_classes.size());
  for (const ByteClass& byte_class : *shape) {
    auto& classes = tables_.byte_classes;
    const auto known = std::find(classes.begin(), classes.end(), byte_class);
    tables_.shape_classes.push_back(static_cast<std::uint32_t>(known - classes.begin()));
    if (known == classes.end()) classes.push_back(byte_class);
  }
  type.shape.end = static_cast<std::uint32_t>(tables_.shape_classes.size());
  return true;
}

}  // namespace amparo::xsd
