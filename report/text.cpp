// SPDX-License-Identifier: Apache-2.0
#include "report/text.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "report/labels.hpp"
#include "report/printable.hpp"
#include "report/totals.hpp"
#include "text/utf8.hpp"

namespace amparo::report {
namespace {

// ECMA-48 select graphic rendition.
constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kRed = "\x1b[1;31m";
constexpr std::string_view kGreen = "\x1b[1;32m";
constexpr std::string_view kYellow = "\x1b[1;33m";
constexpr std::string_view kCyan = "\x1b[36m";
constexpr std::string_view kPlain = "\x1b[0m";

std::string_view color_of(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return kRed;
    case Severity::Warning:
      return kYellow;
    case Severity::Info:
      return kCyan;
  }
  return kPlain;
}

std::string_view color_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Valid:
      return kGreen;
    case Verdict::ValidWithWarnings:
    case Verdict::Indeterminate:
      return kYellow;
    case Verdict::Invalid:
      return kRed;
  }
  return kPlain;
}

std::string_view color_of(LedgerState state) {
  switch (state) {
    case LedgerState::Passed:
      return kGreen;
    case LedgerState::Failed:
    case LedgerState::Errored:
      return kRed;
    case LedgerState::NotDecidable:
    case LedgerState::SwitchedOff:
    case LedgerState::NotInThisVersion:
      return kYellow;
    case LedgerState::NotApplicable:
      return kPlain;
  }
  return kPlain;
}

// What a layer counts as looked at.
std::string_view unit_of(const LedgerEntry& entry) {
  if (entry.id != name(entry.layer)) return "checked";
  switch (entry.layer) {
    case Layer::Gate:
      return "bytes";
    case Layer::WellFormed:
    case Layer::Grammar:
      return "elements";
    case Layer::Codes:
      return "coded";
    case Layer::Rules:
    case Layer::References:
    case Layer::Signature:
    case Layer::Conversion:
      return "checked";
  }
  return "checked";
}

std::string padded(std::string text, std::size_t width) {
  const auto length = text::count_code_points(text);
  if (length < width) text.append(width - length, ' ');
  return text;
}

std::string name_of(const BundleName& bundle) {
  std::string shown = bundle.id;
  if (!bundle.version.empty()) shown += " " + bundle.version;
  if (!bundle.digest.empty()) shown += ", " + bundle.digest;
  return printable(shown);
}

class TextWriter final : public ReportWriter {
 public:
  TextWriter(const MessageBook& book, WriterOptions options, ByteSink sink)
      : book_{&book}, options_{std::move(options)}, sink_{std::move(sink)} {}

  Status add(const Report& report) override {
    if (report.revealed && !totals_.revealed) {
      out_ += painted(kRed, label("revealed", language())) + "\n\n";
    }
    for (const Finding& finding : report.findings)
      write_finding(report, finding);
    write_caps(report);
    if (options_.detail == Detail::All) write_verdict(report);
    totals_.add(report);
    remember(report);
    return flush();
  }

  Status add_unread(const std::string& document, const Error& /*error*/) override {
    totals_.add_unread();
    if (options_.detail == Detail::All) {
      const auto verdict = painted(kRed, label("unread", language()));
      out_ += label("verdict-unread",
                    language(),
                    {{"document", {printable(document)}}, {"verdict", {verdict}}});
      out_ += '\n';
    }
    return flush();
  }

  Status finish() override {
    if (options_.detail == Detail::FindingsOnly) return flush();
    if (totals_.inputs > 1) write_totals();
    write_ledger();
    for (const std::string& line : held_against_)
      out_ += line + '\n';
    if (totals_.revealed) out_ += painted(kRed, label("revealed", language())) + '\n';
    return flush();
  }

 private:
  [[nodiscard]] Language language() const noexcept { return options_.language; }

  [[nodiscard]] std::string painted(std::string_view color, std::string text) const {
    if (!options_.color) return text;
    return std::string{color} + std::move(text) + std::string{kPlain};
  }

  [[nodiscard]] std::string sentence(std::string_view key, const Params& params) const {
    return printable(book_->sentence(key, params, language()));
  }

  static std::string position(const std::string& document, const Place& where) {
    std::string text = printable(document);
    if (where.line > 0) {
      text += ':' + std::to_string(where.line) + ':' + std::to_string(where.column);
    }
    return text + ": ";
  }

  void write_finding(const Report& report, const Finding& finding) {
    out_ += painted(kBold, position(report.document, finding.where));
    out_ += painted(color_of(finding.severity), label(finding.severity, language()));
    out_ += sentence(finding.message, finding.params) + " [" + printable(finding.rule) + "]\n";
    if (finding.excerpt) write_excerpt(finding.where, *finding.excerpt);
    write_context(finding);
    for (const Note& note : finding.notes) {
      if (note.where) out_ += painted(kBold, position(report.document, *note.where));
      if (!note.where) out_ += "  ";
      out_ += painted(kCyan, label("note", language())) + sentence(note.message, note.params);
      out_ += '\n';
    }
  }

  void write_excerpt(const Place& where, const Excerpt& excerpt) {
    const auto text = printable_in_place(excerpt.text);
    const std::string number = std::to_string(where.line);
    out_ += ' ' + number + " | " + text + '\n';
    if (where.column < excerpt.first_column) return;
    const auto before = where.column - excerpt.first_column;
    const auto length = text::count_code_points(text);
    if (before > length) return;
    const auto left = std::max<std::uint64_t>(length - before, 1);
    const auto carets = std::clamp<std::uint64_t>(excerpt.caret_length, 1, left);
    out_ += ' ' + std::string(number.size(), ' ') + " | " + std::string(before, ' ');
    out_ += painted(kGreen, '^' + std::string(carets - 1, '~')) + '\n';
  }

