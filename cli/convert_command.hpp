// SPDX-License-Identifier: Apache-2.0
// amparo convert: rows of a country's own layout into a batch of the standard.
#pragma once

#include "cli/command.hpp"

namespace amparo::cli {

extern const Verb kConvertVerb;

}  // namespace amparo::cli
