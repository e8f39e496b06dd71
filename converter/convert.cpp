// SPDX-License-Identifier: Apache-2.0
#include "converter/convert.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "converter/row.hpp"
#include "text/fold.hpp"
#include "text/similar.hpp"
#include "text/utf8.hpp"

namespace amparo::converter {

namespace {

constexpr std::size_t kFlushBytes = std::size_t{64} << 10U;

// Headers come out of spreadsheets with curly apostrophes and stray spaces; letters must agree.
constexpr text::Folding kHeaderFolding{.spaces = true, .apostrophes = true};

/// Which keys have been seen, and where. 16 bytes of a keyed digest stand for a key: the keys
/// themselves are not held, and two of five million meet with a chance of 1 in 10^25.
class SeenKeys {
 public:
  /// The line where this key was first seen, or nothing when it is new.
  std::optional<std::uint64_t> see(const KeyMark& mark, std::uint64_t line) {
    const auto [entry, is_new] = lines_.emplace(mark, line);
    if (is_new) return std::nullopt;
    return entry->second;
  }

 private:
  struct Hash {
    std::size_t operator()(const KeyMark& mark) const noexcept { return mark.front(); }
  };
  std::unordered_map<KeyMark, std::uint64_t, Hash> lines_;
};

class Converter {
 public:
  Converter(Source& input, const ConvertRun& run, const ConvertSinks& sinks)
      : source_(&input),
        run_(&run),
        sinks_(&sinks),
        reader_(input, run.plan.mapping().delimiter, run.max_row_bytes),
        evaluator_(run, binding_),
        batch_(output_) {}

  Result<Conversion> convert() {
    const auto header = reader_.next();
    if (!header) return Fail{header.error()};
    if (!*header) {
      return fail(ErrorCode::Unreadable, source_->name() + ": is empty; a header row was expected");
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
    std::map<std::string, std::size_t> field_of;  // by folded name
    bool is_good = true;
    for (std::size_t i = 0; i < header.fields.size(); ++i) {
      const std::string name = text::fold(header.fields[i], kHeaderFolding);
      names_.push_back(name);
      if (name.empty()) continue;
      if (field_of.emplace(name, i).second) continue;
      find(header, i + 1, "M-COLUMN", "M-COLUMN.double", {{"column", {name}}});
      is_good = false;
    }
    is_good = bind_columns(header, field_of) && is_good;
    return check_unknown(header) && is_good;
  }

  bool bind_columns(const CsvRecord& header, const std::map<std::string, std::size_t>& field_of) {
    const std::string delimiter = other_delimiter(header);
    if (!delimiter.empty()) {
      find(header, 1, "M-COLUMN", "M-COLUMN.delimiter", {{"near", {delimiter}}});
      return false;
    }
    accounts_.resize(names_.size());
    for (std::size_t i = 0; i < names_.size(); ++i)
      accounts_[i].name = names_[i].empty() ? '#' + std::to_string(i + 1) : names_[i];
    uses_.assign(names_.size(), nullptr);
    bool is_good = true;
    for (const PlanColumn& column : run_->plan.columns()) {
      const auto found = field_of.find(text::fold(column.name, kHeaderFolding));
      if (found == field_of.end()) {
        find_missing(header, column);
        is_good = false;
        continue;
      }
      binding_.field_of_column.push_back(found->second);
      uses_[found->second] = &column;
      accounts_[found->second].reason = column.reason;
    }
    return is_good;
  }

  // The nearest name in the file that the mapping does not know either: a header that was changed.
  void find_missing(const CsvRecord& header, const PlanColumn& column) {
    std::vector<std::string> strangers;
    for (const std::string& name : names_) {
      if (!is_known(name)) strangers.push_back(name);
    }
    const std::string near = text::nearest(column.name, strangers);
    Params params{{"column", {column.name}}, {"mapping", {mapping().id}}};
    if (!near.empty()) params.push_back({"near", {near}});
    find(header,
         0,
         "M-COLUMN",
         near.empty() ? "M-COLUMN.missing" : "M-COLUMN.missing-near",
         std::move(params));
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
      const Params params{{"column", {names_[i]}}, {"mapping", {mapping().id}}};
      if (run_->allow_unknown_columns) {
        find(header, i + 1, "M-COLUMN", "M-COLUMN.left-out", params, Severity::Warning);
        accounts_[i].reason = "--allow-unknown-columns";
      } else {
        find(header, i + 1, "M-COLUMN", "M-COLUMN.unknown", params);
        is_good = false;
      }
    }
    return is_good;
  }

  // --- rows -------------------------------------------------------------------------------------

  Status take_row(const CsvRecord& row) {
    const bool is_readable = check_form(row);
    const bool is_good = is_readable && evaluate(row);
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
    const bool has_more = row.fields.size() > field_count_;
    find(row,
         std::min(row.fields.size(), field_count_) + 1,
         "M-DIALECT",
         has_more ? "M-DIALECT.more" : "M-DIALECT.fewer",
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
