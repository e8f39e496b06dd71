// SPDX-License-Identifier: Apache-2.0
#include "converter/lookup_table.hpp"

#include <algorithm>

#include "converter/csv.hpp"
#include "converter/messages.hpp"
#include "text/utf8.hpp"

namespace amparo::converter {

namespace {

bool same_but_for(const LookupTable::Row& a, const LookupTable::Row& b, std::size_t key) {
  for (std::size_t i = 0; i < a.cells.size(); ++i) {
    if (i != key && a.cells[i] != b.cells[i]) return false;
  }
  return true;
}

}  // namespace

Result<LookupTable> LookupTable::read(Source source,
                                      std::string_view key_column,
                                      text::Folding folding,
                                      Language language) {
  const auto wrong = [&](std::uint64_t line, std::string_view key, const Params& params = {}) {
    return fail(
        ErrorCode::Malformed,
        source.name() + ':' + std::to_string(line) + ": " + error_text(key, language, params));
  };
  LookupTable table;
  table.folding_ = folding;
  CsvReader reader(source, ',', kMaxCsvRecordBytes, language);
  const auto header = reader.next();
  if (!header) return Fail{header.error()};
  if (!*header) {
    return fail(ErrorCode::Malformed, source.name() + ": " + error_text("map-empty", language));
  }
  table.columns_ = reader.record().fields;
  const auto key = table.column(key_column);
  if (!key) return wrong(1, "table-no-column", {{"column", {std::string(key_column)}}});
  for (;;) {
    const auto more = reader.next();
    if (!more) return Fail{more.error()};
    if (!*more) return table;
    const CsvRecord& record = reader.record();
    if (record.defect != CsvDefect::None || record.fields.size() != table.columns_.size()) {
      const std::string count = std::to_string(table.columns_.size());
      return wrong(record.line, "table-fields", {{"count", {count}}});
    }
    if (text::first_invalid_utf8(record.bytes)) return wrong(record.line, "table-utf8");
    const Row row{record.line, record.fields};
    const std::string folded = text::fold(row.cells[*key], folding);
    const auto [known, is_new] = table.by_key_.emplace(folded, table.rows_.size());
    if (!is_new && !same_but_for(table.rows_[known->second], row, *key)) {
      const std::string first = std::to_string(table.rows_[known->second].line);
      return wrong(record.line, "table-same-key", {{"line", {first}}});
    }
    table.by_words_.emplace(row.cells[*key], known->second);
    if (is_new) table.rows_.push_back(row);
  }
}

const LookupTable::Row* LookupTable::find(std::string_view value) const {
  const std::string words(value);
  if (const auto found = by_words_.find(words); found != by_words_.end()) {
    return &rows_[found->second];
  }
  const auto found = by_key_.find(text::fold(words, folding_));
  return found == by_key_.end() ? nullptr : &rows_[found->second];
}

std::optional<std::size_t> LookupTable::column(std::string_view name) const {
  const auto found = std::find(columns_.begin(), columns_.end(), name);
  if (found == columns_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns_.begin());
}

}  // namespace amparo::converter
