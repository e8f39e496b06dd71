// SPDX-License-Identifier: Apache-2.0
#include "text/similar.hpp"

#include <algorithm>
#include <numeric>

namespace amparo::text {

std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t k = 0; k < b.size(); ++k) {
      const std::size_t change = diagonal + (a[i] == b[k] ? 0 : 1);
      diagonal = row[k + 1];
      row[k + 1] = std::min({change, row[k] + 1, row[k + 1] + 1});
    }
  }
  return row.back();
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  std::size_t best = std::max<std::size_t>(2, word.size() / 4) + 1;
  std::string found;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edits(word, candidate);
    if (distance < best) {
      best = distance;
      found = candidate;
    }
  }
  return found;
}

bool is_misspelling(std::string_view word, std::string_view of) {
  const std::size_t most = word.size() / 4;
  const auto lengths = std::minmax(word.size(), of.size());
  return lengths.second - lengths.first <= most && edits(word, of) <= most;
}

}  // namespace amparo::text
