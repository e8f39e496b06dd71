// SPDX-License-Identifier: Apache-2.0
#include "cli/convert_report.hpp"

#include <algorithm>
#include <array>
#include <ostream>

#include "cli/convert_files.hpp"
#include "report/json_text.hpp"
#include "report/printable.hpp"
#include "text/utf8.hpp"

namespace amparo::cli {
namespace {

// Of each rule on the screen; the reasons file has all of them.
constexpr std::uint64_t kPrintedOfEachRule = 20;

std::string sentence(const MessageBook& messages,
                     std::string_view key,
                     Language language,
                     const Params& params = {}) {
  return messages.sentence(key, params, language);
}

/// Digits in groups of three: a narrow space in French, a comma in English, a space in Spanish from
/// five digits on (the practice of the official styles).
std::string grouped(std::uint64_t number, Language language) {
  std::string digits = std::to_string(number);
  if (language == Language::Spanish && digits.size() < 5) return digits;
  const std::string_view separator = language == Language::English ? "," : "\u00A0";
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, separator);
  }
  return digits;
}

void pad_left(std::ostream& out, std::string_view text, std::size_t width) {
  const std::size_t length = text::count_code_points(text);
  for (std::size_t i = length; i < width; ++i)
    out << ' ';
  out << text;
}

void pad_right(std::ostream& out, std::string_view text, std::size_t width) {
  const std::size_t length = text::count_code_points(text);
  out << text;
  for (std::size_t i = length; i < width; ++i)
    out << ' ';
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string{text};
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

/// What was done, for programs: a value of a rejected row went with it.
std::string_view action_of(const Finding& finding) {
  if (finding.severity == Severity::Error || finding.message.ends_with("also")) return "rejected";
  if (finding.rule == "M-ORDER") return "kept";
  return finding.rule == "M-COLUMN" ? "left-out" : "null";
}

std::string value_of(const Params& params, std::string_view name) {
  for (const Param& param : params) {
    if (param.name == name && !param.values.empty()) return param.values.front();
  }
  return {};
}

/// " (length 7: Xxxxxxx)", or nothing.
std::string shape_text(const Finding& finding, const MessageBook& messages, Language language) {
  if (!finding.shape) return {};
  return sentence(
      messages,
      "convert-shape",
      language,
      {{"length", {std::to_string(finding.shape->length)}}, {"mask", {finding.shape->mask}}});
}

// --- the table of columns -----------------------------------------------------------------------

using Row = std::vector<std::string>;

Row header_row(const MessageBook& messages, Language language) {
  Row row;
  for (const std::string_view key : {"convert-column",
                                     "convert-non-empty",
                                     "convert-mapped",
                                     "convert-kept",
                                     "convert-dropped",
                                     "convert-rejected",
                                     "convert-unknown",
                                     "convert-without-code"}) {
    row.push_back(sentence(messages, key, language));
  }
  return row;
}

Row column_row(const converter::ColumnAccount& column, Language language) {
  Row row{report::printable(column.name)};
  for (const std::uint64_t count : {column.non_empty,
                                    column.mapped,
                                    column.kept,
                                    column.dropped,
                                    column.rejected,
                                    column.unknown,
                                    column.without_code}) {
    row.push_back(grouped(count, language));
  }
  return row;
}

void write_table(std::ostream& out, const std::vector<Row>& rows) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], text::count_code_points(row[i]));
  }
  for (const Row& row : rows) {
    pad_right(out, row.front(), widths.front());
    for (std::size_t i = 1; i < row.size(); ++i) {
      out << "  ";
      pad_left(out, row[i], widths[i]);
    }
    out << '\n';
  }
}

void write_column(report::JsonText& json, const converter::ColumnAccount& column) {
  json.begin_object();
  json.member("name", column.name);
  json.member("nonEmpty", column.non_empty);
  json.member("blank", column.blank);
  json.member("mapped", column.mapped);
  json.member("kept", column.kept);
  json.member("dropped", column.dropped);
  json.member("rejected", column.rejected);
  json.member("unknown", column.unknown);
  json.member("withoutCode", column.without_code);
  json.member("normalized", column.normalized);
  if (!column.reason.empty()) json.member("reason", column.reason);
  json.end_object();
}

void write_digested(report::JsonText& json, const DigestedFile& file) {
  json.begin_object();
  json.member("name", file.name);
  json.member("sha256", file.sha256);
  json.end_object();
}

std::uint64_t sum(const converter::Conversion& account,
                  std::uint64_t converter::ColumnAccount::*member) {
  std::uint64_t total = 0;
  for (const converter::ColumnAccount& column : account.columns)
    total += column.*member;
  return total;
}

}  // namespace

ConvertFindings::ConvertFindings(std::string reasons_file,
                                 const MessageBook& messages,
                                 Language language,
                                 Print print)
    : reasons_file_{std::move(reasons_file)},
      messages_{&messages},
      language_{language},
      print_{std::move(print)} {}

void ConvertFindings::add(Finding finding) {
  ++counts_[finding.rule];
  ++by_severity_.at(static_cast<std::size_t>(finding.severity));
  if (printed_[finding.rule]++ < kPrintedOfEachRule) print_(finding);
  if (status_ && !reasons_file_.empty()) status_ = write_reason(finding);
}

std::uint64_t ConvertFindings::count(Severity severity) const noexcept {
  return by_severity_.at(static_cast<std::size_t>(severity));
}

