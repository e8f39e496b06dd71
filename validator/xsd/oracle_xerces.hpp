// SPDX-License-Identifier: Apache-2.0
// XML Schema 1.0 by Xerces-C: schemas are read once into a pool, documents stream through SAX2. The
// first engine, and the oracle for every later one. Nothing is ever fetched: a schema that includes
// or imports something from elsewhere is told so.
#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "validator/xsd/engine.hpp"

namespace amparo::xsd {

/// Whether the costly constraints on schemas are checked too (particle attribution, restrictions).
/// Full for a schema that somebody brings, Trusted for the one of a bundle, which has its own
/// tests.
enum class SchemaChecking : std::uint8_t { Full, Trusted };

[[nodiscard]] Result<std::unique_ptr<Schema>, SchemaFault> load_with_xerces(
    std::span<const std::filesystem::path> files, SchemaChecking checking);

}  // namespace amparo::xsd
