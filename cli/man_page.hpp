// SPDX-License-Identifier: Apache-2.0
// Manual pages (man(7) macros), made from the tables. "amparo --man VERB" writes one.
#pragma once

#include <span>
#include <string>

#include "cli/command.hpp"

namespace amparo::cli {

/// amparo(1). `version` stands in the foot of the page; no date does, so that pages repeat.
[[nodiscard]] std::string program_man_page(std::span<const Verb* const> verbs,
                                           const MessageBook& book,
                                           Language language,
                                           std::string_view version);

/// amparo-VERB(1)
[[nodiscard]] std::string verb_man_page(const Verb& verb,
                                        const MessageBook& book,
                                        Language language,
                                        std::string_view version);

}  // namespace amparo::cli
