// SPDX-License-Identifier: Apache-2.0
// Upper and lower case of whole texts, without a language (Unicode 3.13, full mappings: "ß" is
// "SS"). ICU does the work, inside letter_case.cpp only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace amparo::text {

/// Appends to `out`. REQUIRES: well-formed UTF-8
void append_upper_case(std::string& out, std::string_view utf8);
void append_lower_case(std::string& out, std::string_view utf8);

/// All code points that differ from `c` in case alone, `c` among them.
[[nodiscard]] std::vector<char32_t> case_variants(char32_t c);

}  // namespace amparo::text
