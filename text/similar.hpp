// SPDX-License-Identifier: Apache-2.0
// How far two words are from one another, for "did you mean" and for telling a misspelt name of the
// schema from words that somebody forgot to escape.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace amparo::text {

/// Levenshtein's distance over bytes: names of the standard and of the language are ASCII.
/// Time grows with the product of both lengths.
[[nodiscard]] std::size_t edits(std::string_view a, std::string_view b);

/// The candidate nearest to `word` by edits, when it is near enough to be meant; or empty.
[[nodiscard]] std::string nearest(std::string_view word,
                                  const std::vector<std::string>& candidates);

/// Whether `word` is `of` with at most one slip in four letters: nothing shorter than four letters.
[[nodiscard]] bool is_misspelling(std::string_view word, std::string_view of);

}  // namespace amparo::text
