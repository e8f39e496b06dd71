// SPDX-License-Identifier: Apache-2.0
#include "converter/plan.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "converter/messages.hpp"
#include "text/similar.hpp"

namespace amparo::converter {

namespace {

// A value of each form that the converter itself makes, to ask a type whether it takes such values.
constexpr std::string_view kSampleId = "-00000000000000000000000000";
constexpr std::string_view kSampleDate = "2000-02-29";

std::vector<std::string> element_names(const xsd::OutlineType& type) {
  std::vector<std::string> names;
  for (const xsd::OutlineElement& element : type.elements)
    names.push_back(element.name);
  return names;
}

/// The table's file with its links followed, when it is a plain path below `folder` and stays
/// there; or nothing. Mappings come from elsewhere: none may read what is not its own.
std::optional<std::filesystem::path> table_below(const std::filesystem::path& folder,
                                                 const std::filesystem::path& file) {
  const auto is_plain = [](const std::filesystem::path& step) {
    return !step.empty() && step != "." && step != "..";
  };
  if (file.is_absolute() || !std::all_of(file.begin(), file.end(), is_plain)) return std::nullopt;
  std::error_code error;
  const auto root = std::filesystem::canonical(folder.empty() ? "." : folder, error);
  if (error) return folder / file;
  const auto place = std::filesystem::canonical(root / file, error);
  if (error) return folder / file;  // opening it says what is wrong
  const auto [end, _] = std::mismatch(root.begin(), root.end(), place.begin(), place.end());
  if (end != root.end()) return std::nullopt;
  return place;
}

std::vector<std::string> steps_of(const std::string& path) {
  std::vector<std::string> steps;
  std::size_t begin = 0;
  for (;;) {
    const std::size_t end = path.find('/', begin);
    steps.push_back(path.substr(begin, end - begin));
    if (end == std::string::npos) return steps;
    begin = end + 1;
  }
}

/// Where a path leads: the node that holds the element or attribute, and what it is there.
struct Target {
  PlanNode* parent = nullptr;
  const xsd::OutlineType* parent_type = nullptr;
  const xsd::OutlineElement* element = nullptr;      // null for an attribute
  const xsd::OutlineAttribute* attribute = nullptr;  // null for an element
};

}  // namespace

class PlanBuilder {
 public:
  PlanBuilder(Mapping mapping, std::shared_ptr<const xsd::Outline> outline)
      : plan_(new Plan(std::move(mapping), std::move(outline))), outline_(plan_->outline()) {}

  Result<std::unique_ptr<const Plan>> build() {
    if (auto status = read_tables(); !status) return Fail{status.error()};
    if (auto status = build_header(); !status) return Fail{status.error()};
    if (auto status = build_record(); !status) return Fail{status.error()};
    if (auto status = add_kept_and_dropped(); !status) return Fail{status.error()};
    if (auto status = check_columns(); !status) return Fail{status.error()};
    if (auto status = finish(plan_->header_, *header_type_, {}); !status) {
      return Fail{status.error()};
    }
    if (auto status = finish(plan_->record_, *record_type_, {}); !status) {
      return Fail{status.error()};
    }
    return std::unique_ptr<const Plan>{std::move(plan_)};
  }

 private:
  [[nodiscard]] const Mapping& mapping() const { return plan_->mapping_; }
  [[nodiscard]] Fail<Error> wrong(MappingPlace where,
                                  std::string_view key,
                                  const Params& params = {}) const {
    return mapping_error(mapping(), where, sentence(key, params));
  }
  [[nodiscard]] std::string sentence(std::string_view key, const Params& params = {}) const {
    return error_text(key, mapping().language, params);
  }
  [[nodiscard]] std::string did_you_mean(const std::string& word,
                                         const std::vector<std::string>& candidates) const {
    const std::string near = text::nearest(word, candidates);
    return near.empty() ? std::string{} : sentence("map-did-you-mean", {{"near", {near}}});
  }

  Status read_tables() {
    const auto folder = std::filesystem::path(mapping().file).parent_path();
    for (const LookupRule& rule : mapping().lookups) {
      const auto file = table_below(folder, rule.file);
      if (!file) return wrong(rule.where, "plan-table-outside", {{"file", {rule.file}}});
      auto stream = open_file(*file);
      if (!stream) return mapping_error(mapping(), rule.where, stream.error().message);
      auto source = Source::from_stream((folder / rule.file).string(), *std::move(stream));
      auto table = LookupTable::read(std::move(source), rule.key, rule.folding, mapping().language);
      if (!table) return mapping_error(mapping(), rule.where, table.error().message);
      plan_->tables_.push_back(std::make_unique<const LookupTable>(*std::move(table)));
    }
    return Done{};
  }

