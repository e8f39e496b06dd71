// SPDX-License-Identifier: Apache-2.0
// Constraints of XML Schema 1.0 Part 1 on complex types that need their content models: what
// Xerces-C checks otherwise than the specification has it, or only by writing every repetition out.
// For the compile files only.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/report.hpp"
#include "validator/xsd/compiled_schema.hpp"
#include "validator/xsd/content_model.hpp"

namespace amparo::xsd {

/// A complex type as its schema has it.
struct TypeOrigin {
  Particle particle{};  ///< of ContentKind::ElementOnly and Mixed
  std::string file{};
  std::uint64_t line = 0;
  std::uint64_t column = 0;
};

/// What is wrong, in the order of the types: Unique Particle Attribution and Element Declarations
/// Consistent (3.8.6), Derivation Valid of extensions and restrictions (3.4.6) as far as they
/// concern the content type. `origins` is by ComplexTypeId. Fails with TooLarge.
[[nodiscard]] Result<std::vector<Finding>> check_types(const CompiledSchema& schema,
                                                       std::span<const TypeOrigin> origins,
                                                       std::uint32_t max_states);

}  // namespace amparo::xsd
