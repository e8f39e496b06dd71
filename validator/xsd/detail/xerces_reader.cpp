// SPDX-License-Identifier: Apache-2.0
// Order of events, as Xerces gives them: errors about a start tag, startElement, characters, errors
// about the value and content, endElement. An empty tag is both, one after the other.
#include "validator/xsd/detail/xerces_reader.hpp"

#include <algorithm>
#include <array>

#include <xercesc/framework/XMLGrammarPool.hpp>
#include <xercesc/sax/SAXException.hpp>
#include <xercesc/util/OutOfMemoryException.hpp>
#include <xercesc/util/XMLUni.hpp>
#include <xercesc/validators/schema/SchemaAttDef.hpp>
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
constexpr std::size_t kMaxRoots = 12;

std::string tagged(const std::string& name) {
  return "<" + name + ">";
}

// "the value of <Case id=...>": reads the same in all languages.
std::string attribute_holder(const std::string& element, const std::string& attribute) {
  return "<" + element + " " + attribute + "=\"...\">";
}

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
      names_{&names},
      identity_{{.path = [this] { return frames_.path(record_depth_); },
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
  identity_tables_.forget_elements();
  pending_.clear();
  tag_errors_.clear();
  wanted_.clear();
  text_.clear();
  record_depth_ = value_errors_in_tag_ = 0;
  is_unknown_in_tag_ = has_open_empty_ = has_markup_error_ = false;
  GateInput input{gate};
  try {
    parse(input);
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
  result_.reached_end = !gate.refusal() && !has_markup_error_ && !result_.engine_failed;
  return result_;
}

bool DocumentReader::keeps(std::string_view rule) const {
  return !options_->keeps || options_->keeps(rule);
}

// A path that begins with "/" is below the open element; an empty one is the open element.
void DocumentReader::add(Finding finding) {
  if (record_depth_ > 0) finding.record = result_.records;
  if (keeps(finding.rule)) finding.xpath = frames_.path(record_depth_) + finding.xpath;
  add_at(std::move(finding));
}

void DocumentReader::add_at(Finding finding) {
  if (keeps(finding.rule)) {
    const auto is_known = [this](std::string_view name) {
      return names_->all.count(std::string{name}) > 0;
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

xercesc::DatatypeValidator* DocumentReader::type_of(const Frame& frame,
                                                    const XMLAttr& attribute) const {
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

void DocumentReader::report_tag_errors(const Attributes& attributes, XMLSize_t count) {
  Frame& frame = frames_.top();
  const auto element = local_name(*frame.element);
  frame.lacks_attribute =
      std::any_of(tag_errors_.begin(), tag_errors_.end(), [](const TagError& e) {
        return e.entry->key == "cvc-complex-type.4";
      });
  for (TagError& error : tag_errors_) {
    Finding finding{.rule = std::string{error.entry->rule},
                    .where = frame.tag.tag,
                    .message = std::string{error.entry->key},
                    .params = std::move(error.params)};
    // Attributes of an element that nobody knows are nobody's business.
    const bool is_extra = finding.message == "cvc-complex-type.3.2.2";
    if (is_extra && !frame.is_known) continue;
    if (is_extra && frame.type == nullptr) finding.rule = "cvc-type.3.1.1";
    const auto named = std::find_if(finding.params.begin(), finding.params.end(), [](Param& p) {
      return p.name == "attribute";
    });
    if (named != finding.params.end() && error.entry->key != "cvc-complex-type.4") {
      for (XMLSize_t i = 0; i < count; ++i) {
        const XMLAttr& attribute = *attributes.elementAt(i);
        const auto qualified = to_utf8(attribute.getQName());
        if (qualified != named->values[0] && to_utf8(attribute.getName()) != named->values[0])
          continue;
        finding.where = gate_->attribute_place(frame.tag, qualified);
        finding.xpath = "/@" + qualified;
      }
    }
    std::erase_if(finding.params, [](const Param& p) { return p.name == "element"; });
    finding.params.push_back({"element", {tagged(element)}});
    add(std::move(finding));
  }
  tag_errors_.clear();
}

void DocumentReader::report_attribute_values(const Attributes& attributes, XMLSize_t count) {
  const Frame& frame = frames_.top();
  const auto element = local_name(*frame.element);
  unsigned found = 0;
  for (XMLSize_t i = 0; i < count; ++i) {
    const XMLAttr& attribute = *attributes.elementAt(i);
    auto* type = type_of(frame, attribute);
    const unsigned code = type == nullptr ? 0 : check_value(type, attribute.getValue());
    if (code == 0) continue;
    ++found;
    const auto name = to_utf8(attribute.getQName());
    auto problem =
        diagnose_value(code, type, attribute.getValue(), attribute_holder(element, name));
    add({.rule = problem.rule,
         .where = gate_->attribute_place(frame.tag, name),
         .xpath = "/@" + name,
         .message = problem.key,
         .params = std::move(problem.params),
         .shape = shape_of(to_utf8(attribute.getValue())),
         .notes = std::move(problem.notes)});
  }
  // By a wildcard, by xsi:type, or an id that is not unique: which attribute it was is not known.
  for (; found < value_errors_in_tag_; ++found) {
    add({.rule = "cvc-attribute.3",
         .where = frame.tag.tag,
         .message = "cvc-attribute.3",
         .params = {{"element", {tagged(element)}}}});
  }
  value_errors_in_tag_ = 0;
}

void DocumentReader::report_unknown_element() {
  const Frame& frame = frames_.top();
  const auto name = tagged(local_name(*frame.element));
  const auto where = frame.tag.tag;
  if (frames_.depth() == 1) {
    Finding finding{.rule = "cvc-elt.1",
                    .where = where,
                    .message = "cvc-elt.1",
                    .params = {{"element", {name}}}};
    auto roots = names_->roots;
    if (roots.size() > kMaxRoots) roots.resize(kMaxRoots);
    for (auto& root : roots)
      root = tagged(root);
    finding.notes.push_back({"note-expected", {{"expected", roots}}});
    if (!names_->target_namespace.empty()) {
      finding.notes.push_back({"note-namespace", {{"namespace", {names_->target_namespace}}}});
    }
    return add(std::move(finding));
  }
  Frame& parent = frames_.at(frames_.depth() - 2);
  // Below an unknown element nothing is known; a value with children gets its own finding.
  if (!parent.is_known || parent.type == nullptr || parent.simple != nullptr) return;
  if (parent.has_content_finding) return;
  const auto problem = diagnose_content(*parent.type, parent.children, local_name(*parent.element));
  const bool is_model = problem.kind != ContentProblem::Kind::None;
  parent.has_content_finding = is_model;
  Finding finding{
      .rule = is_model ? "cvc-complex-type.2.4.a" : "cvc-complex-type.2.4.c",
      .where = where,
      .params = {{"child", {name}}, {"element", {tagged(local_name(*parent.element))}}}};
  if (problem.kind == ContentProblem::Kind::NotEmpty) finding.rule = "cvc-complex-type.2.1";
  finding.message = finding.rule;
  if (!problem.expected.empty()) {
    finding.notes.push_back({"note-expected", {{"expected", problem.expected}}});
  }
  add(std::move(finding));
}

void DocumentReader::report_content() {
  Frame& frame = frames_.top();
  if (frame.has_content_finding || frame.type == nullptr) return;
  frame.has_content_finding = true;
  const auto element = local_name(*frame.element);
  const auto problem = diagnose_content(*frame.type, frame.children, element);
  Finding finding{.rule = "cvc-complex-type.2.4.a",
                  .where = frame.tag.tag,
                  .message = "cvc-complex-type.2.4",
                  .params = {{"element", {tagged(element)}}}};
  if (problem.kind == ContentProblem::Kind::Incomplete) {
    finding.rule = finding.message = "cvc-complex-type.2.4.b";
    const xml::TagMark* next = gate_->peek_tag();
    if (!has_open_empty_ && next != nullptr) finding.where = next->tag;
  } else if (problem.kind != ContentProblem::Kind::None && problem.run < frame.children.size()) {
    const ChildRun& run = frame.children[problem.run];
    const auto child = local_name(*run.child);
    finding.where = problem.is_first_of_run ? run.first : run.last;
    finding.xpath = "/" + child;
    finding.params.push_back({"child", {tagged(child)}});
    const bool at_end = problem.expected.size() == 1 && problem.expected[0] == "</" + element + ">";
    if (problem.kind == ContentProblem::Kind::NotEmpty)
      finding.rule = "cvc-complex-type.2.1";
    else if (at_end)
      finding.rule = "cvc-complex-type.2.4.d";
    finding.message = finding.rule;
  }
  if (!problem.expected.empty()) {
    finding.notes.push_back({"note-expected", {{"expected", problem.expected}}});
  }
  add(std::move(finding));
}

void DocumentReader::report_value(Frame& frame, unsigned code, const CodeEntry& known) {
  if (frame.has_value_finding) return;
  frame.has_value_finding = true;
  const auto holder = tagged(local_name(*frame.element));
  Finding finding{.rule = std::string{known.rule},
                  .where = frame.tag.content,
                  .message = std::string{known.key},
                  .params = {{"holder", {holder}}, {"element", {holder}}},
                  .shape = shape_of(to_utf8(text_))};
  if (frame.simple != nullptr && known.key != "cvc-id.2" && known.key != "cvc-elt.5.2.2.2") {
    auto problem = diagnose_value(code, frame.simple, text_, holder);
    finding.rule = problem.rule;
    finding.message = problem.key;
    finding.params = std::move(problem.params);
    finding.notes = std::move(problem.notes);
  }
  add(std::move(finding));
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
  if (!identity_.wants_value()) {
    identity_.end(Content::NotSimple, {});
  } else if (frame.simple == nullptr) {
    identity_.end(Content::NotSimple, {});
  } else if (frame.is_nil) {
    identity_.end(Content::Nil, {});
  } else {
    identity_.end(Content::Value, canonical_value(frame.simple, text_));
  }
  if (identity_.has_problems()) report_identity();
}

void DocumentReader::report_identity() {
  struct Words {
    std::string_view rule, key;
  };
  // In the order of IdentityProblem::Kind.
  constexpr std::array kWords{
      Words{"cvc-identity-constraint.3", "cvc-identity-constraint.3"},
      Words{"cvc-identity-constraint.4.1", "cvc-identity-constraint.4.1"},
      Words{"cvc-identity-constraint.4.2.1", "cvc-identity-constraint.4.2.1"},
      Words{"cvc-identity-constraint.4.2.2", "cvc-identity-constraint.4.2.2"},
      Words{"cvc-identity-constraint.4.2.3", "cvc-identity-constraint.4.2.3"},
      Words{"cvc-identity-constraint.4.3", "cvc-identity-constraint.4.3"}};
  for (IdentityProblem& problem : identity_.take_problems()) {
    const bool is_missing = problem.kind == IdentityProblem::Kind::KeyMissing;
    // The attribute that is the key is missing: said already.
    if (is_missing && frames_.top().lacks_attribute) continue;
    const auto& words = kWords.at(static_cast<std::size_t>(problem.kind));
    Finding finding{.rule = std::string{words.rule},
                    .where = problem.where,
                    .message = std::string{words.key},
                    .params = {{"element", {tagged(local_name(*frames_.top().element))}},
                               {"key", {problem.constraint->name}}}};
    if (problem.kind != IdentityProblem::Kind::Dangling) {
      add(std::move(finding));
      continue;
    }
    finding.xpath = std::move(problem.path);
    finding.record = problem.record;
    std::erase_if(finding.params, [](const Param& p) { return p.name == "element"; });
    const auto last = finding.xpath.rfind('/') + 1;
    const auto name = finding.xpath.substr(last, finding.xpath.find('[', last) - last);
    finding.params.push_back({"element", {tagged(name)}});
    add_at(std::move(finding));
  }
}

// References by IDREF are checked when the document is over.
void DocumentReader::add_about_document(const CodeEntry& known) {
  add({.rule = std::string{known.rule}, .where = after_tag_, .message = std::string{known.key}});
}

Place DocumentReader::element_error_place(const CodeEntry& known) {
  const Frame& frame = frames_.top();
  if (known.key == "cvc-complex-type.2.3") return gate_->skip_spaces(after_tag_);
  if (known.key == "cvc-type.3.1.2" && !frame.children.empty()) return frame.children[0].first;
  return frame.tag.tag;
}

void DocumentReader::report_element(const CodeEntry& known, const Place& where) {
  Frame& frame = frames_.top();
  Finding finding{.rule = std::string{known.rule},
                  .where = where,
                  .message = std::string{known.key},
                  .params = {{"element", {tagged(local_name(*frame.element))}}}};
  if (known.key == "cvc-complex-type.2.3") {
    if (frame.has_value_finding) return;  // once is enough for one element
    frame.has_value_finding = true;
    if (frame.type != nullptr &&
        frame.type->getContentType() == xercesc::SchemaElementDecl::Empty) {
      finding.rule = "cvc-complex-type.2.1";
      finding.message = "cvc-complex-type.2.1-text";
    }
  }
  if (known.key == "cvc-type.3.1.2" && frame.type != nullptr) finding.rule = "cvc-complex-type.2.2";
  add(std::move(finding));
}

// When the gate has stopped the document, Xerces finds that it ends too early. That is not news.
bool DocumentReader::is_behind_refusal(const CodeEntry& known, const Place& where) const {
  if (!gate_->refusal()) return false;
  constexpr std::array<std::string_view, 10> kEndings{"wf-ended",
                                                      "wf-ended-in-markup",
                                                      "wf-no-root",
                                                      "wf-document",
                                                      "wf-comment",
                                                      "wf-pi",
                                                      "wf-cdata",
                                                      "wf-start-tag",
                                                      "wf-end-tag",
                                                      "wf-character-reference"};
  const bool is_ending = std::find(kEndings.begin(), kEndings.end(), known.key) != kEndings.end();
  return is_ending || where.offset + 2 >= gate_->refusal()->where.offset;
}

void DocumentReader::report_markup(const CodeEntry& known, Params params, const Place& where) {
  if (has_markup_error_ || is_behind_refusal(known, where)) return;
  has_markup_error_ = true;
  // Text with a stray '<' in it looks like a tag: only names of the schema are repeated.
  for (Param& param : params) {
    for (std::string& value : param.values) {
      const auto colon = value.find(':');
      const auto local = colon == std::string::npos ? value : value.substr(colon + 1);
      if (names_->all.count(local) == 0) value = mask(value);
      if (param.name == "element") value = tagged(value);
    }
  }
  Finding finding{.rule = std::string{known.rule},
                  .layer = Layer::WellFormed,
                  .where = where,
                  .message = std::string{known.key},
                  .params = std::move(params)};
  if (known.key == "wf-document" && result_.elements == 0 && gate_->peek_tag() == nullptr) {
    finding.message = "wf-no-root";
  }
  const bool is_end_tag = known.key == "wfc-element-type-match" || known.key == "wf-end-tag";
  if (is_end_tag && gate_->peek_tag() == nullptr) {
    finding.rule = finding.message = "wf-ended";
  } else if (is_end_tag) {
    // "</Casee>": Xerces reads the name that it expects and then misses the ">".
    finding.rule = finding.message = "wfc-element-type-match";
    finding.where = gate_->peek_tag()->tag;
  }
  const bool is_about_end = is_end_tag || known.key == "wf-ended";
  const xml::TagMark* next = gate_->peek_tag();
  if (known.key == "wfc-unique-attribute" && next != nullptr) finding.where = next->tag;
  if (is_about_end && !frames_.empty()) {
    const Frame& open = frames_.top();
    finding.notes.push_back(
        {"note-opened", {{"element", {tagged(local_name(*open.element))}}}, open.tag.tag});
  }
  add(std::move(finding));
}

}  // namespace amparo::xsd