  Status build_header() {
    const xsd::OutlineType* batch = outline_.root("Batch");
    const xsd::OutlineElement* header = batch == nullptr ? nullptr : batch->element("Header");
    header_type_ = header == nullptr ? nullptr : outline_.type(header->type);
    const xsd::OutlineElement* record =
        batch == nullptr ? nullptr : batch->element(mapping().record);
    record_type_ = record == nullptr ? nullptr : outline_.type(record->type);
    if (header_type_ == nullptr) return wrong({}, "plan-schema");
    if (record_type_ == nullptr) {
      return mapping_error(mapping(),
                           {},
                           sentence("plan-no-record", {{"record", {mapping().record}}}) +
                               did_you_mean(mapping().record, element_names(*batch)));
    }
    plan_->header_.name = "Header";
    for (const ConstEntry& entry : mapping().header) {
      if (entry.to == kCreatedAt) {
        return wrong(entry.where, "plan-created");
      }
      if (auto status = add(entry, plan_->header_, *header_type_, ""); !status) return status;
    }
    // Filled by the run; stands here so that it counts as filled.
    PlanNode created;
    created.kind = NodeKind::Const;
    created.name = kCreatedAt;
    plan_->header_.children.push_back(std::move(created));
    return Done{};
  }

  Status build_record() {
    plan_->record_.name = mapping().record;
    return add_all(mapping().entries, plan_->record_, *record_type_, "");
  }

  Status add_all(const std::vector<Entry>& entries,
                 PlanNode& parent,
                 const xsd::OutlineType& type,
                 const std::string& prefix) {
    for (const Entry& entry : entries) {
      auto status =
          std::visit([&](const auto& one) { return this->add(one, parent, type, prefix); }, entry);
      if (!status) return status;
    }
    return Done{};
  }

  /// Walks `to` from `parent`, making the elements on the way; the last step is the caller's.
  Result<Target> walk(const std::string& to,
                      MappingPlace where,
                      PlanNode& parent,
                      const xsd::OutlineType& type,
                      const std::string& prefix) {
    Target target{&parent, &type, nullptr, nullptr};
    const std::vector<std::string> steps = steps_of(to);
    const auto refuse = [&](const std::string& why) {
      return mapping_error(mapping(), where, '"' + prefix + to + "\": " + why);
    };
    std::string path = prefix;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const std::string& step = steps[i];
      const bool is_last = i + 1 == steps.size();
      if (step.starts_with('@')) {
        target.attribute = target.parent_type->attribute(step.substr(1));
        target.element = nullptr;
        if (is_last && target.attribute != nullptr) return target;
        return refuse(sentence("plan-no-attribute", {{"step", {step}}}));
      }
      target.element = target.parent_type->element(step);
      if (target.element == nullptr) {
        const xsd::OutlineType& holder = *target.parent_type;
        return refuse(sentence("plan-no-element", {{"type", {holder.name}}, {"step", {step}}}) +
                      did_you_mean(step, element_names(holder)));
      }
      if (is_last) return target;
      const xsd::OutlineType* next = outline_.type(target.element->type);
      if (next == nullptr || next->has_value) {
        return refuse(sentence("plan-holds-value", {{"step", {step}}}));
      }
      path += step;
      target.parent = &child(*target.parent, *target.element, path);
      target.parent_type = next;
      path += '/';
    }
    return refuse(sentence("plan-no-path"));
  }

  // The last child of this name that paths share; groups stand apart.
  PlanNode& child(PlanNode& parent, const xsd::OutlineElement& element, const std::string& path) {
    for (PlanNode& one : parent.children) {
      if (one.name == element.name && one.kind == NodeKind::Branch && !is_group(one)) return one;
    }
    PlanNode node;
    node.name = element.name;
    node.path = path;
    node.required = element.least > 0;
    parent.children.push_back(std::move(node));
    return parent.children.back();
  }

  [[nodiscard]] bool is_group(const PlanNode& node) const {
    return group_paths_.find(node.path) != group_paths_.end();
  }

