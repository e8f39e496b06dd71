// SPDX-License-Identifier: Apache-2.0
#include "validator/codes.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
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

// A list as it is read, before it becomes part of the block.
struct Draft {
  using Row = std::array<std::string, 5>;  // in the order of Code
  std::string id{}, version{}, type{};
  std::vector<std::string> coverage{};
  std::map<std::string, Row> rows{};
};

// OASIS genericode 1.0, as much of it as a simple list needs: identification and rows.
class GenericodeReader final : public xsd::ElementHandler {
 public:
  explicit GenericodeReader(Draft& list) : list_{&list} {}

  void on_start(std::string_view element, const xsd::ElementAttributes& attributes) override {
    if (element == "Identification") in_identification_ = true;
    if (element == "Row") row_ = {};
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
    if (element != "Row" || row_[0].empty()) return;
    if (!list_->rows.emplace(row_[0], row_).second && twice_.empty()) twice_ = row_[0];
  }

  [[nodiscard]] const std::string& twice() const noexcept { return twice_; }

 private:
  void set(std::string_view value) {
    constexpr std::array<std::string_view, 5> kColumns{
        "code", "valid-from", "valid-to", "replaced-by", "status"};
    const auto found = std::find(kColumns.begin(), kColumns.end(), column_);
    if (found != kColumns.end())
      row_.at(static_cast<std::size_t>(found - kColumns.begin())) = value;
  }

  Draft* list_;
  bool in_identification_ = false;
  std::string column_{};
  std::string twice_{};
  Draft::Row row_{};
};

// The block: numbers of 32 bits, little-endian, each text with its size before it.
//   count of lists; each: id, version, type, count and countries of its coverage, count and rows
class BlockWriter {
 public:
  void number(std::size_t value) {
    for (unsigned i = 0; i < 4; ++i)
      bytes += static_cast<char>(value >> 8 * i & 0xFFU);
  }
  void text(std::string_view value) {
    number(value.size());
    bytes += value;
  }
  void list(const Draft& list) {
    text(list.id);
    text(list.version);
    text(list.type);
    number(list.coverage.size());
    for (const auto& country : list.coverage)
      text(country);
    number(list.rows.size());
    for (const auto& [name, row] : list.rows) {
      for (const auto& field : row)
        text(field);
    }
  }

  std::string bytes{};
};

class BlockReader {
 public:
  explicit BlockReader(std::string_view bytes) : rest_{bytes} {}

  // Of things that take four bytes at least.
  std::size_t number() {
    if (rest_.size() < 4) return is_good_ = false, 0;
    std::size_t value = 0;
    for (unsigned i = 0; i < 4; ++i)
      value |= static_cast<std::size_t>(static_cast<unsigned char>(rest_[i])) << 8 * i;
    rest_.remove_prefix(4);
    if (value > rest_.size()) return is_good_ = false, 0;
    return value;
  }
  std::string_view text() {
    const auto size = number();
    const auto text = rest_.substr(0, size);
    rest_.remove_prefix(text.size());
    return text;
  }
  CodeList list() {
    CodeList list{.id = text(), .version = text(), .type = text()};
    for (auto left = number(); left > 0 && is_good_; --left)
      list.coverage.push_back(text());
    const auto count = number();
    for (auto left = count; left > 0 && is_good_; --left) {
      const Code code{text(), text(), text(), text(), text()};
      // By name, none twice.
      if (!list.codes.empty() && list.codes.back().name >= code.name) is_good_ = false;
      list.codes.push_back(code);
    }
    return list;
  }
  [[nodiscard]] bool is_good() const noexcept { return is_good_; }
  [[nodiscard]] bool is_at_end() const noexcept { return is_good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool is_good_ = true;
};

std::size_t slot_of(std::string_view code, std::size_t slots) noexcept {
  return std::hash<std::string_view>{}(code) & (slots - 1);
}

void make_slots(CodeList& list) {
  list.slots.assign(std::bit_ceil(list.codes.size() * 2), 0);
  for (std::size_t i = 0; i < list.codes.size(); ++i) {
    auto slot = slot_of(list.codes[i].name, list.slots.size());
    while (list.slots[slot] != 0)
      slot = (slot + 1) & (list.slots.size() - 1);
    list.slots[slot] = static_cast<std::uint32_t>(i + 1);
  }
}

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
                  .params = {{"holder", {holder_of(value)}}, {"list", {std::string{list.id}}}},
                  .shape = shape_of(value.text)};
  if (!value.attribute.empty()) finding.xpath = "/@" + std::string{value.attribute};
  return finding;
}

}  // namespace

