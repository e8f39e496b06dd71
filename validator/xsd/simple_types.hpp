// SPDX-License-Identifier: Apache-2.0
// The simple types of a schema as flat tables (XML Schema 1.0 Part 2): what the schema compiler
// writes, the cache keeps and the engine runs. Plain data, 32-bit ids, one pool of text.
// Made by simple_types_builder.hpp, run by value_check.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "validator/xsd/lexical.hpp"

namespace amparo::xsd {

/// Index into SimpleTypeTables::types. The built-in types come first, in the order of BuiltIn.
enum class TypeId : std::uint32_t {};

/// Index into SimpleTypeTables::patterns: the alternatives of one derivation step.
enum class PatternId : std::uint32_t {};

enum class BuiltIn : std::uint8_t {
  AnySimpleType,
  String,
  Boolean,
  Decimal,
  Float,
  Double,
  Duration,
  DateTime,
  Time,
  Date,
  GYearMonth,
  GYear,
  GMonthDay,
  GDay,
  GMonth,
  HexBinary,
  Base64Binary,
  AnyUri,
  QName,
  Notation,
  NormalizedString,
  Token,
  Language,
  Nmtoken,
  Nmtokens,
  Name,
  NcName,
  Id,
  IdRef,
  IdRefs,
  Entity,
  Entities,
  Integer,
  NonPositiveInteger,
  NegativeInteger,
  Long,
  Int,
  Short,
  Byte,
  NonNegativeInteger,
  UnsignedLong,
  UnsignedInt,
  UnsignedShort,
  UnsignedByte,
  PositiveInteger,
};
inline constexpr std::size_t kBuiltInCount = 45;  // 44 and anySimpleType

[[nodiscard]] constexpr TypeId type_id(BuiltIn type) noexcept {
  return static_cast<TypeId>(type);
}
/// "dateTime".
[[nodiscard]] std::string_view name(BuiltIn type) noexcept;

enum class Variety : std::uint8_t { Atomic, List, Union };

/// The primitive type that values are of, with the numbers of BuiltIn: values of two primitive
/// types are never equal. Lists and unions have AnySimpleType.
enum class Primitive : std::uint8_t {
  AnySimpleType,
  String,
  Boolean,
  Decimal,
  Float,
  Double,
  Duration,
  DateTime,
  Time,
  Date,
  GYearMonth,
  GYear,
  GMonthDay,
  GDay,
  GMonth,
  HexBinary,
  Base64Binary,
  AnyUri,
  QName,
  Notation
};

/// Lexical spaces that Part 2 gives to built-in types which are not primitive. Kept by what is
/// derived from them: that is how an engine knows an ID.
enum class Syntax : std::uint8_t {
  OfPrimitive,
  Integer,
  Language,
  Nmtoken,
  Name,
  NcName,
  Id,
  IdRef,
  Entity
};

/// The twelve facets, as bits of SimpleType::facets. WhiteSpace is never set there.
enum class Facet : std::uint8_t {
  Length,
  MinLength,
  MaxLength,
  Pattern,
  Enumeration,
  WhiteSpace,
  MaxInclusive,
  MaxExclusive,
  MinInclusive,
  MinExclusive,
  TotalDigits,
  FractionDigits
};
/// "maxInclusive".
[[nodiscard]] std::string_view name(Facet facet) noexcept;

/// What a hot path may do instead of the general check. Each says all that the type asks for.
enum class Kernel : std::uint8_t {
  General,
  AnyText,      ///< every text is a value
  TextLength,   ///< code points after `white_space`, from min_length to max_length
  Boolean,      ///< no facets
  Date,         ///< no facets
  DateTime,     ///< no facets
  Integer,      ///< digits with a sign; from min_integer to max_integer when has_integer_bounds
  Enumeration,  ///< text after `white_space` is one of `enumeration`
  Shape,        ///< text after `white_space` has one byte of each class of `shape`
};

/// Half-open range of indices into a table.
struct IndexRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] std::uint32_t size() const noexcept { return end - begin; }
  friend bool operator==(const IndexRange&, const IndexRange&) = default;
};

