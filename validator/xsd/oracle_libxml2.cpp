// SPDX-License-Identifier: Apache-2.0
// Read from the top: how errors are named, one document, the schema.
#include "validator/xsd/oracle_libxml2.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <vector>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>

#include "text/similar.hpp"

namespace amparo::xsd {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kReadBytes = std::size_t{64} << 10U;
constexpr std::size_t kMaxSchemaBytes = std::size_t{64} << 20U;
constexpr std::size_t kMaxPending = 10'000;
constexpr std::size_t kMaxShown = 4096;
constexpr int kNoNetwork =
    XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;

struct CodeName {
  int code;
  const char* rule;
};

// XML Schema 1.0 Part 1, appendix C, for the numbers of libxml/xmlerror.h.
constexpr std::array kRules{
    CodeName{XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1, "cvc-datatype-valid.1.2.1"},
    CodeName{XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_2, "cvc-datatype-valid.1.2.2"},
    CodeName{XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_3, "cvc-datatype-valid.1.2.3"},
    CodeName{XML_SCHEMAV_CVC_TYPE_3_1_1, "cvc-type.3.1.1"},
    CodeName{XML_SCHEMAV_CVC_TYPE_3_1_2, "cvc-type.3.1.2"},
    CodeName{XML_SCHEMAV_CVC_FACET_VALID, "cvc-facet-valid"},
    CodeName{XML_SCHEMAV_CVC_LENGTH_VALID, "cvc-length-valid"},
    CodeName{XML_SCHEMAV_CVC_MINLENGTH_VALID, "cvc-minLength-valid"},
    CodeName{XML_SCHEMAV_CVC_MAXLENGTH_VALID, "cvc-maxLength-valid"},
    CodeName{XML_SCHEMAV_CVC_MININCLUSIVE_VALID, "cvc-minInclusive-valid"},
    CodeName{XML_SCHEMAV_CVC_MAXINCLUSIVE_VALID, "cvc-maxInclusive-valid"},
    CodeName{XML_SCHEMAV_CVC_MINEXCLUSIVE_VALID, "cvc-minExclusive-valid"},
    CodeName{XML_SCHEMAV_CVC_MAXEXCLUSIVE_VALID, "cvc-maxExclusive-valid"},
    CodeName{XML_SCHEMAV_CVC_TOTALDIGITS_VALID, "cvc-totalDigits-valid"},
    CodeName{XML_SCHEMAV_CVC_FRACTIONDIGITS_VALID, "cvc-fractionDigits-valid"},
    CodeName{XML_SCHEMAV_CVC_PATTERN_VALID, "cvc-pattern-valid"},
    CodeName{XML_SCHEMAV_CVC_ENUMERATION_VALID, "cvc-enumeration-valid"},
    CodeName{XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1, "cvc-complex-type.2.1"},
    CodeName{XML_SCHEMAV_CVC_COMPLEX_TYPE_2_2, "cvc-complex-type.2.2"},
    CodeName{XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3, "cvc-complex-type.2.3"},
    CodeName{XML_SCHEMAV_CVC_COMPLEX_TYPE_2_4, "cvc-complex-type.2.4"},
    CodeName{XML_SCHEMAV_CVC_ELT_1, "cvc-elt.1"},
    CodeName{XML_SCHEMAV_CVC_ELT_2, "cvc-elt.2"},
    CodeName{XML_SCHEMAV_CVC_ELT_3_1, "cvc-elt.3.1"},
    CodeName{XML_SCHEMAV_CVC_ELT_3_2_1, "cvc-elt.3.2.1"},
    CodeName{XML_SCHEMAV_CVC_ELT_3_2_2, "cvc-elt.3.2.2"},
    CodeName{XML_SCHEMAV_CVC_ELT_4_1, "cvc-elt.4.1"},
    CodeName{XML_SCHEMAV_CVC_ELT_4_2, "cvc-elt.4.2"},
    CodeName{XML_SCHEMAV_CVC_ELT_4_3, "cvc-elt.4.3"},
    CodeName{XML_SCHEMAV_CVC_ELT_5_1_1, "cvc-elt.5.1.1"},
    CodeName{XML_SCHEMAV_CVC_ELT_5_1_2, "cvc-elt.5.1.2"},
    CodeName{XML_SCHEMAV_CVC_ELT_5_2_1, "cvc-elt.5.2.1"},
    CodeName{XML_SCHEMAV_CVC_ELT_5_2_2_1, "cvc-elt.5.2.2.1"},
    CodeName{XML_SCHEMAV_CVC_ELT_5_2_2_2_1, "cvc-elt.5.2.2.2.1"},
    CodeName{XML_SCHEMAV_CVC_ELT_5_2_2_2_2, "cvc-elt.5.2.2.2.2"},
    CodeName{XML_SCHEMAV_CVC_ELT_6, "cvc-elt.6"},
    CodeName{XML_SCHEMAV_CVC_ELT_7, "cvc-elt.7"},
    CodeName{XML_SCHEMAV_CVC_ATTRIBUTE_1, "cvc-attribute.1"},
    CodeName{XML_SCHEMAV_CVC_ATTRIBUTE_2, "cvc-attribute.2"},
    CodeName{XML_SCHEMAV_CVC_ATTRIBUTE_3, "cvc-attribute.3"},
    CodeName{XML_SCHEMAV_CVC_ATTRIBUTE_4, "cvc-attribute.4"},
    CodeName{XML_SCHEMAV_CVC_COMPLEX_TYPE_3_1, "cvc-complex-type.3.1"},
    CodeName{XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1, "cvc-complex-type.3.2.1"},
    CodeName{XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2, "cvc-complex-type.3.2.2"},
    CodeName{XML_SCHEMAV_CVC_COMPLEX_TYPE_4, "cvc-complex-type.4"},
    CodeName{XML_SCHEMAV_CVC_COMPLEX_TYPE_5_1, "cvc-complex-type.5.1"},
    CodeName{XML_SCHEMAV_CVC_COMPLEX_TYPE_5_2, "cvc-complex-type.5.2"},
    CodeName{XML_SCHEMAV_ELEMENT_CONTENT, "cvc-complex-type.2.4"},
    CodeName{XML_SCHEMAV_DOCUMENT_ELEMENT_MISSING, "cvc-elt.1"},
    CodeName{XML_SCHEMAV_CVC_COMPLEX_TYPE_1, "cvc-complex-type.1"},
    CodeName{XML_SCHEMAV_CVC_AU, "cvc-au"},
    CodeName{XML_SCHEMAV_CVC_TYPE_1, "cvc-type.1"},
    CodeName{XML_SCHEMAV_CVC_TYPE_2, "cvc-type.2"},
    CodeName{XML_SCHEMAV_CVC_IDC, "cvc-identity-constraint"},
    CodeName{XML_SCHEMAV_CVC_WILDCARD, "cvc-wildcard"},
};

const char* rule_of(int code) {
  const auto* const found = std::lower_bound(
      kRules.begin(), kRules.end(), code, [](const CodeName& r, int c) { return r.code < c; });
  return found != kRules.end() && found->code == code ? found->rule : "cvc-assess-elt";
}

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view{} : reinterpret_cast<const char*>(text);
}

