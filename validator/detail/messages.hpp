// SPDX-License-Identifier: Apache-2.0
// The tables behind validator_messages(), one per layer. A sentence is one line per language,
// plain, without a full stop; placeholders are filled by core/message.hpp.
#pragma once

#include <span>

#include "core/message.hpp"

namespace amparo {

[[nodiscard]] std::span<const MessageText> gate_messages();
[[nodiscard]] std::span<const MessageText> markup_messages();
[[nodiscard]] std::span<const MessageText> grammar_messages();
[[nodiscard]] std::span<const MessageText> schema_messages();
[[nodiscard]] std::span<const MessageText> code_messages();
[[nodiscard]] std::span<const MessageText> ledger_messages();
[[nodiscard]] std::span<const MessageText> rule_messages();

}  // namespace amparo
