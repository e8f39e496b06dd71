// SPDX-License-Identifier: Apache-2.0
#include "cli/bundle_folder.hpp"

namespace amparo::cli {
namespace {

namespace fs = std::filesystem;

// build/<preset>/amparo is two folders below the source tree; others may build deeper.
constexpr int kFoldersUp = 4;

bool is_bundle(const fs::path& folder) {
  std::error_code error;
  return fs::is_regular_file(folder / "1.0" / "amparo.xsd", error);
}

}  // namespace

Result<fs::path> find_bundle(const Console& console) {
  const auto missing = [&] {
    return fail(ErrorCode::NotFound, console.messages.sentence("no-bundle", {}, console.language));
  };
  if (!console.bundle_override.empty()) {
    const fs::path folder{console.bundle_override};
    if (!is_bundle(folder)) {
      return fail(ErrorCode::NotFound, console.bundle_override + ": no 1.0/amparo.xsd in it");
    }
    return folder;
  }
  if (console.program_folder.empty()) return missing();
  fs::path folder{console.program_folder};
  const auto installed = folder.parent_path() / "share" / "amparo" / "schema";
  if (is_bundle(installed)) return installed;
  for (int i = 0; i < kFoldersUp && folder.has_relative_path(); ++i) {
    folder = folder.parent_path();
    std::error_code error;
    if (is_bundle(folder / "schema") && fs::exists(folder / "CMakeLists.txt", error)) {
      return folder / "schema";
    }
  }
  return missing();
}

CachePlace cache_place(const Console& console) {
  return {console.cache_folder, console.cache_producer};
}

}  // namespace amparo::cli