struct SchemaFree {
  void operator()(xmlSchema* schema) const { xmlSchemaFree(schema); }
};
struct ValidFree {
  void operator()(xmlSchemaValidCtxt* context) const { xmlSchemaFreeValidCtxt(context); }
};
struct SchemaParserFree {
  void operator()(xmlSchemaParserCtxt* context) const { xmlSchemaFreeParserCtxt(context); }
};
struct ParserFree {
  void operator()(xmlParserCtxt* context) const { xmlFreeParserCtxt(context); }
};

// One document. libxml2's events come twice: to us first, then to its validator, whose errors are
// about the event that we have just seen.
class Libxml2Run {
 public:
  Libxml2Run(xmlSchema* schema,
             const std::unordered_set<std::string>& known,
             xml::Gate& gate,
             const RunOptions& options,
             FindingSink& findings)
      : known_{&known},
        gate_{&gate},
        options_{&options},
        findings_{&findings},
        validator_{xmlSchemaNewValidCtxt(schema)} {}

  Result<RunResult> run() {
    xmlSAXHandler handler{};
    handler.initialized = XML_SAX2_MAGIC;
    handler.startElementNs = on_start;
    handler.endElementNs = on_end;
    handler.characters = on_text;
    handler.cdataBlock = on_text;
    handler.ignorableWhitespace = on_text;
    const std::unique_ptr<xmlParserCtxt, ParserFree> parser{
        xmlCreatePushParserCtxt(&handler, this, nullptr, 0, nullptr)};
    if (parser == nullptr || validator_ == nullptr) throw std::bad_alloc{};
    xmlCtxtUseOptions(parser.get(), kNoNetwork);
    xmlSchemaSetValidStructuredErrors(validator_.get(), on_error, this);
    auto* const plug = xmlSchemaSAXPlug(validator_.get(), &parser->sax, &parser->userData);
    if (plug == nullptr) throw std::bad_alloc{};
    const auto read = feed(*parser);
    xmlSchemaSAXUnplug(plug);
    if (!read) return Fail{read.error()};
    if (const auto& refusal = gate_->refusal()) add(*refusal);
    flush();
    result_.bytes = gate_->bytes_read();
    result_.reached_end = !gate_->refusal() && !has_markup_error_ && !result_.engine_failed;
    return result_;
  }

