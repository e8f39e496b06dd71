// SPDX-License-Identifier: Apache-2.0
// The tables of a schema while they are being made: growing vectors, then one block of bytes.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/result.hpp"
#include "validator/xsd/compiled_schema.hpp"
#include "validator/xsd/content_model.hpp"
#include "validator/xsd/simple_types.hpp"

namespace amparo::xsd {

/// Rows in the order of their ids. Where one row holds a range of another table, the ranges follow
/// one another without gaps: CompiledSchema's check rests on that.
struct SchemaDraft {
  SchemaDraft();

  NamespaceId space(std::string_view uri);
  NameId name(NamespaceId space, std::string_view local);
  TextSpan keep(std::string_view text);
  /// Takes over a model: moves its ids, fills in the likely names. `elements` must be complete for
  /// what the model refers to.
  ModelId add(BuiltModel model);
  /// The block. Fails with TooLarge above 4 GiB.
  [[nodiscard]] Result<CompiledSchema> freeze();

  [[nodiscard]] std::string_view local(NameId id) const;

  NamespaceId target = NamespaceId::Absent;
  std::string text{};
  std::vector<TextSpan> namespaces{};
  std::vector<ExpandedName> names{};
  std::vector<GlobalRow> globals{};  ///< grows with `names`
  std::vector<ElementRow> elements{};
  std::vector<AttributeRow> attributes{};
  std::vector<WildcardRow> wildcards{};
  std::vector<NamespaceId> wildcard_namespaces{};
  std::vector<ComplexTypeRow> complex_types{};
  std::vector<ContentModelRow> models{};
  std::vector<StateRow> states{};
  std::vector<TransitionRow> transitions{};
  std::vector<std::uint32_t> schema_order{};
  std::vector<CounterRow> counters{};
  std::vector<CounterOp> counter_ops{};
  std::vector<AllMemberRow> all_members{};
  std::vector<ConstraintRow> constraints{};
  std::vector<FieldRow> fields{};
  std::vector<PathRow> paths{};
  std::vector<PathStep> path_steps{};
  std::vector<NameId> notations{};
  std::vector<SourceRow> sources{};
  SimpleTypeTables simple_types{};

 private:
  std::map<std::string, NamespaceId, std::less<>> space_ids_{};
  std::map<std::pair<NamespaceId, std::string>, NameId> name_ids_{};
  std::unordered_map<std::string, TextSpan> texts_{};
};

/// Whether the quick step may treat the element as a leaf: StateRow::kLikelyIsLeaf.
[[nodiscard]] bool is_leaf(const ElementRow& element) noexcept;

/// The place in the table of names where the search for a name begins.
[[nodiscard]] constexpr std::uint32_t name_slot(NamespaceId space, std::uint32_t hash) noexcept {
  return hash + static_cast<std::uint32_t>(space) * 0x9E3779B1U;
}

/// First bytes of a block.
struct BlockHeader {
  static constexpr std::array<char, 8> kMagic{'A', 'M', 'P', 'X', 'S', 'D', '\n', '\0'};

  struct Section {
    std::uint32_t offset = 0;
    std::uint32_t count = 0;
  };

  std::array<char, 8> magic = kMagic;
  std::uint32_t version = kTablesVersion;
  std::uint32_t size = 0;  ///< of the block
  NamespaceId target = NamespaceId::Absent;
  std::uint32_t reserved = 0;
  std::array<Section, kTableCount> sections{};
};

}  // namespace amparo::xsd
