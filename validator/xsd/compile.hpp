// SPDX-License-Identifier: Apache-2.0
// From schema files to tables. Xerces-C reads and checks the schema, inside compile.cpp alone; what
// comes out knows nothing of it. Nothing is ever fetched. Read next: schema_cache.hpp.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

#include "validator/xsd/compiled_schema.hpp"
#include "validator/xsd/engine.hpp"
#include "validator/xsd/oracle_xerces.hpp"

namespace amparo::xsd {

/// What compiling one schema may cost. Above any of these it fails with TooLarge.
struct CompileLimits {
  std::chrono::milliseconds time{30'000};
  std::size_t memory_bytes = std::size_t{1} << 30U;
  std::uint32_t states = 1'000'000;  ///< of all content models together
  SchemaChecking checking = SchemaChecking::Full;
};

/// Compiles in a child process, so that a schema which exhausts time, memory or stack ends that and
/// not us. REQUIRES: the program has one thread. Where there is no fork(), as compile_here().
/// Fails with TooLarge, Malformed (the findings say where), NotFound and Unreadable.
[[nodiscard]] Result<CompiledSchema, SchemaFault> compile(
    std::span<const std::filesystem::path> files, const CompileLimits& limits = {});

/// Compiles in this process. `limits.time` is not held; a hostile schema may exhaust the stack.
[[nodiscard]] Result<CompiledSchema, SchemaFault> compile_here(
    std::span<const std::filesystem::path> files, const CompileLimits& limits = {});

}  // namespace amparo::xsd
