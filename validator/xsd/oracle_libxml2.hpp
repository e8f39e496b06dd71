// SPDX-License-Identifier: Apache-2.0
// XML Schema 1.0 by libxml2, for a third opinion. It checks the grammar alone: it tells nobody the
// types of values, so no other layer can listen. Nothing is ever fetched, and libxml2 sees only
// what passed the gate.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <unordered_set>

#include "validator/xsd/engine.hpp"

namespace amparo::xsd {

/// `known`: the names that may be shown, which libxml2 does not tell. Fails with Malformed when
/// libxml2 does not take the schema, which others may.
[[nodiscard]] Result<std::unique_ptr<Schema>, SchemaFault> load_with_libxml2(
    std::span<const std::filesystem::path> files, std::unordered_set<std::string> known);

}  // namespace amparo::xsd
