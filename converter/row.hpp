// SPDX-License-Identifier: Apache-2.0
// One row against a plan: first every value is made and everything wrong is found, then, if nothing
// forbids it, the record is written. Inside the converter; its door is convert.hpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "converter/convert.hpp"
#include "xml/writer.hpp"

namespace amparo::converter {

enum class ValueState : std::uint8_t { Omitted, Text, Nil };

/// What a field makes of a cell.
struct FieldValue {
  ValueState state = ValueState::Omitted;
  std::string text{};         ///< Text: the value. Nil: the null reason.
  std::string as_recorded{};  ///< the source's words; empty: none
  bool unknown = false;       ///< a value that the mapping does not know
  bool without_code = false;  ///< the value table knows it and has no code
  bool normalized = false;
  bool lost = false;  ///< the words have no place in the target
};

/// The columns of a plan in the fields of a file.
struct ColumnBinding {
  std::vector<std::size_t> field_of_column;  ///< index in a row, by index in Plan::columns()
};

class RowEvaluator {
 public:
  RowEvaluator(const ConvertRun& run, const ColumnBinding& binding);

  /// Makes all values of the row. False: the row is to be rejected. `findings` grows either way.
  bool evaluate(const CsvRecord& row, std::uint64_t row_number, std::vector<Finding>& findings);

  /// By index in Plan::fields(), of the row evaluated last.
  [[nodiscard]] const std::vector<FieldValue>& values() const noexcept { return values_; }

  /// Writes the record of the row evaluated last. REQUIRES: evaluate() gave true for `row`
  void write(const CsvRecord& row, xml::Writer& writer) const;

 private:
  FieldValue value_of(const PlanField& field, const std::string& cell);
  FieldValue looked_up(const PlanField& field, const std::string& cell);
  FieldValue date_of(const PlanField& field, std::string_view cell);
  void find_bad_date(const PlanField& field, std::string_view cell, bool is_date);
  [[nodiscard]] bool is_within(const DateRule& rule, std::chrono::year_month_day date) const;
  [[nodiscard]] std::string range_of(const DateRule& rule) const;
  void check_order();
  FieldValue blank(const PlanField& field);
  [[nodiscard]] bool is_blank(std::string_view cell) const;
  void find(const PlanField& field,
            std::string_view cell,
            std::string_view rule,
            std::string_view sentence,
            Params params,
            bool rejects);
  void write_node(const PlanNode& node, const CsvRecord& row, xml::Writer& writer) const;
  [[nodiscard]] bool is_written(const PlanNode& node, const CsvRecord& row) const;
  [[nodiscard]] bool has_kept_value(const CsvRecord& row) const;
  void write_kept(const CsvRecord& row, xml::Writer& writer) const;

  const ConvertRun* run_;                             // the caller's
  const ColumnBinding* binding_;                      // the caller's
  std::optional<std::chrono::year_month_day> today_;  // of the run; none: its time is no time
  std::vector<FieldValue> values_;
  std::vector<Finding>* findings_ = nullptr;  // of evaluate(), while it runs
  const CsvRecord* row_ = nullptr;            // of evaluate(), while it runs
  std::uint64_t row_number_ = 0;
  bool rejected_ = false;
};

/// A warning of a row that is rejected says what is odd and no longer what was written, since
/// nothing was.
void tell_rejected(std::vector<Finding>& findings);

/// Does this cell count as empty under the mapping?
[[nodiscard]] bool is_blank_cell(const Mapping& mapping, std::string_view cell);

}  // namespace amparo::converter
