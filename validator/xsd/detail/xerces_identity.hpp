// SPDX-License-Identifier: Apache-2.0
// Keys and references as Xerces read them from a schema, for our own checker: Xerces' keeps half a
// kilobyte for each record of a batch until the document ends. For the oracle_xerces files only.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include <xercesc/framework/XMLElementDecl.hpp>
#include <xercesc/util/XMLString.hpp>
#include <xercesc/validators/datatype/DatatypeValidator.hpp>
#include <xercesc/validators/schema/SchemaElementDecl.hpp>
#include <xercesc/validators/schema/identity/XercesXPath.hpp>

#include "validator/xsd/identity.hpp"

namespace amparo::xsd {

/// Numbers for names, and the constraints of each element declaration.
class IdentityTables {
 public:
  /// Only names that constraints mention have a number; all others are 0. What a document makes up
  /// takes no memory here.
  [[nodiscard]] NumberedName number(const xercesc::QName& name) const;
  /// The same for an element, remembered by its declaration.
  [[nodiscard]] NumberedName number(const xercesc::XMLElementDecl& element);
  /// Null when the declaration has none.
  [[nodiscard]] const IdentityConstraints* of(const xercesc::SchemaElementDecl& element);

 private:
  [[nodiscard]] NumberedName numbered(const xercesc::QName& name);
  [[nodiscard]] NameTest test_of(const xercesc::XercesNodeTest& node);
  [[nodiscard]] std::vector<IdentityPath> paths_of(const xercesc::XercesXPath& expression);
  [[nodiscard]] IdentityConstraints compile(const xercesc::SchemaElementDecl& element);

  std::map<std::u16string, std::uint32_t, std::less<>> locals_{};
  std::unordered_map<const xercesc::XMLElementDecl*, NumberedName> elements_{};
  std::unordered_map<const xercesc::SchemaElementDecl*, std::unique_ptr<IdentityConstraints>>
      constraints_{};
};

/// A value in a form that is equal for equal values of the type.
[[nodiscard]] std::string canonical_value(xercesc::DatatypeValidator* type,
                                          std::u16string_view text);

}  // namespace amparo::xsd
