// SPDX-License-Identifier: Apache-2.0
// The components of a grammar pool of Xerces as tables of ours. It walks the grammars themselves
// and not their XSModel: that is made of them, drops the namespaces of identity constraints and of
// substitution groups across grammars, and takes as long again to build. For the compile files
// only.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <vector>

#include <xercesc/framework/XMLGrammarPool.hpp>
#include <xercesc/validators/common/ContentSpecNode.hpp>
#include <xercesc/validators/schema/ComplexTypeInfo.hpp>
#include <xercesc/validators/schema/SchemaAttDef.hpp>
#include <xercesc/validators/schema/SchemaElementDecl.hpp>
#include <xercesc/validators/schema/SchemaGrammar.hpp>
#include <xercesc/validators/schema/identity/IdentityConstraint.hpp>
#include <xercesc/validators/schema/identity/XercesXPath.hpp>

#include "core/result.hpp"
#include "validator/xsd/detail/schema_draft.hpp"
#include "validator/xsd/detail/type_rules.hpp"
#include "validator/xsd/detail/xerces_schema_files.hpp"
#include "validator/xsd/detail/xerces_simple_types.hpp"

namespace amparo::xsd {

/// Fills a draft, once. `loaded` outlives it. Everything that can be reached from a global
/// component is taken.
class ComponentReader {
 public:
  ComponentReader(xercesc::XMLGrammarPool& pool, const LoadedSchema& loaded, SchemaDraft& draft);

  /// Fails with TooLarge above `max_states`, and with Unsupported for what the tables cannot say.
  [[nodiscard]] Status read(std::uint32_t max_states);

  /// After read(): by ComplexTypeId.
  [[nodiscard]] const std::vector<TypeOrigin>& origins() const noexcept { return origins_; }

 private:
  using ElementDecl = xercesc::SchemaElementDecl;
  using ComplexType = xercesc::ComplexTypeInfo;
  using ContentNode = xercesc::ContentSpecNode;

  // Numbers, in the order in which they are met.
  ElementId element(const ElementDecl& decl);
  TypeRef type_of(const ElementDecl& decl);
  TypeRef complex(const ComplexType& type);
  TypeId simple(const xercesc::DatatypeValidator* type);

  void find_globals(const xercesc::SchemaGrammar& grammar);
  void find_global_attributes(const xercesc::SchemaGrammar& grammar);
  void find_built_ins();
  void find_parts();
  void find_elements(const ContentNode* node);

  // Rows, when all numbers are known.
  void write_any_type();
  void write(const ComplexType& type);
  void write_attributes(const ComplexType& type, ComplexTypeRow& row);
  [[nodiscard]] AttributeRow attribute_row(const xercesc::SchemaAttDef& attribute);
  void write(const ElementDecl& decl);
  void restore_fixed_value(ElementRow& row);
  void write_constraints(const ElementDecl& decl);
  void write_constraint(const xercesc::IdentityConstraint& constraint);
  IdRange write_paths(const xercesc::XercesXPath& expression);
  void write_global_attributes();
  void write_models(std::uint32_t max_states);

  WildcardId wildcard(WildcardRow row, std::vector<NamespaceId> listed);
  WildcardId attribute_wildcard(const xercesc::SchemaAttDef* wildcard);
  WildcardId element_wildcard(const ContentNode& node);

  // Substitution groups, 3.3.6.
  void find_substitutions();
  [[nodiscard]] bool may_substitute(ElementId member, ElementId head) const;

  void find_origins();
  [[nodiscard]] Particle particle(const ContentNode& node);
  void add_children(const ContentNode* node,
                    ContentNode::NodeTypes link,
                    std::vector<Particle>& children);
  [[nodiscard]] std::vector<Alternative> alternatives(const ElementDecl& decl);

  NamespaceId space(unsigned int uri);
  NameId name(const xercesc::QName& name);
  TextSpan keep(const XMLCh* text);
  void give_up(Error error);

  xercesc::XMLGrammarPool& pool_;
  const LoadedSchema& loaded_;
  SchemaDraft& draft_;
  SimpleTypeReader simple_types_;
  std::optional<Error> failure_{};
  std::vector<TypeOrigin> origins_{};

  std::vector<const ElementDecl*> elements_{};
  std::unordered_map<const ElementDecl*, ElementId> element_ids_{};
  std::vector<const ComplexType*> types_{};  // null: xs:anyType
  std::unordered_map<const ComplexType*, ComplexTypeId> type_ids_{};
  std::vector<const xercesc::SchemaAttDef*> global_attributes_{};
  std::unordered_map<const xercesc::IdentityConstraint*, ConstraintId> constraint_ids_{};
  std::unordered_map<unsigned int, NamespaceId> spaces_{};
  std::vector<std::vector<Alternative>> substitutes_{};  // by ElementId, itself left out
  std::map<std::tuple<NamespaceRule, ProcessContents, NamespaceId, std::vector<NamespaceId>>,
           WildcardId>
      wildcards_{};
};

}  // namespace amparo::xsd
