// SPDX-License-Identifier: Apache-2.0
// A bundle as it was loaded once, on disk, so that a run begins in milliseconds: the tables of its
// schema, its code lists, its name. See spec/decisions/0010-caches.md for when it is believed.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/report.hpp"
#include "core/result.hpp"
#include "validator/bundle_files.hpp"
#include "validator/codes.hpp"
#include "validator/xsd/compiled_schema.hpp"

namespace amparo {

/// Where to keep what was compiled, and who made it: what another program or version left there is
/// not read. An empty folder: nowhere.
struct CachePlace {
  std::filesystem::path folder{};
  std::string producer{};
};

/// What loading a bundle comes to.
struct LoadedBundle {
  BundleName name{};
  CodeLists codes;
  xsd::CompiledSchema schema;
};

/// The bundle in `folder` from the cache, when every file of it is what it was. Files are compared
/// by their stamps; when these differ, or are so young that they say nothing, by digest.
[[nodiscard]] std::optional<LoadedBundle> find_bundle_in(const CachePlace& place,
                                                         const std::filesystem::path& folder);

/// Puts a bundle there. `before`: the stamps of its files before any of them was read; nothing is
/// stored when they are not the same now. Fails with Unwritable.
[[nodiscard]] Status store_bundle_in(const CachePlace& place,
                                     const std::filesystem::path& folder,
                                     const LoadedBundle& bundle,
                                     const std::vector<FileStamp>& before);

/// Where it is, or would be.
[[nodiscard]] std::filesystem::path bundle_cache_file(const CachePlace& place,
                                                      const std::filesystem::path& folder);

}  // namespace amparo
