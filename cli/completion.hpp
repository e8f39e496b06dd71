// SPDX-License-Identifier: Apache-2.0
// Completion of the command line in bash, zsh and fish, made from the tables.
// "amparo --completion SHELL" writes one.
#pragma once

#include <span>
#include <string>

#include "cli/command.hpp"

namespace amparo::cli {

[[nodiscard]] std::string bash_completion(std::span<const Verb* const> verbs);
[[nodiscard]] std::string zsh_completion(std::span<const Verb* const> verbs, Language language);
[[nodiscard]] std::string fish_completion(std::span<const Verb* const> verbs, Language language);

}  // namespace amparo::cli
