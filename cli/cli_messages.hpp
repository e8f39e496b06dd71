// SPDX-License-Identifier: Apache-2.0
// What the program itself says, in the three languages: usage, help, files.
#pragma once

#include <span>

#include "core/message.hpp"

namespace amparo::cli {

[[nodiscard]] std::span<const MessageText> cli_messages();

}  // namespace amparo::cli
