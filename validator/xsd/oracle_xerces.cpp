// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/oracle_xerces.hpp"

#include <optional>
#include <set>

#include <xercesc/framework/XMLGrammarPoolImpl.hpp>
#include <xercesc/validators/schema/SchemaAttDef.hpp>
#include <xercesc/validators/schema/SchemaAttDefList.hpp>
#include <xercesc/validators/schema/SchemaGrammar.hpp>

#include "validator/xsd/detail/xerces_input.hpp"
#include "validator/xsd/detail/xerces_memory.hpp"
#include "validator/xsd/detail/xerces_reader.hpp"
#include "validator/xsd/detail/xerces_schema_files.hpp"
#include "validator/xsd/detail/xerces_text.hpp"

namespace amparo::xsd {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSchemaMemory = std::size_t{512} << 20U;

void collect_names(const xercesc::SchemaGrammar& grammar,
                   SchemaNames& names,
                   std::set<std::string>& roots) {
  auto elements = grammar.getElemEnumerator();
  while (elements.hasMoreElements()) {
    const auto& element = elements.nextElement();
    const auto name = to_utf8(element.getBaseName());
    if (element.getEnclosingScope() == static_cast<unsigned>(xercesc::Grammar::TOP_LEVEL_SCOPE)) {
      roots.insert(name);
    }
    names.all.insert(name);
  }
  auto* types = grammar.getComplexTypeRegistry();
  if (types == nullptr) return;
  xercesc::RefHashTableOfEnumerator<xercesc::ComplexTypeInfo> each{types};
  while (each.hasMoreElements()) {
    const auto& type = each.nextElement();
    if (!type.hasAttDefs()) continue;
    auto& attributes = type.getAttDefList();
    for (XMLSize_t i = 0; i < attributes.getAttDefCount(); ++i) {
      const auto& attribute = static_cast<const xercesc::SchemaAttDef&>(attributes.getAttDef(i));
      names.all.insert(to_utf8(attribute.getAttName()->getLocalPart()));
    }
  }
}

class XercesSchema final : public Schema {
 public:
  XercesSchema() : memory_{kSchemaMemory}, pool_{&memory_} {}

  std::optional<SchemaFault> load(std::span<const fs::path> files, SchemaChecking checking) {
    auto loaded =
        load_grammars(files, checking, SchemaCounts::Small, PatternUse::ByXerces, memory_, pool_);
    if (!loaded) return std::move(loaded).error();
    collect(loaded->target_namespace);
    return std::nullopt;
  }

  Result<RunResult> run(Source& document,
                        const RunOptions& options,
                        ValueListener* listener,
                        FindingSink& findings) override {
    if (!reader_) reader_ = std::make_unique<DocumentReader>(&pool_, names_);
    // Xerces sees only what passes the gate.
    xml::Gate gate{document, options.profile, options.limits};
    auto result = reader_->run(gate, options, listener, findings);
    if (result) result->bytes = gate.bytes_read();
    return result;
  }

 private:
  void collect(const std::string& target_namespace) {
    names_.target_namespace = target_namespace;
    std::set<std::string> roots;
    auto grammars = pool_.getGrammarEnumerator();
    while (grammars.hasMoreElements()) {
      const auto& grammar = grammars.nextElement();
      if (grammar.getGrammarType() != xercesc::Grammar::SchemaGrammarType) continue;
      const auto* name_space = grammar.getTargetNamespace();
      if (name_space != nullptr) names_.all.insert(to_utf8(name_space));
      if (name_space == nullptr || *name_space == 0) names_.has_no_namespace = true;
      collect_names(static_cast<const xercesc::SchemaGrammar&>(grammar), names_, roots);
    }
    names_.roots.assign(roots.begin(), roots.end());
  }

  BoundedMemory memory_;
  xercesc::XMLGrammarPoolImpl pool_;
  SchemaNames names_{};
  std::unique_ptr<DocumentReader> reader_{};
};

}  // namespace

Result<std::unique_ptr<Schema>, SchemaFault> load_with_xerces(std::span<const fs::path> files,
                                                              SchemaChecking checking) {
  start_xerces();
  auto schema = std::make_unique<XercesSchema>();
  if (auto fault = schema->load(files, checking)) return Fail{*std::move(fault)};
  return std::unique_ptr<Schema>{std::move(schema)};
}

}  // namespace amparo::xsd
