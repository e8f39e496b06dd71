// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/outline.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <xercesc/framework/XMLGrammarPoolImpl.hpp>
#include <xercesc/framework/psvi/XSAttributeDeclaration.hpp>
#include <xercesc/framework/psvi/XSAttributeUse.hpp>
#include <xercesc/framework/psvi/XSComplexTypeDefinition.hpp>
#include <xercesc/framework/psvi/XSElementDeclaration.hpp>
#include <xercesc/framework/psvi/XSModel.hpp>
#include <xercesc/framework/psvi/XSModelGroup.hpp>
#include <xercesc/framework/psvi/XSNamedMap.hpp>
#include <xercesc/framework/psvi/XSParticle.hpp>
#include <xercesc/framework/psvi/XSSimpleTypeDefinition.hpp>
#include <xercesc/framework/psvi/XSTypeDefinition.hpp>
#include <xercesc/parsers/SAX2XMLReaderImpl.hpp>
#include <xercesc/sax/ErrorHandler.hpp>
#include <xercesc/sax/SAXParseException.hpp>
#include <xercesc/util/PlatformUtils.hpp>
#include <xercesc/util/XMLUni.hpp>
#include <xercesc/validators/schema/ComplexTypeInfo.hpp>
#include <xercesc/validators/schema/SchemaGrammar.hpp>

#include "validator/xsd/detail/xerces_input.hpp"
#include "validator/xsd/detail/xerces_text.hpp"

namespace amparo::xsd {

namespace {

namespace xc = xercesc;

class FirstError final : public xc::ErrorHandler {
 public:
  void warning(const xc::SAXParseException& /*problem*/) override {}
  void error(const xc::SAXParseException& problem) override { keep(problem); }
  void fatalError(const xc::SAXParseException& problem) override { keep(problem); }
  void resetErrors() override {}
  [[nodiscard]] const std::string& message() const { return message_; }

 private:
  void keep(const xc::SAXParseException& problem) {
    if (!message_.empty()) return;
    message_ = to_utf8(problem.getSystemId()) + ':' + std::to_string(problem.getLineNumber()) +
               ": " + to_utf8(problem.getMessage());
  }
  std::string message_;
};

void add_particle(const xc::XSParticle* particle,
                  bool optional,
                  bool repeated,
                  bool in_choice,
                  OutlineType& type);

void add_group(const xc::XSModelGroup* group,
               bool optional,
               bool repeated,
               bool in_choice,
               OutlineType& type) {
  const bool is_choice = group->getCompositor() == xc::XSModelGroup::COMPOSITOR_CHOICE;
  const xc::XSParticleList* particles = group->getParticles();
  for (XMLSize_t i = 0; i < particles->size(); ++i) {
    add_particle(particles->elementAt(i), optional, repeated, in_choice || is_choice, type);
  }
}

// A group inside a group: its own bounds go to its elements, which is all that a writer needs.
void add_particle(const xc::XSParticle* particle,
                  bool optional,
                  bool repeated,
                  bool in_choice,
                  OutlineType& type) {
  const bool may_be_absent = optional || particle->getMinOccurs() == 0;
  const bool many = particle->getMaxOccursUnbounded();
  // Not const in Xerces' interface, though nothing is changed.
  auto* inner = const_cast<xc::XSParticle*>(particle);
  switch (particle->getTermType()) {
    case xc::XSParticle::TERM_ELEMENT: {
      xc::XSElementDeclaration* element = inner->getElementTerm();
      OutlineElement entry;
      entry.name = to_utf8(element->getName());
      entry.type = to_utf8(element->getTypeDefinition()->getName());
      entry.least = may_be_absent ? 0 : static_cast<std::uint32_t>(particle->getMinOccurs());
      entry.most =
          many || repeated ? kUnbounded : static_cast<std::uint32_t>(particle->getMaxOccurs());
      entry.nillable = element->getNillable();
      entry.in_choice = in_choice;
      type.elements.push_back(std::move(entry));
      return;
    }
    case xc::XSParticle::TERM_MODELGROUP:
      add_group(inner->getModelGroupTerm(),
                may_be_absent,
                repeated || many || particle->getMaxOccurs() > 1,
                in_choice,
                type);
      return;
    case xc::XSParticle::TERM_WILDCARD:
      type.has_wildcard = true;
      return;
    case xc::XSParticle::TERM_EMPTY:
      return;
  }
}

void add_attributes(xc::XSComplexTypeDefinition* complex, OutlineType& type) {
  const xc::XSAttributeUseList* uses = complex->getAttributeUses();
  for (XMLSize_t i = 0; uses != nullptr && i < uses->size(); ++i) {
    const xc::XSAttributeUse* use = uses->elementAt(i);
    const xc::XSAttributeDeclaration* declaration = use->getAttrDeclaration();
    type.attributes.push_back({to_utf8(declaration->getName()),
                               to_utf8(declaration->getTypeDefinition()->getName()),
                               use->getRequired()});
  }
  // Xerces keeps them by hash; a writer and its tests want one order.
  std::sort(type.attributes.begin(),
            type.attributes.end(),
            [](const OutlineAttribute& a, const OutlineAttribute& b) { return a.name < b.name; });
}

OutlineType outline_of(xc::XSTypeDefinition* definition) {
  OutlineType type;
  type.name = to_utf8(definition->getName());
  if (definition->getTypeCategory() == xc::XSTypeDefinition::SIMPLE_TYPE) {
    type.has_value = true;
    return type;
  }
  // The category says which class it is; Xerces is built without dynamic_cast.
  auto* complex = static_cast<xc::XSComplexTypeDefinition*>(definition);
  type.has_value = complex->getContentType() == xc::XSComplexTypeDefinition::CONTENTTYPE_SIMPLE;
  add_attributes(complex, type);
  if (const xc::XSParticle* particle = complex->getParticle(); particle != nullptr) {
    add_particle(particle, false, false, false, type);
  }
  return type;
}

}  // namespace

struct Outline::Grammar {
  xc::XMLGrammarPoolImpl pool{xc::XMLPlatformUtils::fgMemoryManager};
  xc::SchemaGrammar* schema = nullptr;  // the pool's

