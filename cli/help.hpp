// SPDX-License-Identifier: Apache-2.0
// The help of the program and of each verb, made from the tables.
#pragma once

#include <span>
#include <string>

#include "cli/command.hpp"

namespace amparo::cli {

/// "amparo --help"
[[nodiscard]] std::string program_help(std::span<const Verb* const> verbs,
                                       const MessageBook& book,
                                       Language language);

/// "amparo VERB --help"
[[nodiscard]] std::string verb_help(const Verb& verb, const MessageBook& book, Language language);

/// A status and the key of what it means.
struct StatusMeaning {
  std::string_view number;  ///< "0"
  std::string_view key;     ///< in cli_messages()
};

/// Those that verbs of this version can give, in the order of numbers.
[[nodiscard]] std::span<const StatusMeaning> status_meanings();

}  // namespace amparo::cli
