// SPDX-License-Identifier: Apache-2.0
#include "text/detail/code_points.hpp"

#include <algorithm>
#include <utility>

namespace amparo::text {

namespace {

constexpr CodeRange kSurrogates{0xD800, 0xDFFF};
constexpr char32_t kLastCodePoint = 0x10FFFF;

// What lies between the ranges, surrogates included.
std::vector<CodeRange> gaps(const std::vector<CodeRange>& ranges) {
  std::vector<CodeRange> out;
  char32_t next = 0;
  for (const CodeRange& range : ranges) {
    if (range.first > next) out.push_back({next, range.first - 1});
    next = range.last + 1;
  }
  if (next <= kLastCodePoint) out.push_back({next, kLastCodePoint});
  return out;
}

std::vector<CodeRange> without_surrogates(const std::vector<CodeRange>& ranges) {
  std::vector<CodeRange> out;
  for (const CodeRange& range : ranges) {
    if (range.last < kSurrogates.first || range.first > kSurrogates.last) {
      out.push_back(range);
      continue;
    }
    if (range.first < kSurrogates.first) out.push_back({range.first, kSurrogates.first - 1});
    if (range.last > kSurrogates.last) out.push_back({kSurrogates.last + 1, range.last});
  }
  return out;
}

}  // namespace

CodePoints::CodePoints(std::vector<CodeRange> ranges) {
  std::sort(ranges.begin(), ranges.end());
  std::vector<CodeRange> merged;
  for (const CodeRange& range : ranges) {
    if (!merged.empty() && range.first <= merged.back().last + 1) {
      merged.back().last = std::max(merged.back().last, range.last);
    } else {
      merged.push_back(range);
    }
  }
  ranges_ = without_surrogates(merged);
}

bool CodePoints::contains(char32_t code_point) const noexcept {
  const auto after =
      std::upper_bound(ranges_.begin(), ranges_.end(), code_point, [](char32_t c, CodeRange range) {
        return c < range.first;
      });
  return after != ranges_.begin() && code_point <= std::prev(after)->last;
}

CodePoints CodePoints::united_with(const CodePoints& other) const {
  std::vector<CodeRange> all = ranges_;
  all.insert(all.end(), other.ranges_.begin(), other.ranges_.end());
  return CodePoints(std::move(all));
}

CodePoints CodePoints::complement() const {
  return CodePoints(gaps(ranges_));
}

CodePoints CodePoints::without(const CodePoints& other) const {
  return complement().united_with(other).complement();
}

}  // namespace amparo::text
