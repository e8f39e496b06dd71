// SPDX-License-Identifier: Apache-2.0
// Content models: from a tree of particles to the automaton that decides one (XML Schema 1.0 Part
// 1, 3.8 and 3.9). Knows neither Xerces nor names, only their ids. Read next: schema_tables.hpp.
#pragma once

#include <cstdint>
#include <vector>

#include "core/result.hpp"
#include "validator/xsd/schema_tables.hpp"

namespace amparo::xsd {

/// A name that an element particle stands for: the declaration's own, or that of a member of its
/// substitution group.
struct Alternative {
  NameId name{};
  ElementId element{};
  friend bool operator==(const Alternative&, const Alternative&) = default;
};

/// A particle and its term, 3.9.1. `min` > `max` admits nothing.
struct Particle {
  enum class Kind : std::uint8_t { Element, Wildcard, Sequence, Choice, All };
  static constexpr std::uint32_t kUnbounded = kNoId;

  Kind kind = Kind::Sequence;
  std::uint32_t min = 1;
  std::uint32_t max = 1;
  WildcardId wildcard = WildcardId::None;   ///< Wildcard
  std::vector<Alternative> alternatives{};  ///< Element; none: it can never occur
  std::vector<Particle> children{};         ///< the groups; a sequence of none is empty content
  ElementId element = ElementId::None;      ///< Element: the declaration that it names
};

/// One content model with all ids counted from 0: what the tables take over.
struct BuiltModel {
  ContentModelRow row{};
  std::vector<StateRow> states{};  ///< likely_name and likely_type are left to the tables
  std::vector<TransitionRow> transitions{};
  std::vector<std::uint32_t> schema_order{};
  std::vector<CounterRow> counters{};
  std::vector<CounterOp> counter_ops{};
  std::vector<AllMemberRow> members{};
};

/// Builds the automaton. Where the schema breaks Unique Particle Attribution (3.8.6), a name goes
/// before a wildcard and an earlier particle before a later one.
/// Particles that occur often are counted, not written out; where counting would be ambiguous they
/// are written out. Fails with TooLarge above `max_states` states, and with Unsupported when an
/// all-group stands inside another group (3.8.6, All Group Limited).
[[nodiscard]] Result<BuiltModel> build_model(const Particle& root, std::uint32_t max_states);

}  // namespace amparo::xsd