 private:
  struct Frame {
    std::string local;
    xml::TagMark tag{};
    std::uint64_t number = 1;
    std::map<std::string, std::uint64_t, std::less<>> children{};
  };

  Status feed(xmlParserCtxt& parser) {
    std::vector<char> buffer(kReadBytes);
    while (!has_markup_error_) {
      const auto got = gate_->read(buffer);
      if (!got) return Fail{got.error()};
      if (*got == 0) {
        // What the gate has stopped ends too early for a parser: that is not news.
        if (!gate_->refusal()) xmlParseChunk(&parser, nullptr, 0, 1);
        if (!gate_->refusal()) read_markup_error(parser);
        return Done{};
      }
      xmlParseChunk(&parser, buffer.data(), static_cast<int>(*got), 0);
      read_markup_error(parser);
    }
    return Done{};
  }

  static Libxml2Run& self(void* context) { return *static_cast<Libxml2Run*>(context); }

  static void on_start(void* context,
                       const xmlChar* local,
                       const xmlChar* /*prefix*/,
                       const xmlChar* /*uri*/,
                       int /*namespace_count*/,
                       const xmlChar** /*namespaces*/,
                       int /*attribute_count*/,
                       int /*defaulted_count*/,
                       const xmlChar** /*attributes*/) {
    self(context).start(view(local));
  }
  static void on_end(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
    self(context).end();
  }
  static void on_text(void* context, const xmlChar*, int) { self(context).leave(); }

  void start(std::string_view local) {
    leave();
    Frame frame{.local = std::string{local}};
    if (const auto* tag = gate_->peek_tag()) frame.tag = *tag;
    gate_->pop_tag();
    if (!frames_.empty()) frame.number = ++frames_.back().children[frame.local];
    frames_.push_back(std::move(frame));
    ++result_.elements;
    const auto& records = options_->record_elements;
    const bool is_record = std::find(records.begin(), records.end(), local) != records.end();
    if (record_depth_ == 0 && frames_.size() <= 2 && is_record) {
      flush();
      record_depth_ = frames_.size();
      ++result_.records;
    }
  }

  void end() {
    leave();
    is_ending_ = true;
    end_ = frames_.empty() ? xml::TagMark{} : frames_.back().tag;
    if (end_.kind == xml::TagKind::Empty) return;
    if (const auto* tag = gate_->peek_tag()) end_ = *tag;
    gate_->pop_tag();
  }

  // The validator is done with the end of the element before.
  void leave() {
    if (!is_ending_) return;
    is_ending_ = false;
    if (frames_.size() == record_depth_) {
      flush();
      record_depth_ = 0;
    }
    if (!frames_.empty()) frames_.pop_back();
  }

  static void on_error(void* context, xmlErrorPtr error) {
    if (error != nullptr && error->level >= XML_ERR_ERROR) self(context).tell(error->code);
  }

  // Never what libxml2 says of it: its words quote the value.
  void tell(int code) {
    if (code == XML_SCHEMAV_INTERNAL || frames_.empty()) {
      result_.engine_failed = true;
      return;
    }
    const Frame& frame = frames_.back();
    Finding finding{.rule = rule_of(code),
                    .where = frame.tag.tag,
                    .message = "libxml2-finding",
                    .params = {{"element", {"<" + shown(frame.local) + ">"}}}};
    finding.params.push_back({"rule", {finding.rule}});
    const bool is_incomplete = is_ending_ && code == XML_SCHEMAV_ELEMENT_CONTENT;
    if (is_incomplete) finding.where = end_.tag;
    if (is_ending_ && !is_incomplete && code < XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1) {
      finding.where = frame.tag.content;
    }
    add(std::move(finding));
  }

  // The plug hands no errors of the parser on.
  void read_markup_error(const xmlParserCtxt& parser) {
    if (has_markup_error_ || (parser.wellFormed != 0 && parser.nsWellFormed != 0)) return;
    has_markup_error_ = true;
    const auto line = static_cast<std::uint64_t>(std::max(parser.lastError.line, 0));
    const auto column = static_cast<std::uint64_t>(std::max(parser.lastError.int2, 0));
    add({.rule = "wf-document",
         .layer = Layer::WellFormed,
         .where = gate_->locate(line, column),
         .message = "libxml2-markup"});
  }

