// SPDX-License-Identifier: Apache-2.0
#include "converter/row.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "text/fold.hpp"
#include "text/utf8.hpp"

namespace amparo::converter {

namespace {

constexpr std::size_t kMaxRecordedWords = 200;  // RecordedText of the standard

std::vector<std::string> pattern_texts(const DateRule& rule) {
  std::vector<std::string> texts;
  for (const DatePattern& pattern : rule.patterns)
    texts.push_back(pattern.text());
  return texts;
}

}  // namespace

bool is_blank_cell(const Mapping& mapping, std::string_view cell) {
  const std::string_view trimmed = text::trim(cell);
  if (trimmed.empty()) return true;
  return std::find(mapping.null_markers.begin(), mapping.null_markers.end(), trimmed) !=
         mapping.null_markers.end();
}

void tell_rejected(std::vector<Finding>& findings) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kInRejected{
      {{"M-VALUE.null", "M-VALUE.also"},
       {"M-VALUE.lost", "M-VALUE.also"},
       {"M-DATE.form-null", "M-DATE.form-also"},
       {"M-DATE.no-day-null", "M-DATE.no-day-also"},
       {"M-DATE.range-null", "M-DATE.range-also"},
       {"M-ORDER.before", "M-ORDER.also"}}};
  for (Finding& finding : findings) {
    for (const auto& [written, rejected] : kInRejected) {
      if (finding.message == written) finding.message = rejected;
    }
  }
}

RowEvaluator::RowEvaluator(const ConvertRun& run, const ColumnBinding& binding)
    : run_(&run), binding_(&binding), today_(read_iso_date(run.created_at.substr(0, 10))) {}

bool RowEvaluator::is_within(const DateRule& rule, std::chrono::year_month_day date) const {
  if (rule.latest_is_stamp && today_ && date > *today_) return false;
  return (!rule.earliest || date >= *rule.earliest) && (!rule.latest || date <= *rule.latest);
}

std::string RowEvaluator::range_of(const DateRule& rule) const {
  const auto latest = rule.latest_is_stamp ? today_ : rule.latest;
  const std::string from = rule.earliest ? to_iso(*rule.earliest) : "...";
  const std::string to = latest ? to_iso(*latest) : "...";
  return from + " / " + to;
}

bool RowEvaluator::is_blank(std::string_view cell) const {
  return is_blank_cell(run_->plan.mapping(), cell);
}

bool RowEvaluator::evaluate(const CsvRecord& row,
                            std::uint64_t row_number,
                            std::vector<Finding>& findings) {
  findings_ = &findings;
  row_ = &row;
  row_number_ = row_number;
  rejected_ = false;
  values_.clear();
  for (const PlanField& field : run_->plan.fields()) {
    values_.push_back(value_of(field, row.fields[binding_->field_of_column[field.column]]));
  }
  check_order();
  return !rejected_;
}

/// What happened later cannot be earlier. Both days were written by somebody and either may be the
/// wrong one, so that both are kept and the row is told.
void RowEvaluator::check_order() {
  const auto& fields = run_->plan.fields();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!fields[i].not_before || fields[i].entry.derived) continue;
    const FieldValue& first = values_[*fields[i].not_before];
    if (values_[i].state != ValueState::Text || first.state != ValueState::Text) continue;
    if (values_[i].text >= first.text) continue;  // YYYY-MM-DD sorts as time does
    find(fields[i],
         "",
         "M-ORDER",
         "M-ORDER.before",
         {{"first", {fields[i].entry.not_before}}},
         false);
  }
}

FieldValue RowEvaluator::value_of(const PlanField& field, const std::string& cell) {
  if (is_blank(cell)) return blank(field);
  if (field.table != nullptr) return looked_up(field, cell);
  const std::string_view trimmed = text::trim(cell);
  if (field.date != nullptr) return date_of(field, trimmed);
  FieldValue value;
  value.state = ValueState::Text;
  if (field.id != nullptr) {
    value.text = run_->key.identifier(field.id->kind, field.id->system, trimmed);
    return value;
  }
  value.text = text::to_nfc(trimmed);
  value.normalized = value.text != trimmed;
  if (!run_->plan.outline().is_value(field.type, value.text)) {
    find(field,
         cell,
         "M-PATTERN",
         "M-PATTERN.value",
         {{"target", {field.entry.to}}, {"type", {field.type}}},
         true);
  }
  return value;
}

