// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/xerces_schema_files.hpp"

#include <algorithm>
#include <iterator>

#include <xercesc/framework/MemBufInputSource.hpp>
#include <xercesc/framework/XMLGrammarPool.hpp>
#include <xercesc/parsers/SAX2XMLReaderImpl.hpp>
#include <xercesc/sax/InputSource.hpp>
#include <xercesc/sax/SAXException.hpp>
#include <xercesc/sax2/DefaultHandler.hpp>
#include <xercesc/util/BinInputStream.hpp>
#include <xercesc/util/OutOfMemoryException.hpp>
#include <xercesc/util/XMLEntityResolver.hpp>
#include <xercesc/util/XMLResourceIdentifier.hpp>
#include <xercesc/util/XMLUni.hpp>
#include <xercesc/util/regx/RegularExpression.hpp>
#include <xercesc/validators/common/Grammar.hpp>
#include <xercesc/validators/schema/SchemaSymbols.hpp>

#include "core/source.hpp"
#include "validator/xsd/detail/xerces_codes.hpp"
#include "validator/xsd/detail/xerces_input.hpp"
#include "validator/xsd/detail/xerces_template.hpp"
#include "validator/xsd/detail/xerces_text.hpp"
#include "xml/gate.hpp"

namespace amparo::xsd {
namespace {

namespace fs = std::filesystem;
using xercesc::XMLUni;

constexpr std::size_t kMaxFileBytes = std::size_t{256} << 20U;
constexpr std::size_t kMaxFaults = 20;
constexpr std::size_t kMaxCountDigits = 5;  // of minOccurs and maxOccurs

// Larger than for documents: documentation in a schema runs long.
constexpr Limits kSchemaLimits{.depth = 256,
                               .attributes = 256,
                               .namespaces = 64,
                               .name_bytes = 1024,
                               .attribute_value_bytes = std::size_t{1} << 20U,
                               .text_bytes = std::size_t{8} << 20U,
                               .markup_bytes = std::size_t{2} << 20U};

constexpr std::string_view kTooLarge = "schema-limit";

using Faults = std::vector<Finding>;

bool takes_pattern(std::string_view pattern) {
  try {
    const xercesc::RegularExpression compiled{to_utf16(pattern).c_str(),
                                              xercesc::SchemaSymbols::fgRegEx_XOption};
    return true;
  } catch (const xercesc::XMLException&) {
    return false;
  }
}

// A schema file behind its own gate; Xerces adopts it, so it owns all it needs.
class SchemaFile final : public xercesc::InputSource {
 public:
  SchemaFile(const fs::path& file,
             SchemaCounts counts,
             PatternUse use,
             LoadedSchema& loaded,
             Faults& faults)
      : file_{file}, counts_{counts}, use_{use}, loaded_{&loaded}, faults_{&faults} {
    setSystemId(to_utf16(file.string()).c_str());
    setEncoding(XMLUni::fgUTF8EncodingString);
    setIssueFatalErrorIfNotFound(false);
  }

  [[nodiscard]] xercesc::BinInputStream* makeStream() const override {
    auto bytes = read_file(file_, kMaxFileBytes);
    if (bytes) {
      // A file that is included twice may be opened twice.
      const LoadedSchema::File read{file_.string(), digest::sha256(*bytes)};
      auto& known = loaded_->files;
      if (std::find(known.begin(), known.end(), read) == known.end()) known.push_back(read);
      PatternReading patterns;
      if (use_ == PatternUse::ByUs) patterns = {takes_pattern, &loaded_->patterns};
      auto document = look_through(*bytes, file_.string(), kSchemaLimits, patterns);
      std::move(document.faults.begin(), document.faults.end(), std::back_inserter(*faults_));
      for (auto& [prefix, spaces] : document.value_prefixes)
        loaded_->value_prefixes[prefix].merge(spaces);
      loaded_->restricts_groups = loaded_->restricts_groups || document.restricts_groups;
      for (auto& [name, values] : document.fixed_values)
        loaded_->fixed_values[name].merge(values);
      for (const auto& [name, where] : document.type_places)
        loaded_->type_places.insert({name, {file_.string(), where}});
      return new Stream{
          Source::from_string(file_.string(), std::move(document.bytes)), counts_, *faults_};
    }
    faults_->push_back({.rule = "schema-file",
                        .message = "schema-file",
                        .params = {{"reason", {bytes.error().message}}}});
    return nullptr;
  }

