// SPDX-License-Identifier: Apache-2.0
#include "converter/convert.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "converter/messages.hpp"
#include "converter/row.hpp"
#include "converter/seen_keys.hpp"
#include "text/fold.hpp"
#include "text/similar.hpp"
#include "text/utf8.hpp"

namespace amparo::converter {

namespace {

constexpr std::size_t kFlushBytes = std::size_t{64} << 10U;

// Headers come out of spreadsheets with curly apostrophes and stray spaces; letters must agree.
constexpr text::Folding kHeaderFolding{.spaces = true, .apostrophes = true};

// For telling a header in other letters from no header, and nothing else: names must agree.
constexpr text::Folding kLooseFolding{
    .case_of_letters = true, .accents = true, .spaces = true, .apostrophes = true};

std::string loose(std::string_view name) {
  std::string folded = text::fold(name, kLooseFolding);
  folded.erase(std::remove(folded.begin(), folded.end(), ' '), folded.end());
  return folded;
}

// The bytes from `bad` on are the beginning of a character of UTF-8 and the record ends there
// without the end of a line: so does the file.
bool is_cut_off(std::string_view bytes, std::size_t bad) {
  const std::string_view rest = bytes.substr(bad);
  const auto lead = static_cast<unsigned char>(rest.front());
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  return lead >= 0xC2 && lead <= 0xF4 && rest.size() < length &&
         std::all_of(rest.begin() + 1, rest.end(), [](char c) {
           return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
         });
}

class Converter {
 public:
  Converter(Source& input, const ConvertRun& run, const ConvertSinks& sinks)
      : source_(&input),
        run_(&run),
        sinks_(&sinks),
        reader_(
            input, run.plan.mapping().delimiter, run.max_row_bytes, run.plan.mapping().language),
        evaluator_(run, binding_),
        batch_(output_) {}

  Result<Conversion> convert() {
    const auto header = reader_.next();
    if (!header) return Fail{header.error()};
    if (!*header) {
      return fail(ErrorCode::Unreadable,
                  source_->name() + ": " + error_text("csv-empty", mapping().language));
    }
    result_.has_byte_order_mark = reader_.has_byte_order_mark();
    if (!take_header(reader_.record())) return std::move(result_);
    result_.started = true;
    if (auto status = begin_batch(); !status) return Fail{status.error()};
    for (;;) {
      const auto more = reader_.next();
      if (!more) return Fail{more.error()};
      if (!*more) break;
      ++result_.rows;
      if (auto status = take_row(reader_.record()); !status) return Fail{status.error()};
    }
    result_.blank_lines = reader_.blank_lines();
    batch_.end();
    if (auto status = flush(0); !status) return Fail{status.error()};
    result_.columns = std::move(accounts_);
    return std::move(result_);
  }

 private:
  [[nodiscard]] const Mapping& mapping() const { return run_->plan.mapping(); }

  void find(const CsvRecord& row,
            std::uint64_t column,
            std::string_view rule,
            std::string_view sentence,
            Params params,
            Severity severity = Severity::Error) {
    Finding finding;
    finding.rule = rule;
    finding.severity = severity;
    finding.layer = Layer::Conversion;
    finding.where = {row.offset, row.line, column};
    finding.record = result_.rows;
    finding.message = sentence;
    finding.params = std::move(params);
    found_.push_back(std::move(finding));
  }

  void report_findings() {
    for (Finding& finding : found_)
      sinks_->findings.add(std::move(finding));
    found_.clear();
  }

  // --- the header -------------------------------------------------------------------------------

  bool take_header(const CsvRecord& header) {
    const bool is_good = check_header(header);
    report_findings();
    header_bytes_ = (result_.has_byte_order_mark ? "\xEF\xBB\xBF" : "") + header.bytes;
    field_count_ = header.fields.size();
    return is_good;
  }

