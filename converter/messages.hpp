// SPDX-License-Identifier: Apache-2.0
// What findings of a conversion say, in the three languages.
#pragma once

#include <span>

#include "core/message.hpp"

namespace amparo::converter {

[[nodiscard]] std::span<const MessageText> messages();

}  // namespace amparo::converter
