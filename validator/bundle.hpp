// SPDX-License-Identifier: Apache-2.0
// A bundle: everything that a document of the standard is held against, as one folder of files.
// Loaded once, then shared. Read next: validate.hpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/report.hpp"
#include "core/result.hpp"
#include "validator/bundle_cache.hpp"
#include "validator/bundle_files.hpp"
#include "validator/codes.hpp"
#include "validator/xsd/engine.hpp"
#include "xml/gate.hpp"

namespace amparo {

/// Which engine holds documents against the grammar. All give the same verdicts. Libxml2 checks the
/// grammar alone: code lists are then off. All: the compiled one, and the others to compare with.
enum class EngineKind : std::uint8_t { Compiled, Xerces, Libxml2, All };

/// Another engine for the same schema.
struct Oracle {
  std::string name{};  ///< "xerces"
  std::shared_ptr<xsd::Schema> schema{};
};

struct Bundle {
  BundleName name{};
  std::shared_ptr<xsd::Schema> schema{};
  std::shared_ptr<const CodeLists> codes{};  ///< null: the layer is switched off
  xml::GateProfile profile = xml::GateProfile::Standard;
  std::vector<std::string> record_elements{};
  bool tells_types = true;        ///< false: the engine knows no types, codes cannot be checked
  std::vector<Oracle> oracles{};  ///< EngineKind::All: see compare.hpp
};

/// The bundle of the standard in `folder`: 1.0/amparo.xsd, codes/catalog.xml. REQUIRES: the program
/// has one thread, unless the bundle is in the cache (xsd::compile()).
[[nodiscard]] Result<Bundle, xsd::SchemaFault> load_bundle(const std::filesystem::path& folder,
                                                           EngineKind engine = EngineKind::Compiled,
                                                           const CachePlace& cache = {});

/// What the bundle in `folder` is called, without loading more of it than that needs.
[[nodiscard]] Result<BundleName> name_of_bundle(const std::filesystem::path& folder,
                                                const CachePlace& cache = {});

/// Any other XML Schema 1.0: grammar alone, and what well-formed XML may be.
[[nodiscard]] Result<Bundle, xsd::SchemaFault> bundle_of_schemas(
    const std::vector<std::filesystem::path>& schemas,
    EngineKind engine = EngineKind::Compiled,
    const CachePlace& cache = {});

}  // namespace amparo