  bool check_header(const CsvRecord& header) {
    if (text::first_invalid_utf8(header.bytes)) {
      find(header, 1, "M-ENC", "M-ENC.header", {});
      return false;
    }
    if (header.defect != CsvDefect::None) {
      find_defect(header);
      return false;
    }
    for (const std::string& field : header.fields)
      names_.push_back(text::fold(field, kHeaderFolding));
    if (!looks_like_header(header)) return false;
    std::map<std::string, std::size_t> field_of;  // by folded name
    bool is_good = true;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (names_[i].empty() || field_of.emplace(names_[i], i).second) continue;
      find(header, i + 1, "M-COLUMN", "M-COLUMN.double", {{"column", {names_[i]}}});
      is_good = false;
    }
    is_good = bind_columns(header, field_of) && is_good;
    return check_unknown(header) && is_good;
  }

  /// With fewer than half of the mapping's columns this is a row of data or another file: what
  /// stands in it may be about a child, and none of it is told. With more it is a header, and its
  /// words are names of columns.
  bool looks_like_header(const CsvRecord& header) {
    const std::string delimiter = other_delimiter(header);
    if (!delimiter.empty()) {
      find(header, 1, "M-COLUMN", "M-COLUMN.delimiter", {{"near", {delimiter}}});
      return false;
    }
    std::set<std::string> there;
    for (const std::string& name : names_)
      there.insert(loose(name));
    const auto& columns = run_->plan.columns();
    std::size_t found = 0;
    std::string expected;
    for (const PlanColumn& column : columns) {
      found += there.count(loose(column.name));
      expected += (expected.empty() ? "" : ", ") + column.name;
    }
    if (found * 2 >= columns.size()) return true;
    find(header,
         0,
         "M-COLUMN",
         "M-COLUMN.no-header",
         {{"mapping", {mapping().id}},
          {"found", {std::to_string(found)}},
          {"count", {std::to_string(columns.size())}},
          {"expected", {expected}}});
    return false;
  }

  bool bind_columns(const CsvRecord& header, const std::map<std::string, std::size_t>& field_of) {
    accounts_.resize(names_.size());
    for (std::size_t i = 0; i < names_.size(); ++i)
      accounts_[i].name = names_[i].empty() ? '#' + std::to_string(i + 1) : names_[i];
    uses_.assign(names_.size(), nullptr);
    bool is_good = true;
    for (const PlanColumn& column : run_->plan.columns()) {
      const auto found = field_of.find(text::fold(column.name, kHeaderFolding));
      if (found == field_of.end()) {
        find(header,
             0,
             "M-COLUMN",
             "M-COLUMN.missing",
             {{"column", {column.name}}, {"mapping", {mapping().id}}});
        missing_.push_back(column.name);
        is_good = false;
        continue;
      }
      binding_.field_of_column.push_back(found->second);
      uses_[found->second] = &column;
      accounts_[found->second].reason = column.reason;
    }
    return is_good;
  }

  /// The mapping's own name that a stranger in the header was meant to be, or empty.
  [[nodiscard]] std::string meant_by(const std::string& name) const {
    for (const std::string& column : missing_) {
      if (loose(column) == loose(name)) return column;
    }
    return text::nearest(name, missing_);
  }

  [[nodiscard]] bool is_known(const std::string& folded_name) const {
    const auto& columns = run_->plan.columns();
    return std::any_of(columns.begin(), columns.end(), [&](const PlanColumn& column) {
      return text::fold(column.name, kHeaderFolding) == folded_name;
    });
  }

  [[nodiscard]] std::string other_delimiter(const CsvRecord& header) const {
    if (header.fields.size() != 1 || run_->plan.columns().size() == 1) return {};
    for (const auto& [character, name] :
         {std::pair{';', "\";\""}, {'\t', "tab"}, {'|', "\"|\""}, {',', "\",\""}}) {
      if (header.fields.front().find(character) != std::string::npos) return name;
    }
    return {};
  }

