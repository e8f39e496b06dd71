// SPDX-License-Identifier: Apache-2.0
// The rows of a compiled schema: plain data of fixed size and layout, which lies in files and in
// memory alike. Read next: compiled_schema.hpp. Clauses are those of XML Schema 1.0 Part 1.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace amparo::xsd {

/// Changes whenever a row or the meaning of one does: older cached tables are then not read.
inline constexpr std::uint32_t kTablesVersion = 1;

inline constexpr std::uint32_t kNoId = 0xFFFFFFFFU;

/// Index into namespaces(). Ids below 4 are the same in every schema.
enum class NamespaceId : std::uint32_t {
  Absent = 0,          ///< names without a namespace
  XmlSchema = 1,       ///< http://www.w3.org/2001/XMLSchema
  Instance = 2,        ///< http://www.w3.org/2001/XMLSchema-instance
  Xml = 3,             ///< http://www.w3.org/XML/1998/namespace
  Unknown = kNoId - 1  ///< a document's, which the schema never mentions
};

/// Index into names(). The names of xsi: are the same in every schema.
enum class NameId : std::uint32_t {
  XsiType = 0,
  XsiNil = 1,
  XsiSchemaLocation = 2,
  XsiNoNamespaceSchemaLocation = 3,
  None = kNoId
};

enum class ElementId : std::uint32_t { None = kNoId };
enum class AttributeId : std::uint32_t { None = kNoId };
enum class WildcardId : std::uint32_t { None = kNoId };
enum class ComplexTypeId : std::uint32_t { AnyType = 0, None = kNoId };
enum class ModelId : std::uint32_t { None = kNoId };
enum class StateId : std::uint32_t {};
enum class CounterOpsId : std::uint32_t { None = kNoId };  ///< first of a list in counter_ops()
enum class ConstraintId : std::uint32_t { None = kNoId };

/// A simple type; simple_types.hpp defines it.
enum class TypeId : std::uint32_t;

/// A type of either kind: the top bit tells a complex type.
enum class TypeRef : std::uint32_t { AnyType = 0x80000000U, None = kNoId };

[[nodiscard]] constexpr TypeRef type_ref(ComplexTypeId id) noexcept {
  return static_cast<TypeRef>(static_cast<std::uint32_t>(id) | 0x80000000U);
}
[[nodiscard]] constexpr TypeRef type_ref(TypeId id) noexcept {
  return static_cast<TypeRef>(static_cast<std::uint32_t>(id));
}
[[nodiscard]] constexpr bool is_complex(TypeRef type) noexcept {
  return type != TypeRef::None && (static_cast<std::uint32_t>(type) >> 31U) != 0;
}
[[nodiscard]] constexpr bool is_simple(TypeRef type) noexcept {
  return (static_cast<std::uint32_t>(type) >> 31U) == 0;
}
/// REQUIRES: is_complex(type)
[[nodiscard]] constexpr ComplexTypeId complex_type(TypeRef type) noexcept {
  return static_cast<ComplexTypeId>(static_cast<std::uint32_t>(type) & 0x7FFFFFFFU);
}
/// REQUIRES: is_simple(type)
[[nodiscard]] constexpr TypeId simple_type(TypeRef type) noexcept {
  return static_cast<TypeId>(static_cast<std::uint32_t>(type));
}

/// Index of any id into its table.
template <typename Id>
[[nodiscard]] constexpr std::size_t index(Id id) noexcept {
  return static_cast<std::size_t>(static_cast<std::uint32_t>(id));
}

/// Rows [begin, begin + count) of the table that the member names.
struct IdRange {
  std::uint32_t begin = 0;
  std::uint32_t count = 0;
  friend bool operator==(const IdRange&, const IdRange&) = default;
};

/// Bytes [begin, begin + size) of the pool of text.
struct TextSpan {
  std::uint32_t begin = 0;
  std::uint32_t size = 0;
  friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

/// A namespace name and a local part.
struct ExpandedName {
  NamespaceId space = NamespaceId::Absent;
  std::uint32_t hash = 0;  ///< name_hash() of the local part
  TextSpan local{};
};

/// Ways to derive one type from another, as bits: {block}, {final}, 3.3.1 and 3.4.1.
using DerivationSet = std::uint8_t;
inline constexpr DerivationSet kNothing = 0;
inline constexpr DerivationSet kExtension = 1;
inline constexpr DerivationSet kRestriction = 2;
inline constexpr DerivationSet kSubstitution = 4;

enum class ValueConstraint : std::uint8_t { None, Default, Fixed };

/// Element Declaration, 3.3.1. A declaration stands once, however often it is referred to.
struct ElementRow {
  static constexpr std::uint8_t kNillable = 1;
  static constexpr std::uint8_t kAbstract = 2;
  static constexpr std::uint8_t kGlobal = 4;

  NameId name{};
  TypeRef type = TypeRef::AnyType;
  ElementId substitution_head = ElementId::None;  ///< {substitution group affiliation}
  TextSpan value{};                               ///< of the value constraint, as written
  IdRange constraints{};                          ///< into constraints()
  ValueConstraint value_constraint = ValueConstraint::None;
  std::uint8_t flags = 0;
  DerivationSet block = kNothing;      ///< {disallowed substitutions}
  DerivationSet final_set = kNothing;  ///< {substitution group exclusions}