FieldValue RowEvaluator::blank(const PlanField& field) {
  FieldValue value;
  // The key says more about a blank cell of its own; see convert.cpp.
  if (run_->plan.columns()[field.column].is_key) return value;
  if (field.entry.blank) {
    value.state = ValueState::Nil;
    value.text = *field.entry.blank;
  } else if (field.required) {
    find(field, "", "M-NULL", "M-NULL.blank", {{"target", {field.entry.to}}}, true);
  }
  return value;
}

FieldValue RowEvaluator::looked_up(const PlanField& field, const std::string& cell) {
  FieldValue value;
  const LookupRule& rule = *field.lookup;
  if (field.entry.as_recorded) {
    if (text::count_code_points(cell) > kMaxRecordedWords) {
      find(field, cell, "M-TRUNC", "M-TRUNC.words", {}, true);
    }
    value.as_recorded = cell;
  }
  const LookupTable::Row* row = field.table->find(cell);
  if (row == nullptr) {
    const bool rejects = rule.unmatched == Unmatched::Reject;
    value.unknown = true;
    value.lost = !field.entry.as_recorded;
    if (!rejects && (field.required || field.entry.as_recorded || field.entry.blank)) {
      value.state = ValueState::Nil;
      value.text = rule.reason;
    }
    // A derived field looks at the same cell again: what is to say of it was said.
    if (!field.entry.derived) {
      const std::string_view sentence = rejects      ? "M-VALUE.reject"
                                        : value.lost ? "M-VALUE.lost"
                                                     : "M-VALUE.null";
      find(field,
           cell,
           "M-VALUE",
           sentence,
           {{"table", {rule.file}}, {"reason", {rule.reason}}},
           rejects);
    }
    return value;
  }
  const std::string& code = row->cells[field.table_column];
  if (!code.empty()) {
    value.state = ValueState::Text;
    value.text = code;
    return value;
  }
  value.without_code = true;
  value.lost = !field.entry.as_recorded;
  if (field.entry.blank) {
    value.state = ValueState::Nil;
    value.text = *field.entry.blank;
  } else if (field.required) {
    find(field, cell, "M-NULL", "M-NULL.blank", {{"target", {field.entry.to}}}, true);
  }
  return value;
}

FieldValue RowEvaluator::date_of(const PlanField& field, std::string_view cell) {
  FieldValue value;
  const DateRule& rule = *field.date;
  const auto null = [&] {
    if (!field.required && !field.entry.blank) return;
    value.state = ValueState::Nil;
    value.text = rule.reason;
  };
  if (std::find(rule.sentinels.begin(), rule.sentinels.end(), cell) != rule.sentinels.end()) {
    value.without_code = true;
    null();
    return value;
  }
  std::optional<std::chrono::year_month_day> date;
  for (const DatePattern& pattern : rule.patterns) {
    if (!date) date = pattern.read(cell, rule.window);
  }
  if (date && is_within(rule, *date)) {
    value.state = ValueState::Text;
    value.text = to_iso(*date);
    return value;
  }
  const bool rejects = rule.unmatched == Unmatched::Reject;
  value.unknown = true;
  value.lost = true;
  if (!rejects) null();
  if (!field.entry.derived) find_bad_date(field, cell, date.has_value());
  return value;
}