  std::string shown(const std::string& local) {
    if (options_->reveal == xml::Reveal::Values || known_->contains(local)) return local;
    if (const auto found = shown_.find(local); found != shown_.end()) return found->second;
    if (shown_.size() >= kMaxShown) shown_.clear();
    const bool is_free = std::any_of(known_->begin(), known_->end(), [&](const std::string& name) {
      return text::is_misspelling(local, name);
    });
    return shown_.emplace(local, is_free ? local : mask(local)).first->second;
  }

  std::string path() {
    std::string path;
    for (std::size_t i = 0; i < frames_.size(); ++i) {
      const Frame& frame = frames_[i];
      path += "/" + shown(frame.local);
      if (frame.number > 1 || (i > 0 && i + 1 == record_depth_)) {
        path += "[" + std::to_string(frame.number) + "]";
      }
    }
    return path;
  }

  void add(Finding finding) {
    if (record_depth_ > 0) finding.record = result_.records;
    if (!options_->keeps || options_->keeps(finding.rule)) {
      finding.xpath = path();
      const auto is_known = [this](std::string_view name) {
        return known_->contains(std::string{name});
      };
      finding.excerpt = gate_->excerpt(finding.where, is_known, options_->reveal);
    }
    pending_.push_back(std::move(finding));
    if (pending_.size() >= kMaxPending) flush();
  }

  void flush() {
    std::stable_sort(pending_.begin(), pending_.end(), [](const Finding& a, const Finding& b) {
      return a.where.offset < b.where.offset;
    });
    for (Finding& finding : pending_)
      findings_->add(std::move(finding));
    pending_.clear();
  }

  const std::unordered_set<std::string>* known_;
  xml::Gate* gate_;
  const RunOptions* options_;
  FindingSink* findings_;
  std::unique_ptr<xmlSchemaValidCtxt, ValidFree> validator_;
  RunResult result_{};
  std::vector<Frame> frames_{};
  bool is_ending_ = false;
  xml::TagMark end_{};
  bool has_markup_error_ = false;
  std::size_t record_depth_ = 0;
  std::vector<Finding> pending_{};
  std::map<std::string, std::string, std::less<>> shown_{};
};

class Libxml2Schema final : public Schema {
 public:
  Libxml2Schema(std::unique_ptr<xmlSchema, SchemaFree> schema,
                std::unordered_set<std::string> known)
      : schema_{std::move(schema)}, known_{std::move(known)} {}

  Result<RunResult> run(Source& document,
                        const RunOptions& options,
                        ValueListener* /*listener*/,
                        FindingSink& findings) override {
    xml::Gate gate{document, options.profile, options.limits};
    return Libxml2Run{schema_.get(), known_, gate, options, findings}.run();
  }

 private:
  std::unique_ptr<xmlSchema, SchemaFree> schema_;
  std::unordered_set<std::string> known_;
};

// The schema files, each through the gate, and nothing else: what libxml2 asks for by another name
// is not there. One at a time: libxml2 has one loader for all.
class SchemaLoader {
 public:
  SchemaLoader() : before_{xmlGetExternalEntityLoader()} {
    current() = this;
    xmlSetExternalEntityLoader(load);
  }
  SchemaLoader(const SchemaLoader&) = delete;
  SchemaLoader& operator=(const SchemaLoader&) = delete;
  SchemaLoader(SchemaLoader&&) = delete;
  SchemaLoader& operator=(SchemaLoader&&) = delete;
  ~SchemaLoader() {
    xmlSetExternalEntityLoader(before_);
    current() = nullptr;
  }

  void add_text(const std::string& name, std::string text) { texts_[name] = std::move(text); }

 private:
  static SchemaLoader*& current() {
    static SchemaLoader* loader = nullptr;
    return loader;
  }

  static xmlParserInputPtr load(const char* url, const char* /*id*/, xmlParserCtxtPtr parser) {
    if (url == nullptr) return nullptr;
    const std::string* text = current()->text_of(url);
    if (text == nullptr) return nullptr;
    auto* const buffer = xmlParserInputBufferCreateMem(
        text->data(), static_cast<int>(text->size()), XML_CHAR_ENCODING_UTF8);
    auto* const input = xmlNewIOInputStream(parser, buffer, XML_CHAR_ENCODING_UTF8);
    if (input != nullptr) {
      input->filename =
          reinterpret_cast<const char*>(xmlStrdup(reinterpret_cast<const xmlChar*>(url)));
    }
    return input;
  }

