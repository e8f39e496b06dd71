// SPDX-License-Identifier: Apache-2.0
#include "report/json.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "report/json_text.hpp"
#include "report/totals.hpp"

namespace amparo::report {
namespace {

// Additions within a major version; consumers skip members they do not know.
constexpr std::string_view kReportVersion = "1.0";

std::string_view error_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::NotFound:
      return "not-found";
    case ErrorCode::Unreadable:
      return "unreadable";
    case ErrorCode::Unwritable:
      return "unwritable";
    case ErrorCode::TooLarge:
      return "too-large";
    case ErrorCode::Malformed:
      return "malformed";
    case ErrorCode::Unsupported:
      return "unsupported";
    case ErrorCode::BadKey:
      return "bad-key";
    case ErrorCode::Interrupted:
      return "interrupted";
  }
  return "unreadable";
}

// Where the specification itself explains one of its validation rules; empty for all others.
std::string help_page(std::string_view rule) {
  if (rule.substr(0, 4) != "cvc-") return {};
  const auto anchor = rule.substr(0, rule.find('.'));
  constexpr std::string_view kDatatypes = "-valid";
  const bool is_part_two = anchor.size() > kDatatypes.size() &&
                           anchor.substr(anchor.size() - kDatatypes.size()) == kDatatypes;
  return (is_part_two ? "https://www.w3.org/TR/xmlschema-2/#"
                      : "https://www.w3.org/TR/xmlschema-1/#") +
         std::string{anchor};
}

class JsonWriter final : public ReportWriter {
 public:
  JsonWriter(const MessageBook& book, WriterOptions options, ByteSink sink)
      : book_{&book}, options_{std::move(options)}, sink_{std::move(sink)} {}

  Status add(const Report& report) override {
    begin();
    totals_.add(report);
    json_.begin_object();
    json_.member("document", report.document);
    json_.member("verdict", name(report.verdict()));
    json_.member("revealed", report.revealed);
    write_bundle(report.bundle);
    if (!report.as_of.empty()) json_.member("asOf", report.as_of);
    json_.member("bytes", report.bytes);
    json_.member("records", report.records);
    write_counts(report.counts);
    write_rules(report);
    write_ledger(report.ledger);
    json_.key("findings");
    json_.begin_array();
    for (const Finding& finding : report.findings)
      write_finding(finding);
    json_.end_array();
    json_.end_object();
    return sink_(json_.take());
  }

  Status add_unread(const std::string& document, const Error& error) override {
    begin();
    totals_.add_unread();
    json_.begin_object();
    json_.member("document", document);
    json_.key("unread");
    json_.begin_object();
    json_.member("code", error_name(error.code));
    json_.member("message", error.message);
    json_.end_object();
    json_.end_object();
    return sink_(json_.take());
  }

  Status finish() override {
    begin();
    json_.end_array();
    json_.key("summary");
    json_.begin_object();
    json_.member("verdict", name(totals_.verdict()));
    json_.member("revealed", totals_.revealed);
    json_.member("inputs", totals_.inputs);
    json_.member("valid", totals_.of(Verdict::Valid));
    json_.member("validWithWarnings", totals_.of(Verdict::ValidWithWarnings));
    json_.member("invalid", totals_.of(Verdict::Invalid));
    json_.member("indeterminate", totals_.of(Verdict::Indeterminate));
    json_.member("unread", totals_.unread);
    json_.member("bytes", totals_.bytes);
    json_.member("records", totals_.records);
    write_counts(totals_.counts);
    json_.end_object();
    json_.end_object();
    return sink_(json_.take());
  }

 private:
  void begin() {
    if (std::exchange(has_begun_, true)) return;
    json_.begin_object();
    json_.member("reportVersion", kReportVersion);
    json_.key("tool");
    json_.begin_object();
    json_.member("name", "amparo");
    json_.member("version", options_.tool_version);
    json_.end_object();
    json_.key("inputs");
    json_.begin_array();
  }

  void write_bundle(const BundleName& bundle) {
    json_.key("bundle");
    json_.begin_object();
    json_.member("id", bundle.id);
    if (!bundle.version.empty()) json_.member("version", bundle.version);
    if (!bundle.digest.empty()) json_.member("digest", bundle.digest);
    json_.end_object();
  }

