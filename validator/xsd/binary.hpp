// SPDX-License-Identifier: Apache-2.0
// xs:hexBinary and xs:base64Binary (XML Schema 1.0 Part 2, 3.2.15 and 3.2.16).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace amparo::xsd {

/// Number of octets that `text` stands for; nothing when it is not in the lexical space.
[[nodiscard]] std::optional<std::size_t> hex_binary_length(std::string_view text) noexcept;
/// The same; single spaces between the characters are part of the lexical space.
[[nodiscard]] std::optional<std::size_t> base64_binary_length(std::string_view text) noexcept;

/// Appends the octets. REQUIRES: `text` is in the lexical space
void append_hex_binary(std::string& out, std::string_view text);
void append_base64_binary(std::string& out, std::string_view text);

}  // namespace amparo::xsd