  [[nodiscard]] bool is_nillable() const noexcept { return (flags & kNillable) != 0; }
  [[nodiscard]] bool is_abstract() const noexcept { return (flags & kAbstract) != 0; }
  [[nodiscard]] bool is_global() const noexcept { return (flags & kGlobal) != 0; }
};

/// Attribute Use with its Attribute Declaration, 3.5.1 and 3.2.1; or a global declaration.
struct AttributeRow {
  NameId name{};
  TypeId type{};
  TextSpan value{};  ///< of the value constraint, as written
  ValueConstraint value_constraint = ValueConstraint::None;
  std::uint8_t is_required = 0;  ///< 0 or 1
  std::uint16_t reserved = 0;
};

enum class NamespaceRule : std::uint8_t {
  Any,   ///< ##any
  Not,   ///< ##other: neither `excluded` nor absent
  OneOf  ///< `listed`
};
enum class ProcessContents : std::uint8_t { Strict, Lax, Skip };

/// Wildcard, 3.10.1.
struct WildcardRow {
  NamespaceRule rule = NamespaceRule::Any;
  ProcessContents process = ProcessContents::Strict;
  std::uint16_t reserved = 0;
  NamespaceId excluded = NamespaceId::Absent;  ///< Not; Absent: every namespace but no absent one
  IdRange listed{};                            ///< OneOf: into wildcard_namespaces(), sorted
};

enum class ContentKind : std::uint8_t { Empty, Simple, ElementOnly, Mixed };

/// Complex Type Definition, 3.4.1. The first row is xs:anyType.
struct ComplexTypeRow {
  static constexpr std::uint8_t kAbstract = 1;

  NameId name = NameId::None;  ///< None: anonymous
  TypeRef base = TypeRef::AnyType;
  TypeId simple_type{};                   ///< ContentKind::Simple
  ModelId model = ModelId::None;          ///< ElementOnly and Mixed
  IdRange attributes{};                   ///< {attribute uses}, by NameId
  std::uint32_t required_attributes = 0;  ///< how many of them are required
  WildcardId attribute_wildcard = WildcardId::None;
  ContentKind content = ContentKind::Empty;
  DerivationSet derivation = kRestriction;  ///< {derivation method}: one bit
  DerivationSet block = kNothing;           ///< {prohibited substitutions}
  std::uint8_t flags = 0;

  [[nodiscard]] bool is_abstract() const noexcept { return (flags & kAbstract) != 0; }
};

enum class ModelKind : std::uint8_t { Automaton, All };

/// {content type} of a complex type with a particle, 3.4.1 and 3.8.1, as what decides 3.9.4
/// (Element Sequence Locally Valid, Particle) in one pass.
struct ContentModelRow {
  ModelKind kind = ModelKind::Automaton;
  std::uint8_t is_optional = 0;  ///< All: no member at all is content too
  std::uint16_t reserved = 0;
  StateId start{};              ///< Automaton
  IdRange states{};             ///< Automaton: into states()
  IdRange counters{};           ///< Automaton: into counters(); mostly none
  IdRange members{};            ///< All: into all_members(), sorted by NameId
  std::uint32_t bit_count = 0;  ///< All: particles of the group
};

/// A state of an automaton: one cache line. The usual step compares `likely_name` with the bytes in
/// the document and goes to `likely_next` without looking at anything else; for every other name
/// look into the transitions.
struct alignas(64) StateRow {
  static constexpr std::uint8_t kAccepting = 1;  ///< the element may end here, if `at_end` allows
  /// The likely element is not nillable, not abstract and has a simple type, no value constraint
  /// and no identity constraints.
  static constexpr std::uint8_t kLikelyIsLeaf = 2;
  static constexpr std::size_t kNameBytes = 32;

  /// Local part of the likely next name, filled with zeros. It is the first transition in the order
  /// of the schema. Its namespace is that of `likely`.
  std::array<char, kNameBytes> likely_name{};
  NameId likely = NameId::None;
  StateId likely_next{};
  ElementId likely_element = ElementId::None;
  TypeRef likely_type = TypeRef::None;  ///< of `likely_element`
  std::uint32_t first_transition = 0;   ///< into transitions(): names, then wildcards
  std::uint32_t name_count = 0;
  CounterOpsId at_end = CounterOpsId::None;  ///< guards to hold when the element ends here
  std::uint16_t wildcard_count = 0;
  std::uint8_t flags = 0;
  /// Bytes of `likely_name`; 0 when there is no quick step (no transition by name, a longer name,
  /// one with counters).
  std::uint8_t likely_name_size = 0;

  [[nodiscard]] bool is_accepting() const noexcept { return (flags & kAccepting) != 0; }
};

/// A step of an automaton. Substitution groups are expanded: each member that is not abstract and
/// that no {block} or {final} shuts out (3.3.6) has its own transition.
struct TransitionRow {
  std::uint32_t name = kNoId;  ///< a NameId; of a transition by wildcard a WildcardId
  StateId next{};
  ElementId element = ElementId::None;    ///< by wildcard: None
  CounterOpsId ops = CounterOpsId::None;  ///< None: no counters to look at, the usual case