void RowEvaluator::find_bad_date(const PlanField& field, std::string_view cell, bool is_date) {
  const DateRule& rule = *field.date;
  const bool rejects = rule.unmatched == Unmatched::Reject;
  const bool has_form = std::any_of(rule.patterns.begin(),
                                    rule.patterns.end(),
                                    [&](const DatePattern& one) { return one.has_form(cell); });
  std::string sentence = is_date ? "M-DATE.range" : has_form ? "M-DATE.no-day" : "M-DATE.form";
  if (!rejects) sentence += "-null";
  Params params{{"reason", {rule.reason}}};
  if (is_date) {
    params.push_back({"range", {range_of(rule)}});
  } else {
    params.push_back({"pattern", pattern_texts(rule)});
  }
  find(field, cell, "M-DATE", sentence, std::move(params), rejects);
}

void RowEvaluator::find(const PlanField& field,
                        std::string_view cell,
                        std::string_view rule,
                        std::string_view sentence,
                        Params params,
                        bool rejects) {
  Finding finding;
  finding.rule = rule;
  finding.severity = rejects ? Severity::Error : Severity::Warning;
  finding.layer = Layer::Conversion;
  finding.where = {row_->offset, row_->line, binding_->field_of_column[field.column] + 1};
  finding.record = row_number_;
  finding.message = sentence;
  finding.params = std::move(params);
  finding.params.push_back({"column", {field.entry.from}});
  if (!cell.empty()) finding.shape = shape_of(cell);
  rejected_ = rejected_ || rejects;
  findings_->push_back(std::move(finding));
}

void RowEvaluator::write(const CsvRecord& row, xml::Writer& writer) const {
  write_node(run_->plan.record(), row, writer);
}

bool RowEvaluator::has_kept_value(const CsvRecord& row) const {
  const auto& columns = run_->plan.columns();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].keep != nullptr && !is_blank(row.fields[binding_->field_of_column[i]])) {
      return true;
    }
  }
  return false;
}

// A branch of fields that are all left out is left out itself, unless the standard needs it.
bool RowEvaluator::is_written(const PlanNode& node, const CsvRecord& row) const {
  switch (node.kind) {
    case NodeKind::Const:
    case NodeKind::Absent:
      return true;
    case NodeKind::Field:
      return values_[node.field].state != ValueState::Omitted;
    case NodeKind::Extension:
      return has_kept_value(row);
    case NodeKind::Branch:
      break;
  }
  if (node.required) return true;
  bool has_fields = false;
  for (const PlanNode& child : node.children) {
    if (child.kind == NodeKind::Const || child.kind == NodeKind::Absent) continue;
    if (is_written(child, row)) return true;
    has_fields = true;
  }
  return !has_fields;
}

void RowEvaluator::write_node(const PlanNode& node,
                              const CsvRecord& row,
                              xml::Writer& writer) const {
  if (!is_written(node, row)) return;
  writer.start(node.name);
  const auto write_nil = [&](const std::string& reason) {
    writer.attribute("xsi:nil", "true");
    writer.attribute("nullReason", reason);
  };
  switch (node.kind) {
    case NodeKind::Branch:
      for (const auto& [name, value] : node.attributes)
        writer.attribute(name, value);
      for (const PlanNode& child : node.children)
        write_node(child, row, writer);
      break;
    case NodeKind::Const:
      writer.text(node.text);
      break;
    case NodeKind::Absent:
      write_nil(node.text);
      break;
    case NodeKind::Field: {
      const FieldValue& value = values_[node.field];
      if (value.state == ValueState::Nil) write_nil(value.text);
      if (!value.as_recorded.empty()) writer.attribute("asRecorded", value.as_recorded);
      if (value.state == ValueState::Text) writer.text(value.text);
      break;
    }
    case NodeKind::Extension:
      write_kept(row, writer);
      break;
  }
  writer.end();
}

void RowEvaluator::write_kept(const CsvRecord& row, xml::Writer& writer) const {
  const auto& columns = run_->plan.columns();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const KeepEntry* keep = columns[i].keep;
    if (keep == nullptr) continue;
    const std::string& cell = row.fields[binding_->field_of_column[i]];
    if (!is_blank(cell)) writer.element(keep->prefix + ':' + keep->local_name, cell);
  }
}

}  // namespace amparo::converter
