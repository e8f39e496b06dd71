// SPDX-License-Identifier: Apache-2.0
// Schema files into a grammar pool of Xerces: each behind its own gate, from local files alone,
// with our words for what is wrong. For the oracle_xerces and compile files only.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include <xercesc/framework/MemoryManager.hpp>
#include <xercesc/framework/XMLGrammarPool.hpp>

#include "core/result.hpp"
#include "digest/sha256.hpp"
#include "validator/xsd/detail/schema_document.hpp"
#include "validator/xsd/engine.hpp"
#include "validator/xsd/oracle_xerces.hpp"

namespace amparo::xsd {

/// How often a particle may say that it occurs. Xerces writes large numbers out when it checks a
/// schema in full or a document: only who can survive the end of its stack may ask for Any.
enum class SchemaCounts : std::uint8_t { Small, Any };

/// Who runs the patterns of the schema: when it is not Xerces, it need not take them all.
enum class PatternUse : std::uint8_t { ByXerces, ByUs };

/// What a grammar pool does not keep.
struct LoadedSchema {
  struct File {
    std::string path;  ///< absolute
    digest::Sha256Value digest{};
    friend bool operator==(const File&, const File&) = default;
  };

  std::string target_namespace{};     ///< of the first file that has one
  std::vector<File> files{};          ///< all that were read, in that order
  PrefixNamespaces value_prefixes{};  ///< see SchemaDocument
  bool restricts_groups = false;
  std::map<std::string, std::set<std::optional<std::string>>> fixed_values{};
  struct TypePlace {
    std::string file;
    Place where{};
  };
  std::multimap<std::string, TypePlace> type_places{};
  PatternStore patterns{};
};

/// Reads schemas and all that they include and import into `pool`. Fails with Malformed, whose
/// findings say where, and TooLarge.
[[nodiscard]] Result<LoadedSchema, SchemaFault> load_grammars(
    std::span<const std::filesystem::path> files,
    SchemaChecking checking,
    SchemaCounts counts,
    PatternUse patterns,
    xercesc::MemoryManager& memory,
    xercesc::XMLGrammarPool& pool);

}  // namespace amparo::xsd
