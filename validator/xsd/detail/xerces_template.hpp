// SPDX-License-Identifier: Apache-2.0
// The names that Xerces put into a message, taken back out of it: an error comes with its text
// alone. For the oracle_xerces files only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <xercesc/util/XercesDefs.hpp>

#include "core/message.hpp"
#include "validator/xsd/detail/xerces_codes.hpp"

namespace amparo::xsd {

/// What stands for {0}, {1}... in `text` when it was made from `pattern`; empty when it was not.
[[nodiscard]] std::vector<std::u16string> match_pattern(std::u16string_view pattern,
                                                        std::u16string_view text);

/// The parameters that `entry` names. Only what has the form of a name or number is taken.
[[nodiscard]] Params parameters_of(const CodeEntry& entry, CodeDomain domain, const XMLCh* text);

}  // namespace amparo::xsd
