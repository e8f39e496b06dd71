// SPDX-License-Identifier: Apache-2.0
// Simple types of Xerces as rows of ours. For the compile files only.
#pragma once

#include <unordered_map>

#include <xercesc/validators/datatype/DatatypeValidator.hpp>

#include "core/result.hpp"
#include "validator/xsd/detail/schema_document.hpp"
#include "validator/xsd/simple_types_builder.hpp"

namespace amparo::xsd {

class SimpleTypeReader {
 public:
  /// `prefixes`: of the values of the schema. Both outlive the reader.
  SimpleTypeReader(const PrefixNamespaces& prefixes, const PatternStore& patterns)
      : prefixes_{prefixes}, patterns_{patterns} {}

  /// The type and what it is made of, once each. Null is xs:anySimpleType. Fails as the builder
  /// does.
  [[nodiscard]] Result<TypeId> read(const xercesc::DatatypeValidator* type);

  [[nodiscard]] const SimpleTypeTables& tables() const noexcept { return builder_.tables(); }
  [[nodiscard]] SimpleTypeTables take() && { return std::move(builder_).take(); }

 private:
  [[nodiscard]] Result<TypeId> make(const xercesc::DatatypeValidator& type);
  [[nodiscard]] Result<TypeId> make_union(const xercesc::DatatypeValidator& type,
                                          const TypeName& name);
  [[nodiscard]] Result<TypeId> make_restriction(const xercesc::DatatypeValidator& type,
                                                const TypeName& name);

  const PrefixNamespaces& prefixes_;
  const PatternStore& patterns_;
  SimpleTypesBuilder builder_{};
  std::unordered_map<const xercesc::DatatypeValidator*, TypeId> known_{};
};

}  // namespace amparo::xsd
