// SPDX-License-Identifier: Apache-2.0
// Whether one content model restricts another: XML Schema 1.0 Part 1, 3.9.6, Particle Valid
// (Restriction). For type_rules.cpp only.
#pragma once

#include "validator/xsd/compiled_schema.hpp"
#include "validator/xsd/content_model.hpp"

namespace amparo::xsd {

/// Whether `derived` is a valid restriction of `base`. Both speak of the components of `schema`;
/// particles that occur at most 0 times are none (3.9.2). Quadratic in the size of the particles.
[[nodiscard]] bool is_restriction(const CompiledSchema& schema,
                                  const Particle& derived,
                                  const Particle& base);

/// 3.9.6, Particle Emptiable.
[[nodiscard]] bool is_emptiable(const Particle& particle);

}  // namespace amparo::xsd