  void write_context(const Finding& finding) {
    if (!finding.xpath.empty()) {
      out_ += "  " + label(finding.record > 0 ? "at-record" : "at",
                           language(),
                           {{"path", {printable(finding.xpath)}},
                            {"record", {std::to_string(finding.record)}}});
      out_ += '\n';
    }
    // The excerpt shows the shape already.
    if (!finding.shape || finding.excerpt) return;
    const auto& shape = *finding.shape;
    const auto* const key = shape.length == 0   ? "shape-empty"
                            : shape.length == 1 ? "shape.one"
                                                : "shape.many";
    out_ +=
        "  " + label(key,
                     language(),
                     {{"n", {std::to_string(shape.length)}}, {"mask", {printable(shape.mask)}}});
    out_ += '\n';
  }

  void write_caps(const Report& report) {
    for (const auto& [rule, count] : report.rules) {
      if (count.kept == count.found) continue;
      out_ += position(report.document, {}) + label("capped",
                                                    language(),
                                                    {{"rule", {printable(rule)}},
                                                     {"kept", {std::to_string(count.kept)}},
                                                     {"found", {std::to_string(count.found)}}});
      out_ += '\n';
    }
  }

  [[nodiscard]] std::string counts(std::uint64_t records,
                                   const std::array<std::uint64_t, kSeverityCount>& by) const {
    auto text = counted("records", records, language());
    text += ", " + counted("errors", by[0], language());
    text += ", " + counted("warnings", by[1], language());
    if (by[2] > 0) text += ", " + counted("infos", by[2], language());
    return text;
  }

  void write_verdict(const Report& report) {
    const auto verdict = report.verdict();
    out_ += label("verdict",
                  language(),
                  {{"document", {printable(report.document)}},
                   {"verdict", {painted(color_of(verdict), label(verdict, language()))}}});
    out_ += counts(report.records, report.counts) + '\n';
  }

  void write_totals() {
    out_ +=
        label("total", language(), {{"inputs", {counted("inputs", totals_.inputs, language())}}});
    for (const Verdict verdict :
         {Verdict::Valid, Verdict::ValidWithWarnings, Verdict::Invalid, Verdict::Indeterminate}) {
      if (totals_.of(verdict) == 0) continue;
      out_ += std::to_string(totals_.of(verdict)) + ' ' + label(verdict, language()) + ", ";
    }
    if (totals_.unread > 0) {
      out_ += std::to_string(totals_.unread) + ' ' + label("unread", language()) + ", ";
    }
    out_ += counts(totals_.records, totals_.counts) + '\n';
  }

  void write_ledger() {
    const auto& entries = totals_.ledger.entries();
    if (entries.empty()) return;
    out_ += label("ledger", language()) + '\n';
    std::size_t name_width = 0;
    std::size_t state_width = 0;
    for (const LedgerEntry& entry : entries) {
      name_width = std::max(name_width, text::count_code_points(entry_name(entry)));
      state_width = std::max(state_width, text::count_code_points(label(entry.state, language())));
    }
    for (const LedgerEntry& entry : entries) {
      const auto details = entry_details(entry);
      const auto state = label(entry.state, language());
      out_ += "  " + padded(entry_name(entry), name_width) + "  ";
      const auto width = details.empty() ? std::size_t{0} : state_width;
      out_ += painted(color_of(entry.state), padded(state, width));
      if (!details.empty()) out_ += "  " + details;
      out_ += '\n';
    }
  }

  [[nodiscard]] std::string entry_name(const LedgerEntry& entry) const {
    return entry.id == name(entry.layer) ? label(entry.layer, language()) : printable(entry.id);
  }

  [[nodiscard]] std::string entry_details(const LedgerEntry& entry) const {
    std::vector<std::string> parts;
    if (entry.checked > 0) parts.push_back(counted(unit_of(entry), entry.checked, language()));
    if (entry.found > 0) parts.push_back(counted("findings", entry.found, language()));
    if (!entry.reason.empty()) parts.push_back(sentence(entry.reason, entry.params));
    std::string text;
    for (const std::string& part : parts)
      text += (text.empty() ? "" : ", ") + part;
    return text;
  }

  void remember(const Report& report) {
    add_line(label("held-against", language(), {{"bundle", {name_of(report.bundle)}}}));
    if (!report.as_of.empty()) {
      add_line(label("as-of", language(), {{"date", {printable(report.as_of)}}}));
    }
  }

  void add_line(std::string line) {
    const auto same = std::find(held_against_.begin(), held_against_.end(), line);
    if (same == held_against_.end()) held_against_.push_back(std::move(line));
  }

  Status flush() {
    if (out_.empty()) return Done{};
    return sink_(std::exchange(out_, {}));
  }

  const MessageBook* book_;  ///< the caller's; outlives the writer
  WriterOptions options_;
  ByteSink sink_;
  std::string out_{};
  Totals totals_{};
  std::vector<std::string> held_against_{};
};

}  // namespace

std::unique_ptr<ReportWriter> make_text_writer(const MessageBook& book,
                                               WriterOptions options,
                                               ByteSink sink) {
  return std::make_unique<TextWriter>(book, std::move(options), std::move(sink));
}

}  // namespace amparo::report