 private:
  class Stream final : public xercesc::BinInputStream {
   public:
    Stream(Source source, SchemaCounts counts, Faults& faults)
        : source_{std::move(source)},
          gate_{source_, xml::GateProfile::General, kSchemaLimits},
          counts_{counts},
          faults_{&faults} {}
    [[nodiscard]] XMLFilePos curPos() const override { return position_; }
    [[nodiscard]] const XMLCh* getContentType() const override { return nullptr; }
    XMLSize_t readBytes(XMLByte* into, XMLSize_t most) override {
      const auto got = gate_.read({reinterpret_cast<char*>(into), most});
      const auto n = got ? *got : 0;
      if (n == 0 && gate_.refusal() && !has_told_) {
        has_told_ = true;
        faults_->push_back(*gate_.refusal());
        faults_->back().xpath = source_.name();
      }
      position_ += n;
      if (counts_ == SchemaCounts::Any) return n;
      return has_large_count({reinterpret_cast<const char*>(into), n}) ? 0 : n;
    }

   private:
    // Xerces writes a content model out, once for each time that a part may occur, and walks
    // through it by recursion: a large number ends the program.
    bool has_large_count(std::string_view bytes) {
      constexpr std::string_view kWord = "Occurs=";
      tail_ += bytes;
      for (auto at = tail_.find(kWord); at != std::string::npos; at = tail_.find(kWord, at + 1)) {
        const auto value =
            std::string_view{tail_}.substr(at + kWord.size() + 1, kMaxCountDigits + 1);
        const auto digits = std::min(value.find_first_not_of("0123456789"), value.size());
        if (digits <= kMaxCountDigits) continue;
        faults_->push_back({.rule = std::string{kTooLarge}, .message = "schema-content"});
        faults_->back().xpath = source_.name();
        return true;
      }
      tail_.erase(0, tail_.size() - std::min<std::size_t>(tail_.size(), 32));
      return false;
    }

    std::string tail_{};
    Source source_;
    xml::Gate gate_;
    SchemaCounts counts_;
    Faults* faults_;
    bool has_told_ = false;
    XMLFilePos position_ = 0;
  };

  fs::path file_;
  SchemaCounts counts_;
  PatternUse use_;
  LoadedSchema* loaded_;
  Faults* faults_;
};

// Finds included and imported schemas: files, beside the schema that names them.
class LocalFiles final : public xercesc::XMLEntityResolver {
 public:
  LocalFiles(SchemaCounts counts, PatternUse use, LoadedSchema& loaded, Faults& faults)
      : counts_{counts}, use_{use}, loaded_{&loaded}, faults_{&faults} {}

  xercesc::InputSource* resolveEntity(xercesc::XMLResourceIdentifier* wanted) override {
    auto location = to_utf8(wanted->getSystemId());
    const bool is_of_xml = wanted->getNameSpace() != nullptr &&
                           xercesc::XMLString::equals(wanted->getNameSpace(), XMLUni::fgXMLURIName);
    if (location.empty()) {
      // An import without a place: known already, or not at all.
      return is_of_xml ? xml_attributes() : nullptr;
    }
    constexpr std::string_view kFileScheme = "file://";
    if (location.rfind(kFileScheme, 0) == 0) location.erase(0, kFileScheme.size());
    const auto colon = location.find(':');
    if (colon != std::string::npos && location.find('/') > colon) {
      if (is_of_xml) return xml_attributes();
      faults_->push_back({.rule = "schema-location",
                          .message = "schema-remote",
                          .params = {{"location", {location}}}});
      faults_->back().xpath = to_utf8(wanted->getBaseURI());
      return nullptr;
    }
    const auto base = fs::path{to_utf8(wanted->getBaseURI())}.parent_path();
    return new SchemaFile{(base / location).lexically_normal(), counts_, use_, *loaded_, *faults_};
  }

 private:
  static xercesc::InputSource* xml_attributes() {
    const auto text = schema_of_xml_attributes();
    return new xercesc::MemBufInputSource(
        reinterpret_cast<const XMLByte*>(text.data()), text.size(), XMLUni::fgXMLURIName);
  }