Status ConvertFindings::write_reason(const Finding& finding) {
  if (!reasons_) {
    auto file = OutputFile::create(reasons_file_);
    if (!file) return Fail{file.error()};
    reasons_.emplace(*std::move(file));
    if (auto status = reasons_->write(reasons_header()); !status) return status;
  }
  std::string line = std::to_string(finding.record) + ',' + std::to_string(finding.where.line) +
                     ',' + std::to_string(finding.where.column) + ',';
  line += csv_field(value_of(finding.params, "column")) + ',' + finding.rule + ',';
  line += std::string{action_of(finding)} + ',';
  if (finding.shape) line += std::to_string(finding.shape->length);
  line += ',';
  if (finding.shape) line += csv_field(finding.shape->mask);
  line += ',' + csv_field(messages_->sentence(finding.message, finding.params, language_)) + '\n';
  return reasons_->write(line);
}

void ConvertFindings::place_beside(const std::string& name) {
  if (reasons_) reasons_->place_beside(name);
}

Status ConvertFindings::commit() {
  if (!status_) return status_;
  if (!reasons_) return Done{};
  return reasons_->commit();
}

std::string finding_line(const std::string& file,
                         const Finding& finding,
                         const MessageBook& messages,
                         Language language) {
  std::string line = report::printable(file) + ':' + std::to_string(finding.where.line);
  if (finding.where.column > 0) line += ':' + std::to_string(finding.where.column);
  line += ": " + sentence(messages, "convert-" + std::string{name(finding.severity)}, language);
  line += report::printable(messages.sentence(finding.message, finding.params, language));
  line += shape_text(finding, messages, language);
  return line + " [" + finding.rule + ']';
}

void write_convert_report(std::ostream& out,
                          const ConvertFacts& facts,
                          const converter::Conversion& account,
                          const ConvertFindings& findings,
                          const MessageBook& messages,
                          Language language) {
  const auto say = [&](std::string_view key, const Params& params = {}) {
    out << report::printable(sentence(messages, key, language, params)) << '\n';
  };
  const auto number = [&](std::uint64_t value) {
    return std::vector<std::string>{grouped(value, language)};
  };
  for (const auto& [rule, count] : findings.counts()) {
    if (count <= kPrintedOfEachRule) continue;
    say(count == kPrintedOfEachRule + 1 ? "convert-more-one" : "convert-more",
        {{"rule", {rule}}, {"count", number(count - kPrintedOfEachRule)}});
  }
  if (!findings.counts().empty()) out << '\n';
  say("convert-mapping",
      {{"id", {facts.mapping_id}},
       {"version", {facts.mapping_version}},
       {"title", {facts.mapping_title}}});
  out << '\n';
  std::vector<Row> rows{header_row(messages, language)};
  for (const converter::ColumnAccount& column : account.columns)
    rows.push_back(column_row(column, language));
  write_table(out, rows);
  say("convert-sum");
  if (account.unreadable > 0) {
    say(account.unreadable == 1 ? "convert-unreadable-one" : "convert-unreadable",
        {{"count", number(account.unreadable)}});
  }
  out << '\n';
  say("convert-rows",
      {{"rows", number(account.rows)},
       {"cases", number(account.cases)},
       {"rejected", number(account.rejected)}});
  const std::uint64_t unknown = sum(account, &converter::ColumnAccount::unknown);
  if (unknown > 0) say("convert-unknown-values", {{"count", number(unknown)}});
  const bool has_files = !facts.dry_run;
  if (has_files && account.rejected > 0) {
    say("convert-rejects-file", {{"file", {facts.rejects_file}}});
  }
  if (has_files && findings.has_reasons()) {
    say("convert-reasons-file", {{"file", {facts.reasons_file}}});
  }
  if (facts.validated) say("convert-validated");
  if (facts.dry_run) {
    say("convert-dry-run");
  } else if (facts.wrote_output) {
    say("convert-done", {{"file", {facts.output}}});
    if (account.rejected > 0) {
      say("convert-correct", {{"rejects", {facts.rejects_file}}});
      out << "  " << report::printable(facts.next_command) << '\n';
    }
  } else {
    say("convert-nothing-written", {{"file", {facts.output}}});
  }
}

std::string convert_ledger_json(const ConvertFacts& facts,
                                const converter::Conversion& account,
                                const ConvertFindings& findings) {
  report::JsonText json;
  json.begin_object();
  json.member("ledger", "amparo-conversion-1");
  json.member("tool", "amparo " + facts.tool_version);
  json.key("mapping");
  json.begin_object();
  json.member("id", facts.mapping_id);
  json.member("version", facts.mapping_version);
  json.key("files");
  json.begin_array();
  for (const DigestedFile& file : facts.mapping_files)
    write_digested(json, file);
  json.end_array();
  json.end_object();
  json.key("input");
  write_digested(json, facts.input);
  json.member("idKeyFingerprint", facts.id_key_fingerprint);
  json.member("createdAt", facts.created_at);
  if (facts.wrote_output) json.member("output", facts.output);
  if (!facts.dry_run && account.rejected > 0) json.member("rejectsFile", facts.rejects_file);
  if (!facts.dry_run && findings.has_reasons()) json.member("reasonsFile", facts.reasons_file);
  json.member("rows", account.rows);
  json.member("cases", account.cases);
  json.member("rejected", account.rejected);
  json.member("unreadable", account.unreadable);
  json.member("blankLines", account.blank_lines);
  json.key("columns");
  json.begin_array();
  for (const converter::ColumnAccount& column : account.columns)
    write_column(json, column);
  json.end_array();
  json.key("findings");
  json.begin_object();
  for (const auto& [rule, count] : findings.counts())
    json.member(rule, count);
  json.end_object();
  json.member("addsUp", account.adds_up());
  json.end_object();
  return json.take() + '\n';
}

}  // namespace amparo::cli
