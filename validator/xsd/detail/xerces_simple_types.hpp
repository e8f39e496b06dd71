// SPDX-License-Identifier: Apache-2.0
// Simple types of Xerces as rows of ours. For the compile files only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <xercesc/validators/datatype/DatatypeValidator.hpp>

#include "core/result.hpp"
#include "validator/xsd/simple_types_builder.hpp"

namespace amparo::xsd {

class SimpleTypeReader {
 public:
  /// `prefixes`: as LoadedSchema has them, for enumerations of QNames; outlives the reader.
  explicit SimpleTypeReader(const std::map<std::string, std::string>& prefixes)
      : prefixes_{&prefixes} {}

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

  const std::map<std::string, std::string>* prefixes_;
  SimpleTypesBuilder builder_{};
  std::unordered_map<const xercesc::DatatypeValidator*, TypeId> known_{};
};

}  // namespace amparo::xsd
