// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/xerces_components.hpp"

#include <algorithm>

#include <xercesc/framework/XMLNotationDecl.hpp>
#include <xercesc/util/StringPool.hpp>
#include <xercesc/validators/schema/SchemaAttDefList.hpp>
#include <xercesc/validators/schema/SchemaSymbols.hpp>
#include <xercesc/validators/schema/identity/IC_Field.hpp>
#include <xercesc/validators/schema/identity/IC_KeyRef.hpp>
#include <xercesc/validators/schema/identity/IC_Selector.hpp>

#include "validator/xsd/detail/xerces_text.hpp"

namespace amparo::xsd {
namespace {

using xercesc::SchemaAttDef;
using xercesc::SchemaElementDecl;
using xercesc::SchemaSymbols;
using xercesc::XMLAttDef;
using xercesc::XMLString;

// Xerces keeps what a redefinition replaces under a longer name, which nobody can mean.
bool is_replaced(std::u16string_view local) {
  const std::u16string_view mark{SchemaSymbols::fgRedefIdentifier};
  return local.size() > mark.size() && local.substr(local.size() - mark.size()) == mark;
}

DerivationSet derivation_set(int bits) {
  DerivationSet set = kNothing;
  if ((bits & SchemaSymbols::XSD_EXTENSION) != 0) set |= kExtension;
  if ((bits & SchemaSymbols::XSD_RESTRICTION) != 0) set |= kRestriction;
  if ((bits & SchemaSymbols::XSD_SUBSTITUTION) != 0) set |= kSubstitution;
  return set;
}

bool is_any_type(const xercesc::ComplexTypeInfo& type) {
  return XMLString::equals(type.getTypeUri(), SchemaSymbols::fgURI_SCHEMAFORSCHEMA) &&
         XMLString::equals(type.getTypeLocalName(), SchemaSymbols::fgATTVAL_ANYTYPE);
}

// Types that people can name: xsi:type finds them.
bool is_named(const xercesc::ComplexTypeInfo& type) {
  if (type.getAnonymous()) return false;
  const std::u16string_view local{type.getTypeLocalName()};
  return !local.empty() && !is_replaced(local);
}

bool is_global(const SchemaElementDecl& decl) {
  return decl.getEnclosingScope() == static_cast<unsigned>(xercesc::Grammar::TOP_LEVEL_SCOPE);
}

template <typename Table>
auto sorted_by_name(Table* table) {
  using Value = std::remove_pointer_t<decltype(table->get(nullptr))>;
  std::map<std::u16string, Value*> sorted;
  if (table == nullptr) return sorted;
  xercesc::RefHashTableOfEnumerator<Value> each{table};
  while (each.hasMoreElements()) {
    const auto key = std::u16string{static_cast<const XMLCh*>(each.nextElementKey())};
    sorted.emplace(key, table->get(key.c_str()));
  }
  return sorted;
}

}  // namespace

ComponentReader::ComponentReader(xercesc::XMLGrammarPool& pool,
                                 const LoadedSchema& loaded,
                                 SchemaDraft& draft)
    : pool_{pool},
      loaded_{loaded},
      draft_{draft},
      simple_types_{loaded.value_prefixes, loaded.patterns} {
  draft_.target = draft_.space(loaded.target_namespace);
}

Status ComponentReader::read(std::uint32_t max_states) {
  types_.push_back(nullptr);
  find_built_ins();
  // By namespace: a hash table has no order of its own.
  std::map<std::u16string, const xercesc::SchemaGrammar*> grammars;
  auto each = pool_.getGrammarEnumerator();
  while (each.hasMoreElements()) {
    const auto& grammar = each.nextElement();
    if (grammar.getGrammarType() != xercesc::Grammar::SchemaGrammarType) continue;
    const auto* uri = grammar.getTargetNamespace();
    grammars.emplace(uri == nullptr ? std::u16string{} : std::u16string{uri},
                     static_cast<const xercesc::SchemaGrammar*>(&grammar));
  }
  for (const auto& [uri, grammar] : grammars)
    find_globals(*grammar);
  find_parts();
  write_any_type();
  for (std::size_t i = 1; i < types_.size(); ++i)
    write(*types_[i]);
  for (const ElementDecl* decl : elements_)
    write(*decl);
  for (const ElementDecl* decl : elements_)
    write_constraints(*decl);
  write_global_attributes();
  if (failure_) return Fail{*failure_};
  find_substitutions();
  write_models(max_states);
  if (failure_) return Fail{*failure_};
  draft_.simple_types = std::move(simple_types_).take();
  return Done{};
}

void ComponentReader::give_up(Error error) {
  if (!failure_) failure_ = std::move(error);
}

NamespaceId ComponentReader::space(unsigned int uri) {
  const auto known = spaces_.find(uri);
  if (known != spaces_.end()) return known->second;
  const auto id = draft_.space(to_utf8(pool_.getURIStringPool()->getValueForId(uri)));
  spaces_.emplace(uri, id);
  return id;
}

NameId ComponentReader::name(const xercesc::QName& name) {
  return draft_.name(space(name.getURI()), to_utf8(name.getLocalPart()));
}

TextSpan ComponentReader::keep(const XMLCh* text) {
  return draft_.keep(to_utf8(text));
}

// --- numbers ---

ElementId ComponentReader::element(const ElementDecl& decl) {
  const auto id = static_cast<ElementId>(elements_.size());
  const auto [at, is_new] = element_ids_.emplace(&decl, id);
  if (is_new) elements_.push_back(&decl);
  return at->second;
}

TypeRef ComponentReader::complex(const ComplexType& type) {
  if (is_any_type(type)) return TypeRef::AnyType;
  const auto id = static_cast<ComplexTypeId>(types_.size());
  const auto [at, is_new] = type_ids_.emplace(&type, id);
  if (is_new) types_.push_back(&type);
  return type_ref(at->second);
}

TypeId ComponentReader::simple(const xercesc::DatatypeValidator* type) {
  auto id = simple_types_.read(type);
  if (id) return *id;
  give_up(std::move(id).error());
  return type_id(BuiltIn::AnySimpleType);
}

TypeRef ComponentReader::type_of(const ElementDecl& decl) {
  if (const auto* type = decl.getComplexTypeInfo()) return complex(*type);
  if (const auto* type = decl.getDatatypeValidator()) return type_ref(simple(type));
  return TypeRef::AnyType;
}

void ComponentReader::find_built_ins() {
  const auto any_type = draft_.name(NamespaceId::XmlSchema, "anyType");
  draft_.globals[index(any_type)].type = TypeRef::AnyType;
  for (std::size_t i = 0; i < kBuiltInCount; ++i) {
    const auto built_in = static_cast<BuiltIn>(i);
    const auto id = draft_.name(NamespaceId::XmlSchema, amparo::xsd::name(built_in));
    draft_.globals[index(id)].type = type_ref(type_id(built_in));
  }
}

void ComponentReader::find_globals(const xercesc::SchemaGrammar& grammar) {
  auto elements = grammar.getElemEnumerator();
  while (elements.hasMoreElements()) {
    const auto& decl = elements.nextElement();
    if (!is_global(decl)) continue;
    const auto id = name(*const_cast<ElementDecl&>(decl).getElementName());
    draft_.globals[index(id)].element = element(decl);
  }
  for (const auto& [key, type] : sorted_by_name(grammar.getComplexTypeRegistry())) {
    if (!is_named(*type)) continue;
    const auto id =
        draft_.name(draft_.space(to_utf8(type->getTypeUri())), to_utf8(type->getTypeLocalName()));
    draft_.globals[index(id)].type = complex(*type);
  }
  auto* types = const_cast<xercesc::SchemaGrammar&>(grammar).getDatatypeRegistry();
  for (const auto& [key, type] : sorted_by_name(types->getUserDefinedRegistry())) {
    const auto local = std::u16string_view{type->getTypeLocalName()};
    if (type->getAnonymous() || local.empty() || is_replaced(local)) continue;
    const auto id = draft_.name(draft_.space(to_utf8(type->getTypeUri())), to_utf8(local));
    draft_.globals[index(id)].type = type_ref(simple(type));
  }
  find_global_attributes(grammar);
  auto notations = grammar.getNotationEnumerator();
  const auto target = draft_.space(to_utf8(grammar.getTargetNamespace()));
  while (notations.hasMoreElements()) {
    draft_.notations.push_back(draft_.name(target, to_utf8(notations.nextElement().getName())));
  }
}

void ComponentReader::find_global_attributes(const xercesc::SchemaGrammar& grammar) {
  for (const auto& [key, attribute] : sorted_by_name(grammar.getAttributeDeclRegistry())) {
    const auto& declared = static_cast<const SchemaAttDef&>(*attribute);
    const auto id = name(*declared.getAttName());
    const bool is_known = std::any_of(
        global_attributes_.begin(), global_attributes_.end(), [&](const SchemaAttDef* other) {
          return name(*other->getAttName()) == id;
        });
    if (!is_known) global_attributes_.push_back(&declared);
  }
}

// Types and elements grow while they are walked through.
void ComponentReader::find_parts() {
  std::size_t type = 1;
  std::size_t decl = 0;
  while (type < types_.size() || decl < elements_.size()) {
    if (decl < elements_.size()) {
      const ElementDecl& here = *elements_[decl++];
      type_of(here);
      if (const auto* head = here.getSubstitutionGroupElem()) element(*head);
      continue;
    }
    const ComplexType& here = *types_[type++];
    if (const auto* base = here.getBaseComplexTypeInfo()) complex(*base);
    find_elements(here.getContentSpec());
  }
}

void ComponentReader::find_elements(const ContentNode* node) {
  // Sequences lean to the left: the walk goes down there without recursion.
  for (; node != nullptr; node = node->getFirst()) {
    if (const auto* decl = node->getElementDecl()) {
      element(static_cast<const ElementDecl&>(*decl));
    }
    find_elements(node->getSecond());
  }
}

// --- rows ---

void ComponentReader::write_any_type() {
  ComplexTypeRow row;
  row.name = draft_.name(NamespaceId::XmlSchema, "anyType");
  row.attribute_wildcard = wildcard({.process = ProcessContents::Lax}, {});
  row.content = ContentKind::Mixed;
  draft_.complex_types.push_back(row);
}

void ComponentReader::write(const ComplexType& type) {
  ComplexTypeRow row;
  if (is_named(type)) {
    row.name =
        draft_.name(draft_.space(to_utf8(type.getTypeUri())), to_utf8(type.getTypeLocalName()));
  }
  if (const auto* base = type.getBaseComplexTypeInfo()) {
    row.base = complex(*base);
  } else if (const auto* simple_base = type.getBaseDatatypeValidator()) {
    row.base = type_ref(simple(simple_base));
  }
  switch (type.getContentType()) {
    case SchemaElementDecl::Empty:
      row.content = ContentKind::Empty;
      break;
    case SchemaElementDecl::Simple:
      row.content = ContentKind::Simple;
      row.simple_type = simple(type.getDatatypeValidator());
      break;
    case SchemaElementDecl::Any:
    case SchemaElementDecl::Mixed_Simple:
    case SchemaElementDecl::Mixed_Complex:
      row.content = ContentKind::Mixed;
      break;
    default:
      row.content = ContentKind::ElementOnly;
  }
  const auto by = derivation_set(type.getDerivedBy());
  row.derivation = by == kExtension ? kExtension : kRestriction;
  row.block =
      derivation_set(type.getBlockSet()) & static_cast<DerivationSet>(kExtension | kRestriction);
  if (type.getAbstract()) row.flags |= ComplexTypeRow::kAbstract;
  write_attributes(type, row);
  row.attribute_wildcard = attribute_wildcard(type.getAttWildCard());
  draft_.complex_types.push_back(row);
}

void ComponentReader::write_attributes(const ComplexType& type, ComplexTypeRow& row) {
  row.attributes.begin = static_cast<std::uint32_t>(draft_.attributes.size());
  if (!type.hasAttDefs()) return;
  auto& list = type.getAttDefList();
  std::vector<AttributeRow> uses;
  for (XMLSize_t i = 0; i < list.getAttDefCount(); ++i) {
    const auto& attribute = static_cast<const SchemaAttDef&>(list.getAttDef(i));
    if (attribute.getDefaultType() == XMLAttDef::Prohibited) continue;
    uses.push_back(attribute_row(attribute));
    row.required_attributes += uses.back().is_required;
  }
  std::sort(uses.begin(), uses.end(), [](const AttributeRow& a, const AttributeRow& b) {
    return a.name < b.name;
  });
  row.attributes.count = static_cast<std::uint32_t>(uses.size());
  draft_.attributes.insert(draft_.attributes.end(), uses.begin(), uses.end());
}

AttributeRow ComponentReader::attribute_row(const SchemaAttDef& attribute) {
  AttributeRow row;
  row.name = name(*attribute.getAttName());
  row.type = simple(attribute.getDatatypeValidator());
  const auto kind = attribute.getDefaultType();
  const bool is_fixed = kind == XMLAttDef::Fixed || kind == XMLAttDef::Required_And_Fixed;
  if (is_fixed) row.value_constraint = ValueConstraint::Fixed;
  if (kind == XMLAttDef::Default) row.value_constraint = ValueConstraint::Default;
  if (row.value_constraint != ValueConstraint::None) row.value = keep(attribute.getValue());
  if (kind == XMLAttDef::Required || kind == XMLAttDef::Required_And_Fixed) row.is_required = 1;
  return row;
}

void ComponentReader::write_global_attributes() {
  for (const SchemaAttDef* attribute : global_attributes_) {
    const auto row = attribute_row(*attribute);
    draft_.globals[index(row.name)].attribute = static_cast<AttributeId>(draft_.attributes.size());
    draft_.attributes.push_back(row);
  }
}

void ComponentReader::write(const ElementDecl& decl) {
  ElementRow row;
  row.name = name(*const_cast<ElementDecl&>(decl).getElementName());
  row.type = type_of(decl);
  if (const auto* head = decl.getSubstitutionGroupElem()) row.substitution_head = element(*head);
  const int flags = decl.getMiscFlags();
  if ((flags & SchemaSymbols::XSD_NILLABLE) != 0) row.flags |= ElementRow::kNillable;
  if ((flags & SchemaSymbols::XSD_ABSTRACT) != 0) row.flags |= ElementRow::kAbstract;
  if (is_global(decl)) row.flags |= ElementRow::kGlobal;
  if (const auto* value = decl.getDefaultValue()) {
    row.value = keep(value);
    row.value_constraint =
        (flags & SchemaSymbols::XSD_FIXED) != 0 ? ValueConstraint::Fixed : ValueConstraint::Default;
  }
  if (row.value_constraint == ValueConstraint::None) restore_fixed_value(row);
  row.block = derivation_set(decl.getBlockSet());
  row.final_set = derivation_set(decl.getFinalSet());
  row.constraints.begin = static_cast<std::uint32_t>(constraint_ids_.size());
  row.constraints.count = static_cast<std::uint32_t>(decl.getIdentityConstraintCount());
  for (XMLSize_t i = 0; i < decl.getIdentityConstraintCount(); ++i) {
    constraint_ids_.emplace(decl.getIdentityConstraintAt(i),
                            static_cast<ConstraintId>(constraint_ids_.size()));
  }
  draft_.elements.push_back(row);
}

// Of mixed content Xerces forgets the value: it is taken from the documents where all declarations
// of the name agree.
void ComponentReader::restore_fixed_value(ElementRow& row) {
  if (!is_complex(row.type)) return;
  if (draft_.complex_types[index(complex_type(row.type))].content != ContentKind::Mixed) return;
  const auto known = loaded_.fixed_values.find(std::string{draft_.local(row.name)});
  if (known == loaded_.fixed_values.end() || known->second.size() != 1) return;
  const auto& value = *known->second.begin();
  if (!value) return;
  row.value = draft_.keep(*value);
  row.value_constraint = ValueConstraint::Fixed;
}

void ComponentReader::write_constraints(const ElementDecl& decl) {
  for (XMLSize_t i = 0; i < decl.getIdentityConstraintCount(); ++i)
    write_constraint(*decl.getIdentityConstraintAt(i));
}

void ComponentReader::write_constraint(const xercesc::IdentityConstraint& constraint) {
  ConstraintRow row;
  row.name = draft_.name(space(static_cast<unsigned>(constraint.getNamespaceURI())),
                         to_utf8(constraint.getIdentityConstraintName()));
  if (constraint.getType() == xercesc::IdentityConstraint::ICType_KEY) {
    row.kind = ConstraintKind::Key;
  } else if (constraint.getType() == xercesc::IdentityConstraint::ICType_KEYREF) {
    row.kind = ConstraintKind::Keyref;
    const auto* key = static_cast<const xercesc::IC_KeyRef&>(constraint).getKey();
    const auto known = constraint_ids_.find(key);
    if (known == constraint_ids_.end()) {
      return give_up({ErrorCode::Unsupported, "a key reference refers to no key of an element"});
    }
    row.refers_to = known->second;
  }
  row.selector = write_paths(*constraint.getSelector()->getXPath());
  std::vector<FieldRow> fields;
  for (XMLSize_t i = 0; i < constraint.getFieldCount(); ++i)
    fields.push_back({write_paths(*constraint.getFieldAt(i)->getXPath())});
  row.fields = {static_cast<std::uint32_t>(draft_.fields.size()),
                static_cast<std::uint32_t>(fields.size())};
  draft_.fields.insert(draft_.fields.end(), fields.begin(), fields.end());
  draft_.constraints.push_back(row);
}

IdRange ComponentReader::write_paths(const xercesc::XercesXPath& expression) {
  using xercesc::XercesNodeTest;
  using xercesc::XercesStep;
  const auto* alternatives = expression.getLocationPaths();
  const IdRange range{static_cast<std::uint32_t>(draft_.paths.size()),
                      static_cast<std::uint32_t>(alternatives->size())};
  for (XMLSize_t i = 0; i < alternatives->size(); ++i) {
    const auto* steps = alternatives->elementAt(i);
    PathRow path;
    path.steps.begin = static_cast<std::uint32_t>(draft_.path_steps.size());
    for (XMLSize_t k = 0; k < steps->getStepSize(); ++k) {
      const XercesStep& from = *steps->getStep(k);
      if (from.getAxisType() == XercesStep::AxisType_DESCENDANT) path.is_anywhere = 1;
      const bool is_attribute = from.getAxisType() == XercesStep::AxisType_ATTRIBUTE;
      if (!is_attribute && from.getAxisType() != XercesStep::AxisType_CHILD) continue;
      const auto& test = *from.getNodeTest();
      PathStep step;
      step.axis = is_attribute ? PathStep::Axis::Attribute : PathStep::Axis::Child;
      if (test.getType() == XercesNodeTest::NodeType_QNAME) {
        step.test = PathStep::Test::Name;
        step.id = static_cast<std::uint32_t>(name(*test.getName()));
      } else if (test.getType() == XercesNodeTest::NodeType_NAMESPACE) {
        step.test = PathStep::Test::AnyOfNamespace;
        step.id = static_cast<std::uint32_t>(space(test.getName()->getURI()));
      }
      draft_.path_steps.push_back(step);
    }
    path.steps.count = static_cast<std::uint32_t>(draft_.path_steps.size()) - path.steps.begin;
    draft_.paths.push_back(path);
  }
  return range;
}

}  // namespace amparo::xsd
