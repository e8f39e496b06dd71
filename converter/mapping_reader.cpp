// SPDX-License-Identifier: Apache-2.0
// Reads a mapping file. Strict: an element, attribute or value that this version does not take is
// refused by name, so that nobody believes in a rule that is not obeyed.
#include <algorithm>
#include <array>
#include <set>

#include "converter/mapping.hpp"
#include "converter/messages.hpp"
#include "core/source.hpp"
#include "text/similar.hpp"
#include "text/utf8.hpp"
#include "validator/xsd/element_tree.hpp"

namespace amparo::converter {

namespace {

using xsd::TreeElement;

constexpr std::array<std::string_view, 5> kNullReasons{"UNK", "NASK", "DECL", "NA", "PEND"};
// In the language, not in this version (spec/formats/mapping.md says so).
constexpr std::array<std::string_view, 4> kLaterElements{"name", "case", "check", "example"};

constexpr std::size_t kMaxMappingBytes = std::size_t{4} << 20U;

MappingPlace place_of(const TreeElement& element) {
  return {element.line, element.column};
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.emplace_back(text::trim(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

/// Reads one element's attributes, and at the end refuses those that nobody asked for.
class Attributes {
 public:
  Attributes(const Mapping& mapping, const TreeElement& element)
      : mapping_(&mapping), element_(&element) {}

  std::string required(std::string_view name) {
    const std::string* value = take(name);
    if (value != nullptr && !value->empty()) return *value;
    complain("map-needs-attribute", {{"attribute", {std::string(name)}}});
    return {};
  }
  std::optional<std::string> optional(std::string_view name) {
    const std::string* value = take(name);
    return value == nullptr ? std::nullopt : std::optional(*value);
  }
  bool yes_or_no(std::string_view name) {
    const auto value = optional(name);
    if (!value || *value == "no") return false;
    if (*value != "yes") complain_value(name, *value, "map-yes-no");
    return true;
  }
  /// A null reason; MASKED is not one that a converter may write: it says that a value is known
  /// and withheld, which no source can mean.
  void check_reason(std::string_view attribute, const std::string& reason) {
    if (std::find(kNullReasons.begin(), kNullReasons.end(), reason) != kNullReasons.end()) return;
    complain_value(attribute, reason, "map-reason");
  }
  void complain(std::string_view key, const Params& params = {}) {
    complain_plainly(error_text(key, mapping_->language, params));
  }
  void complain_plainly(const std::string& what) {
    if (error_.empty()) error_ = '<' + element_->name + ">: " + what;
  }
  /// name="value": is what it should be.
  void complain_value(std::string_view name,
                      const std::string& value,
                      std::string_view key,
                      const Params& params = {}) {
    complain_plainly(std::string(name) + "=\"" + value +
                     "\": " + error_text(key, mapping_->language, params));
  }

  /// The first thing that was wrong.
  Status finish() {
    for (const xsd::TreeAttribute& attribute : element_->attributes) {
      if (taken_.find(attribute.name) != taken_.end()) continue;
      const Language language = mapping_->language;
      std::string message =
          error_text("map-no-attribute", language, {{"attribute", {attribute.name}}});
      const std::string near = text::nearest(attribute.name, {taken_.begin(), taken_.end()});
      if (!near.empty()) message += error_text("map-did-you-mean", language, {{"near", {near}}});
      complain_plainly(message);
    }
    if (error_.empty()) return Done{};
    return mapping_error(*mapping_, place_of(*element_), error_);
  }

 private:
  const std::string* take(std::string_view name) {
    taken_.emplace(name);
    return element_->attribute(name);
  }

  const Mapping* mapping_;      // the caller's
  const TreeElement* element_;  // the caller's
  std::set<std::string> taken_;
  std::string error_;
};

// "FILE:7:12" of an error of the parser, whose own words are English only.
std::string place_in(const Error& error, const std::string& file) {
  if (!error.message.starts_with(file)) return file;
  const auto end = error.message.find_first_not_of(":0123456789", file.size());
  const std::string place = error.message.substr(0, end);
  return place.substr(0, place.find_last_not_of(':') + 1);
}

class MappingReader {
 public:
  MappingReader(std::string file, Language language) {
    mapping_.file = std::move(file);
    mapping_.language = language;
  }

  Result<Mapping> read(const TreeElement& root) {
    if (root.name != "mapping" || root.name_space != kMappingNamespace) {
      const std::string expected = "<mapping xmlns=\"" + std::string(kMappingNamespace) + "\">";
      return wrong(root, "map-root", {{"root", {expected}}});
    }
    Attributes attributes(mapping_, root);
    mapping_.id = attributes.required("id");
    mapping_.version = attributes.required("version");
    mapping_.standard = attributes.required("standard");
    const std::string direction = attributes.required("direction");
    if (direction != "in") {
      attributes.complain_value("direction", direction, "map-direction");
    }
    if (auto status = attributes.finish(); !status) return Fail{status.error()};
    for (const TreeElement& child : root.children) {
      if (auto status = top_level(child); !status) return Fail{status.error()};
    }
    if (auto status = check_whole(root); !status) return Fail{status.error()};
    return std::move(mapping_);
  }

 private:
  [[nodiscard]] Fail<Error> wrong(const TreeElement& element,
                                  std::string_view key,
                                  const Params& params = {},
                                  ErrorCode code = ErrorCode::Malformed) const {
    const std::string text = error_text(key, mapping_.language, params);
    return mapping_error(mapping_, place_of(element), text, code);
  }

  Status refuse(const TreeElement& element, const std::vector<std::string>& expected) {
    const Params name{{"element", {'<' + element.name + '>'}}};
    if (std::find(kLaterElements.begin(), kLaterElements.end(), element.name) !=
        kLaterElements.end()) {
      return wrong(element, "map-later", name, ErrorCode::Unsupported);
    }
    std::string message = error_text("map-no-place", mapping_.language, name);
    const std::string near = text::nearest(element.name, expected);
    if (!near.empty() && near != element.name) {
      message += error_text("map-did-you-mean", mapping_.language, {{"near", {'<' + near + '>'}}});
    }
    return mapping_error(mapping_, place_of(element), message);
  }

  Status no_children(const TreeElement& element) {
    if (element.children.empty()) return Done{};
    return refuse(element.children.front(), {});
  }

  Status top_level(const TreeElement& element) {
    if (element.name_space != kMappingNamespace) {
      return wrong(element, "map-foreign", {{"element", {'<' + element.name + '>'}}});
    }
    if (element.name == "title") return title(element);
    if (element.name == "source") return source(element);
    if (element.name == "header") return header(element);
    if (element.name == "date") return date(element);
    if (element.name == "lookup") return lookup(element);
    if (element.name == "id") return id(element);
    if (element.name == "record") return record(element);
    return refuse(element, {"title", "source", "header", "date", "lookup", "id", "record"});
  }

  Status title(const TreeElement& element) {
    Attributes attributes(mapping_, element);
    const std::string language = attributes.required("xml:lang");
    const auto known = language_from_tag(language);
    if (!known) attributes.complain_value("xml:lang", language, "map-language");
    if (auto status = attributes.finish(); !status) return status;
    mapping_.titles[*known] = std::string(text::trim(element.text));
    return no_children(element);
  }

  Status source(const TreeElement& element) {
    Attributes attributes(mapping_, element);
    const std::string format = attributes.required("format");
    if (format != "csv") attributes.complain_value("format", format, "map-format");
    const std::string encoding = attributes.required("encoding");
    if (encoding != "UTF-8") attributes.complain_value("encoding", encoding, "map-encoding");
    if (const auto delimiter = attributes.optional("delimiter")) {
      const std::string value = *delimiter == "tab" ? "\t" : *delimiter;
      if (value.size() != 1) attributes.complain_value("delimiter", value, "map-delimiter");
      mapping_.delimiter = value.empty() ? ',' : value.front();
    }
    if (const auto null = attributes.optional("null")) mapping_.null_markers = split(*null, '|');
    if (auto status = attributes.finish(); !status) return status;
    for (const TreeElement& child : element.children) {
      if (child.name != "table") return refuse(child, {"table"});
      if (!mapping_.table.empty()) {
        return wrong(child, "map-second-table", {}, ErrorCode::Unsupported);
      }
      Attributes table(mapping_, child);
      mapping_.table = table.required("name");
      mapping_.key = table.required("key");
      if (auto status = table.finish(); !status) return status;
    }
    return Done{};
  }

  Status header(const TreeElement& element) {
    if (auto status = Attributes(mapping_, element).finish(); !status) return status;
    for (const TreeElement& child : element.children) {
      if (child.name != "const") return refuse(child, {"const"});
      Attributes attributes(mapping_, child);
      mapping_.header.push_back(
          {attributes.required("to"), attributes.required("value"), place_of(child)});
      if (auto status = attributes.finish(); !status) return status;
    }
    return Done{};
  }

  /// `unmatched` and `reason` belong together: a null needs its reason, a reject has none.
  static Unmatched unmatched(Attributes& attributes, std::string& reason) {
    const std::string value = attributes.optional("unmatched").value_or("reject");
    if (value != "reject" && value != "null") {
      attributes.complain_value("unmatched", value, "map-unmatched");
    }
    reason = attributes.optional("reason").value_or("");
    if (value == "null" && reason.empty()) attributes.complain("map-null-needs-reason");
    if (!reason.empty()) attributes.check_reason("reason", reason);
    return value == "null" ? Unmatched::Null : Unmatched::Reject;
  }

  static std::optional<std::chrono::year_month_day> bound(Attributes& attributes,
                                                          std::string_view name) {
    const auto text = attributes.optional(name);
    if (!text) return std::nullopt;
    const auto date = read_iso_date(*text);
    if (!date) attributes.complain_value(name, *text, "map-date");
    return date;
  }

  Status date(const TreeElement& element) {
    Attributes attributes(mapping_, element);
    DateRule rule;
    rule.where = place_of(element);
    rule.name = attributes.required("name");
    const std::string to = attributes.optional("to").value_or("date");
    if (to != "date") attributes.complain_value("to", to, "map-date-target");
    for (const std::string& text : split(attributes.required("pattern"), '|')) {
      auto pattern = DatePattern::parse(text, mapping_.language);
      if (!pattern) {
        attributes.complain_plainly(pattern.error().message);
        break;
      }
      for (const DatePattern& other : rule.patterns) {
        if (other.conflicts_with(*pattern)) {
          attributes.complain("map-date-conflict",
                              {{"pattern", {other.text()}}, {"other", {text}}});
        }
      }
      rule.patterns.push_back(*std::move(pattern));
    }
    const bool needs_window =
        std::any_of(rule.patterns.begin(), rule.patterns.end(), [](const DatePattern& p) {
          return p.has_two_digit_year();
        });
    if (const auto window = attributes.optional("window")) {
      const auto year = read_iso_date(*window + "-01-01");
      if (!year) attributes.complain_value("window", *window, "map-window");
      rule.window = year ? static_cast<int>(year->year()) : 0;
    } else if (needs_window) {
      attributes.complain("map-needs-window");
    }
    if (const auto sentinel = attributes.optional("sentinel")) {
      rule.sentinels = split(*sentinel, '|');
    }
    rule.earliest = bound(attributes, "earliest");
    const auto latest = attributes.optional("latest");
    rule.latest_is_stamp = latest == "stamp";
    if (latest && !rule.latest_is_stamp) {
      rule.latest = read_iso_date(*latest);
      if (!rule.latest) attributes.complain_value("latest", *latest, "map-date-or-stamp");
    }
    rule.unmatched = unmatched(attributes, rule.reason);
    if (!rule.sentinels.empty() && rule.reason.empty()) {
      attributes.complain("map-sentinel");
    }
    mapping_.dates.push_back(std::move(rule));
    if (auto status = attributes.finish(); !status) return status;
    return no_children(element);
  }

  Status lookup(const TreeElement& element) {
    Attributes attributes(mapping_, element);
    LookupRule rule;
    rule.where = place_of(element);
    rule.name = attributes.required("name");
    rule.file = attributes.required("file");
    rule.key = attributes.required("key");
    for (const std::string& word : split(attributes.optional("fold").value_or(""), ' ')) {
      if (word == "case") {
        rule.folding.case_of_letters = true;
      } else if (word == "accent") {
        rule.folding.accents = true;
      } else if (word == "space") {
        rule.folding.spaces = true;
      } else if (word == "apostrophe") {
        rule.folding.apostrophes = true;
      } else if (!word.empty()) {
        attributes.complain_value("fold", word, "map-fold");
      }
    }
    rule.unmatched = unmatched(attributes, rule.reason);
    mapping_.lookups.push_back(std::move(rule));
    if (auto status = attributes.finish(); !status) return status;
    return no_children(element);
  }

  Status id(const TreeElement& element) {
    Attributes attributes(mapping_, element);
    IdRule rule;
    rule.where = place_of(element);
    rule.name = attributes.required("name");
    rule.kind = attributes.required("kind");
    const std::string from = attributes.required("from");
    if (from.size() > 2 && from.front() == '{' && from.find('}') == from.size() - 1) {
      rule.column = from.substr(1, from.size() - 2);
    } else {
      attributes.complain_value("from", from, "map-braces");
    }
    rule.system = attributes.required("system");
    for (const IdRule& other : mapping_.ids) {
      // Equal inputs would give identifiers that differ in their prefix alone: whoever sees two of
      // them in different places could join what the kinds keep apart.
      if (other.system == rule.system) {
        attributes.complain("map-system", {{"system", {rule.system}}, {"id", {other.name}}});
      }
    }
    mapping_.ids.push_back(std::move(rule));
    if (auto status = attributes.finish(); !status) return status;
    return no_children(element);
  }

  Status record(const TreeElement& element) {
    if (!mapping_.record.empty()) return refuse(element, {});
    Attributes attributes(mapping_, element);
    mapping_.record = attributes.required("to");
    const std::string each = attributes.required("each");
    if (each != mapping_.table) attributes.complain_value("each", each, "map-each");
    if (auto status = attributes.finish(); !status) return status;
    for (const TreeElement& child : element.children) {
      if (child.name == "keep" || child.name == "drop") {
        if (auto status = kept_or_dropped(child); !status) return status;
        continue;
      }
      auto entry = read_entry(child);
      if (!entry) return Fail{entry.error()};
      mapping_.entries.push_back(*std::move(entry));
    }
    return Done{};
  }

  Result<Entry> read_entry(const TreeElement& element) {
    if (element.name == "field") return field(element);
    if (element.name == "const") {
      Attributes attributes(mapping_, element);
      ConstEntry entry{attributes.required("to"), attributes.required("value"), place_of(element)};
      if (auto status = attributes.finish(); !status) return Fail{status.error()};
      return Entry{std::move(entry)};
    }
    if (element.name == "absent") {
      Attributes attributes(mapping_, element);
      AbsentEntry entry{
          attributes.required("to"), attributes.required("reason"), place_of(element)};
      attributes.check_reason("reason", entry.reason);
      if (auto status = attributes.finish(); !status) return Fail{status.error()};
      return Entry{std::move(entry)};
    }
    if (element.name == "group") return group(element);
    const auto status = refuse(element, {"field", "const", "absent", "group", "keep", "drop"});
    return Fail{status.error()};
  }

  Result<Entry> field(const TreeElement& element) {
    Attributes attributes(mapping_, element);
    FieldEntry entry;
    entry.where = place_of(element);
    entry.to = attributes.required("to");
    entry.from = attributes.required("from");
    entry.lookup = attributes.optional("lookup").value_or("");
    entry.column = attributes.optional("column").value_or("");
    entry.date = attributes.optional("date").value_or("");
    entry.id = attributes.optional("id").value_or("");
    entry.as_recorded = attributes.yes_or_no("as-recorded");
    entry.derived = attributes.yes_or_no("derived");
    entry.not_before = attributes.optional("not-before").value_or("");
    entry.blank = attributes.optional("blank");
    if (entry.blank) attributes.check_reason("blank", *entry.blank);
    const auto ways =
        (entry.lookup.empty() ? 0 : 1) + (entry.date.empty() ? 0 : 1) + (entry.id.empty() ? 0 : 1);
    if (ways > 1) attributes.complain("map-one-way");
    if (entry.lookup.empty() != entry.column.empty()) {
      attributes.complain("map-lookup-column");
    }
    if (!entry.not_before.empty() && entry.date.empty()) {
      attributes.complain("map-not-before-date");
    }
    if (auto status = attributes.finish(); !status) return Fail{status.error()};
    if (auto status = no_children(element); !status) return Fail{status.error()};
    return Entry{std::move(entry)};
  }

  Result<Entry> group(const TreeElement& element) {
    if (element.attribute("each") != nullptr) {
      return wrong(element, "map-later", {{"element", {"<group each>"}}}, ErrorCode::Unsupported);
    }
    Attributes attributes(mapping_, element);
    GroupEntry entry;
    entry.where = place_of(element);
    entry.to = attributes.required("to");
    if (auto status = attributes.finish(); !status) return Fail{status.error()};
    for (const TreeElement& child : element.children) {
      auto inner = read_entry(child);
      if (!inner) return inner;
      entry.entries.push_back(*std::move(inner));
    }
    return Entry{std::move(entry)};
  }

  Status kept_or_dropped(const TreeElement& element) {
    Attributes attributes(mapping_, element);
    const std::string from = attributes.required("from");
    if (element.name == "drop") {
      mapping_.drops.push_back({from, attributes.required("reason"), place_of(element)});
      return attributes.finish();
    }
    const std::string as = attributes.required("as");
    const std::size_t colon = as.find(':');
    KeepEntry keep{from, as.substr(0, colon), "", "", place_of(element)};
    if (colon == std::string::npos) {
      attributes.complain_value("as", as, "map-keep-name");
    } else {
      keep.local_name = as.substr(colon + 1);
      for (const xsd::TreeAttribute& one : element.namespaces) {
        if (one.name == keep.prefix) keep.name_space = one.value;
      }
      if (keep.name_space.empty()) {
        attributes.complain_value("as", as, "map-prefix", {{"prefix", {keep.prefix}}});
      }
    }
    mapping_.keeps.push_back(std::move(keep));
    return attributes.finish();
  }

  Status check_whole(const TreeElement& root) {
    for (const Language language : kLanguages) {
      if (mapping_.titles[language].empty()) {
        const std::string title = "<title xml:lang=\"" + std::string(tag(language)) + "\">";
        return wrong(root, "map-needs", {{"what", {title}}});
      }
    }
    if (mapping_.table.empty()) return wrong(root, "map-needs-table");
    if (mapping_.record.empty()) return wrong(root, "map-needs", {{"what", {"<record>"}}});
    return Done{};
  }

  Mapping mapping_;
};

}  // namespace

Fail<Error> mapping_error(const Mapping& mapping,
                          MappingPlace where,
                          std::string_view message,
                          ErrorCode code) {
  const std::string line = where.line == 0 ? "" : ':' + std::to_string(where.line);
  return fail(code, mapping.file + line + ": " + std::string(message));
}

Result<Mapping> read_mapping(const std::filesystem::path& file, Language language) {
  const auto bytes = read_file(file, kMaxMappingBytes);
  if (!bytes) return Fail{bytes.error()};
  const auto wrong = [&](const std::string& place, std::string_view key) {
    return fail(ErrorCode::Malformed, place + ": " + error_text(key, language));
  };
  if (text::trim(*bytes).empty()) return wrong(file.string(), "map-empty");
  if (bytes->find("<!DOCTYPE") != std::string::npos) return wrong(file.string(), "map-doctype");
  const auto tree = xsd::read_tree(*bytes, file.string());
  if (!tree) {
    const bool is_deep = tree.error().code == ErrorCode::TooLarge;
    return wrong(place_in(tree.error(), file.string()), is_deep ? "map-depth" : "map-xml");
  }
  return MappingReader(file.string(), language).read(*tree);
}

}  // namespace amparo::converter
