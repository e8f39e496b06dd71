// SPDX-License-Identifier: Apache-2.0
// What DocumentReader makes of Xerces' errors: findings, each at its tag, attribute or value, in
// the words of the schema. The events that lead here: xerces_reader.cpp.
#include <algorithm>
#include <array>

#include "text/similar.hpp"
#include "validator/xsd/detail/xerces_reader.hpp"
#include "validator/xsd/detail/xerces_text.hpp"
#include "validator/xsd/detail/xerces_values.hpp"

namespace amparo::xsd {
namespace {

using xercesc::XMLAttr;

constexpr std::size_t kMaxRoots = 12;

std::string tagged(const std::string& name) {
  return "<" + name + ">";
}

// "the value of <Case id=...>": reads the same in all languages.
std::string attribute_holder(const std::string& element, const std::string& attribute) {
  return "<" + element + " " + attribute + "=\"...\">";
}

}  // namespace

// Text with a stray '<' in it looks like a tag: only names of the schema are repeated, and words
// that are so near to one that nothing else can be meant.
const std::string& DocumentReader::shown(const std::string& qualified) {
  const auto found = shown_.find(qualified);
  if (found != shown_.end()) return found->second;
  const auto local = qualified.substr(qualified.find(':') + 1);
  const auto is_meant = [&](const std::string& name) { return text::is_misspelling(local, name); };
  const bool is_free = options_->reveal == xml::Reveal::Values || names_->all.contains(local) ||
                       std::any_of(names_->all.begin(), names_->all.end(), is_meant);
  return shown_.emplace(qualified, is_free ? qualified : mask(qualified)).first->second;
}

void DocumentReader::report_tag_errors(const Attributes& attributes, XMLSize_t count) {
  Frame& frame = frames_.top();
  const auto element = shown(local_name(*frame.element));
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
        named->values[0] = shown(named->values[0]);
        finding.xpath = "/@" + shown(qualified);
        break;
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
  const auto name = tagged(shown(local_name(*frame.element)));
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
  const auto& expected = problem.expected;
  const bool is_namespace = std::find(expected.begin(), expected.end(), name) != expected.end();
  if (is_namespace && !names_->target_namespace.empty()) {
    finding.notes.push_back({"note-namespace", {{"namespace", {names_->target_namespace}}}});
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
    const auto child = shown(local_name(*run.child));
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
  const auto holder = tagged(shown(local_name(*frame.element)));
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
                  .params = {{"element", {tagged(shown(local_name(*frame.element)))}}}};
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
  for (Param& param : params) {
    for (std::string& value : param.values) {
      value = shown(value);
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
        {"note-opened", {{"element", {tagged(shown(local_name(*open.element)))}}}, open.tag.tag});
  }
  add(std::move(finding));
}

}  // namespace amparo::xsd
