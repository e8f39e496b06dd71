// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/compiled_schema.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <vector>

#include "validator/xsd/detail/schema_check.hpp"
#include "validator/xsd/detail/schema_draft.hpp"
#include "validator/xsd/detail/simple_types_bytes.hpp"

namespace amparo::xsd {
namespace {

constexpr std::size_t kAlignment = 64;

// Bytes of a row, by Table.
constexpr std::array<std::size_t, kTableCount> kRowBytes{1,
                                                         sizeof(TextSpan),
                                                         sizeof(ExpandedName),
                                                         sizeof(NameId),
                                                         sizeof(GlobalRow),
                                                         sizeof(ElementRow),
                                                         sizeof(AttributeRow),
                                                         sizeof(WildcardRow),
                                                         sizeof(NamespaceId),
                                                         sizeof(ComplexTypeRow),
                                                         sizeof(ContentModelRow),
                                                         sizeof(StateRow),
                                                         sizeof(TransitionRow),
                                                         sizeof(std::uint32_t),
                                                         sizeof(CounterRow),
                                                         sizeof(CounterOp),
                                                         sizeof(AllMemberRow),
                                                         sizeof(ConstraintRow),
                                                         sizeof(FieldRow),
                                                         sizeof(PathRow),
                                                         sizeof(PathStep),
                                                         sizeof(NameId),
                                                         sizeof(SourceRow),
                                                         1};

struct alignas(kAlignment) Line {
  std::array<std::byte, kAlignment> bytes;
};

Fail<Error> damaged() {
  return fail(ErrorCode::Malformed, "compiled schema: damaged or of another version");
}

bool is_simple_type_derived(const SimpleTypeTables& types,
                            TypeId derived,
                            TypeId base,
                            DerivationSet blocked) {
  // 3.14.6: only restriction is asked for, lists and unions count as such.
  if (derived == base) return true;
  if ((blocked & kRestriction) != 0) return false;
  constexpr auto kAny = type_id(BuiltIn::AnySimpleType);
  if (base == kAny) return true;
  std::vector<TypeId> wanted{base};
  const SimpleType& target = types[base];
  if (target.variety == Variety::Union) {
    wanted.insert(wanted.end(),
                  types.members.begin() + target.members.begin,
                  types.members.begin() + target.members.end);
  }
  for (TypeId at = derived;; at = types[at].base) {
    if (std::find(wanted.begin(), wanted.end(), at) != wanted.end()) return true;
    if (at == kAny) return false;
  }
}

}  // namespace

bool CompiledSchema::read_header() noexcept {
  BlockHeader header;
  if (bytes_.size() < sizeof header) return false;
  std::memcpy(&header, bytes_.data(), sizeof header);
  if (header.magic != BlockHeader::kMagic || header.version != kTablesVersion) return false;
  if (header.size != bytes_.size() || header.reserved != 0) return false;
  for (std::size_t i = 0; i < kTableCount; ++i) {
    const auto& section = header.sections[i];
    const std::uint64_t end = section.offset + std::uint64_t{section.count} * kRowBytes[i];
    if (section.offset % kAlignment != 0 || end > bytes_.size()) return false;
    sections_[i] = {section.offset, section.count};
  }
  target_ = header.target;
  // What follows the text lets it be read in large steps.
  const auto& text = header.sections[static_cast<std::size_t>(Table::Text)];
  return std::uint64_t{text.offset} + text.count + kAlignment <= bytes_.size();
}

Result<CompiledSchema> CompiledSchema::from_bytes(std::span<const std::byte> bytes,
                                                  std::shared_ptr<const void> keeper) {
  if constexpr (std::endian::native != std::endian::little) {
    return fail(ErrorCode::Unsupported, "compiled schemas need a little-endian machine");
  }
  if (reinterpret_cast<std::uintptr_t>(bytes.data()) % kAlignment != 0) return damaged();
  CompiledSchema schema;
  schema.keeper_ = std::move(keeper);
  schema.bytes_ = bytes;
  if (!schema.read_header()) return damaged();
  auto types = simple_types_from(schema.section<std::byte>(Table::SimpleTypes));
  if (!types) return damaged();
  schema.simple_types_ = std::make_shared<const SimpleTypeTables>(*std::move(types));
  if (!is_sound(schema, schema.name_hash_table())) return damaged();
  return schema;
}

Result<CompiledSchema> CompiledSchema::copy_of(std::span<const std::byte> bytes) {
  auto lines = std::make_shared<std::vector<Line>>((bytes.size() + kAlignment - 1) / kAlignment);
  auto* const begin = reinterpret_cast<std::byte*>(lines->data());
  if (!bytes.empty()) std::memcpy(begin, bytes.data(), bytes.size());
  return from_bytes({begin, bytes.size()}, std::move(lines));
}

std::span<const TextSpan> CompiledSchema::namespaces() const noexcept {
  return section<TextSpan>(Table::Namespaces);
}
std::span<const ExpandedName> CompiledSchema::names() const noexcept {
  return section<ExpandedName>(Table::Names);
}
std::span<const NameId> CompiledSchema::name_hash_table() const noexcept {
  return section<NameId>(Table::NameHash);
}
std::span<const ElementRow> CompiledSchema::elements() const noexcept {
  return section<ElementRow>(Table::Elements);
}
std::span<const AttributeRow> CompiledSchema::attributes() const noexcept {
  return section<AttributeRow>(Table::Attributes);
}
std::span<const WildcardRow> CompiledSchema::wildcards() const noexcept {
  return section<WildcardRow>(Table::Wildcards);
}
std::span<const ComplexTypeRow> CompiledSchema::complex_types() const noexcept {
  return section<ComplexTypeRow>(Table::ComplexTypes);
}
std::span<const ContentModelRow> CompiledSchema::models() const noexcept {
  return section<ContentModelRow>(Table::Models);
}
std::span<const StateRow> CompiledSchema::states() const noexcept {
  return section<StateRow>(Table::States);
}
std::span<const TransitionRow> CompiledSchema::transitions() const noexcept {
  return section<TransitionRow>(Table::Transitions);
}
std::span<const std::uint32_t> CompiledSchema::schema_order() const noexcept {
  return section<std::uint32_t>(Table::SchemaOrder);
}
std::span<const CounterOp> CompiledSchema::counter_ops() const noexcept {
  return section<CounterOp>(Table::CounterOps);
}
std::span<const CounterRow> CompiledSchema::counters() const noexcept {
  return section<CounterRow>(Table::Counters);
}
std::span<const AllMemberRow> CompiledSchema::all_members() const noexcept {
  return section<AllMemberRow>(Table::AllMembers);
}
std::span<const ConstraintRow> CompiledSchema::constraints() const noexcept {
  return section<ConstraintRow>(Table::Constraints);
}
std::span<const FieldRow> CompiledSchema::fields() const noexcept {
  return section<FieldRow>(Table::Fields);
}
std::span<const PathRow> CompiledSchema::paths() const noexcept {
  return section<PathRow>(Table::Paths);
}
std::span<const PathStep> CompiledSchema::path_steps() const noexcept {
  return section<PathStep>(Table::PathSteps);
}
std::span<const NamespaceId> CompiledSchema::wildcard_namespaces() const noexcept {
  return section<NamespaceId>(Table::WildcardNamespaces);
}
std::span<const NameId> CompiledSchema::notations() const noexcept {
  return section<NameId>(Table::Notations);
}
std::span<const SourceRow> CompiledSchema::sources() const noexcept {
  return section<SourceRow>(Table::Sources);
}
std::span<const GlobalRow> CompiledSchema::globals() const noexcept {
  return section<GlobalRow>(Table::Globals);
}

const ExpandedName& CompiledSchema::operator[](NameId id) const noexcept {
  return names()[index(id)];
}
const ElementRow& CompiledSchema::operator[](ElementId id) const noexcept {
  return elements()[index(id)];
}
const AttributeRow& CompiledSchema::operator[](AttributeId id) const noexcept {
  return attributes()[index(id)];
}
const WildcardRow& CompiledSchema::operator[](WildcardId id) const noexcept {
  return wildcards()[index(id)];
}
const ComplexTypeRow& CompiledSchema::operator[](ComplexTypeId id) const noexcept {
  return complex_types()[index(id)];
}
const ContentModelRow& CompiledSchema::operator[](ModelId id) const noexcept {
  return models()[index(id)];
}
const StateRow& CompiledSchema::operator[](StateId id) const noexcept {
  return states()[index(id)];
}
const ConstraintRow& CompiledSchema::operator[](ConstraintId id) const noexcept {
  return constraints()[index(id)];
}

const TransitionRow* CompiledSchema::find(const StateRow& state, NameId name) const noexcept {
  const auto by_name = named(state);
  const auto at = std::lower_bound(
      by_name.begin(), by_name.end(), name, [](const TransitionRow& row, NameId wanted) {
        return row.by_name() < wanted;
      });
  return at == by_name.end() || at->by_name() != name ? nullptr : &*at;
}

std::string_view CompiledSchema::text(TextSpan span) const noexcept {
  const auto pool = section<char>(Table::Text);
  return {pool.data() + span.begin, span.size};
}
std::size_t CompiledSchema::pool_size() const noexcept {
  return section<char>(Table::Text).size();
}
std::string_view CompiledSchema::local(NameId id) const noexcept {
  return text((*this)[id].local);
}
std::string_view CompiledSchema::uri(NamespaceId id) const noexcept {
  return text(namespaces()[index(id)]);
}

NamespaceId CompiledSchema::find_namespace(std::string_view wanted) const noexcept {
  const auto all = namespaces();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (text(all[i]) == wanted) return static_cast<NamespaceId>(i);
  }
  return NamespaceId::Unknown;
}