  const std::string* text_of(const std::string& url) {
    if (const auto known = texts_.find(url); known != texts_.end()) return &known->second;
    auto source = Source::open(url);
    if (!source) return nullptr;
    xml::Gate gate{*source, xml::GateProfile::General, {}};
    std::string text;
    std::vector<char> buffer(kReadBytes);
    for (;;) {
      const auto got = gate.read(buffer);
      if (!got || text.size() > kMaxSchemaBytes) return nullptr;
      if (*got == 0) break;
      text.append(buffer.data(), *got);
    }
    if (gate.refusal()) return nullptr;
    return &texts_.emplace(url, std::move(text)).first->second;
  }

  xmlExternalEntityLoader before_;
  std::map<std::string, std::string> texts_{};
};

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '<') {
      out += "&lt;";
    } else {
      out += c;
    }
  }
  return out;
}

struct DocFree {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};

std::string target_namespace(const std::string& file) {
  const std::unique_ptr<xmlDoc, DocFree> document{xmlReadFile(file.c_str(), nullptr, kNoNetwork)};
  if (document == nullptr) return {};
  xmlNode* const root = xmlDocGetRootElement(document.get());
  if (root == nullptr) return {};
  xmlChar* const value = xmlGetNoNsProp(root, reinterpret_cast<const xmlChar*>("targetNamespace"));
  std::string text{view(value)};
  xmlFree(value);
  return text;
}

// libxml2 takes one schema: of several, one that brings them together, by namespace.
std::string together(std::span<const fs::path> files, SchemaLoader& loader) {
  constexpr std::string_view kOpen = "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"";
  std::map<std::string, std::string> parts;
  for (const fs::path& file : files) {
    const auto name = fs::absolute(file).lexically_normal().string();
    parts[target_namespace(name)] += "<xs:include schemaLocation=\"" + escaped(name) + "\"/>";
  }
  std::string all{kOpen};
  all += " targetNamespace=\"urn:amparo:together\">";
  std::size_t number = 0;
  for (const auto& [space, includes] : parts) {
    const auto name = "/amparo-together-" + std::to_string(++number) + ".xsd";
    const auto escaped_space = escaped(space);
    auto part = std::string{kOpen};
    if (!space.empty()) part += " targetNamespace=\"" + escaped_space + "\"";
    loader.add_text(name, part + ">" + includes + "</xs:schema>");
    all += "<xs:import schemaLocation=\"" + name + "\"";
    if (!space.empty()) all += " namespace=\"" + escaped_space + "\"";
    all += "/>";
  }
  loader.add_text("/amparo-together.xsd", all + "</xs:schema>");
  return "/amparo-together.xsd";
}

void collect_fault(void* context, xmlErrorPtr error) {
  auto& findings = *static_cast<std::vector<Finding>*>(context);
  if (error == nullptr || error->level < XML_ERR_ERROR || findings.size() >= 100) return;
  Finding finding{.rule = "libxml2-schema", .message = "libxml2-schema"};
  finding.where.line = static_cast<std::uint64_t>(std::max(error->line, 0));
  finding.where.column = 1;
  if (error->file != nullptr) finding.xpath = error->file;
  findings.push_back(std::move(finding));
}

}  // namespace

Result<std::unique_ptr<Schema>, SchemaFault> load_with_libxml2(
    std::span<const fs::path> files, std::unordered_set<std::string> known) {
  if (files.empty()) return Fail{SchemaFault{{ErrorCode::NotFound, "no schema file was given"}}};
  xmlInitParser();
  SchemaLoader loader;
  const auto first = files.front().string();
  const auto entry = files.size() == 1 ? fs::absolute(files.front()).lexically_normal().string()
                                       : together(files, loader);
  const std::unique_ptr<xmlSchemaParserCtxt, SchemaParserFree> parser{
      xmlSchemaNewParserCtxt(entry.c_str())};
  if (parser == nullptr) throw std::bad_alloc{};
  SchemaFault fault{{ErrorCode::Malformed, first + ": the schema does not compile with libxml2"}};
  xmlSchemaSetParserStructuredErrors(parser.get(), collect_fault, &fault.findings);
  std::unique_ptr<xmlSchema, SchemaFree> schema{xmlSchemaParse(parser.get())};
  if (schema == nullptr) return Fail{std::move(fault)};
  return std::unique_ptr<Schema>{
      std::make_unique<Libxml2Schema>(std::move(schema), std::move(known))};
}

}  // namespace amparo::xsd
