// SPDX-License-Identifier: Apache-2.0
// The events of a document. Their order, as Xerces gives them: errors about a start tag,
// startElement, characters, errors about the value and content, endElement. An empty tag is both,
// one after the other. What becomes of errors: xerces_findings.cpp.
#include "validator/xsd/detail/xerces_reader.hpp"

#include <algorithm>
#include <array>

#include <xercesc/framework/XMLGrammarPool.hpp>
#include <xercesc/sax/SAXException.hpp>
#include <xercesc/util/OutOfMemoryException.hpp>
#include <xercesc/util/XMLUni.hpp>
#include <xercesc/validators/schema/SchemaAttDef.hpp>
#include <xercesc/validators/schema/SchemaGrammar.hpp>
#include <xercesc/validators/schema/SchemaSymbols.hpp>

#include "text/utf8.hpp"
#include "validator/xsd/detail/xerces_input.hpp"
#include "validator/xsd/detail/xerces_template.hpp"
#include "validator/xsd/detail/xerces_text.hpp"
#include "validator/xsd/detail/xerces_values.hpp"

namespace amparo::xsd {
namespace {

using xercesc::SchemaSymbols;
using xercesc::XMLAttr;
using xercesc::XMLString;
using xercesc::XMLUni;

constexpr std::size_t kMaxPending = 10'000;
// Different ones in one document, which the schema does not know.
constexpr std::size_t kMaxUnknownNames = 20'000;
constexpr std::size_t kMaxNamespaces = 1'000;

struct TooManyNames {};

CodeDomain domain_of(const XMLCh* domain) {
  if (XMLString::equals(domain, XMLUni::fgXMLErrDomain)) return CodeDomain::Markup;
  if (XMLString::equals(domain, XMLUni::fgExceptDomain)) return CodeDomain::Exception;
  return CodeDomain::Validity;
}

bool is_true(const XMLCh* value) {
  const auto text = to_utf8(value);
  const auto trimmed = text::trim(text);
  return trimmed == "true" || trimmed == "1";
}

void set_type(Frame& frame, const xercesc::SchemaElementDecl& element) {
  frame.type = element.getComplexTypeInfo();
  if (element.getModelType() != xercesc::SchemaElementDecl::Simple) return;
  frame.simple =
      frame.type != nullptr ? frame.type->getDatatypeValidator() : element.getDatatypeValidator();
}

const XMLCh* declared_type_name(const Frame& frame) {
  if (frame.type != nullptr) return frame.type->getTypeLocalName();
  return frame.simple == nullptr ? nullptr : frame.simple->getTypeLocalName();
}

}  // namespace

DocumentReader::DocumentReader(xercesc::XMLGrammarPool* pool, const SchemaNames& names)
    : SAX2XMLReaderImpl(xercesc::XMLPlatformUtils::fgMemoryManager, pool),
      pool_{pool},
      names_{&names},
      identity_{{.path = [this] { return path(); },
                 .record = [this] { return record_depth_ > 0 ? result_.records : 0; }}} {
  configure();
}

void DocumentReader::configure() {
  harden(*this);
  setContentHandler(&handler_);
  setErrorHandler(&handler_);
  setFeature(XMLUni::fgXercesUseCachedGrammarInParse, true);
  setFeature(XMLUni::fgXercesLoadSchema, false);
  setFeature(XMLUni::fgXercesIdentityConstraintChecking, false);  // ours: see identity.hpp
  // Xerces asks its pool for a schema without a target namespace only when it has been told where
  // one is. Loading is off: the name is never opened.
  if (names_->has_no_namespace) {
    setProperty(XMLUni::fgXercesSchemaExternalNoNameSpaceSchemaLocation,
                const_cast<char16_t*>(u"in-the-pool"));
  }
}

Result<RunResult> DocumentReader::run(xml::Gate& gate,
                                      const RunOptions& options,
                                      ValueListener* listener,
                                      FindingSink& findings) {
  gate_ = &gate;
  options_ = &options;
  listener_ = listener;
  findings_ = &findings;
  result_ = {};
  frames_.clear();
  identity_.reset();
  unknown_names_.clear();
  namespaces_before_ = pool_->getURIStringPool()->getStringCount();
  pending_.clear();
  tag_errors_.clear();
  wanted_.clear();
  shown_.clear();
  text_.clear();
  record_depth_ = value_errors_in_tag_ = 0;
  is_unknown_in_tag_ = has_open_empty_ = has_markup_error_ = has_stopped_ = false;
  GateInput input{gate};
  try {
    parse(input);
  } catch (const TooManyNames&) {
    stop_for_names();
  } catch (const xercesc::OutOfMemoryException&) {
    result_.engine_failed = true;
  } catch (const xercesc::XMLException&) {
    result_.engine_failed = !gate.refusal();
  } catch (const xercesc::SAXException&) {
    result_.engine_failed = !gate.refusal();
  }
  if (input.failure()) return Fail{*input.failure()};
  if (const auto& refusal = gate.refusal()) add(*refusal);
  flush();
  result_.reached_end =
      !gate.refusal() && !has_markup_error_ && !has_stopped_ && !result_.engine_failed;
  return result_;
}

std::string DocumentReader::path() {
  return frames_.path(record_depth_, [this](const std::string& name) { return shown(name); });
}

bool DocumentReader::keeps(std::string_view rule) const {
  return !options_->keeps || options_->keeps(rule);
}

// A path that begins with "/" is below the open element; an empty one is the open element.
void DocumentReader::add(Finding finding) {
  if (record_depth_ > 0) finding.record = result_.records;
  if (keeps(finding.rule)) finding.xpath = path() + finding.xpath;
  add_at(std::move(finding));
}

void DocumentReader::add_at(Finding finding) {
  if (keeps(finding.rule)) {
    const auto is_known = [this](std::string_view name) {
      return names_->all.contains(std::string{name});
    };
    finding.excerpt = gate_->excerpt(finding.where, is_known, options_->reveal);
  }
  // Two keys on the same value are one defect.
  if (!pending_.empty() && pending_.back() == finding) return;
  pending_.push_back(std::move(finding));
  if (pending_.size() >= kMaxPending) flush();
}

// Findings about content come at the end tag and are about places before: here they get in order.
void DocumentReader::flush() {
  std::stable_sort(pending_.begin(), pending_.end(), [](const Finding& a, const Finding& b) {
    return a.where.offset < b.where.offset;
  });
  for (Finding& finding : pending_)
    findings_->add(std::move(finding));
  pending_.clear();
}

bool DocumentReader::is_in_tag() const {
  const xml::TagMark* next = gate_->peek_tag();
  return !has_open_empty_ && next != nullptr && next->kind != xml::TagKind::End;
}

void DocumentReader::error(unsigned int code,
                           const XMLCh* domain,
                           xercesc::XMLErrorReporter::ErrTypes type,
                           const XMLCh* text,
                           const XMLCh* /*system_id*/,
                           const XMLCh* /*public_id*/,
                           XMLFileLoc line,
                           XMLFileLoc column) {
  if (type == xercesc::XMLErrorReporter::ErrType_Warning) return;
  const CodeDomain set = domain_of(domain);
  const CodeEntry& known = entry(set, code);
  switch (known.use) {
    case CodeUse::Tag:
      if (known.key == "cvc-elt.1")
        is_unknown_in_tag_ = true;
      else
        tag_errors_.push_back({&known, parameters_of(known, set, text)});
      return;
    case CodeUse::Value:
      if (is_in_tag())
        ++value_errors_in_tag_;
      else if (!frames_.empty())
        report_value(frames_.top(), code, known);
      return;
    case CodeUse::Content:
      return frames_.empty() ? void() : report_content();
    case CodeUse::Element:
      return frames_.empty() ? void() : report_element(known, element_error_place(known));
    case CodeUse::Identity:
      return add_about_document(known);
    case CodeUse::Markup:
      return report_markup(known, parameters_of(known, set, text), gate_->locate(line, column));
    case CodeUse::Schema:
      // Of a schema elsewhere; in a document it is about xsi:nil, which is no boolean.
      if (known.key == "schema-value-wrong" && is_in_tag()) {
        ++value_errors_in_tag_;
        return;
      }
      [[fallthrough]];
    case CodeUse::Impossible:
      if (!gate_->refusal()) result_.engine_failed = true;
      return;
  }
}

void DocumentReader::startElement(const xercesc::XMLElementDecl& element,
                                  unsigned int /*uri*/,
                                  const XMLCh* /*prefix*/,
                                  const Attributes& attributes,
                                  XMLSize_t attribute_count,
                                  bool /*is_empty*/,
                                  bool /*is_root*/) {
  xml::TagMark tag;
  if (const xml::TagMark* next = gate_->peek_tag()) tag = *next;
  gate_->pop_tag();
  std::uint64_t number = 1;
  if (!frames_.empty()) {
    frames_.top().add_child(&element, tag.tag);
    number = frames_.top().count_child(&element);
  }
  Frame& frame = frames_.push();
  frame.element = &element;
  frame.tag = tag;
  frame.number = number;
  frame.is_known = !is_unknown_in_tag_ && element.isDeclared();
  if (frame.is_known) set_type(frame, static_cast<const xercesc::SchemaElementDecl&>(element));
  ++result_.elements;
  check_names(element);
  begin_record();
  if (attribute_count > 0) read_attributes(frame, attributes, attribute_count);
  if (is_unknown_in_tag_) report_unknown_element();
  if (!tag_errors_.empty()) report_tag_errors(attributes, attribute_count);
  if (value_errors_in_tag_ > 0) report_attribute_values(attributes, attribute_count);
  is_unknown_in_tag_ = false;
  start_identity(frame, attributes, attribute_count);
  if (listener_ != nullptr && frame.simple != nullptr && !frame.is_nil) {
    const void* type = frame.type != nullptr ? static_cast<const void*>(frame.type) : frame.simple;
    frame.is_wanted = wants(type, declared_type_name(frame));
  }
  text_.clear();
  after_tag_ = tag.content;
  has_open_empty_ = tag.kind == xml::TagKind::Empty;
}

// Xerces keeps each name and namespace that a document makes up until the document ends.
void DocumentReader::check_names(const xercesc::XMLElementDecl& element) {
  if (!element.isDeclared()) unknown_names_.insert(&element);
  const auto namespaces = pool_->getURIStringPool()->getStringCount() - namespaces_before_;
  if (unknown_names_.size() > kMaxUnknownNames || namespaces > kMaxNamespaces) throw TooManyNames{};
}

void DocumentReader::stop_for_names() {
  has_stopped_ = true;
  tag_errors_.clear();
  const bool is_elements = unknown_names_.size() > kMaxUnknownNames;
  const auto limit = is_elements ? kMaxUnknownNames : kMaxNamespaces;
  add({.rule = "G-LIMIT-NAMES",
       .layer = Layer::Gate,
       .where = frames_.empty() ? after_tag_ : frames_.top().tag.tag,
       .message = is_elements ? "gate-limit-unknown" : "gate-limit-all-namespaces",
       .params = {{"limit", {std::to_string(limit)}}}});
}

void DocumentReader::begin_record() {
  if (record_depth_ > 0 || frames_.depth() > 2) return;
  const auto name = local_name(*frames_.top().element);
  const auto& records = options_->record_elements;
  if (std::find(records.begin(), records.end(), name) == records.end()) return;
  flush();
  record_depth_ = frames_.depth();
  ++result_.records;
}

void DocumentReader::endElement(const xercesc::XMLElementDecl& /*element*/,
                                unsigned int /*uri*/,
                                bool /*is_root*/,
                                const XMLCh* /*prefix*/) {
  if (frames_.empty()) return;
  if (!has_open_empty_) {
    if (const xml::TagMark* next = gate_->peek_tag()) after_tag_ = next->content;
    gate_->pop_tag();
  }
  has_open_empty_ = false;
  const Frame& frame = frames_.top();
  if (frame.is_wanted && !frame.has_value_finding) {
    const auto element = local_name(*frame.element);
    const auto type = to_utf8(declared_type_name(frame));
    const auto text = to_utf8(text_);
    Located located{*this};
    ++result_.listened;
    listener_->on_value({type, text, element, {}, frame.list_version, frame.tag.content}, located);
  }
  end_identity(frame);
  if (frames_.depth() == record_depth_) {
    flush();
    record_depth_ = 0;
  }
  frames_.pop();
  text_.clear();
}

void DocumentReader::docCharacters(const XMLCh* text, XMLSize_t length, bool /*is_cdata*/) {
  if (!frames_.empty() && frames_.top().simple != nullptr) text_.append(text, length);
}

bool DocumentReader::wants(const void* type, const XMLCh* name) {
  if (type == nullptr || name == nullptr) return false;
  const auto known = wanted_.find(type);
  if (known != wanted_.end()) return known->second;
  return wanted_.emplace(type, listener_->wants(to_utf8(name))).first->second;
}

xercesc::DatatypeValidator* DocumentReader::type_of(const Frame& frame, const XMLAttr& attribute) {
  if (frame.type == nullptr) return nullptr;
  const auto* declared =
      frame.type->getAttDef(attribute.getName(), static_cast<int>(attribute.getURIId()));
  return declared == nullptr ? nullptr : declared->getDatatypeValidator();
}

void DocumentReader::read_attributes(Frame& frame, const Attributes& attributes, XMLSize_t count) {
  NilElement nil;
  for (XMLSize_t i = 0; i < count; ++i) {
    const XMLAttr& attribute = *attributes.elementAt(i);
    const std::u16string_view name{attribute.getName()};
    if (name == u"nil" &&
        XMLString::equals(getURIText(attribute.getURIId()), SchemaSymbols::fgURI_XSI)) {
      nil.is_nil = frame.is_nil = is_true(attribute.getValue());
    } else if (name == u"type" &&
               XMLString::equals(getURIText(attribute.getURIId()), SchemaSymbols::fgURI_XSI)) {
      check_blocked(frame, attribute.getValue());
    } else if (name == u"nullReason") {
      nil.has_reason = type_of(frame, attribute) != nullptr;
    } else if (name == u"listVersion") {
      frame.list_version = to_utf8(attribute.getValue());
    }
    if (listener_ != nullptr) listen_to_attribute(frame, attribute);
  }
  // The element may not be nil at all: that is said, and nothing else about its value.
  const bool is_refused =
      std::any_of(tag_errors_.begin(), tag_errors_.end(), [](const TagError& e) {
        return e.entry->key == "cvc-elt.3.1";
      });
  if (is_refused) {
    frame.has_value_finding = true;
    frame.is_nil = false;
  }
  if (listener_ == nullptr || !frame.is_known || is_refused) return;
  if (!nil.is_nil && !nil.has_reason) return;
  const auto element = local_name(*frame.element);
  nil.element = element;
  nil.where = frame.tag.tag;
  Located located{*this};
  listener_->on_nil(nil, located);
}

// Xerces 3.2.4 asks what an element blocks only when its declared type is complex; XSD 1.0 Part 1,
// cvc-elt.4.3, asks it of all. Whether the type derives from the declared one, Xerces has checked.
void DocumentReader::check_blocked(const Frame& frame, const XMLCh* type_name) {
  if (!frame.is_known || frame.type != nullptr || !tag_errors_.empty()) return;
  const auto& declared = static_cast<const xercesc::SchemaElementDecl&>(*frame.element);
  if ((declared.getBlockSet() & SchemaSymbols::XSD_EXTENSION) == 0) return;
  std::u16string local{type_name};
  local.erase(0, local.find_first_not_of(u" \t\r\n"));
  local.erase(0, local.find(u':') + 1);
  local.erase(local.find_last_not_of(u" \t\r\n") + 1);
  auto grammars = pool_->getGrammarEnumerator();
  while (grammars.hasMoreElements()) {
    auto& grammar = static_cast<xercesc::SchemaGrammar&>(grammars.nextElement());
    if (grammar.getGrammarType() != xercesc::Grammar::SchemaGrammarType) continue;
    const auto key = std::u16string{grammar.getTargetNamespace()} + u"," + local;
    auto* types = grammar.getComplexTypeRegistry();
    if (types == nullptr || types->get(key.c_str()) == nullptr) continue;
    constexpr unsigned kNonDerivedXsiType = 59;
    tag_errors_.push_back({&entry(CodeDomain::Validity, kNonDerivedXsiType), {}});
    return;
  }
}

void DocumentReader::listen_to_attribute(const Frame& frame, const XMLAttr& attribute) {
  auto* type = type_of(frame, attribute);
  if (type == nullptr || !wants(type, type->getTypeLocalName())) return;
  if (value_errors_in_tag_ > 0 && check_value(type, attribute.getValue()) != 0) return;
  const auto type_name = to_utf8(type->getTypeLocalName());
  const auto text = to_utf8(attribute.getValue());
  const auto element = local_name(*frame.element);
  const auto name = to_utf8(attribute.getName());
  const auto where = gate_->attribute_place(frame.tag, to_utf8(attribute.getQName()));
  Located located{*this};
  ++result_.listened;
  listener_->on_value({type_name, text, element, name, {}, where}, located);
}

void DocumentReader::start_identity(const Frame& frame,
                                    const Attributes& attributes,
                                    XMLSize_t count) {
  const auto& declared = static_cast<const xercesc::SchemaElementDecl&>(*frame.element);
  const auto* own = frame.is_known ? identity_tables_.of(declared) : nullptr;
  if (own == nullptr && !identity_.is_active()) return;
  identity_.start(identity_tables_.number(*frame.element), own, frame.tag.tag);
  for (XMLSize_t i = 0; i < count && identity_.wants_attributes(); ++i) {
    const XMLAttr& attribute = *attributes.elementAt(i);
    identity_.attribute(identity_tables_.number(*attribute.getAttName()),
                        canonical_value(type_of(frame, attribute), attribute.getValue()));
  }
  if (identity_.has_problems()) report_identity();
}

void DocumentReader::end_identity(const Frame& frame) {
  if (!identity_.is_active()) return;
  using Content = IdentityChecker::Content;
  if (!identity_.wants_value() || frame.simple == nullptr) {
    identity_.end(Content::NotSimple, {});
  } else if (frame.is_nil) {
    identity_.end(Content::Nil, {});
  } else {
    identity_.end(Content::Value, canonical_value(frame.simple, text_));
  }
  if (identity_.has_problems()) report_identity();
}

}  // namespace amparo::xsd
