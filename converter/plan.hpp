// SPDX-License-Identifier: Apache-2.0
// A plan: a mapping held against a schema. Everything that can be wrong with a mapping is found
// here, before a row is read: targets that do not exist, values that do not fit, required elements
// that nobody fills. What is left is a tree in the schema's own order, ready to be written per row.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "converter/lookup_table.hpp"
#include "converter/mapping.hpp"
#include "core/result.hpp"
#include "validator/xsd/outline.hpp"

namespace amparo::converter {

enum class NodeKind : std::uint8_t { Branch, Const, Absent, Field, Extension };

/// One element that a row becomes.
struct PlanNode {
  NodeKind kind = NodeKind::Branch;
  std::string name;
  std::string path;       ///< from the record's children, for messages
  std::string text{};     ///< Const: the value. Absent: the null reason.
  std::size_t field = 0;  ///< Field: index in Plan::fields
  bool required = true;
  std::size_t order = 0;  ///< place among its siblings in the schema
  std::vector<std::pair<std::string, std::string>> attributes{};
  std::vector<PlanNode> children{};  ///< Branch: in the schema's order
};

/// How a value is made from a column.
struct PlanField {
  FieldEntry entry;
  std::size_t column = 0;  ///< index in Plan::columns
  std::string type;        ///< of the target
  bool required = false;
  const LookupRule* lookup = nullptr;  ///< the mapping's
  const LookupTable* table = nullptr;  ///< the plan's
  std::size_t table_column = 0;
  const DateRule* date = nullptr;
  std::optional<std::size_t> not_before{};  ///< index in Plan::fields of the date that comes first
  const IdRule* id = nullptr;
};

enum class ColumnUse : std::uint8_t { Mapped, Kept, Dropped };

struct PlanColumn {
  std::string name;
  ColumnUse use = ColumnUse::Mapped;
  std::string reason{};  ///< Dropped: why
  const KeepEntry* keep = nullptr;
  bool is_key = false;
};

/// Immutable once made; const is safe from many threads. Not copied or moved: parts point into it.
class Plan {
 public:
  /// Fails with Malformed (the mapping's mistake, with file and line) or as reading tables fails.
  /// A value table is a plain path below the folder of the mapping file, links followed; nothing
  /// else is read. The mapping's language is that of the errors.
  static Result<std::unique_ptr<const Plan>> make(Mapping mapping,
                                                  std::shared_ptr<const xsd::Outline> outline);

  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;
  Plan(Plan&&) = delete;
  Plan& operator=(Plan&&) = delete;
  ~Plan() = default;

  [[nodiscard]] const Mapping& mapping() const noexcept { return mapping_; }
  [[nodiscard]] const xsd::Outline& outline() const noexcept { return *outline_; }
  [[nodiscard]] const PlanNode& record() const noexcept { return record_; }
  [[nodiscard]] const PlanNode& header() const noexcept { return header_; }
  [[nodiscard]] const std::vector<PlanField>& fields() const noexcept { return fields_; }
  [[nodiscard]] const std::vector<PlanColumn>& columns() const noexcept { return columns_; }
  [[nodiscard]] const IdRule* record_id() const noexcept { return record_id_; }

 private:
  friend class PlanBuilder;
  Plan(Mapping mapping, std::shared_ptr<const xsd::Outline> outline)
      : mapping_(std::move(mapping)), outline_(std::move(outline)) {}

  Mapping mapping_;
  std::shared_ptr<const xsd::Outline> outline_;
  std::vector<std::unique_ptr<const LookupTable>> tables_;  // in the order of mapping_.lookups
  std::vector<PlanField> fields_;
  std::vector<PlanColumn> columns_;
  PlanNode record_;
  PlanNode header_;
  const IdRule* record_id_ = nullptr;
};

}  // namespace amparo::converter
