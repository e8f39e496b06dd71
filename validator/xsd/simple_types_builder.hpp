// SPDX-License-Identifier: Apache-2.0
// Makes the tables of simple_types.hpp, type by type. The schema is expected to be checked (Xerces
// does that); what is wrong here is refused, never run.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "validator/xsd/value_check.hpp"

namespace amparo::xsd {

/// A facet as written in the schema.
struct FacetText {
  Facet facet = Facet::Pattern;
  std::string_view value{};
};

/// The name of a type; empty for an anonymous one.
struct TypeName {
  std::string_view space{};
  std::string_view local{};
};

class SimpleTypesBuilder {
 public:
  /// With the built-in types at the ids of BuiltIn.
  SimpleTypesBuilder();

  /// All patterns given in one call are alternatives, as are all values of an enumeration; of any
  /// other facet the last counts. `namespaces`: for the values of QNames and NOTATIONs, null when
  /// there are none. Fails with Malformed when a facet's value is not one or the facet does not go
  /// with the type, with Unsupported when the tables would grow beyond 32 bits.
  [[nodiscard]] Result<TypeId> add_restriction(TypeId base,
                                               std::span<const FacetText> facets,
                                               const TypeName& name = {},
                                               const NamespaceResolver* namespaces = nullptr);

  /// Fails with Malformed when the item type is or may be a list.
  [[nodiscard]] Result<TypeId> add_list(TypeId item, const TypeName& name = {});

  /// Unions without facets are replaced by their members. Fails with Unsupported when one value may
  /// have to be held against more than 65,536 types, or unions with facets lie 64 deep.
  [[nodiscard]] Result<TypeId> add_union(std::span<const TypeId> members,
                                         const TypeName& name = {});

  [[nodiscard]] const SimpleTypeTables& tables() const noexcept { return tables_; }
  [[nodiscard]] SimpleTypeTables take() && { return std::move(tables_); }

 private:
  [[nodiscard]] bool is_known(TypeId type) const noexcept;
  [[nodiscard]] TextRef keep(std::string_view text);
  [[nodiscard]] Result<TypeId> add(SimpleType type, const TypeName& name);
  [[nodiscard]] Status set_facet(SimpleType& type, TypeId base, const FacetText& facet);
  void set_patterns(SimpleType& type, std::span<const FacetText> facets);
  [[nodiscard]] Status set_enumeration(SimpleType& type,
                                       TypeId base,
                                       std::span<const FacetText> facets,
                                       const NamespaceResolver* namespaces);
  void set_integer_bounds(SimpleType& type) const;
  void set_kernel(SimpleType& type);
  [[nodiscard]] bool set_shape(SimpleType& type);
  void add_built_ins();

  SimpleTypeTables tables_{};
};

}  // namespace amparo::xsd
