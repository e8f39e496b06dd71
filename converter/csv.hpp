// SPDX-License-Identifier: Apache-2.0
// Reads CSV (RFC 4180, and what real exports make of it) one record at a time: where it stands, its
// fields, and its bytes exactly as they are in the file, so that a rejected row can be given back.
// Memory is bounded by the largest record.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/language.hpp"
#include "core/result.hpp"
#include "core/source.hpp"

namespace amparo::converter {

inline constexpr std::size_t kMaxCsvRecordBytes = std::size_t{1} << 20U;

enum class CsvDefect : std::uint8_t {
  None,
  OpenQuote,       ///< a quoted field does not end before the file or the limit does
  TextAfterQuote,  ///< something other than a delimiter follows a closing quote
};

/// One record. When it has a defect, `bytes` is its first physical line alone and reading goes on
/// with the next line, so that one lost quote does not swallow the rows after it.
struct CsvRecord {
  std::uint64_t line = 0;    ///< of its first byte, from 1; line breaks inside quotes count
  std::uint64_t offset = 0;  ///< of its first byte in the file
  std::string bytes{};       ///< as in the file, line end included
  std::vector<std::string> fields{};  ///< unquoted; empty when there is a defect
  CsvDefect defect = CsvDefect::None;
  std::size_t defect_field = 0;  ///< number of the field with the defect, from 1
};

class CsvReader {
 public:
  /// `source` must outlive the reader. A byte order mark of UTF-8 at the start is left out.
  explicit CsvReader(Source& source,
                     char delimiter = ',',
                     std::size_t max_record_bytes = kMaxCsvRecordBytes,
                     Language language = Language::English);

  /// Goes to the next record that is not a blank line; false at the end. Lines end in LF, CR LF or
  /// CR. Fails with TooLarge when a line is longer than the limit, with Unsupported when the file
  /// is UTF-16, and as the source does.
  Result<bool> next();

  /// REQUIRES: next() gave true. Replaced by the next call of next().
  [[nodiscard]] const CsvRecord& record() const noexcept { return record_; }
  [[nodiscard]] bool has_byte_order_mark() const noexcept { return has_byte_order_mark_; }
  [[nodiscard]] std::uint64_t blank_lines() const noexcept { return blank_lines_; }

 private:
  enum class State : std::uint8_t { FieldStart, Plain, Quoted, QuoteInQuoted };
  struct Scan {
    State state = State::FieldStart;
    std::size_t length = 0;  ///< bytes of the record looked at so far
    bool complete = false;   ///< its line end (or the end of the file) was reached
  };

  Status begin();
  Result<bool> has_byte(std::size_t index);  ///< loads more until it has, or the file ends
  Result<std::size_t> line_end_at(std::size_t index);  ///< 0, 1 or 2 bytes of line end
  Status scan_record(Scan& scan);
  bool take(Scan& scan, char c);
  void end_field();
  Status keep_first_line(CsvDefect defect);
  Status take_record(std::size_t length);
  [[nodiscard]] Status too_long() const;

  Source* source_;  ///< the caller's
  char delimiter_;
  std::size_t max_record_bytes_;
  Language language_;  // of error messages
  CsvRecord record_;
  std::string field_;
  std::uint64_t line_ = 1;
  std::uint64_t blank_lines_ = 0;
  bool begun_ = false;
  bool has_byte_order_mark_ = false;
};

}  // namespace amparo::converter
