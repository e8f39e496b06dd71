// SPDX-License-Identifier: Apache-2.0
// The door: rows in, a Batch out, and an account of every cell. Memory is the largest row, a
// constant, and at most 32 bytes for each row that became a case (seen_keys.hpp). Findings say
// place and shape, never a value.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "converter/csv.hpp"
#include "converter/id_key.hpp"
#include "converter/plan.hpp"
#include "core/finding.hpp"
#include "core/result.hpp"
#include "core/source.hpp"

namespace amparo::converter {

/// Takes bytes; fails as the place they go to does.
using ByteSink = std::function<Status(std::string_view)>;

struct ConvertRun {
  const Plan& plan;
  const IdKey& key;
  std::string created_at;  ///< Header/CreatedAt
  bool allow_unknown_columns = false;
  std::size_t max_row_bytes = kMaxCsvRecordBytes;
};

struct ConvertSinks {
  ByteSink document;      ///< the Batch
  ByteSink rejects;       ///< the header row, then each rejected row, as their bytes stand
  FindingSink& findings;  ///< in the order of rows; line = physical line, column = number of field
};

/// What became of the cells of one column. non_empty = mapped + kept + dropped + rejected, always.
struct ColumnAccount {
  std::string name;
  std::uint64_t non_empty = 0;
  std::uint64_t blank = 0;
  std::uint64_t mapped = 0;    ///< the value, its code, or its words reached the target
  std::uint64_t kept = 0;      ///< carried along in the Extension
  std::uint64_t dropped = 0;   ///< left out, by the mapping or for want of a place
  std::uint64_t rejected = 0;  ///< in a row that was rejected
  std::uint64_t unknown = 0;   ///< of those mapped or dropped: not understood, a null was written
  std::uint64_t without_code = 0;  ///< of those mapped: in the value table, which has no code
  std::uint64_t normalized = 0;    ///< of those mapped: changed by normalisation (NFC)
  std::string reason{};            ///< why the mapping drops the column

  friend bool operator==(const ColumnAccount&, const ColumnAccount&) = default;
};

struct Conversion {
  bool started = false;  ///< false: the header was refused, no row was read; findings say why
  std::uint64_t rows = 0;
  std::uint64_t cases = 0;
  std::uint64_t rejected = 0;
  std::uint64_t unreadable = 0;  ///< of the rejected: not cut into fields, cells not accounted
  std::uint64_t blank_lines = 0;
  bool has_byte_order_mark = false;
  std::vector<ColumnAccount> columns{};  ///< in the order of the file

  /// Rows and cells are all accounted for. False is a defect of ours.
  [[nodiscard]] bool adds_up() const;
};

/// Fails when something cannot be read or written, when the file is empty or has no row, is UTF-16,
/// or has a line above the limit. What is wrong with a row is a finding, and the row a reject.
Result<Conversion> convert(Source& input, const ConvertRun& run, const ConvertSinks& sinks);

}  // namespace amparo::converter
