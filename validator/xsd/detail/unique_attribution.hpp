// SPDX-License-Identifier: Apache-2.0
// Whether a content model says of each child, without looking ahead, which of its particles the
// child belongs to. For type_rules.cpp only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/result.hpp"
#include "validator/xsd/compiled_schema.hpp"
#include "validator/xsd/content_model.hpp"

namespace amparo::xsd {

/// Two particles that one child may belong to, by the names they stand for.
struct Ambiguity {
  std::string first;
  std::string second;
};

/// XML Schema 1.0 Part 1, 3.8.6, Unique Particle Attribution. Nothing: it holds. Fails with
/// TooLarge when that would take more than about `max_states` states.
[[nodiscard]] Result<std::optional<Ambiguity>> find_ambiguity(const CompiledSchema& schema,
                                                              const Particle& root,
                                                              std::uint32_t max_states);

/// 3.8.6, Element Declarations Consistent: a name for which elements of two different types may
/// stand in the content; None: there is none. "Implicitly contains" takes in the members of
/// substitution groups.
[[nodiscard]] NameId find_two_types(const CompiledSchema& schema, const Particle& root);

}  // namespace amparo::xsd
