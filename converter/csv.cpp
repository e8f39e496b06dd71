// SPDX-License-Identifier: Apache-2.0
#include "converter/csv.hpp"

#include "converter/messages.hpp"

namespace amparo::converter {

namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

bool starts_with_utf16_mark(std::string_view bytes) {
  return bytes.substr(0, 2) == "\xFF\xFE" || bytes.substr(0, 2) == "\xFE\xFF";
}

// UTF-16 without a mark: every other byte of Latin text is NUL, and CSV never has one.
bool looks_like_utf16(std::string_view bytes) {
  return bytes.size() >= 4 &&
         ((bytes[0] == '\0' && bytes[2] == '\0') || (bytes[1] == '\0' && bytes[3] == '\0'));
}

std::uint64_t count_line_ends(std::string_view bytes) {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const bool is_crlf = bytes[i] == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n';
    if (is_crlf) continue;  // its LF counts
    if (bytes[i] == '\n' || bytes[i] == '\r') ++count;
  }
  return count;
}

}  // namespace

CsvReader::CsvReader(Source& source,
                     char delimiter,
                     std::size_t max_record_bytes,
                     Language language)
    : source_(&source),
      delimiter_(delimiter),
      max_record_bytes_(max_record_bytes),
      language_(language) {}

Status CsvReader::begin() {
  begun_ = true;
  if (const auto four = has_byte(3); !four) return Fail{four.error()};
  const std::string_view start = source_->window();
  if (starts_with_utf16_mark(start) || looks_like_utf16(start)) {
    return fail(ErrorCode::Unsupported,
                source_->name() + ": " + error_text("csv-utf16", language_));
  }
  has_byte_order_mark_ = start.substr(0, 3) == kUtf8Mark;
  if (has_byte_order_mark_) source_->release(source_->window_begin() + kUtf8Mark.size());
  return Done{};
}

Result<bool> CsvReader::has_byte(std::size_t index) {
  while (source_->window().size() <= index) {
    const auto got = source_->more();
    if (!got) return Fail{got.error()};
    if (*got == 0) return false;
  }
  return true;
}

Result<std::size_t> CsvReader::line_end_at(std::size_t index) {
  const char c = source_->window()[index];
  if (c == '\n') return std::size_t{1};
  if (c != '\r') return std::size_t{0};
  const auto has_more = has_byte(index + 1);
  if (!has_more) return Fail{has_more.error()};
  return *has_more && source_->window()[index + 1] == '\n' ? std::size_t{2} : std::size_t{1};
}

Result<bool> CsvReader::next() {
  if (!begun_) {
    if (const auto status = begin(); !status) return Fail{status.error()};
  }
  for (;;) {
    auto more = has_byte(0);
    if (!more || !*more) return more;
    const auto line_end = line_end_at(0);
    if (!line_end) return Fail{line_end.error()};
    if (*line_end == 0) break;
    source_->release(source_->window_begin() + *line_end);
    ++line_;
    ++blank_lines_;
  }
  record_.line = line_;
  record_.offset = source_->window_begin();
  record_.fields.clear();
  record_.defect = CsvDefect::None;
  record_.defect_field = 0;
  field_.clear();

  Scan scan;
  if (const auto status = scan_record(scan); !status) return Fail{status.error()};
  Status taken = Done{};
  if (record_.defect != CsvDefect::None) {
    taken = keep_first_line(record_.defect);
  } else if (scan.state == State::Quoted) {
    taken = keep_first_line(CsvDefect::OpenQuote);
  } else if (!scan.complete) {
    taken = too_long();
  } else {
    taken = take_record(scan.length);
  }
  if (!taken) return Fail{taken.error()};
  return true;
}

// Stops behind the line end, at the end of the file, at a defect or at the limit.
Status CsvReader::scan_record(Scan& scan) {
  while (scan.length < max_record_bytes_) {
    const auto more = has_byte(scan.length);
    if (!more) return Fail{more.error()};
    if (!*more) {
      if (scan.state != State::Quoted) end_field();
      scan.complete = true;
      return Done{};
    }
    const char c = source_->window()[scan.length];
    if (scan.state != State::Quoted && (c == '\n' || c == '\r')) {
      const auto line_end = line_end_at(scan.length);
      if (!line_end) return Fail{line_end.error()};
      end_field();
      scan.length += *line_end;
      scan.complete = true;
      return Done{};
    }
    if (!take(scan, c)) return Done{};
    ++scan.length;
  }
  return Done{};
}

bool CsvReader::take(Scan& scan, char c) {
  switch (scan.state) {
    case State::FieldStart:
      if (c == '"') {
        scan.state = State::Quoted;
        return true;
      }
      scan.state = State::Plain;
      [[fallthrough]];
    case State::Plain:
      // A quote inside a plain field is a character like any other: 5"3 is a height.
      if (c == delimiter_) {
        end_field();
        scan.state = State::FieldStart;
      } else {
        field_ += c;
      }
      return true;
    case State::Quoted:
      if (c == '"') {
        scan.state = State::QuoteInQuoted;
      } else {
        field_ += c;
      }
      return true;
    case State::QuoteInQuoted:
      if (c == '"') {
        field_ += '"';
        scan.state = State::Quoted;
        return true;
      }
      if (c == delimiter_) {
        end_field();
        scan.state = State::FieldStart;
        return true;
      }
      record_.defect = CsvDefect::TextAfterQuote;
      return false;
  }
  return false;
}

void CsvReader::end_field() {
  record_.fields.push_back(field_);
  field_.clear();
}

Status CsvReader::keep_first_line(CsvDefect defect) {
  record_.defect = defect;
  record_.defect_field = record_.fields.size() + 1;
  record_.fields.clear();
  for (std::size_t i = 0; i < max_record_bytes_; ++i) {
    const auto more = has_byte(i);
    if (!more) return Fail{more.error()};
    if (!*more) return take_record(i);
    const auto line_end = line_end_at(i);
    if (!line_end) return Fail{line_end.error()};
    if (*line_end > 0) return take_record(i + *line_end);
  }
  return too_long();
}

Status CsvReader::take_record(std::size_t length) {
  record_.bytes.assign(source_->window().substr(0, length));
  line_ += count_line_ends(record_.bytes);
  source_->release(record_.offset + length);
  return Done{};
}

Status CsvReader::too_long() const {
  return fail(ErrorCode::TooLarge,
              source_->name() + ": " +
                  error_text("csv-too-long",
                             language_,
                             {{"line", {std::to_string(record_.line)}},
                              {"limit", {std::to_string(max_record_bytes_)}}}));
}

}  // namespace amparo::converter
