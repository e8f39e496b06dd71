// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/value_key.hpp"

#include <cassert>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

#include "validator/xsd/binary.hpp"
#include "validator/xsd/decimal.hpp"
#include "validator/xsd/duration.hpp"
#include "validator/xsd/floating.hpp"

namespace amparo::xsd {
namespace {

constexpr char kListTag = 'L';

char tag_of(Primitive primitive) noexcept {
  // What has no declared type is text.
  if (primitive == Primitive::AnySimpleType) primitive = Primitive::String;
  return static_cast<char>(primitive);
}

void append_uint64(std::string& out, std::uint64_t value) {
  for (unsigned shift = 64; shift != 0; shift -= 8)
    out += static_cast<char>(value >> (shift - 8) & 0xFFU);
}

bool append_decimal(std::string_view text, Syntax syntax, std::string& out) {
  const auto value = syntax == Syntax::Integer ? parse_integer(text) : parse_decimal(text);
  if (!value) return false;
  if (value->is_negative) out += '-';
  out.append(value->integer).append(1, '.').append(value->fraction);
  return true;
}

bool append_floating(std::string_view text, FloatWidth width, std::string& out) {
  const auto value = parse_floating(text, width);
  if (!value) return false;
  double number = *value == 0.0 ? 0.0 : *value;  // one zero
  if (std::isnan(number)) number = std::numeric_limits<double>::quiet_NaN();
  std::uint64_t bits = 0;
  static_assert(sizeof bits == sizeof number);
  std::memcpy(&bits, &number, sizeof bits);
  append_uint64(out, bits);
  return true;
}

bool append_duration(std::string_view text, std::string& out) {
  const auto value = parse_duration(text);
  if (!value) return false;
  out += value->is_negative ? '-' : '+';
  append_uint64(out, static_cast<std::uint64_t>(value->months));
  append_uint64(out, static_cast<std::uint64_t>(value->seconds));
  out.append(value->fraction);
  if (value->is_beyond_count) out.append(text);
  return true;
}

bool append_calendar(std::string_view text, CalendarType type, std::string& out) {
  const auto value = parse_calendar(text, type);
  if (!value) return false;
  out += value->has_timezone ? 'Z' : '-';
  append_uint64(out, static_cast<std::uint64_t>(value->day));
  append_uint64(out, static_cast<std::uint64_t>(value->second));
  out.append(value->long_year).append(1, '.').append(value->fraction);
  return true;
}

bool append_payload(const SimpleType& type,
                    std::string_view text,
                    const NamespaceResolver* namespaces,
                    std::string& out) {
  switch (type.primitive) {
    case Primitive::AnySimpleType:
    case Primitive::String:
      if (!has_syntax(type.syntax, text)) return false;
      out.append(text);
      return true;
    case Primitive::Boolean:
      if (text != "true" && text != "1" && text != "false" && text != "0") return false;
      out += text == "true" || text == "1" ? '1' : '0';
      return true;
    case Primitive::Decimal:
      return append_decimal(text, type.syntax, out);
    case Primitive::Float:
      return append_floating(text, FloatWidth::Single, out);
    case Primitive::Double:
      return append_floating(text, FloatWidth::Double, out);
    case Primitive::Duration:
      return append_duration(text, out);
    case Primitive::DateTime:
    case Primitive::Time:
    case Primitive::Date:
    case Primitive::GYearMonth:
    case Primitive::GYear:
    case Primitive::GMonthDay:
    case Primitive::GDay:
    case Primitive::GMonth:
      return append_calendar(text, calendar_type(type.primitive), out);
    case Primitive::HexBinary:
      if (!hex_binary_length(text)) return false;
      append_hex_binary(out, text);
      return true;
    case Primitive::Base64Binary:
      if (!base64_binary_length(text)) return false;
      append_base64_binary(out, text);
      return true;
    case Primitive::AnyUri:
      if (!is_any_uri(text)) return false;
      out.append(text);
      return true;
    case Primitive::QName:
    case Primitive::Notation: {
      const auto name = expand_qname(text, namespaces);
      if (!name) return false;
      out.append(name->space).append(1, '\0').append(name->local);
      return true;
    }
  }
  return false;
}

// The size goes before each item: two lists never look alike by where their items end.
bool append_list(const SimpleTypeTables& tables,
                 TypeId item,
                 std::string_view text,
                 ValueContext& context,
                 std::string& out) {
  out += kListTag;
  TokenCursor tokens{text};
  for (auto token = tokens.next(); !token.empty(); token = tokens.next()) {
    const auto start = out.size();
    append_uint64(out, 0);
    if (!append_value_key(tables, item, token, context, out)) return false;
    auto size = out.size() - start - 8;
    for (std::size_t i = 8; i != 0; --i, size >>= 8U)
      out[start + i - 1] = static_cast<char>(size & 0xFFU);
  }
  return true;
}

}  // namespace

bool has_syntax(Syntax syntax, std::string_view text) noexcept {
  switch (syntax) {
    case Syntax::OfPrimitive:
    case Syntax::Integer:  // of xs:decimal, which looks itself
      return true;
    case Syntax::Language:
      return is_language(text);
    case Syntax::Nmtoken:
      return is_nmtoken(text);
    case Syntax::Name:
      return is_name(text);
    case Syntax::NcName:
    case Syntax::Id:
    case Syntax::IdRef:
    case Syntax::Entity:
      return is_ncname(text);
  }
  return false;
}

CalendarType calendar_type(Primitive primitive) noexcept {
  assert(primitive >= Primitive::DateTime && primitive <= Primitive::GMonth);
  return static_cast<CalendarType>(static_cast<unsigned>(primitive) -
                                   static_cast<unsigned>(Primitive::DateTime));
}

std::optional<QNameParts> expand_qname(std::string_view text, const NamespaceResolver* namespaces) {
  const auto name = parse_qname(text);
  if (!name) return std::nullopt;
  if (namespaces == nullptr) {
    if (!name->prefix.empty()) return std::nullopt;
    return QNameParts{{}, name->local};
  }
  const auto space = namespaces->resolve(name->prefix);
  if (!space) return std::nullopt;
  return QNameParts{*space, name->local};
}

bool append_atomic_key(const SimpleType& type,
                       std::string_view text,
                       const NamespaceResolver* namespaces,
                       std::string& out) {
  const auto start = out.size();
  out += tag_of(type.primitive);
  if (append_payload(type, text, namespaces, out)) return true;
  out.resize(start);
  return false;
}

bool append_value_key(const SimpleTypeTables& tables,
                      TypeId id,
                      std::string_view text,
                      ValueContext& context,
                      std::string& out) {
  const SimpleType& type = tables[id];
  const auto start = out.size();
  switch (type.variety) {
    case Variety::Atomic: {
      const auto normal = normalise(text, type.white_space, context.scratch);
      return append_atomic_key(type, normal, context.namespaces, out);
    }
    case Variety::List:
      if (append_list(tables, type.item, text, context, out)) return true;
      out.resize(start);
      return false;
    case Variety::Union: {
      const Verdict verdict = check(tables, id, text, context);
      // The type of a verdict is never a union.
      return verdict.is_valid() && append_value_key(tables, verdict.type, text, context, out);
    }
  }
  return false;
}

}  // namespace amparo::xsd
