// SPDX-License-Identifier: Apache-2.0
// A batch in slices: each is a document of its own, with the batch's header and some of its cases.
// Xerces keeps the tables of every key it has met until its document ends, so that the memory of
// one check of a whole batch grows with the number of cases; that of its slices does not. Cases
// share nothing that the grammar looks at. For batches written by the converter, whose layout it
// relies on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/finding.hpp"
#include "core/result.hpp"
#include "core/source.hpp"

namespace amparo::cli {

/// Where a slice stands in the batch.
struct BatchSlice {
  std::string document;
  std::uint64_t cases_before = 0;
  std::uint64_t lines_before = 0;  ///< of the batch, above the slice's first case
  std::uint64_t head_lines = 0;    ///< of the slice, above its first case

  /// A finding about the slice, placed in the batch.
  [[nodiscard]] Finding in_batch(Finding finding) const;
};

class BatchSlices {
 public:
  static constexpr std::uint64_t kCases = 1000;

  explicit BatchSlices(Source source, std::uint64_t cases_in_slice = kCases)
      : source_{std::move(source)}, cases_in_slice_{cases_in_slice} {}

  /// The next slice, or nothing after the last. Fails as the source does.
  Result<std::optional<BatchSlice>> next();

 private:
  Result<bool> find(std::string_view mark);
  std::string take(std::size_t length);

  Source source_;
  std::uint64_t cases_in_slice_;
  std::string head_{};
  std::uint64_t cases_ = 0;
  std::uint64_t lines_ = 0;
  std::size_t found_ = 0;  ///< where find() found its mark in the window
};

}  // namespace amparo::cli
