// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/xerces_identity.hpp"

#include <xercesc/util/XMLException.hpp>
#include <xercesc/validators/schema/identity/IC_Field.hpp>
#include <xercesc/validators/schema/identity/IC_KeyRef.hpp>
#include <xercesc/validators/schema/identity/IC_Selector.hpp>
#include <xercesc/validators/schema/identity/IdentityConstraint.hpp>
#include <xercesc/validators/schema/identity/XercesXPath.hpp>

#include "validator/xsd/detail/xerces_text.hpp"

namespace amparo::xsd {
namespace {

using xercesc::DatatypeValidator;
using xercesc::XercesNodeTest;
using xercesc::XercesStep;

bool is_space(char16_t c) {
  return c == u' ' || c == u'\t' || c == u'\r' || c == u'\n';
}

std::u16string collapsed(std::u16string_view text) {
  std::u16string out;
  for (const char16_t c : text) {
    if (!is_space(c)) {
      out += c;
    } else if (!out.empty() && out.back() != u' ') {
      out += u' ';
    }
  }
  if (!out.empty() && out.back() == u' ') out.pop_back();
  return out;
}

// Types whose values have one spelling each, once white space is as the type wants it.
bool is_text(DatatypeValidator::ValidatorType type) {
  switch (type) {
    case DatatypeValidator::String:
    case DatatypeValidator::AnyURI:
    case DatatypeValidator::Name:
    case DatatypeValidator::NCName:
    case DatatypeValidator::ID:
    case DatatypeValidator::IDREF:
    case DatatypeValidator::ENTITY:
    case DatatypeValidator::List:
    case DatatypeValidator::Union:
    case DatatypeValidator::AnySimpleType:
      return true;
    default:
      return false;
  }
}

}  // namespace

NumberedName IdentityTables::number(const xercesc::QName& name) const {
  const auto known = locals_.find(std::u16string_view{name.getLocalPart()});
  return {name.getURI(), known == locals_.end() ? 0 : known->second};
}

NumberedName IdentityTables::numbered(const xercesc::QName& name) {
  const auto next = static_cast<std::uint32_t>(locals_.size() + 1);
  locals_.emplace(std::u16string{name.getLocalPart()}, next);
  return number(name);
}

NumberedName IdentityTables::number(const xercesc::XMLElementDecl& element) {
  // Xerces frees the declaration of an unknown name with its document: not to be remembered.
  if (!element.isDeclared()) return number(*element.getElementName());
  const auto known = elements_.find(&element);
  if (known != elements_.end()) return known->second;
  return elements_.emplace(&element, number(*element.getElementName())).first->second;
}

const IdentityConstraints* IdentityTables::of(const xercesc::SchemaElementDecl& element) {
  if (element.getIdentityConstraintCount() == 0) return nullptr;
  auto& known = constraints_[&element];
  if (known == nullptr) {
    known = std::make_unique<IdentityConstraints>(compile(element));
    elements_.clear();  // names that had no number may have one now
  }
  return known.get();
}

NameTest IdentityTables::test_of(const XercesNodeTest& node) {
  NameTest test;
  if (node.getType() == XercesNodeTest::NodeType_QNAME) {
    test.kind = NameTest::Kind::Name;
    test.name = numbered(*node.getName());
  } else if (node.getType() == XercesNodeTest::NodeType_NAMESPACE) {
    test.kind = NameTest::Kind::AnyOfSpace;
    test.name.space = node.getName()->getURI();
  }
  return test;
}

std::vector<IdentityPath> IdentityTables::paths_of(const xercesc::XercesXPath& expression) {
  std::vector<IdentityPath> paths;
  const auto* alternatives = expression.getLocationPaths();
  for (XMLSize_t i = 0; i < alternatives->size(); ++i) {
    const auto* steps = alternatives->elementAt(i);
    IdentityPath path;
    for (XMLSize_t k = 0; k < steps->getStepSize(); ++k) {
      const XercesStep* step = steps->getStep(k);
      const auto axis = step->getAxisType();
      if (axis == XercesStep::AxisType_DESCENDANT) path.is_anywhere = true;
      if (axis == XercesStep::AxisType_CHILD) path.steps.push_back(test_of(*step->getNodeTest()));
      if (axis == XercesStep::AxisType_ATTRIBUTE) path.attribute = test_of(*step->getNodeTest());
    }
    paths.push_back(std::move(path));
  }
  return paths;
}

IdentityConstraints IdentityTables::compile(const xercesc::SchemaElementDecl& element) {
  IdentityConstraints constraints;
  for (XMLSize_t i = 0; i < element.getIdentityConstraintCount(); ++i) {
    const auto* stated = element.getIdentityConstraintAt(i);
    IdentityConstraint constraint;
    constraint.name = to_utf8(stated->getIdentityConstraintName());
    constraint.id = stated;
    if (stated->getType() == xercesc::IdentityConstraint::ICType_KEY) {
      constraint.kind = IdentityConstraint::Kind::Key;
    } else if (stated->getType() == xercesc::IdentityConstraint::ICType_KEYREF) {
      constraint.kind = IdentityConstraint::Kind::Reference;
      constraint.refers_to = static_cast<const xercesc::IC_KeyRef*>(stated)->getKey();
    }
    constraint.selector = paths_of(*stated->getSelector()->getXPath());
    for (XMLSize_t f = 0; f < stated->getFieldCount(); ++f) {
      constraint.fields.push_back(paths_of(*stated->getFieldAt(f)->getXPath()));
    }
    constraints.push_back(std::move(constraint));
  }
  return constraints;
}

std::string canonical_value(DatatypeValidator* type, std::u16string_view text) {
  // A value of an unknown type is compared as it is written.
  if (type == nullptr) return "?" + to_utf8(text);
  const bool keeps_space = type->getWSFacet() == DatatypeValidator::PRESERVE;
  const auto written = keeps_space ? std::u16string{text} : collapsed(text);
  const auto kind = type->getType();
  if (is_text(kind)) return "t" + to_utf8(written);
  const auto tag = std::to_string(static_cast<int>(kind)) + ":";
  try {
    const XMLCh* canonical = type->getCanonicalRepresentation(written.c_str());
    if (canonical == nullptr) return tag + to_utf8(written);
    auto value = tag + to_utf8(canonical);
    auto* owned = const_cast<XMLCh*>(canonical);
    xercesc::XMLString::release(&owned, type->getMemoryManager());
    return value;
  } catch (const xercesc::XMLException&) {
    return tag + to_utf8(written);  // not of its type: told by the grammar
  }
}

}  // namespace amparo::xsd
