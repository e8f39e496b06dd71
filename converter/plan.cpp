// SPDX-License-Identifier: Apache-2.0
#include "converter/plan.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

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

std::string did_you_mean(const std::string& word, const std::vector<std::string>& candidates) {
  const std::string near = text::nearest(word, candidates);
  return near.empty() ? std::string{} : "; did you mean " + near + '?';
}

std::string no_element(const xsd::OutlineType& type, const std::string& step) {
  return type.name + " has no element " + step + did_you_mean(step, element_names(type));
}

std::string no_attribute(const std::string& step) {
  return "the standard has no attribute " + step + " there";
}

std::string holds_a_value(const std::string& step) {
  return step + " holds a value, no elements";
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
  [[nodiscard]] Fail<Error> wrong(MappingPlace where, const std::string& what) const {
    return mapping_error(mapping(), where, what);
  }

  Status read_tables() {
    const auto folder = std::filesystem::path(mapping().file).parent_path();
    for (const LookupRule& rule : mapping().lookups) {
      auto source = Source::open(folder / rule.file);
      if (!source) return wrong(rule.where, source.error().message);
      auto table = LookupTable::read(*std::move(source), rule.key, rule.folding);
      if (!table) return wrong(rule.where, table.error().message);
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
    if (header_type_ == nullptr) return wrong({}, "the schema has no Batch with a Header");
    if (record_type_ == nullptr) {
      return wrong({},
                   "<record to=\"" + mapping().record + "\">: a Batch has no such record" +
                       did_you_mean(mapping().record, element_names(*batch)));
    }
    plan_->header_.name = "Header";
    for (const ConstEntry& entry : mapping().header) {
      if (entry.to == kCreatedAt) {
        return wrong(entry.where, "CreatedAt is the time of the run, not of the mapping");
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
      return wrong(where, '"' + prefix + to + "\": " + why);
    };
    std::string path = prefix;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const std::string& step = steps[i];
      const bool is_last = i + 1 == steps.size();
      if (step.starts_with('@')) {
        target.attribute = target.parent_type->attribute(step.substr(1));
        target.element = nullptr;
        if (is_last && target.attribute != nullptr) return target;
        return refuse(no_attribute(step));
      }
      target.element = target.parent_type->element(step);
      if (target.element == nullptr) return refuse(no_element(*target.parent_type, step));
      if (is_last) return target;
      const xsd::OutlineType* next = outline_.type(target.element->type);
      if (next == nullptr || next->has_value) return refuse(holds_a_value(step));
      path += step;
      target.parent = &child(*target.parent, *target.element, path);
      target.parent_type = next;
      path += '/';
    }
    return refuse("is no path");
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
      return wrong(entry.where,
                   '"' + entry.value + "\" is not a value of " + prefix + entry.to + " (" +
                       value_type + ')');
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
      return wrong(entry.where, "<group to=\"" + prefix + entry.to + "\">: holds no elements");
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
      return wrong(entry.where, '"' + entry.to + "\": an attribute takes a <const> only");
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
        return wrong(entry.where,
                     field.lookup->file + " has no column \"" + entry.column + '"' +
                         did_you_mean(entry.column, field.table->columns()));
      }
      field.table_column = *column;
    }
    if (field.id != nullptr && field.id->column != entry.from) {
      return wrong(entry.where,
                   "the id " + entry.id + " is made from {" + field.id->column + "}, not from " +
                       entry.from);
    }
    return Done{};
  }

  Status unknown_name(const FieldEntry& entry, const std::string& name) {
    return wrong(entry.where, "no <date>, <lookup> or <id> has the name \"" + name + '"');
  }

  Status check_field(const PlanField& field, const Target& target) {
    const FieldEntry& entry = field.entry;
    const auto refuse = [&](std::string_view made) {
      return wrong(entry.where,
                   entry.to + " (" + field.type + ") does not take " + std::string(made));
    };
    if (field.date != nullptr && !outline_.is_value(field.type, kSampleDate)) {
      return refuse("a date");
    }
    if (field.id != nullptr) {
      if (!outline_.is_value(field.type, field.id->kind + std::string(kSampleId))) {
        return refuse("the identifier " + field.id->kind + "-...");
      }
      if (target.parent == &plan_->record_ && plan_->record_id_ == nullptr) {
        plan_->record_id_ = field.id;
      }
    }
    if (field.table != nullptr) {
      for (const LookupTable::Row& row : field.table->rows()) {
        const std::string& value = row.cells[field.table_column];
        if (value.empty() || outline_.is_value(field.type, value)) continue;
        return wrong(entry.where,
                     field.lookup->file + ':' + std::to_string(row.line) + ": \"" + value +
                         "\" is not a value of " + entry.to + " (" + field.type + ')');
      }
    }
    const xsd::OutlineType* type = outline_.type(field.type);
    if (entry.as_recorded && (type == nullptr || type->attribute("asRecorded") == nullptr)) {
      return wrong(entry.where, entry.to + " (" + field.type + ") has no asRecorded");
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
    return wrong(where, path + " cannot be nil: the standard wants a value there, or no element");
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
      if (extension == nullptr) return wrong(keep.where, "<keep>: the record has no Extension");
      if (keep.name_space == outline_.target_namespace()) {
        return wrong(keep.where, "<keep>: the Extension takes other namespaces only");
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
      if (column.name == name) return wrong(where, "the column " + name + " is used already");
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
        return wrong(places[1],
                     "the column " + name +
                         " is mapped twice; say derived=\"yes\" on the copies, so that "
                         "its values are counted once");
      }
    }
    for (const auto& [name, where] : used_) {
      if (accountable_.find(name) == accountable_.end()) {
        return wrong(where, "the column " + name + " has derived fields only");
      }
    }
    const auto is_key = [](const PlanColumn& column) { return column.is_key; };
    if (std::none_of(plan_->columns_.begin(), plan_->columns_.end(), is_key)) {
      return wrong({}, "the key column " + mapping().key + " is not mapped");
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
                   std::to_string(missing_.size()) +
                       " required elements are neither filled nor declared absent: " + list);
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
                     path + element.name + " is filled " + std::to_string(count) +
                         " times; the standard takes " + std::to_string(element.most));
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