  SchemaCounts counts_;
  PatternUse use_;
  LoadedSchema* loaded_;
  Faults* faults_;
};

// Reads schemas into the pool and says in our words what is wrong with them.
class SchemaReader final : public xercesc::SAX2XMLReaderImpl {
 public:
  SchemaReader(xercesc::MemoryManager* memory,
               xercesc::XMLGrammarPool* pool,
               SchemaChecking checking,
               SchemaCounts counts,
               PatternUse use,
               LoadedSchema& loaded,
               Faults& faults)
      : SAX2XMLReaderImpl(memory, pool), faults_{&faults}, files_{counts, use, loaded, faults} {
    harden(*this);
    setErrorHandler(&handler_);
    setXMLEntityResolver(&files_);
    setFeature(XMLUni::fgXercesSchemaFullChecking, checking == SchemaChecking::Full);
  }

  void error(unsigned int code,
             const XMLCh* domain,
             xercesc::XMLErrorReporter::ErrTypes type,
             const XMLCh* text,
             const XMLCh* system_id,
             const XMLCh* /*public_id*/,
             XMLFileLoc line,
             XMLFileLoc column) override {
    if (type == xercesc::XMLErrorReporter::ErrType_Warning || faults_->size() >= kMaxFaults) return;
    auto set = CodeDomain::Validity;
    if (xercesc::XMLString::equals(domain, XMLUni::fgXMLErrDomain)) set = CodeDomain::Markup;
    if (xercesc::XMLString::equals(domain, XMLUni::fgExceptDomain)) set = CodeDomain::Exception;
    const CodeEntry& known = entry(set, code);
    Finding fault{.rule = std::string{known.rule},
                  .message = std::string{known.key},
                  .params = parameters_of(known, set, text)};
    // A value of the schema that is not of its type, a pattern that is none: no sentence of its
    // own.
    const bool is_own = known.use == CodeUse::Schema || known.use == CodeUse::Markup;
    if (!is_own) {
      fault.rule = "schema-component";
      fault.message = "schema-component";
    }
    fault.where = {0, line, column};
    fault.xpath = to_utf8(system_id);
    faults_->push_back(std::move(fault));
  }

 private:
  xercesc::DefaultHandler handler_{};
  Faults* faults_;
  LocalFiles files_;
};

SchemaFault too_large(const fs::path& file) {
  return {{ErrorCode::TooLarge, file.string() + ": the schema needs too much memory"}};
}

SchemaFault fault_of(const fs::path& file, Faults faults) {
  if (!faults.empty() && faults.front().rule == kTooLarge) return too_large(file);
  return {{ErrorCode::Malformed, file.string() + ": the schema does not compile"},
          std::move(faults)};
}

}  // namespace

Result<LoadedSchema, SchemaFault> load_grammars(std::span<const fs::path> files,
                                                SchemaChecking checking,
                                                SchemaCounts counts,
                                                PatternUse patterns,
                                                xercesc::MemoryManager& memory,
                                                xercesc::XMLGrammarPool& pool) {
  Faults faults;
  LoadedSchema loaded;
  try {
    SchemaReader reader{&memory, &pool, checking, counts, patterns, loaded, faults};
    for (const fs::path& file : files) {
      const SchemaFile input{fs::absolute(file), counts, patterns, loaded, faults};
      const auto* grammar = reader.loadGrammar(input, xercesc::Grammar::SchemaGrammarType, true);
      if (!faults.empty()) return Fail{fault_of(file, std::move(faults))};
      if (grammar == nullptr) {
        return Fail{SchemaFault{{ErrorCode::Malformed, file.string() + ": not a schema"}}};
      }
      if (loaded.target_namespace.empty()) {
        loaded.target_namespace = to_utf8(grammar->getTargetNamespace());
      }
    }
  } catch (const xercesc::OutOfMemoryException&) {
    return Fail{too_large(files[0])};
  } catch (const xercesc::XMLException&) {
    return Fail{fault_of(files[0], std::move(faults))};
  } catch (const xercesc::SAXException&) {
    return Fail{fault_of(files[0], std::move(faults))};
  }
  return loaded;
}

}  // namespace amparo::xsd
