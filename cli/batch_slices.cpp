// SPDX-License-Identifier: Apache-2.0
#include "cli/batch_slices.hpp"

#include <algorithm>
#include <charconv>

namespace amparo::cli {
namespace {

// A "<" is never text, so these stand between cases and nowhere else.
constexpr std::string_view kCaseStart = "\n  <Case>";
constexpr std::string_view kCaseEnd = "\n  </Case>";
constexpr std::string_view kBatchEnd = "\n</Batch>\n";
constexpr std::string_view kCasePath = "/Batch/Case[";

std::uint64_t count_lines(std::string_view bytes) {
  return static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
}

}  // namespace

Finding BatchSlice::in_batch(Finding finding) const {
  if (finding.record > 0) finding.record += cases_before;
  // The head ends within a line; its cases begin on the next.
  if (finding.where.line > head_lines + 1) {
    finding.where.line += lines_before - head_lines;
    finding.where.offset = 0;  // of the slice; the batch's is not known here
  }
  if (finding.xpath.rfind(kCasePath, 0) == 0) {
    const char* begin = finding.xpath.data() + kCasePath.size();
    std::uint64_t number = 0;
    const auto end = std::from_chars(begin, finding.xpath.data() + finding.xpath.size(), number);
    finding.xpath.replace(kCasePath.size(),
                          static_cast<std::size_t>(end.ptr - begin),
                          std::to_string(number + cases_before));
  }
  return finding;
}

// Looks for `mark` in the window from its begin, which it reads on until it is found.
Result<bool> BatchSlices::find(std::string_view mark) {
  std::size_t from = 0;
  for (;;) {
    found_ = source_.window().find(mark, from);
    if (found_ != std::string_view::npos) return true;
    const std::size_t size = source_.window().size();
    from = size - std::min(size, mark.size());
    const auto got = source_.more();
    if (!got) return Fail{got.error()};
    if (*got == 0) return false;
  }
}

std::string BatchSlices::take(std::size_t length) {
  std::string bytes{source_.window().substr(0, length)};
  source_.release(source_.window_begin() + length);
  lines_ += count_lines(bytes);
  return bytes;
}

Result<std::optional<BatchSlice>> BatchSlices::next() {
  if (head_.empty()) {
    const auto has_case = find(kCaseStart);
    if (!has_case) return Fail{has_case.error()};
    if (!*has_case) return std::optional<BatchSlice>{};
    head_ = take(found_);
  }
  BatchSlice slice{.document = head_,
                   .cases_before = cases_,
                   .lines_before = lines_,
                   .head_lines = count_lines(head_)};
  while (cases_ - slice.cases_before < cases_in_slice_) {
    const auto has_case = find(kCaseEnd);
    if (!has_case) return Fail{has_case.error()};
    if (!*has_case) break;
    slice.document += take(found_ + kCaseEnd.size());
    ++cases_;
  }
  if (cases_ == slice.cases_before) return std::optional<BatchSlice>{};
  slice.document += kBatchEnd;
  return std::optional<BatchSlice>{std::move(slice)};
}

}  // namespace amparo::cli
