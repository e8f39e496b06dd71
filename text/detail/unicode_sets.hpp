// SPDX-License-Identifier: Apache-2.0
// The sets that a pattern can name: general categories (ICU's version of Unicode: 15.0 with ICU
// 72), blocks (the names and extents of XSD 1.0 Part 2, F.1.1, then ICU's), and the multi-character
// escapes. Read next: text/detail/pattern_parser.hpp.
#pragma once

#include <optional>
#include <string_view>

#include "text/detail/code_points.hpp"

namespace amparo::text {

/// "L", "Lu", ... "Cn": the 30 of F.1.1; nothing for any other, "Cs" too, which F.1.1 leaves out.
[[nodiscard]] std::optional<CodePoints> category(std::string_view name);

/// `name` without "Is", exactly as the table of F.1.1 spells it: "Greek", "Latin-1Supplement".
/// The three blocks of surrogates are there and empty: no character of a document is in them.
[[nodiscard]] std::optional<CodePoints> xsd_block(std::string_view name);

/// `name` as Unicode spells the block now, without spaces: "GreekandCoptic", "LatinExtended-C".
[[nodiscard]] std::optional<CodePoints> current_block(std::string_view name);

/// 's', 'i', 'c', 'd' or 'w', or its complement in upper case; nothing for any other letter.
/// \i and \c are NameStartChar and NameChar of XML 1.0 fifth edition, as the documents are.
[[nodiscard]] std::optional<CodePoints> multi_character_escape(char32_t letter);

}  // namespace amparo::text