  Status add(const ConstEntry& entry,
             PlanNode& parent,
             const xsd::OutlineType& type,
             const std::string& prefix) {
    const auto target = walk(entry.to, entry.where, parent, type, prefix);
    if (!target) return Fail{target.error()};
    const std::string& value_type =
        target->attribute != nullptr ? target->attribute->type : target->element->type;
    if (!outline_.is_value(value_type, entry.value)) {
      return wrong(
          entry.where,
          "plan-not-value",
          {{"value", {entry.value}}, {"target", {prefix + entry.to}}, {"type", {value_type}}});
    }
    if (target->attribute != nullptr) {
      target->parent->attributes.emplace_back(target->attribute->name, entry.value);
      return Done{};
    }
    PlanNode node = leaf(NodeKind::Const, *target, prefix + entry.to);
    node.text = entry.value;
    target->parent->children.push_back(std::move(node));
    return Done{};
  }

  Status add(const AbsentEntry& entry,
             PlanNode& parent,
             const xsd::OutlineType& type,
             const std::string& prefix) {
    const auto target = walk(entry.to, entry.where, parent, type, prefix);
    if (!target) return Fail{target.error()};
    if (auto status = can_be_nil(*target, entry.where, prefix + entry.to); !status) return status;
    PlanNode node = leaf(NodeKind::Absent, *target, prefix + entry.to);
    node.text = entry.reason;
    target->parent->children.push_back(std::move(node));
    return Done{};
  }

  Status add(const GroupEntry& entry,
             PlanNode& parent,
             const xsd::OutlineType& type,
             const std::string& prefix) {
    const auto target = walk(entry.to, entry.where, parent, type, prefix);
    if (!target) return Fail{target.error()};
    const xsd::OutlineType* inner =
        target->element == nullptr ? nullptr : outline_.type(target->element->type);
    if (inner == nullptr || inner->has_value) {
      return wrong(entry.where, "plan-group", {{"target", {prefix + entry.to}}});
    }
    PlanNode node = leaf(NodeKind::Branch, *target, prefix + entry.to);
    // Written for every row, although the standard could do without.
    node.required = true;
    group_paths_.insert(node.path);
    if (auto status = add_all(entry.entries, node, *inner, prefix + entry.to + '/'); !status) {
      return status;
    }
    target->parent->children.push_back(std::move(node));
    return Done{};
  }

  Status add(const FieldEntry& entry,
             PlanNode& parent,
             const xsd::OutlineType& type,
             const std::string& prefix) {
    const auto target = walk(entry.to, entry.where, parent, type, prefix);
    if (!target) return Fail{target.error()};
    if (target->attribute != nullptr) {
      return wrong(entry.where, "plan-attribute-const", {{"target", {entry.to}}});
    }
    PlanField field;
    field.entry = entry;
    field.entry.to = prefix + entry.to;
    field.type = target->element->type;
    field.required = target->element->least > 0;
    if (auto status = bind(field); !status) return status;
    if (auto status = check_field(field, *target); !status) return status;
    field.column = column_of(entry, ColumnUse::Mapped);
    PlanNode node = leaf(NodeKind::Field, *target, field.entry.to);
    node.field = plan_->fields_.size();
    plan_->fields_.push_back(std::move(field));
    target->parent->children.push_back(std::move(node));
    return Done{};
  }

  static PlanNode leaf(NodeKind kind, const Target& target, const std::string& path) {
    PlanNode node;
    node.kind = kind;
    node.name = target.element->name;
    node.path = path;
    node.required = target.element->least > 0;
    return node;
  }

  /// Finds the date, lookup or id that the field names.
  Status bind(PlanField& field) {
    const FieldEntry& entry = field.entry;
    for (const DateRule& rule : mapping().dates) {
      if (rule.name == entry.date) field.date = &rule;
    }
    for (const IdRule& rule : mapping().ids) {
      if (rule.name == entry.id) field.id = &rule;
    }
    for (std::size_t i = 0; i < mapping().lookups.size(); ++i) {
      if (mapping().lookups[i].name != entry.lookup) continue;
      field.lookup = &mapping().lookups[i];
      field.table = plan_->tables_[i].get();
    }
    if (!entry.date.empty() && field.date == nullptr) return unknown_name(entry, entry.date);
    if (!entry.id.empty() && field.id == nullptr) return unknown_name(entry, entry.id);
    if (!entry.lookup.empty() && field.lookup == nullptr) return unknown_name(entry, entry.lookup);
    if (field.table != nullptr) {
      const auto column = field.table->column(entry.column);
      if (!column) {
        const Params params{{"file", {field.lookup->file}}, {"column", {entry.column}}};
        return mapping_error(mapping(),
                             entry.where,
                             sentence("plan-table-column", params) +
                                 did_you_mean(entry.column, field.table->columns()));
      }
      field.table_column = *column;
    }
    if (field.id != nullptr && field.id->column != entry.from) {
      return wrong(
          entry.where,
          "plan-id-column",
          {{"id", {entry.id}}, {"column", {'{' + field.id->column + '}'}}, {"from", {entry.from}}});
    }
    return Done{};
  }

