// SPDX-License-Identifier: Apache-2.0
// What findings of a conversion say, and what errors about mappings, tables and keys say, in the
// three languages.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/language.hpp"
#include "core/message.hpp"

namespace amparo::converter {

/// Sentences of findings, for the program's MessageBook.
[[nodiscard]] std::span<const MessageText> messages();

/// Sentences of errors. They are filled where the error is made: an Error carries a sentence.
[[nodiscard]] std::span<const MessageText> error_messages();

/// The sentence of error_messages() with this key; the key in angle brackets when there is none.
[[nodiscard]] std::string error_text(std::string_view key,
                                     Language language,
                                     const Params& params = {});

}  // namespace amparo::converter
