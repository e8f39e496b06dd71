// SPDX-License-Identifier: Apache-2.0
// A compiled schema: flat tables in one block of bytes, without pointers, so that the block is what
// the cache keeps, what a child process sends and what may be mapped into memory. Little-endian;
// the same on 32-bit and 64-bit machines. The rows are in schema_tables.hpp; compile.hpp makes
// them; the engine runs them. Rows with simple values are in simple_types.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "validator/xsd/schema_tables.hpp"

namespace amparo::xsd {

struct SimpleTypeTables;

/// The tables of one schema. Immutable, cheap to copy (copies share the block); const is safe from
/// many threads. Every id and range in it was checked when it was made: rows may be followed
/// without looking.
class CompiledSchema {
 public:
  /// Takes a block as bytes() gave it. Every id, range and enumerator is checked: a block that
  /// passes can be run without a crash, whoever made it. O(size of the block). Fails with
  /// Malformed, and with Unsupported on a big-endian machine.
  /// `keeper` owns the bytes, which begin at a multiple of 64.
  [[nodiscard]] static Result<CompiledSchema> from_bytes(std::span<const std::byte> bytes,
                                                         std::shared_ptr<const void> keeper);
  /// The same of bytes that belong to somebody else: they are copied.
  [[nodiscard]] static Result<CompiledSchema> copy_of(std::span<const std::byte> bytes);

  /// The whole block.
  [[nodiscard]] std::span<const std::byte> bytes() const noexcept { return bytes_; }

  /// The simple types (XML Schema 1.0 Part 2), by TypeId.
  [[nodiscard]] const SimpleTypeTables& simple_types() const noexcept { return *simple_types_; }

  [[nodiscard]] std::span<const TextSpan> namespaces() const noexcept;           ///< by NamespaceId
  [[nodiscard]] std::span<const ExpandedName> names() const noexcept;            ///< by NameId
  [[nodiscard]] std::span<const ElementRow> elements() const noexcept;           ///< by ElementId
  [[nodiscard]] std::span<const AttributeRow> attributes() const noexcept;       ///< by AttributeId
  [[nodiscard]] std::span<const WildcardRow> wildcards() const noexcept;         ///< by WildcardId
  [[nodiscard]] std::span<const ComplexTypeRow> complex_types() const noexcept;  ///< by id
  [[nodiscard]] std::span<const ContentModelRow> models() const noexcept;        ///< by ModelId
  [[nodiscard]] std::span<const StateRow> states() const noexcept;               ///< by StateId
  [[nodiscard]] std::span<const TransitionRow> transitions() const noexcept;
  [[nodiscard]] std::span<const std::uint32_t> schema_order() const noexcept;
  [[nodiscard]] std::span<const CounterOp> counter_ops() const noexcept;
  [[nodiscard]] std::span<const CounterRow> counters() const noexcept;
  [[nodiscard]] std::span<const AllMemberRow> all_members() const noexcept;
  [[nodiscard]] std::span<const ConstraintRow> constraints() const noexcept;  ///< by ConstraintId
  [[nodiscard]] std::span<const FieldRow> fields() const noexcept;
  [[nodiscard]] std::span<const PathRow> paths() const noexcept;
  [[nodiscard]] std::span<const PathStep> path_steps() const noexcept;
  [[nodiscard]] std::span<const NamespaceId> wildcard_namespaces() const noexcept;
  [[nodiscard]] std::span<const NameId> notations() const noexcept;   ///< sorted
  [[nodiscard]] std::span<const SourceRow> sources() const noexcept;  ///< in the order of reading
  [[nodiscard]] std::span<const GlobalRow> globals() const noexcept;  ///< by NameId

  [[nodiscard]] const ExpandedName& operator[](NameId id) const noexcept;
  [[nodiscard]] const ElementRow& operator[](ElementId id) const noexcept;
  [[nodiscard]] const AttributeRow& operator[](AttributeId id) const noexcept;
  [[nodiscard]] const WildcardRow& operator[](WildcardId id) const noexcept;
  [[nodiscard]] const ComplexTypeRow& operator[](ComplexTypeId id) const noexcept;
  [[nodiscard]] const ContentModelRow& operator[](ModelId id) const noexcept;
  [[nodiscard]] const StateRow& operator[](StateId id) const noexcept;
  [[nodiscard]] const ConstraintRow& operator[](ConstraintId id) const noexcept;