/// A piece of SimpleTypeTables::text.
struct TextRef {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;

  friend bool operator==(const TextRef&, const TextRef&) = default;
};

/// Facets are complete: those of the types it is derived from are here as well.
struct SimpleType {
  TypeId base = type_id(BuiltIn::AnySimpleType);
  Variety variety = Variety::Atomic;
  Primitive primitive = Primitive::AnySimpleType;
  Syntax syntax = Syntax::OfPrimitive;
  WhiteSpace white_space = WhiteSpace::Collapse;  ///< of a union: that of each member counts
  Kernel kernel = Kernel::General;
  bool has_integer_bounds = false;
  std::uint16_t facets = 0;  ///< bit 1 << Facet
  std::uint16_t depth = 0;   ///< of unions inside unions with facets
  std::uint32_t cost = 1;    ///< types looked at for one value that is none of them
  TypeId item{};             ///< List
  IndexRange members{};      ///< Union: into `members`
  IndexRange patterns{};     ///< into `pattern_uses`
  IndexRange enumeration{};  ///< into `enumeration_keys` and `enumeration_texts`
  IndexRange shape{};        ///< Kernel::Shape: into `shape_classes`
  TextRef type_name{};       ///< empty: anonymous
  TextRef type_space{};      ///< its namespace
  std::uint64_t length = 0;  ///< code points, octets or items; 2^64-1 for more
  std::uint64_t min_length = 0;
  std::uint64_t max_length = UINT64_MAX;
  std::uint64_t total_digits = 0;
  std::uint64_t fraction_digits = 0;
  std::array<TextRef, 4> bounds{};  ///< maxInclusive, maxExclusive, minInclusive, minExclusive
  std::int64_t min_integer = INT64_MIN;
  std::int64_t max_integer = INT64_MAX;

  [[nodiscard]] bool has(Facet facet) const noexcept {
    return (facets >> static_cast<unsigned>(facet) & 1U) != 0;
  }
  [[nodiscard]] const TextRef& bound(Facet facet) const noexcept {
    return bounds[static_cast<std::size_t>(facet) - static_cast<std::size_t>(Facet::MaxInclusive)];
  }
};

/// Which of the ASCII characters stand at one place of a shape.
struct ByteClass {
  std::array<std::uint64_t, 2> bits{};

  [[nodiscard]] bool contains(unsigned char byte) const noexcept {
    return byte < 0x80 && (bits[byte / 64U] >> byte % 64U & 1U) != 0;
  }
  void insert(unsigned char byte) noexcept { bits[byte / 64U] |= std::uint64_t{1} << byte % 64U; }
  friend bool operator==(const ByteClass&, const ByteClass&) = default;
};

/// Const is safe from many threads.
struct SimpleTypeTables {
  std::vector<SimpleType> types{};
  std::vector<TypeId> members{};
  std::vector<IndexRange> patterns{};  ///< by PatternId: into `pattern_texts`
  std::vector<TextRef> pattern_texts{};
  std::vector<PatternId> pattern_uses{};
  /// Of each type sorted by bytes: keys as value_key.hpp makes them.
  std::vector<TextRef> enumeration_keys{};
  std::vector<TextRef> enumeration_texts{};  ///< as written, in the order of the schema
  std::vector<ByteClass> byte_classes{};
  std::vector<std::uint32_t> shape_classes{};  ///< into `byte_classes`
  std::string text{};

  [[nodiscard]] const SimpleType& operator[](TypeId id) const noexcept {
    return types[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] std::string_view view(const TextRef& ref) const noexcept {
    return std::string_view{text}.substr(ref.offset, ref.size);
  }
  /// Name to show: its own or that of the nearest base that has one; "xs:date" for a built-in type.
  [[nodiscard]] std::string display_name(TypeId id) const;
};

/// Whether tables that were read from a file can be run: every index is inside its table, a union
/// holds only what was made before it. Fails with Malformed.
[[nodiscard]] Status verify(const SimpleTypeTables& tables);

/// One line for each type that is not built in, for tests and people.
[[nodiscard]] std::string dump(const SimpleTypeTables& tables);

}  // namespace amparo::xsd
