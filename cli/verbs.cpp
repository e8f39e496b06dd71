// SPDX-License-Identifier: Apache-2.0
// The list of verbs: one line each.
#include <array>

#include "cli/command.hpp"
#include "cli/validate_command.hpp"

namespace amparo::cli {

std::span<const Verb* const> verbs() {
  static constexpr std::array<const Verb*, 1> kVerbs{&kValidateVerb};
  return kVerbs;
}

}  // namespace amparo::cli
