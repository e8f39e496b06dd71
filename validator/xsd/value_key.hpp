// SPDX-License-Identifier: Apache-2.0
// Values as bytes that are equal when the values are: for keys, fixed values and enumerations.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "validator/xsd/date_time.hpp"
#include "validator/xsd/value_check.hpp"

namespace amparo::xsd {

/// Appends the key of a value: the primitive type and the value in one form. Two values are equal
/// in the value space (Part 2, 4.2.1) exactly when their keys are; xs:integer 1 equals xs:decimal
/// 1.0, xs:string "1" equals neither. `type` may be a list or a union.
/// `text`: white space not yet normalised. False, with `out` unchanged, when it is no value of the
/// type; facets of atomic types are not looked at. `out` is no member of `context`.
bool append_value_key(const SimpleTypeTables& tables,
                      TypeId type,
                      std::string_view text,
                      ValueContext& context,
                      std::string& out);

/// The key of an atomic value whose white space is normalised already. REQUIRES: `type` is atomic
bool append_atomic_key(const SimpleType& type,
                       std::string_view text,
                       const NamespaceResolver* namespaces,
                       std::string& out);

/// Whether `text` is of the syntax; always so for Syntax::OfPrimitive.
[[nodiscard]] bool has_syntax(Syntax syntax, std::string_view text) noexcept;

/// REQUIRES: `primitive` is one of the eight types of date_time.hpp
[[nodiscard]] CalendarType calendar_type(Primitive primitive) noexcept;

/// The expanded name of a QName as written. `namespaces` may be null: then no prefix is bound.
struct QNameParts {
  std::string_view space;
  std::string_view local;
};
[[nodiscard]] std::optional<QNameParts> expand_qname(std::string_view text,
                                                     const NamespaceResolver* namespaces);

}  // namespace amparo::xsd
