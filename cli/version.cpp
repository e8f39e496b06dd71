// SPDX-License-Identifier: Apache-2.0
#include "cli/version.hpp"

#include "cli/version_info.hpp"

namespace amparo::cli {

std::string_view tool_version() noexcept {
  return kToolVersion;
}

std::string version_text() {
  std::string text = "amparo " + std::string{kToolVersion} + " (commit " + std::string{kCommit} +
                     ", " + std::string{kBuildType} + ")\n";
  return text + std::string{kLibraries} + "\n";
}

std::string bundle_text(const BundleName& bundle) {
  return "standard " + bundle.id + " " + bundle.version + ", " + bundle.digest + "\n";
}

}  // namespace amparo::cli