  Status unknown_name(const FieldEntry& entry, const std::string& name) {
    return wrong(entry.where, "plan-unknown-name", {{"name", {name}}});
  }

  Status check_field(const PlanField& field, const Target& target) {
    const FieldEntry& entry = field.entry;
    const Params goal{{"target", {entry.to}}, {"type", {field.type}}};
    if (field.date != nullptr && !outline_.is_value(field.type, kSampleDate)) {
      return wrong(entry.where, "plan-takes-no-date", goal);
    }
    if (field.id != nullptr) {
      if (!outline_.is_value(field.type, field.id->kind + std::string(kSampleId))) {
        Params params = goal;
        params.push_back({"kind", {field.id->kind}});
        return wrong(entry.where, "plan-takes-no-id", params);
      }
      if (target.parent == &plan_->record_ && plan_->record_id_ == nullptr) {
        plan_->record_id_ = field.id;
      }
    }
    if (field.table != nullptr) {
      for (const LookupTable::Row& row : field.table->rows()) {
        const std::string& value = row.cells[field.table_column];
        if (value.empty() || outline_.is_value(field.type, value)) continue;
        Params params = goal;
        params.push_back({"value", {value}});
        return mapping_error(mapping(),
                             entry.where,
                             field.lookup->file + ':' + std::to_string(row.line) + ": " +
                                 sentence("plan-not-value", params));
      }
    }
    const xsd::OutlineType* type = outline_.type(field.type);
    if (entry.as_recorded && (type == nullptr || type->attribute("asRecorded") == nullptr)) {
      return wrong(entry.where, "plan-no-as-recorded", goal);
    }
    const bool writes_nil =
        entry.blank.has_value() ||
        (field.lookup != nullptr && field.lookup->unmatched == Unmatched::Null) ||
        (field.date != nullptr && !field.date->reason.empty());
    if (!writes_nil || (!field.required && !entry.blank && !entry.as_recorded)) return Done{};
    return can_be_nil(target, entry.where, entry.to);
  }

  Status can_be_nil(const Target& target, MappingPlace where, const std::string& path) {
    if (target.element != nullptr && target.element->nillable) return Done{};
    return wrong(where, "plan-not-nil", {{"target", {path}}});
  }

