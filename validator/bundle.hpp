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
#include "validator/codes.hpp"
#include "validator/xsd/engine.hpp"
#include "xml/gate.hpp"

namespace amparo {

/// Which engine holds documents against the grammar. All give the same verdicts.
enum class EngineKind : std::uint8_t { Compiled, Xerces };

struct Bundle {
  BundleName name{};
  std::shared_ptr<xsd::Schema> schema{};
  std::shared_ptr<const CodeLists> codes{};  ///< null: the layer is switched off
  xml::GateProfile profile = xml::GateProfile::Standard;
  std::vector<std::string> record_elements{};
};

/// The bundle of the standard in `folder`: 1.0/amparo.xsd, codes/catalog.xml.
[[nodiscard]] Result<Bundle, xsd::SchemaFault> load_bundle(
    const std::filesystem::path& folder, EngineKind engine = EngineKind::Compiled);

/// Any other XML Schema 1.0: grammar alone, and what well-formed XML may be.
[[nodiscard]] Result<Bundle, xsd::SchemaFault> bundle_of_schemas(
    const std::vector<std::filesystem::path>& schemas, EngineKind engine = EngineKind::Compiled);

/// SHA-256 over the names and bytes of all files under `folder` that belong to a bundle, in the
/// order of their names: "sha256:...".
[[nodiscard]] Result<std::string> digest_of(const std::filesystem::path& folder);

}  // namespace amparo