  /// A range of any table: `schema.rows(schema.attributes(), type.attributes)`.
  template <typename Row>
  [[nodiscard]] static std::span<const Row> rows(std::span<const Row> table,
                                                 IdRange range) noexcept {
    return table.subspan(range.begin, range.count);
  }

  /// The transitions of a state by name, sorted by NameId.
  [[nodiscard]] std::span<const TransitionRow> named(const StateRow& state) const noexcept {
    return transitions().subspan(state.first_transition, state.name_count);
  }
  /// The transitions of a state by wildcard, in the order of the schema. `name` is a WildcardId.
  [[nodiscard]] std::span<const TransitionRow> wild(const StateRow& state) const noexcept {
    return transitions().subspan(state.first_transition + state.name_count, state.wildcard_count);
  }
  /// The transition by `name`, or null. When its guards fail the next one may be of the same name
  /// (`a{9}, a`): go on while `name` is equal and the end of named(state) is not reached.
  [[nodiscard]] const TransitionRow* find(const StateRow& state, NameId name) const noexcept;

  /// The bytes are followed by at least 64 more, so 32 or 64 can be loaded from any of them.
  [[nodiscard]] std::string_view text(TextSpan span) const noexcept;
  [[nodiscard]] std::string_view local(NameId id) const noexcept;
  [[nodiscard]] std::string_view uri(NamespaceId id) const noexcept;

  /// Bytes in the pool of text.
  [[nodiscard]] std::size_t pool_size() const noexcept;

  /// NamespaceId::Unknown when no component of the schema mentions it.
  [[nodiscard]] NamespaceId find_namespace(std::string_view uri) const noexcept;
  /// NameId::None when the schema does not know the name. O(1).
  [[nodiscard]] NameId find_name(NamespaceId space, std::string_view local) const noexcept;

  /// ElementId::None, TypeRef::None, AttributeId::None when there is none, or `name` is None.
  [[nodiscard]] ElementId global_element(NameId name) const noexcept;
  [[nodiscard]] TypeRef global_type(NameId name) const noexcept;
  [[nodiscard]] AttributeId global_attribute(NameId name) const noexcept;

  /// Of the first schema file given to the compiler.
  [[nodiscard]] NamespaceId target_namespace() const noexcept;

  /// Name to show for a type: its own, or that of the nearest base type with one; "xs:date" for a
  /// type of XML Schema itself.
  [[nodiscard]] std::string display_name(TypeRef type) const;

  /// Whether `derived` is validly derived from `base` without the methods in `blocked`: Part 1,
  /// 3.4.6 (Type Derivation OK, Complex) and 3.14.6 (Simple). A type is derived from itself.
  /// O(length of the chain of base types).
  [[nodiscard]] bool is_derived(TypeRef derived, TypeRef base, DerivationSet blocked) const;

  /// Whether a wildcard admits a namespace: Part 1, 3.10.4 (Wildcard allows Namespace Name).
  /// NamespaceId::Unknown stands for any that is not in the tables.
  [[nodiscard]] bool admits(const WildcardRow& wildcard, NamespaceId space) const noexcept;

 private:
  CompiledSchema() = default;

  struct Section {
    std::uint32_t offset = 0;  ///< from the beginning of the block, a multiple of 64
    std::uint32_t count = 0;   ///< rows
  };

  // REQUIRES: the block begins at a multiple of 64, and so does each section.
  template <typename Row>
  [[nodiscard]] std::span<const Row> section(Table table) const noexcept {
    const Section& at = sections_[static_cast<std::size_t>(table)];
    return {reinterpret_cast<const Row*>(bytes_.data() + at.offset), at.count};
  }
  [[nodiscard]] bool read_header() noexcept;
  [[nodiscard]] std::span<const NameId> name_hash_table() const noexcept;

  std::shared_ptr<const void> keeper_{};  ///< owns what bytes_ shows
  std::span<const std::byte> bytes_{};
  std::array<Section, kTableCount> sections_{};
  NamespaceId target_{};
  std::shared_ptr<const SimpleTypeTables> simple_types_{};
};

/// The tables in words, one row a line, for tests and people. What is built in (xs:anyType and the
/// names of XML Schema) is left out.
[[nodiscard]] std::string dump(const CompiledSchema& schema);

}  // namespace amparo::xsd
