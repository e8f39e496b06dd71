// SPDX-License-Identifier: Apache-2.0
// After reading: patterns by is-a become patterns, abstract rules go into those that extend them.
#pragma once

#include "validator/rules/schematron.hpp"

namespace amparo::rules {

/// Thrown inside the reader, caught at its door.
struct SchematronRefusal {
  RuleFault fault;
};

/// Throws SchematronRefusal.
void resolve_schematron(Schematron& schema);

}  // namespace amparo::rules