NameId CompiledSchema::find_name(NamespaceId space, std::string_view wanted) const noexcept {
  const auto table = name_hash_table();
  const auto hash = name_hash(wanted.data(), wanted.size());
  const std::size_t mask = table.size() - 1;
  for (std::size_t slot = name_slot(space, hash) & mask;; slot = (slot + 1) & mask) {
    const NameId id = table[slot];
    if (id == NameId::None) return id;
    const ExpandedName& name = (*this)[id];
    if (name.space == space && name.hash == hash && text(name.local) == wanted) return id;
  }
}

ElementId CompiledSchema::global_element(NameId name) const noexcept {
  return name == NameId::None ? ElementId::None : globals()[index(name)].element;
}
TypeRef CompiledSchema::global_type(NameId name) const noexcept {
  return name == NameId::None ? TypeRef::None : globals()[index(name)].type;
}
AttributeId CompiledSchema::global_attribute(NameId name) const noexcept {
  return name == NameId::None ? AttributeId::None : globals()[index(name)].attribute;
}
NamespaceId CompiledSchema::target_namespace() const noexcept {
  return target_;
}

std::string CompiledSchema::display_name(TypeRef type) const {
  while (is_complex(type)) {
    const ComplexTypeRow& row = (*this)[complex_type(type)];
    if (row.name != NameId::None) {
      const bool is_built_in = (*this)[row.name].space == NamespaceId::XmlSchema;
      return (is_built_in ? "xs:" : "") + std::string{local(row.name)};
    }
    type = row.base;
  }
  return simple_types_->display_name(simple_type(type));
}

bool CompiledSchema::is_derived(TypeRef derived, TypeRef base, DerivationSet blocked) const {
  // 3.4.6 for as long as the chain is of complex types. xs:anyType is at its end.
  while (is_complex(derived)) {
    if (derived == base) return true;
    if (derived == TypeRef::AnyType) return false;
    const ComplexTypeRow& row = (*this)[complex_type(derived)];
    if ((row.derivation & blocked) != 0) return false;
    derived = row.base;
  }
  if (base == TypeRef::AnyType) {
    return (blocked & kRestriction) == 0;  // anySimpleType restricts anyType
  }
  return is_simple(base) &&
         is_simple_type_derived(*simple_types_, simple_type(derived), simple_type(base), blocked);
}

bool CompiledSchema::admits(const WildcardRow& wildcard, NamespaceId space) const noexcept {
  switch (wildcard.rule) {
    case NamespaceRule::Any:
      return true;
    case NamespaceRule::Not:
      return space != NamespaceId::Absent && space != wildcard.excluded;
    case NamespaceRule::OneOf: {
      const auto listed = rows(wildcard_namespaces(), wildcard.listed);
      return std::binary_search(listed.begin(), listed.end(), space);
    }
  }
  return false;
}

}  // namespace amparo::xsd