  Status load(const std::filesystem::path& file);
  void choose(const std::string& target_namespace);
};

Outline::Outline() : grammar_(std::make_unique<Grammar>()) {}
Outline::Outline(Outline&&) noexcept = default;
Outline& Outline::operator=(Outline&&) noexcept = default;
Outline::~Outline() = default;

const OutlineElement* OutlineType::element(std::string_view element_name) const {
  const auto found =
      std::find_if(elements.begin(), elements.end(), [&](const OutlineElement& element) {
        return element.name == element_name;
      });
  return found == elements.end() ? nullptr : &*found;
}

const OutlineAttribute* OutlineType::attribute(std::string_view attribute_name) const {
  const auto found =
      std::find_if(attributes.begin(), attributes.end(), [&](const OutlineAttribute& attribute) {
        return attribute.name == attribute_name;
      });
  return found == attributes.end() ? nullptr : &*found;
}

// Into the grammar pool.
Status Outline::Grammar::load(const std::filesystem::path& file) {
  FirstError errors;
  try {
    xc::SAX2XMLReaderImpl reader(xc::XMLPlatformUtils::fgMemoryManager, &pool);
    reader.setFeature(xc::XMLUni::fgXercesSchema, true);
    reader.setFeature(xc::XMLUni::fgXercesSchemaFullChecking, false);
    // Half the memory: an outline does not read the documentation.
    reader.setFeature(xc::XMLUni::fgXercesIgnoreAnnotations, true);
    reader.setFeature(xc::XMLUni::fgXercesDisableDefaultEntityResolution, false);
    reader.setErrorHandler(&errors);
    const std::u16string name = to_utf16(std::filesystem::absolute(file).string());
    const auto* loaded = reader.loadGrammar(name.c_str(), xc::Grammar::SchemaGrammarType, true);
    if (!errors.message().empty()) return fail(ErrorCode::Malformed, errors.message());
    if (loaded == nullptr) {
      return fail(ErrorCode::Malformed, file.string() + ": is not a schema");
    }
  } catch (const xc::XMLException& problem) {
    return fail(ErrorCode::Malformed, file.string() + ": " + to_utf8(problem.getMessage()));
  } catch (const xc::SAXException& problem) {
    return fail(ErrorCode::Malformed, file.string() + ": " + to_utf8(problem.getMessage()));
  }
  return Done{};
}

void Outline::Grammar::choose(const std::string& target_namespace) {
  xc::RefHashTableOfEnumerator<xc::Grammar> grammars = pool.getGrammarEnumerator();
  while (grammars.hasMoreElements()) {
    xc::Grammar& one = grammars.nextElement();
    if (one.getGrammarType() == xc::Grammar::SchemaGrammarType &&
        to_utf8(one.getTargetNamespace()) == target_namespace) {
      schema = static_cast<xc::SchemaGrammar*>(&one);
    }
  }
}

Result<Outline> Outline::read(const std::filesystem::path& schema,
                              const std::string& target_namespace) {
  if (!std::filesystem::is_regular_file(schema)) {
    return fail(ErrorCode::NotFound, schema.string() + ": no such schema file");
  }
  start_xerces();
  Outline outline;
  outline.namespace_ = target_namespace;
  Grammar& grammar = *outline.grammar_;
  if (auto loaded = grammar.load(schema); !loaded) return Fail{loaded.error()};
  grammar.choose(target_namespace);
  if (grammar.schema == nullptr) {
    return fail(ErrorCode::Malformed,
                schema.string() + ": has nothing in the namespace " + target_namespace);
  }
  bool changed = false;
  xc::XSModel* model = grammar.pool.getXSModel(changed);
  const std::u16string name_space = to_utf16(target_namespace);
  auto* types =
      model->getComponentsByNamespace(xc::XSConstants::TYPE_DEFINITION, name_space.c_str());
  for (XMLSize_t i = 0; types != nullptr && i < types->getLength(); ++i) {
    OutlineType type = outline_of(static_cast<xc::XSTypeDefinition*>(types->item(i)));
    std::string name = type.name;
    outline.types_.emplace(std::move(name), std::move(type));
  }
  auto* elements =
      model->getComponentsByNamespace(xc::XSConstants::ELEMENT_DECLARATION, name_space.c_str());
  for (XMLSize_t i = 0; elements != nullptr && i < elements->getLength(); ++i) {
    auto* element = static_cast<xc::XSElementDeclaration*>(elements->item(i));
    outline.roots_.emplace(to_utf8(element->getName()),
                           to_utf8(element->getTypeDefinition()->getName()));
  }
  return outline;
}

const OutlineType* Outline::root(std::string_view element_name) const {
  const auto found = roots_.find(element_name);
  return found == roots_.end() ? nullptr : type(found->second);
}

const OutlineType* Outline::type(std::string_view type_name) const {
  const auto found = types_.find(type_name);
  return found == types_.end() ? nullptr : &found->second;
}

bool Outline::is_value(std::string_view type_name, std::string_view value) const {
  const std::u16string key = to_utf16(namespace_ + "," + std::string(type_name));
  xc::DatatypeValidator* validator =
      grammar_->schema->getDatatypeRegistry()->getDatatypeValidator(key.c_str());
  if (validator == nullptr) {
    const auto* complex_types = grammar_->schema->getComplexTypeRegistry();
    const xc::ComplexTypeInfo* complex = complex_types->get(key.c_str());
    if (complex != nullptr) validator = complex->getDatatypeValidator();
  }
  if (validator == nullptr) return false;
  const std::u16string text = to_utf16(value);
  // What a parser would hand over: every type of the standard collapses or keeps white space.
  XMLCh* content = xc::XMLString::replicate(text.c_str());
  if (validator->getWSFacet() == xc::DatatypeValidator::COLLAPSE) {
    xc::XMLString::collapseWS(content);
  }
  bool valid = true;
  try {
    validator->validate(content, nullptr);
  } catch (const xc::XMLException&) {
    valid = false;
  }
  xc::XMLString::release(&content);
  return valid;
}

}  // namespace amparo::xsd
