// SPDX-License-Identifier: Apache-2.0
// One document through Xerces-C: its events and errors become findings of ours, each at its tag or
// value, with names of the schema and never a word of Xerces' own. For the oracle_xerces files
// only.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <xercesc/framework/XMLAttr.hpp>
#include <xercesc/parsers/SAX2XMLReaderImpl.hpp>
#include <xercesc/sax2/DefaultHandler.hpp>
#include <xercesc/validators/schema/SchemaElementDecl.hpp>

#include "validator/xsd/detail/xerces_codes.hpp"
#include "validator/xsd/detail/xerces_frames.hpp"
#include "validator/xsd/detail/xerces_identity.hpp"
#include "validator/xsd/engine.hpp"

namespace amparo::xsd {

/// What a schema declares.
struct SchemaNames {
  std::unordered_set<std::string>
      all{};                         ///< names of elements, attributes, namespaces: may be shown
  std::vector<std::string> roots{};  ///< local names of global elements, sorted
  std::string target_namespace{};
  bool has_no_namespace = false;  ///< one of the schemas has no target namespace
};

class DocumentReader final : public xercesc::SAX2XMLReaderImpl {
 public:
  DocumentReader(xercesc::XMLGrammarPool* pool, const SchemaNames& names);

  Result<RunResult> run(xml::Gate& gate,
                        const RunOptions& options,
                        ValueListener* listener,
                        FindingSink& findings);

  void startElement(const xercesc::XMLElementDecl& element,
                    unsigned int uri,
                    const XMLCh* prefix,
                    const xercesc::RefVectorOf<xercesc::XMLAttr>& attributes,
                    XMLSize_t attribute_count,
                    bool is_empty,
                    bool is_root) override;
  void endElement(const xercesc::XMLElementDecl& element,
                  unsigned int uri,
                  bool is_root,
                  const XMLCh* prefix) override;
  void docCharacters(const XMLCh* text, XMLSize_t length, bool is_cdata) override;
  void ignorableWhitespace(const XMLCh*, XMLSize_t, bool) override {}
  void docComment(const XMLCh*) override {}
  void docPI(const XMLCh*, const XMLCh*) override {}
  void error(unsigned int code,
             const XMLCh* domain,
             xercesc::XMLErrorReporter::ErrTypes type,
             const XMLCh* text,
             const XMLCh* system_id,
             const XMLCh* public_id,
             XMLFileLoc line,
             XMLFileLoc column) override;

 private:
  using Attributes = xercesc::RefVectorOf<xercesc::XMLAttr>;

  // Findings of listeners pass here to get path, record and excerpt.
  class Located final : public FindingSink {
   public:
    explicit Located(DocumentReader& reader) : reader_{&reader} {}
    void add(Finding finding) override { reader_->add(std::move(finding)); }

   private:
    DocumentReader* reader_;
  };

  // An error about a start tag comes before the tag itself: it waits for it.
  struct TagError {
    const CodeEntry* entry;
    Params params;
  };

  void configure();
  void add(Finding finding);
  void add_at(Finding finding);
  void flush();
  [[nodiscard]] std::string path();
  [[nodiscard]] bool keeps(std::string_view rule) const;

  void check_names(const xercesc::XMLElementDecl& element);
  void stop_for_names();
  void begin_record();
  void read_attributes(Frame& frame, const Attributes& attributes, XMLSize_t count);
  void check_blocked(const Frame& frame, const XMLCh* type_name);
  void listen_to_attribute(const Frame& frame, const xercesc::XMLAttr& attribute);
  void report_tag_errors(const Attributes& attributes, XMLSize_t count);
  void report_attribute_values(const Attributes& attributes, XMLSize_t count);
  [[nodiscard]] const std::string& shown(const std::string& qualified);
  void report_unknown_element();
  void report_content();
  void report_value(Frame& frame, unsigned code, const CodeEntry& known);
  [[nodiscard]] Place element_error_place(const CodeEntry& known);
  void add_about_document(const CodeEntry& known);
  void start_identity(const Frame& frame, const Attributes& attributes, XMLSize_t count);
  void end_identity(const Frame& frame);
  void report_identity();
  void report_element(const CodeEntry& known, const Place& where);
  void report_markup(const CodeEntry& known, Params params, const Place& where);
  [[nodiscard]] bool is_behind_refusal(const CodeEntry& known, const Place& where) const;
  [[nodiscard]] bool is_in_tag() const;
  [[nodiscard]] bool wants(const void* type, const XMLCh* name);
  [[nodiscard]] static xercesc::DatatypeValidator* type_of(const Frame& frame,
                                                           const xercesc::XMLAttr& attribute);

  xercesc::DefaultHandler handler_{};  // switches Xerces' events on; none of its own reach it
  xercesc::XMLGrammarPool* pool_;
  const SchemaNames* names_;
  xml::Gate* gate_ = nullptr;
  const RunOptions* options_ = nullptr;
  ValueListener* listener_ = nullptr;
  FindingSink* findings_ = nullptr;
  RunResult result_{};
  Frames frames_{};
  std::u16string text_{};  // characters since the last tag
  Place after_tag_{};      // where they begin
  IdentityTables identity_tables_{};
  IdentityChecker identity_;
  std::vector<TagError> tag_errors_{};
  unsigned value_errors_in_tag_ = 0;
  bool is_unknown_in_tag_ = false;
  bool has_open_empty_ = false;  // an empty tag has begun and not ended yet
  bool has_markup_error_ = false;
  bool has_stopped_ = false;  // too many made-up names
  std::unordered_set<const xercesc::XMLElementDecl*> unknown_names_{};
  unsigned int namespaces_before_ = 0;
  std::size_t record_depth_ = 0;    // of the record we are in; 0 for none
  std::vector<Finding> pending_{};  // of the record we are in
  std::unordered_map<const void*, bool> wanted_{};
  std::unordered_map<std::string, std::string> shown_{};  // of names, what may be said of them
};

}  // namespace amparo::xsd
