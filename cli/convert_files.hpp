// SPDX-License-Identifier: Apache-2.0
// How rejects and their reasons come to their place. A file of rejects is corrected by hand, so
// none is ever lost to the next run: one that differs is kept under a number.
#pragma once

#include <optional>
#include <string>

#include "cli/output_file.hpp"
#include "core/result.hpp"

namespace amparo::cli {

/// FILE.reasons.csv
[[nodiscard]] std::string reasons_beside(const std::string& rejects);

/// Makes room at `rejects` for `made`, or for nothing when this run rejected no row: a file that is
/// there and does not hold the same bytes is renamed to FILE.1 (or the next free number), with the
/// reasons beside it. Gives the new name; empty when nothing had to be kept. Fails with Unwritable.
Result<std::string> keep_earlier_rejects(const std::string& rejects,
                                         std::optional<OutputFile>& made);

/// Removes reasons that an earlier run left, when this one has none. What is not a file of reasons
/// by its first line stays.
void remove_old_reasons(const std::string& reasons);

/// The first line of a file of reasons, with its line end.
[[nodiscard]] std::string reasons_header();

/// The words as a shell takes them: in quotes where it needs them.
[[nodiscard]] std::string shell_word(const std::string& word);

/// A name for the batch of corrected rejects that is not taken: out.rejects.csv ->
/// out.corrected.xml, out.corrected-2.xml...
[[nodiscard]] std::string corrected_batch(const std::string& rejects);

}  // namespace amparo::cli
