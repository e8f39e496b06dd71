// SPDX-License-Identifier: Apache-2.0
// Whether a block that claims to be the tables of a schema can be run without harm.
#pragma once

#include <span>

#include "validator/xsd/compiled_schema.hpp"

namespace amparo::xsd {

/// Every id, range and enumerator is inside what it points into; chains of types and elements end;
/// ranges that the engine walks do not overlap, so that walking all of them takes linear time.
/// REQUIRES: the simple types are sound. O(size of the block).
[[nodiscard]] bool is_sound(const CompiledSchema& schema, std::span<const NameId> name_hash_table);

}  // namespace amparo::xsd