  void write_counts(const std::array<std::uint64_t, kSeverityCount>& counts) {
    json_.key("counts");
    json_.begin_object();
    for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Info}) {
      json_.member(name(severity), counts.at(static_cast<std::size_t>(severity)));
    }
    json_.end_object();
  }

  void write_rules(const Report& report) {
    json_.key("rules");
    json_.begin_array();
    for (const auto& [rule, count] : report.rules) {
      json_.begin_object();
      json_.member("id", rule);
      json_.member("layer", name(count.layer));
      json_.member("found", count.found);
      json_.member("kept", count.kept);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_ledger(const Ledger& ledger) {
    json_.key("ledger");
    json_.begin_array();
    for (const LedgerEntry& entry : ledger.entries()) {
      json_.begin_object();
      json_.member("id", entry.id);
      json_.member("layer", name(entry.layer));
      json_.member("state", name(entry.state));
      json_.member("checked", entry.checked);
      json_.member("found", entry.found);
      if (!entry.reason.empty()) {
        json_.key("reason");
        write_message(entry.reason, entry.params);
      }
      json_.end_object();
    }
    json_.end_array();
  }

  void write_finding(const Finding& finding) {
    json_.begin_object();
    json_.member("rule", finding.rule);
    json_.member("severity", name(finding.severity));
    json_.member("layer", name(finding.layer));
    if (finding.where.line > 0) write_place(finding.where);
    if (finding.record > 0) json_.member("record", finding.record);
    if (!finding.xpath.empty()) json_.member("xpath", finding.xpath);
    json_.key("message");
    write_message(finding.message, finding.params);
    if (finding.shape) {
      json_.key("shape");
      json_.begin_object();
      json_.member("length", finding.shape->length);
      json_.member("mask", finding.shape->mask);
      json_.end_object();
    }
    if (finding.excerpt) write_excerpt(*finding.excerpt);
    if (!finding.notes.empty()) write_notes(finding);
    const auto help = help_page(finding.rule);
    if (!help.empty()) json_.member("help", help);
    json_.member("fingerprint", fingerprint(finding));
    json_.end_object();
  }

  void write_excerpt(const Excerpt& excerpt) {
    json_.key("excerpt");
    json_.begin_object();
    json_.member("text", excerpt.text);
    json_.member("firstColumn", excerpt.first_column);
    json_.member("caretLength", excerpt.caret_length);
    json_.end_object();
  }

  void write_notes(const Finding& finding) {
    json_.key("notes");
    json_.begin_array();
    for (const Note& note : finding.notes) {
      json_.begin_object();
      json_.key("message");
      write_message(note.message, note.params);
      if (note.where && note.where->line > 0) write_place(*note.where);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_place(const Place& place) {
    json_.key("where");
    json_.begin_object();
    json_.member("line", place.line);
    json_.member("column", place.column);
    json_.member("offset", place.offset);
    json_.end_object();
  }

  void write_message(const std::string& key, const Params& params) {
    json_.begin_object();
    json_.member("key", key);
    if (!params.empty()) {
      json_.key("params");
      json_.begin_object();
      for (const Param& param : params) {
        json_.key(param.name);
        json_.begin_array();
        for (const std::string& value : param.values)
          json_.value(std::string_view{value});
        json_.end_array();
      }
      json_.end_object();
    }
    json_.key("text");
    json_.begin_object();
    for (const Language language : kLanguages)
      json_.member(tag(language), book_->sentence(key, params, language));
    json_.end_object();
    json_.end_object();
  }

  const MessageBook* book_;  ///< the caller's; outlives the writer
  WriterOptions options_;
  ByteSink sink_;
  JsonText json_{};
  Totals totals_{};
  bool has_begun_ = false;
};

}  // namespace

std::unique_ptr<ReportWriter> make_json_writer(const MessageBook& book,
                                               WriterOptions options,
                                               ByteSink sink) {
  return std::make_unique<JsonWriter>(book, std::move(options), std::move(sink));
}

}  // namespace amparo::report
