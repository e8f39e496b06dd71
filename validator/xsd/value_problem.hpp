// SPDX-License-Identifier: Apache-2.0
// A verdict of value_check.hpp as a finding says it: rule, key of the sentence, names and facets of
// the schema, never the value.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/finding.hpp"
#include "validator/xsd/value_check.hpp"

namespace amparo::xsd {

/// The constraint's name in the specification: "cvc-pattern-valid".
[[nodiscard]] std::string_view rule_of(Constraint constraint) noexcept;

/// What a Finding takes over.
struct ValueFault {
  std::string rule;
  std::string key;
  Params params{};  ///< holder, type; facet and length where the sentence has them
  std::vector<Note> notes{};
};

/// `text`: the value as written; `holder`: how to name what holds it, "<BirthDate>".
/// REQUIRES: !verdict.is_valid()
[[nodiscard]] ValueFault describe(const SimpleTypeTables& tables,
                                  const Verdict& verdict,
                                  std::string_view text,
                                  const std::string& holder);

}  // namespace amparo::xsd
