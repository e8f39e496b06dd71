// SPDX-License-Identifier: Apache-2.0
// The door: one document in, one Report out. Total: whatever is wrong with the document comes back
// as findings; an Error says that it could not be read.
#pragma once

#include <cstdint>
#include <string>

#include "core/limits.hpp"
#include "core/report.hpp"
#include "core/result.hpp"
#include "core/source.hpp"
#include "validator/bundle.hpp"

namespace amparo {

struct ValidateOptions {
  std::string as_of{};           ///< "2026-11-23": the day that validity dates are held against
  bool rules_wanted = true;      ///< false: the rule layers are switched off by the caller
  bool reveal = false;           ///< show values; marks the report
  std::uint64_t max_kept = 100;  ///< findings kept per rule; all are counted
  Limits limits{};               ///< as they are by default: wider ones for the general profile
  unsigned jobs = 1;  ///< threads at work on one document; the report does not depend on it
};

/// Not from several threads at once with the same bundle.
[[nodiscard]] Result<Report> validate(Source& document,
                                      const Bundle& bundle,
                                      const ValidateOptions& options);

}  // namespace amparo
