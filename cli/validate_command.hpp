// SPDX-License-Identifier: Apache-2.0
// amparo validate: documents held against the standard, or against any other XML Schema.
#pragma once

#include "cli/command.hpp"

namespace amparo::cli {

extern const Verb kValidateVerb;

}  // namespace amparo::cli
