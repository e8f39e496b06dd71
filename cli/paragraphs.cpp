// SPDX-License-Identifier: Apache-2.0
#include "cli/paragraphs.hpp"

#include "text/utf8.hpp"

namespace amparo::cli {

std::string wrapped(std::string_view text, std::size_t indent) {
  std::string out;
  std::string line;
  while (!text.empty()) {
    const auto space = text.find(' ');
    const auto word = text.substr(0, space);
    text = space == std::string_view::npos ? std::string_view{} : text.substr(space + 1);
    const auto needed = text::count_code_points(line) + 1 + text::count_code_points(word);
    if (!line.empty() && indent + needed > kHelpWidth) {
      out += std::string(indent, ' ') + line + '\n';
      line.clear();
    }
    if (!line.empty()) line += ' ';
    line += word;
  }
  return out + std::string(line.empty() ? 0 : indent, ' ') + line + '\n';
}

std::string two_columns(std::string_view left, std::string_view right, std::size_t column) {
  std::string out = "  " + std::string{left};
  const auto width = text::count_code_points(out);
  auto block = wrapped(right, column);
  if (width + 2 > column) return out + '\n' + block;
  return out + std::string(column - width, ' ') + block.substr(column);
}

}  // namespace amparo::cli