  bool check_unknown(const CsvRecord& header) {
    bool is_good = true;
    for (std::size_t i = 0; i < uses_.size(); ++i) {
      if (names_[i].empty() || is_known(names_[i])) continue;
      Params params{{"column", {names_[i]}}, {"mapping", {mapping().id}}};
      const std::string near = meant_by(names_[i]);
      if (run_->allow_unknown_columns) {
        find(header, i + 1, "M-COLUMN", "M-COLUMN.left-out", params, Severity::Warning);
        accounts_[i].reason = "--allow-unknown-columns";
      } else if (near.empty()) {
        find(header, i + 1, "M-COLUMN", "M-COLUMN.unknown", params);
        is_good = false;
      } else {
        params = {
            {"number", {std::to_string(i + 1)}}, {"mapping", {mapping().id}}, {"near", {near}}};
        find(header, i + 1, "M-COLUMN", "M-COLUMN.unknown-near", std::move(params));
        is_good = false;
      }
    }
    return is_good;
  }

  // --- rows -------------------------------------------------------------------------------------

  Status take_row(const CsvRecord& row) {
    const bool is_readable = check_form(row);
    const bool is_good = is_readable && evaluate(row);
    if (!is_good) tell_rejected(found_);
    report_findings();
    if (is_readable) {
      account(row, is_good);
    } else {
      ++result_.unreadable;
    }
    if (!is_good) return reject(row);
    ++result_.cases;
    xml::Writer record(output_, 2, 1);
    evaluator_.write(row, record);
    if (auto status = record.status(); !status) return status;
    return flush(kFlushBytes);
  }

  bool check_form(const CsvRecord& row) {
    if (const auto bad = text::first_invalid_utf8(row.bytes)) {
      if (is_cut_off(row.bytes, *bad)) {
        find(row, column_of_bad_bytes(row), "M-ENC", "M-ENC.cut", {});
        return false;
      }
      find(row,
           column_of_bad_bytes(row),
           "M-ENC",
           "M-ENC.bytes",
           {{"offset", {std::to_string(row.offset + *bad)}}});
      return false;
    }
    if (row.defect != CsvDefect::None) {
      find_defect(row);
      return false;
    }
    if (row.fields.size() == field_count_) return true;
    const std::string_view sentence = row.fields.size() > field_count_ ? "M-DIALECT.more"
                                      : row.fields.size() == 1         ? "M-DIALECT.fewer-one"
                                                                       : "M-DIALECT.fewer";
    find(row,
         std::min(row.fields.size(), field_count_) + 1,
         "M-DIALECT",
         sentence,
         {{"fields", {std::to_string(row.fields.size())}},
          {"columns", {std::to_string(field_count_)}}});
    return false;
  }

  static std::uint64_t column_of_bad_bytes(const CsvRecord& row) {
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
      if (text::first_invalid_utf8(row.fields[i])) return i + 1;
    }
    return 1;
  }

  void find_defect(const CsvRecord& row) {
    find(row,
         row.defect_field,
         "M-DIALECT",
         row.defect == CsvDefect::OpenQuote ? "M-DIALECT.open-quote" : "M-DIALECT.text-after-quote",
         {{"fields", {std::to_string(row.defect_field)}}});
  }

  bool evaluate(const CsvRecord& row) {
    bool is_good = check_cells(row);
    is_good = evaluator_.evaluate(row, result_.rows, found_) && is_good;
    return check_key(row, is_good) && is_good;
  }