const Code* CodeList::find(std::string_view code) const noexcept {
  if (slots.empty()) return nullptr;
  for (auto slot = slot_of(code, slots.size());; slot = (slot + 1) & (slots.size() - 1)) {
    if (slots[slot] == 0) return nullptr;
    const Code& found = codes[slots[slot] - 1];
    if (found.name == code) return &found;
  }
}

Result<CodeLists> CodeLists::from_bytes(std::string_view bytes,
                                        std::shared_ptr<const void> keeper) {
  CodeLists lists;
  lists.keeper_ = std::move(keeper);
  lists.bytes_ = bytes;
  BlockReader reader{bytes};
  for (auto left = reader.number(); left > 0 && reader.is_good(); --left) {
    auto list = reader.list();
    if (!reader.is_good() || list.codes.empty()) break;
    make_slots(list);
    const auto id = list.id;
    const auto [place, is_new] = lists.lists_.emplace(id, std::move(list));
    if (!is_new) return fail(ErrorCode::Malformed, "the code lists in the cache are damaged");
    if (const auto type = place->second.type; !type.empty()) {
      lists.types_.emplace(type, &place->second);
    }
  }
  if (!reader.is_at_end()) {
    return fail(ErrorCode::Malformed, "the code lists in the cache are damaged");
  }
  return lists;
}

Result<CodeLists> CodeLists::load(const std::filesystem::path& catalog) {
  CatalogReader reader;
  const auto read = xsd::stream_elements(catalog, reader);
  if (!read) return Fail{read.error()};
  std::vector<Draft> drafts;
  for (const auto& entry : reader.entries) {
    const auto file = catalog.parent_path() / entry.file;
    Draft list;
    GenericodeReader rows{list};
    const auto streamed = xsd::stream_elements(file, rows);
    if (!streamed) return Fail{streamed.error()};
    if (list.id != entry.id) {
      return fail(ErrorCode::Malformed,
                  file.string() + ": is list " + list.id + "; the catalog says " + entry.id);
    }
    // A registry or a national catalogue stands for such a list: the schema checks the form alone.
    if (list.rows.empty()) continue;
    if (!rows.twice().empty()) {
      return fail(ErrorCode::Malformed, file.string() + ": has code " + rows.twice() + " twice");
    }
    list.type = entry.type;
    const auto is_this = [&](const Draft& other) { return other.id == list.id; };
    if (std::any_of(drafts.begin(), drafts.end(), is_this)) {
      return fail(ErrorCode::Malformed, catalog.string() + ": names " + entry.id + " twice");
    }
    drafts.push_back(std::move(list));
  }
  BlockWriter writer;
  writer.number(drafts.size());
  for (const Draft& list : drafts)
    writer.list(list);
  const auto block = std::make_shared<const std::string>(std::move(writer.bytes));
  return from_bytes(*block, block);
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
  const Code* code = list->find(text);
  if (code == nullptr) {
    if (is_beyond(*list, text)) return;
    auto finding = finding_about(value, *list, "C-MEMBER");
    finding.params.push_back({"version", {std::string{list->version}}});
    findings.add(std::move(finding));
    return;
  }
  check_validity(value, *list, *code, findings);
  if (!value.list_version.empty() && value.list_version != list->version) {
    auto finding = finding_about(value, *list, "C-VERSION");
    finding.severity = Severity::Warning;
    finding.params.push_back({"version", {std::string{list->version}}});
    findings.add(std::move(finding));
  }
}

// Dates compare as text: all are written YYYY-MM-DD.
void CodeChecker::check_validity(const xsd::Value& value,
                                 const CodeList& list,
                                 const Code& code,
                                 FindingSink& findings) const {
  const auto tell = [&](std::string_view rule, Severity severity, std::string_view day) {
    auto finding = finding_about(value, list, rule);
    finding.severity = severity;
    finding.params.push_back({"date", {std::string{day}}});
    if (!code.replaced_by.empty()) {
      finding.notes.push_back({"note-replaced-by", {{"code", {std::string{code.replaced_by}}}}});
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
