// SPDX-License-Identifier: Apache-2.0
// The line of a document that a finding points into, with every value masked: names of the schema
// and the punctuation of markup stay, all other letters and digits go. Used by the gate.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace amparo::xml {

/// A part of one line, as byte positions in a text; cut to about a hundred characters.
struct LineWindow {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The stretch of the line around position `at`.
[[nodiscard]] LineWindow line_around(std::string_view text, std::size_t at);

/// The line with values masked. `known_from` is the position of a '<' that opens a tag, at or
/// before which nothing is known: what lies before is masked entirely.
[[nodiscard]] std::string masked_line(std::string_view text,
                                      LineWindow line,
                                      std::size_t known_from,
                                      const std::function<bool(std::string_view)>& is_known_name);

/// The line as it stands, control characters as spaces.
[[nodiscard]] std::string plain_line(std::string_view text, LineWindow line);

}  // namespace amparo::xml