  std::size_t column_of(const FieldEntry& entry, ColumnUse use) {
    auto& columns = plan_->columns_;
    if (!entry.derived) accountable_[entry.from].push_back(entry.where);
    used_.emplace(entry.from, entry.where);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].name == entry.from) return i;
    }
    PlanColumn column;
    column.name = entry.from;
    column.use = use;
    column.is_key = entry.from == mapping().key;
    columns.push_back(std::move(column));
    return columns.size() - 1;
  }

  Status add_kept_and_dropped() {
    for (const KeepEntry& keep : mapping().keeps) {
      const xsd::OutlineElement* extension = record_type_->element("Extension");
      if (extension == nullptr) return wrong(keep.where, "plan-no-extension");
      if (keep.name_space == outline_.target_namespace()) {
        return wrong(keep.where, "plan-keep-own");
      }
      if (auto status = add_column(keep.from, keep.where); !status) return status;
      plan_->columns_.back().use = ColumnUse::Kept;
      plan_->columns_.back().keep = &keep;
      if (plan_->record_.children.empty() ||
          plan_->record_.children.back().kind != NodeKind::Extension) {
        PlanNode node;
        node.kind = NodeKind::Extension;
        node.name = "Extension";
        node.path = "Extension";
        node.required = false;
        plan_->record_.children.push_back(std::move(node));
      }
    }
    for (const DropEntry& drop : mapping().drops) {
      if (auto status = add_column(drop.from, drop.where); !status) return status;
      plan_->columns_.back().use = ColumnUse::Dropped;
      plan_->columns_.back().reason = drop.reason;
    }
    return Done{};
  }

  Status add_column(const std::string& name, MappingPlace where) {
    for (const PlanColumn& column : plan_->columns_) {
      if (column.name == name) return wrong(where, "plan-column-used", {{"column", {name}}});
    }
    PlanColumn column;
    column.name = name;
    plan_->columns_.push_back(std::move(column));
    return Done{};
  }

  /// Each column has one field that accounts for its values, and the key is one of the columns.
  Status check_columns() {
    for (const auto& [name, places] : accountable_) {
      if (places.size() > 1) {
        return wrong(places[1], "plan-mapped-twice", {{"column", {name}}});
      }
    }
    for (const auto& [name, where] : used_) {
      if (accountable_.find(name) == accountable_.end()) {
        return wrong(where, "plan-derived-only", {{"column", {name}}});
      }
    }
    const auto is_key = [](const PlanColumn& column) { return column.is_key; };
    if (std::none_of(plan_->columns_.begin(), plan_->columns_.end(), is_key)) {
      return wrong({}, "plan-key", {{"column", {mapping().key}}});
    }
    return bind_order();
  }

  /// Finds the date that each not-before names: the field that accounts for that column.
  Status bind_order() {
    for (PlanField& field : plan_->fields_) {
      if (field.entry.not_before.empty()) continue;
      const auto& fields = plan_->fields_;
      const auto first = std::find_if(fields.begin(), fields.end(), [&](const PlanField& other) {
        return other.entry.from == field.entry.not_before && other.date != nullptr &&
               !other.entry.derived;
      });
      if (first == fields.end() || &*first == &field) {
        return wrong(field.entry.where, "plan-not-before", {{"column", {field.entry.not_before}}});
      }
      field.not_before = static_cast<std::size_t>(first - fields.begin());
    }
    return Done{};
  }

  /// Puts children into the schema's order and finds what is missing or too many.
  Status finish(PlanNode& node, const xsd::OutlineType& type, const std::string& path) {
    for (PlanNode& child : node.children) {
      const xsd::OutlineElement* element = type.element(child.name);
      child.order = static_cast<std::size_t>(element - type.elements.data());
    }
    std::stable_sort(node.children.begin(),
                     node.children.end(),
                     [](const PlanNode& a, const PlanNode& b) { return a.order < b.order; });
    if (auto status = check_counts(node, type, path); !status) return status;
    for (PlanNode& child : node.children) {
      if (child.kind != NodeKind::Branch) continue;
      const xsd::OutlineType* inner = outline_.type(type.element(child.name)->type);
      if (auto status = finish(child, *inner, path + child.name + '/'); !status) return status;
    }
    // All that is missing anywhere is told at once, after the last branch.
    if (path.empty() && !missing_.empty()) {
      std::string list;
      for (const std::string& one : missing_)
        list += (list.empty() ? "" : ", ") + one;
      return wrong({},
                   missing_.size() == 1 ? "plan-missing-one" : "plan-missing",
                   {{"count", {std::to_string(missing_.size())}}, {"list", {list}}});
    }
    return Done{};
  }

  Status check_counts(const PlanNode& node, const xsd::OutlineType& type, const std::string& path) {
    for (const xsd::OutlineElement& element : type.elements) {
      const auto count = static_cast<std::uint32_t>(
          std::count_if(node.children.begin(), node.children.end(), [&](const PlanNode& child) {
            return child.name == element.name;
          }));
      if (count < element.least && !element.in_choice) missing_.push_back(path + element.name);
      if (count > element.most) {
        return wrong({},
                     "plan-count",
                     {{"target", {path + element.name}},
                      {"count", {std::to_string(count)}},
                      {"most", {std::to_string(element.most)}}});
      }
    }
    for (const xsd::OutlineAttribute& attribute : type.attributes) {
      const bool is_set = std::any_of(node.attributes.begin(),
                                      node.attributes.end(),
                                      [&](const auto& one) { return one.first == attribute.name; });
      if (attribute.required && !is_set) missing_.push_back(path + '@' + attribute.name);
    }
    return Done{};
  }

  static constexpr std::string_view kCreatedAt = "CreatedAt";

  std::unique_ptr<Plan> plan_;
  const xsd::Outline& outline_;  // the plan's
  const xsd::OutlineType* header_type_ = nullptr;
  const xsd::OutlineType* record_type_ = nullptr;
  std::set<std::string> group_paths_;
  std::map<std::string, std::vector<MappingPlace>> accountable_;
  std::map<std::string, MappingPlace> used_;
  std::vector<std::string> missing_;
};

Result<std::unique_ptr<const Plan>> Plan::make(Mapping mapping,
                                               std::shared_ptr<const xsd::Outline> outline) {
  return PlanBuilder(std::move(mapping), std::move(outline)).build();
}

}  // namespace amparo::converter
