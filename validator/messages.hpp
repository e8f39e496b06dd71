// SPDX-License-Identifier: Apache-2.0
// Everything that the validator can say about a document or a schema, in Spanish, English and
// French.
#pragma once

#include <span>

#include "core/message.hpp"

namespace amparo {

/// For MessageBook::add(); lives as long as the program.
[[nodiscard]] std::span<const MessageText> validator_messages();

}  // namespace amparo
