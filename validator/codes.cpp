// SPDX-License-Identifier: Apache-2.0
#include "validator/codes.hpp"

#include <algorithm>
#include <vector>

#include "text/utf8.hpp"
#include "validator/xsd/element_stream.hpp"

namespace amparo {
namespace {

constexpr std::string_view kFullForm = "Value";

// <list id="CL-..." file="....gc" xsdType="..."/>
class CatalogReader final : public xsd::ElementHandler {
 public:
  struct Entry {
    std::string id, file, type, version;
  };

  void on_start(std::string_view element, const xsd::ElementAttributes& attributes) override {
    if (element != "list") return;
    const auto get = [&](std::string_view name) {
      const auto found = attributes.find(name);
      return found == attributes.end() ? std::string{} : found->second;
    };
    entries.push_back({get("id"), get("file"), get("xsdType"), get("version")});
  }
  void on_end(std::string_view /*element*/, std::string_view /*text*/) override {}

  std::vector<Entry> entries{};
};

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!(text = text::trim(text)).empty()) {
    const auto end = std::min(text.find_first_of(" \t\r\n"), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

// OASIS genericode 1.0, as much of it as a simple list needs: identification and rows.
class GenericodeReader final : public xsd::ElementHandler {
 public:
  explicit GenericodeReader(CodeList& list) : list_{&list} {}

  void on_start(std::string_view element, const xsd::ElementAttributes& attributes) override {
    if (element == "Identification") in_identification_ = true;
    if (element == "Row") row_ = Code{}, code_.clear();
    if (element == "Value") {
      const auto column = attributes.find("ColumnRef");
      column_ = column == attributes.end() ? std::string{} : column->second;
    }
  }

  void on_end(std::string_view element, std::string_view text) override {
    if (element == "Identification") in_identification_ = false;
    if (in_identification_ && element == "ShortName" && list_->id.empty()) list_->id = text;
    if (in_identification_ && element == "Version") list_->version = text;
    if (element == "coverage") list_->coverage = words_of(text);
    if (element == "SimpleValue") set(text);
    if (element != "Row" || code_.empty()) return;
    if (!list_->codes.emplace(code_, row_).second && twice_.empty()) twice_ = code_;
  }

  [[nodiscard]] const std::string& twice() const noexcept { return twice_; }

 private:
  void set(std::string_view value) {
    if (column_ == "code") code_ = value;
    if (column_ == "valid-from") row_.valid_from = value;
    if (column_ == "valid-to") row_.valid_to = value;
    if (column_ == "replaced-by") row_.replaced_by = value;
    if (column_ == "status") row_.status = value;
  }

  CodeList* list_;
  bool in_identification_ = false;
  std::string column_{};
  std::string code_{};
  std::string twice_{};
  Code row_{};
};

// A list may hold the codes of some countries alone: of the others only the form is checked.
bool is_beyond(const CodeList& list, std::string_view code) {
  if (list.coverage.empty()) return false;
  const auto country = code.substr(0, code.find('-'));
  return std::find(list.coverage.begin(), list.coverage.end(), country) == list.coverage.end();
}

std::string holder_of(const xsd::Value& value) {
  auto holder = "<" + std::string{value.element};
  if (!value.attribute.empty()) holder += " " + std::string{value.attribute} + "=\"...\"";
  return holder + ">";
}

Finding finding_about(const xsd::Value& value, const CodeList& list, std::string_view rule) {
  Finding finding{.rule = std::string{rule},
                  .layer = Layer::Codes,
                  .where = value.where,
                  .message = std::string{rule},
                  .params = {{"holder", {holder_of(value)}}, {"list", {list.id}}},
                  .shape = shape_of(value.text)};
  if (!value.attribute.empty()) finding.xpath = "/@" + std::string{value.attribute};
  return finding;
}

}  // namespace

Result<CodeLists> CodeLists::load(const std::filesystem::path& catalog) {
  CatalogReader reader;
  const auto read = xsd::stream_elements(catalog, reader);
  if (!read) return Fail{read.error()};
  CodeLists lists;
  for (const auto& entry : reader.entries) {
    const auto file = catalog.parent_path() / entry.file;
    CodeList list;
    GenericodeReader rows{list};
    const auto streamed = xsd::stream_elements(file, rows);
    if (!streamed) return Fail{streamed.error()};
    if (list.id != entry.id) {
      return fail(ErrorCode::Malformed,
                  file.string() + ": is list " + list.id + "; the catalog says " + entry.id);
    }
    // A registry or a national catalogue stands for such a list: the schema checks the form alone.
    if (list.codes.empty()) continue;
    if (!rows.twice().empty()) {
      return fail(ErrorCode::Malformed, file.string() + ": has code " + rows.twice() + " twice");
    }
    const auto [place, is_new] = lists.lists_.emplace(entry.id, std::move(list));
    if (!is_new)
      return fail(ErrorCode::Malformed, catalog.string() + ": names " + entry.id + " twice");
    if (!entry.type.empty()) lists.types_.emplace(entry.type, &place->second);
  }
  return lists;
}

const CodeList* CodeLists::find(std::string_view id) const {
  const auto found = lists_.find(id);
  return found == lists_.end() ? nullptr : &found->second;
}

const CodeList* CodeLists::of_type(std::string_view xsd_type) const {
  auto found = types_.find(xsd_type);
  if (found == types_.end() && xsd_type.size() > kFullForm.size() &&
      xsd_type.substr(xsd_type.size() - kFullForm.size()) == kFullForm) {
    found = types_.find(xsd_type.substr(0, xsd_type.size() - kFullForm.size()));
  }
  return found == types_.end() ? nullptr : found->second;
}

bool CodeChecker::wants(std::string_view type) const {
  return lists_->of_type(type) != nullptr;
}

void CodeChecker::on_value(const xsd::Value& value, FindingSink& findings) {
  const CodeList* list = lists_->of_type(value.type);
  const auto text = text::trim(value.text);
  if (list == nullptr || text.empty()) return;
  ++checked_;
  const auto code = list->codes.find(std::string{text});
  if (code == list->codes.end()) {
    if (is_beyond(*list, text)) return;
    auto finding = finding_about(value, *list, "C-MEMBER");
    finding.params.push_back({"version", {list->version}});
    findings.add(std::move(finding));
    return;
  }
  check_validity(value, *list, code->second, findings);
  if (!value.list_version.empty() && value.list_version != list->version) {
    auto finding = finding_about(value, *list, "C-VERSION");
    finding.severity = Severity::Warning;
    finding.params.push_back({"version", {list->version}});
    findings.add(std::move(finding));
  }
}

// Dates compare as text: all are written YYYY-MM-DD.
void CodeChecker::check_validity(const xsd::Value& value,
                                 const CodeList& list,
                                 const Code& code,
                                 FindingSink& findings) const {
  const auto tell = [&](std::string_view rule, Severity severity, const std::string& day) {
    auto finding = finding_about(value, list, rule);
    finding.severity = severity;
    finding.params.push_back({"date", {day}});
    if (!code.replaced_by.empty()) {
      finding.notes.push_back({"note-replaced-by", {{"code", {code.replaced_by}}}});
    }
    findings.add(std::move(finding));
  };
  if (!as_of_.empty() && !code.valid_from.empty() && as_of_ < code.valid_from) {
    return tell("C-NOT-YET", Severity::Error, code.valid_from);
  }
  if (!as_of_.empty() && !code.valid_to.empty() && as_of_ > code.valid_to) {
    return tell("C-EXPIRED", Severity::Error, code.valid_to);
  }
  if (code.status == "retired") return tell("C-RETIRED", Severity::Error, code.valid_to);
  if (code.status == "deprecated") return tell("C-DEPRECATED", Severity::Warning, code.valid_to);
}

void CodeChecker::on_nil(const xsd::NilElement& element, FindingSink& findings) {
  ++checked_;
  if (element.is_nil == element.has_reason) return;
  const auto* rule = element.is_nil ? "C-NIL-REASON" : "C-REASON-NOT-NIL";
  findings.add({.rule = rule,
                .layer = Layer::Codes,
                .where = element.where,
                .message = rule,
                .params = {{"element", {"<" + std::string{element.element} + ">"}}}});
}

}  // namespace amparo
