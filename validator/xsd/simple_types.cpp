// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/simple_types.hpp"

#include <algorithm>
#include <cassert>

namespace amparo::xsd {
namespace {

// In the order of BuiltIn.
constexpr std::array<std::string_view, kBuiltInCount> kBuiltInNames{"anySimpleType",
                                                                    "string",
                                                                    "boolean",
                                                                    "decimal",
                                                                    "float",
                                                                    "double",
                                                                    "duration",
                                                                    "dateTime",
                                                                    "time",
                                                                    "date",
                                                                    "gYearMonth",
                                                                    "gYear",
                                                                    "gMonthDay",
                                                                    "gDay",
                                                                    "gMonth",
                                                                    "hexBinary",
                                                                    "base64Binary",
                                                                    "anyURI",
                                                                    "QName",
                                                                    "NOTATION",
                                                                    "normalizedString",
                                                                    "token",
                                                                    "language",
                                                                    "NMTOKEN",
                                                                    "NMTOKENS",
                                                                    "Name",
                                                                    "NCName",
                                                                    "ID",
                                                                    "IDREF",
                                                                    "IDREFS",
                                                                    "ENTITY",
                                                                    "ENTITIES",
                                                                    "integer",
                                                                    "nonPositiveInteger",
                                                                    "negativeInteger",
                                                                    "long",
                                                                    "int",
                                                                    "short",
                                                                    "byte",
                                                                    "nonNegativeInteger",
                                                                    "unsignedLong",
                                                                    "unsignedInt",
                                                                    "unsignedShort",
                                                                    "unsignedByte",
                                                                    "positiveInteger"};

// In the order of Facet.
constexpr std::array<std::string_view, 12> kFacetNames{"length",
                                                       "minLength",
                                                       "maxLength",
                                                       "pattern",
                                                       "enumeration",
                                                       "whiteSpace",
                                                       "maxInclusive",
                                                       "maxExclusive",
                                                       "minInclusive",
                                                       "minExclusive",
                                                       "totalDigits",
                                                       "fractionDigits"};
// In the order of Kernel, Variety and WhiteSpace.
constexpr std::array<std::string_view, 9> kKernelNames{"general",
                                                       "any-text",
                                                       "text-length",
                                                       "boolean",
                                                       "date",
                                                       "date-time",
                                                       "integer",
                                                       "enumeration",
                                                       "shape"};
constexpr std::array<std::string_view, 3> kVarietyNames{"atomic", "list", "union"};
constexpr std::array<std::string_view, 3> kWhiteSpaceNames{"preserve", "replace", "collapse"};

template <typename T>
bool is_inside(const IndexRange& range, const std::vector<T>& table) noexcept {
  return range.begin <= range.end && range.end <= table.size();
}

bool is_inside(const TextRef& ref, const std::string& text) noexcept {
  return ref.offset <= text.size() && ref.size <= text.size() - ref.offset;
}

bool all_inside(const std::vector<TextRef>& refs, const std::string& text) noexcept {
  return std::all_of(
      refs.begin(), refs.end(), [&text](const TextRef& ref) { return is_inside(ref, text); });
}

// Recursion of a check follows items and members: both lie before the type, so that it ends.
bool is_sound(const SimpleTypeTables& tables, std::uint32_t index) {
  const SimpleType& type = tables.types[index];
  const auto is_before = [index](TypeId id) { return static_cast<std::uint32_t>(id) < index; };
  const bool has_ranges = is_inside(type.members, tables.members) &&
                          is_inside(type.patterns, tables.pattern_uses) &&
                          is_inside(type.enumeration, tables.enumeration_keys) &&
                          is_inside(type.enumeration, tables.enumeration_texts) &&
                          is_inside(type.shape, tables.shape_classes);
  const bool has_texts =
      is_inside(type.type_name, tables.text) && is_inside(type.type_space, tables.text) &&
      std::all_of(type.bounds.begin(), type.bounds.end(), [&tables](const TextRef& ref) {
        return is_inside(ref, tables.text);
      });
  if (!has_ranges || !has_texts) return false;
  if (index != 0 && !is_before(type.base)) return false;
  if (type.variety > Variety::Union || type.primitive > Primitive::Notation ||
      type.syntax > Syntax::Entity || type.white_space > WhiteSpace::Collapse ||
      type.kernel > Kernel::Shape) {
    return false;
  }
  if (type.variety == Variety::List && !is_before(type.item)) return false;
  if (type.kernel == Kernel::Shape && type.patterns.size() == 0) return false;
  if (type.kernel == Kernel::Enumeration) {
    for (auto key = type.enumeration.begin; key != type.enumeration.end; ++key) {
      if (tables.enumeration_keys[key].size == 0) return false;
    }
  }
  if (type.variety != Variety::Union) return true;
  return std::all_of(tables.members.begin() + type.members.begin,
                     tables.members.begin() + type.members.end,
                     is_before);
}

void append_text(std::string& out, std::string_view label, std::string_view value) {
  out.append(1, ' ').append(label).append(1, '=').append(value);
}

std::string join(const SimpleTypeTables& tables, const IndexRange& range) {
  std::string joined;
  for (auto member = range.begin; member != range.end; ++member) {
    if (!joined.empty()) joined += '|';
    joined += tables.display_name(tables.members[member]);
  }
  return joined;
}

void append_patterns(std::string& out, const SimpleTypeTables& tables, const SimpleType& type) {
  for (auto use = type.patterns.begin; use != type.patterns.end; ++use) {
    const auto group = tables.patterns[static_cast<std::size_t>(tables.pattern_uses[use])];
    out += " pattern=";
    for (auto each = group.begin; each != group.end; ++each) {
      if (each != group.begin) out += '|';
      out += tables.view(tables.pattern_texts[each]);
    }
  }
}

void append_facets(std::string& out, const SimpleTypeTables& tables, const SimpleType& type) {
  const auto number = [&](Facet facet, std::uint64_t value) {
    if (type.has(facet)) append_text(out, name(facet), std::to_string(value));
  };
  number(Facet::Length, type.length);
  number(Facet::MinLength, type.min_length);
  number(Facet::MaxLength, type.max_length);
  append_patterns(out, tables, type);
  for (auto each = type.enumeration.begin; each != type.enumeration.end; ++each) {
    append_text(out, "enumeration", tables.view(tables.enumeration_texts[each]));
  }
  for (const Facet facet :
       {Facet::MaxInclusive, Facet::MaxExclusive, Facet::MinInclusive, Facet::MinExclusive}) {
    if (type.has(facet)) append_text(out, name(facet), tables.view(type.bound(facet)));
  }
  number(Facet::TotalDigits, type.total_digits);
  number(Facet::FractionDigits, type.fraction_digits);
}

}  // namespace

std::string_view name(BuiltIn type) noexcept {
  return kBuiltInNames.at(static_cast<std::size_t>(type));
}

std::string_view name(Facet facet) noexcept {
  return kFacetNames.at(static_cast<std::size_t>(facet));
}

std::string SimpleTypeTables::display_name(TypeId id) const {
  for (;;) {
    const auto index = static_cast<std::size_t>(id);
    if (index < kBuiltInCount) return "xs:" + std::string{name(static_cast<BuiltIn>(index))};
    const SimpleType& type = types[index];
    if (type.type_name.size != 0) return std::string{view(type.type_name)};
    id = type.base;
  }
}

Status verify(const SimpleTypeTables& tables) {
  const auto broken = [] { return fail(ErrorCode::Malformed, "tables of simple types: damaged"); };
  if (tables.types.size() < kBuiltInCount) return broken();
  const bool has_texts = all_inside(tables.pattern_texts, tables.text) &&
                         all_inside(tables.enumeration_keys, tables.text) &&
                         all_inside(tables.enumeration_texts, tables.text);
  const bool has_patterns =
      std::all_of(tables.patterns.begin(), tables.patterns.end(), [&tables](const IndexRange& r) {
        return is_inside(r, tables.pattern_texts);
      });
  const bool has_uses =
      std::all_of(tables.pattern_uses.begin(), tables.pattern_uses.end(), [&tables](PatternId p) {
        return static_cast<std::size_t>(p) < tables.patterns.size();
      });
  const bool has_classes = std::all_of(
      tables.shape_classes.begin(), tables.shape_classes.end(), [&tables](std::uint32_t c) {
        return c < tables.byte_classes.size();
      });
  if (!has_texts || !has_patterns || !has_uses || !has_classes) return broken();
  for (std::uint32_t index = 0; index < tables.types.size(); ++index) {
    if (!is_sound(tables, index)) return broken();
  }
  return Done{};
}

std::string dump(const SimpleTypeTables& tables) {
  std::string out;
  for (auto index = kBuiltInCount; index < tables.types.size(); ++index) {
    const SimpleType& type = tables.types[index];
    out += std::to_string(index) + ' ';
    out += type.type_name.size == 0 ? std::string_view{"-"} : tables.view(type.type_name);
    out.append(1, ' ').append(kVarietyNames.at(static_cast<std::size_t>(type.variety)));
    append_text(out, "base", tables.display_name(type.base));
    if (type.variety == Variety::List) append_text(out, "item", tables.display_name(type.item));
    if (type.variety == Variety::Union) append_text(out, "members", join(tables, type.members));
    append_text(out, "whiteSpace", kWhiteSpaceNames.at(static_cast<std::size_t>(type.white_space)));
    append_facets(out, tables, type);
    append_text(out, "kernel", kKernelNames.at(static_cast<std::size_t>(type.kernel)));
    out += '\n';
  }
  return out;
}

}  // namespace amparo::xsd
