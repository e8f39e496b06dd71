// SPDX-License-Identifier: Apache-2.0
// Between the UTF-16 of Xerces and our UTF-8. For the oracle_xerces files only.
#pragma once

#include <string>
#include <string_view>

#include <xercesc/util/XercesDefs.hpp>

namespace amparo::xsd {

/// Lone surrogates become U+FFFD. Null gives an empty string.
[[nodiscard]] std::string to_utf8(const XMLCh* text);
[[nodiscard]] std::string to_utf8(std::u16string_view text);
void append_utf8(std::string& out, std::u16string_view text);
[[nodiscard]] std::u16string to_utf16(std::string_view utf8);

}  // namespace amparo::xsd
