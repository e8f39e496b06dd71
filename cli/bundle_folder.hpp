// SPDX-License-Identifier: Apache-2.0
// Where the standard's own files are: 1.0/, codes/, mappings/, parameters/, registry/.
#pragma once

#include <filesystem>

#include "cli/command.hpp"
#include "core/result.hpp"
#include "validator/bundle_cache.hpp"

namespace amparo::cli {

/// AMPARO_BUNDLE; else share/amparo/schema beside the program's folder, where it is installed; else
/// the schema/ of the source tree that the program was built in. Fails with NotFound.
[[nodiscard]] Result<std::filesystem::path> find_bundle(const Console& console);

/// Where compiled bundles are kept.
[[nodiscard]] CachePlace cache_place(const Console& console);

}  // namespace amparo::cli
