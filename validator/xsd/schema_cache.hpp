// SPDX-License-Identifier: Apache-2.0
// Compiled schemas on disk, so that a run begins in milliseconds. What is read is checked as if an
// enemy had written it; a file that is damaged, foreign or out of date is as good as none.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "core/result.hpp"
#include "validator/xsd/compile.hpp"
#include "validator/xsd/compiled_schema.hpp"

namespace amparo::xsd {

/// One folder of compiled schemas. Const is safe from many threads and processes: a file appears
/// whole or not at all.
class SchemaCache {
 public:
  /// `producer`: what made the tables, a program and its version; another one's are not read. The
  /// folder is made when something is stored.
  SchemaCache(std::filesystem::path folder, std::string producer)
      : folder_{std::move(folder)}, producer_{std::move(producer)} {}

  /// The tables of these files, when they are here and every schema file that went into them (the
  /// included and imported ones too) has the SHA-256 that it had then.
  [[nodiscard]] std::optional<CompiledSchema> find(std::span<const std::filesystem::path> files,
                                                   SchemaChecking checking) const;

  /// Writes to a temporary file (0600), then renames. Fails with Unwritable.
  [[nodiscard]] Status store(std::span<const std::filesystem::path> files,
                             SchemaChecking checking,
                             const CompiledSchema& schema) const;

  /// Where the tables of these files are, or would be.
  [[nodiscard]] std::filesystem::path file_of(std::span<const std::filesystem::path> files,
                                              SchemaChecking checking) const;

 private:
  std::filesystem::path folder_;
  std::string producer_;
};

/// From the cache, else compiled and stored. That it cannot be stored is no fault.
[[nodiscard]] Result<CompiledSchema, SchemaFault> compile(
    std::span<const std::filesystem::path> files,
    const CompileLimits& limits,
    const SchemaCache& cache);

}  // namespace amparo::xsd
