// SPDX-License-Identifier: Apache-2.0
// amparo sample: a batch of invented cases, of the size that is asked for.
#pragma once

#include "cli/command.hpp"

namespace amparo::cli {

extern const Verb kSampleVerb;

}  // namespace amparo::cli