  [[nodiscard]] NameId by_name() const noexcept { return static_cast<NameId>(name); }
  [[nodiscard]] WildcardId by_wildcard() const noexcept { return static_cast<WildcardId>(name); }
};

/// How often a particle may occur when its occurrences are counted, 3.9.1. The counter holds the
/// number of the occurrence that has begun; it need not count beyond the larger of `min` and a
/// finite `max`.
struct CounterRow {
  std::uint32_t min = 0;
  std::uint32_t max = kNoId;  ///< kNoId: unbounded
};

/// A list of these decides a transition: all guards first, then what is set. `counter` counts from
/// 0 within the model. The list ends with an op whose `is_last` is 1.
struct CounterOp {
  enum class Kind : std::uint8_t {
    AtLeastMin,  ///< guard: counter >= min
    BelowMax,    ///< guard: counter < max
    Increment,   ///< counter += 1
    SetOne       ///< counter = 1
  };
  Kind kind = Kind::AtLeastMin;
  std::uint8_t is_last = 1;
  std::uint16_t counter = 0;
  friend auto operator<=>(const CounterOp&, const CounterOp&) = default;
};

/// What may stand in an all-group, 3.8.1; several names with one bit are a substitution group.
struct AllMemberRow {
  NameId name{};
  ElementId element{};
  std::uint32_t bit = 0;          ///< from 0; a bit that is set already: the particle occurs twice
  std::uint32_t is_required = 0;  ///< 0 or 1; the same for all of one bit
};

enum class ConstraintKind : std::uint8_t { Unique, Key, Keyref };

/// Identity-constraint Definition, 3.11.1.
struct ConstraintRow {
  NameId name{};
  ConstraintId refers_to = ConstraintId::None;  ///< Keyref: {referenced key}
  IdRange selector{};                           ///< into paths(): alternatives
  IdRange fields{};                             ///< into fields()
  ConstraintKind kind = ConstraintKind::Unique;
  std::array<std::uint8_t, 3> reserved{};
};

/// One {field}: its alternatives.
struct FieldRow {
  IdRange paths{};  ///< into paths()
};

/// One alternative of a selector or field, 3.11.6: steps from the element of the constraint. "."
/// has none.
struct PathRow {
  IdRange steps{};                ///< into path_steps()
  std::uint32_t is_anywhere = 0;  ///< 1: begins with ".//"
};

struct PathStep {
  enum class Axis : std::uint8_t { Child, Attribute };  ///< Attribute only as last step of a field
  enum class Test : std::uint8_t { Any, AnyOfNamespace, Name };
  Axis axis = Axis::Child;
  Test test = Test::Any;
  std::uint16_t reserved = 0;
  std::uint32_t id = 0;  ///< Name: a NameId; AnyOfNamespace: a NamespaceId
};

/// The global components that a name has: 2.5 (symbol spaces).
struct GlobalRow {
  ElementId element = ElementId::None;
  TypeRef type = TypeRef::None;
  AttributeId attribute = AttributeId::None;
};

/// A schema file that the tables were made from.
struct SourceRow {
  TextSpan path{};  ///< absolute, as it was opened
  std::array<std::uint8_t, 32> sha256{};
};

/// FNV-1a of the bytes, 32 bits.
[[nodiscard]] constexpr std::uint32_t name_hash(const char* bytes, std::size_t size) noexcept {
  std::uint32_t hash = 2166136261U;
  for (std::size_t i = 0; i < size; ++i) {
    hash = (hash ^ static_cast<unsigned char>(bytes[i])) * 16777619U;
  }
  return hash;
}

/// The tables of a block, in the order in which they stand.
enum class Table : std::uint8_t {
  Text,
  Namespaces,
  Names,
  NameHash,  ///< open addressing by name_hash() + namespace; a power of two of NameIds
  Globals,
  Elements,
  Attributes,
  Wildcards,
  WildcardNamespaces,
  ComplexTypes,
  Models,
  States,
  Transitions,
  SchemaOrder,  ///< of each state: its transitions (from 0) in the order of the schema
  Counters,
  CounterOps,
  AllMembers,
  Constraints,
  Fields,
  Paths,
  PathSteps,
  Notations,
  Sources,
  SimpleTypes,  ///< bytes
};
inline constexpr std::size_t kTableCount = 24;

static_assert(sizeof(StateRow) == 64 && sizeof(TransitionRow) == 16 && sizeof(ElementRow) == 32);
static_assert(sizeof(AttributeRow) == 20 && sizeof(WildcardRow) == 16);
static_assert(sizeof(ComplexTypeRow) == 36 && sizeof(ContentModelRow) == 36);
static_assert(sizeof(ExpandedName) == 16 && sizeof(ConstraintRow) == 28 && sizeof(PathRow) == 12);
static_assert(std::is_trivially_copyable_v<StateRow> && std::is_standard_layout_v<StateRow>);

}  // namespace amparo::xsd
