// SPDX-License-Identifier: Apache-2.0
// The list of verbs: one line each.
#include <array>

#include "cli/command.hpp"
#include "cli/convert_command.hpp"
#include "cli/sample_command.hpp"
#include "cli/validate_command.hpp"

namespace amparo::cli {

std::span<const Verb* const> verbs() {
  static constexpr std::array<const Verb*, 3> kVerbs{&kValidateVerb, &kConvertVerb, &kSampleVerb};
  return kVerbs;
}

}  // namespace amparo::cli