  bool check_cells(const CsvRecord& row) {
    bool is_good = true;
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
      const std::string& cell = row.fields[i];
      if (text::first_invalid_xml_character(cell)) {
        find(row, i + 1, "M-ENC", "M-ENC.control", {{"column", {names_[i]}}});
        is_good = false;
      }
      if (names_[i].empty() && !text::trim(cell).empty()) {
        find(row, i + 1, "M-COLUMN", "M-COLUMN.nameless", {});
        is_good = false;
      }
    }
    return is_good;
  }

  /// A key is taken by the first row that becomes a case; a rejected row does not block its own
  /// corrected version further down.
  bool check_key(const CsvRecord& row, bool is_good) {
    for (std::size_t i = 0; i < uses_.size(); ++i) {
      if (uses_[i] == nullptr || !uses_[i]->is_key) continue;
      const std::string_view key = text::trim(row.fields[i]);
      if (is_blank_cell(mapping(), key)) {
        find(row, i + 1, "M-KEY", "M-KEY.blank", {{"column", {names_[i]}}});
        return false;
      }
      if (!is_good) return true;
      if (const auto first = seen_.see(run_->key.mark(key), row.line)) {
        find(row,
             i + 1,
             "M-KEY",
             "M-KEY.repeat",
             {{"column", {names_[i]}}, {"first", {std::to_string(*first)}}});
        return false;
      }
    }
    return true;
  }

  Status reject(const CsvRecord& row) {
    if (result_.rejected++ == 0) {
      if (auto status = sinks_->rejects(header_bytes_); !status) return status;
    }
    if (auto status = sinks_->rejects(row.bytes); !status) return status;
    // The last line of a file may lack its end; another reject may come after it elsewhere.
    const char last = row.bytes.empty() ? '\n' : row.bytes.back();
    return last == '\n' || last == '\r' ? Status{Done{}} : sinks_->rejects("\n");
  }

  // --- the account ------------------------------------------------------------------------------

  void account(const CsvRecord& row, bool is_good) {
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
      ColumnAccount& account = accounts_[i];
      if (is_blank_cell(mapping(), row.fields[i])) {
        ++account.blank;
        continue;
      }
      ++account.non_empty;
      if (!is_good) {
        ++account.rejected;
      } else if (uses_[i] == nullptr || uses_[i]->use == ColumnUse::Dropped) {
        ++account.dropped;
      } else if (uses_[i]->use == ColumnUse::Kept) {
        ++account.kept;
      } else {
        account_mapped(account, *uses_[i]);
      }
    }
  }

  void account_mapped(ColumnAccount& account, const PlanColumn& column) {
    const auto& fields = run_->plan.fields();
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const PlanColumn& of_field = run_->plan.columns()[fields[i].column];
      if (&of_field != &column || fields[i].entry.derived) continue;
      const FieldValue& value = evaluator_.values()[i];
      ++(value.lost ? account.dropped : account.mapped);
      if (value.unknown) ++account.unknown;
      if (value.without_code) ++account.without_code;
      if (value.normalized) ++account.normalized;
    }
  }

  // --- the document -----------------------------------------------------------------------------

  Status begin_batch() {
    batch_.declaration();
    batch_.start("Batch");
    batch_.attribute("xmlns", run_->plan.outline().target_namespace());
    batch_.attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    std::map<std::string, std::string> prefixes;
    for (const KeepEntry& keep : mapping().keeps)
      prefixes.emplace(keep.prefix, keep.name_space);
    for (const auto& [prefix, name_space] : prefixes)
      batch_.attribute("xmlns:" + prefix, name_space);
    batch_.start("Header");
    for (const PlanNode& node : run_->plan.header().children) {
      batch_.element(node.name, node.name == "CreatedAt" ? run_->created_at : node.text);
    }
    batch_.end();
    return flush(kFlushBytes);
  }

  Status flush(std::size_t when_larger_than) {
    if (output_.size() <= when_larger_than) return Done{};
    auto status = sinks_->document(output_);
    output_.clear();
    return status;
  }

  Source* source_;             // the caller's
  const ConvertRun* run_;      // the caller's
  const ConvertSinks* sinks_;  // the caller's
  CsvReader reader_;
  ColumnBinding binding_;
  RowEvaluator evaluator_;
  std::string output_;
  xml::Writer batch_;
  SeenKeys seen_;
  std::vector<Finding> found_;
  std::vector<std::string> names_;       // by field of the file
  std::vector<std::string> missing_;     // columns of the mapping that the header lacks
  std::vector<const PlanColumn*> uses_;  // by field of the file; null: not in the mapping
  std::vector<ColumnAccount> accounts_;  // by field of the file
  std::string header_bytes_;
  std::size_t field_count_ = 0;
  Conversion result_;
};

}  // namespace

bool Conversion::adds_up() const {
  if (rows != cases + rejected) return false;
  return std::all_of(columns.begin(), columns.end(), [this](const ColumnAccount& column) {
    const auto cells = column.mapped + column.kept + column.dropped + column.rejected;
    return column.non_empty == cells && column.non_empty + column.blank == rows - unreadable;
  });
}

Result<Conversion> convert(Source& input, const ConvertRun& run, const ConvertSinks& sinks) {
  return Converter(input, run, sinks).convert();
}

}  // namespace amparo::converter
