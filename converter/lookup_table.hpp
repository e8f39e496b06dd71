// SPDX-License-Identifier: Apache-2.0
// A value table: a CSV file with a key column (the source's words) and any number of target
// columns. Rows are found by their key after the folding that the mapping states.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/language.hpp"
#include "core/result.hpp"
#include "core/source.hpp"
#include "text/fold.hpp"

namespace amparo::converter {

class LookupTable {
 public:
  struct Row {
    std::uint64_t line = 0;
    std::vector<std::string> cells{};
  };

  /// Fails with Malformed, naming file and line, when the key column is missing, a row is ragged,
  /// or two keys are the same after folding but not all their cells.
  static Result<LookupTable> read(Source source,
                                  std::string_view key_column,
                                  text::Folding folding,
                                  Language language = Language::English);

  /// Null when the table does not know the value. REQUIRES: well-formed UTF-8
  [[nodiscard]] const Row* find(std::string_view value) const;
  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
  [[nodiscard]] const std::vector<std::string>& columns() const noexcept { return columns_; }
  [[nodiscard]] const std::vector<Row>& rows() const noexcept { return rows_; }

 private:
  text::Folding folding_;
  std::vector<std::string> columns_;
  std::vector<Row> rows_;
  std::unordered_map<std::string, std::size_t> by_key_;    // folded
  std::unordered_map<std::string, std::size_t> by_words_;  // as in the table: saves the folding
};

}  // namespace amparo::converter
