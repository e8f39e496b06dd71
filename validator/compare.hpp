// SPDX-License-Identifier: Apache-2.0
// The same document through all engines of a bundle, and where they differ. What that means for the
// verdict: spec/decisions/0009-engines-that-differ.md.
#pragma once

#include <functional>

#include "core/report.hpp"
#include "core/result.hpp"
#include "core/source.hpp"
#include "validator/bundle.hpp"
#include "validator/validate.hpp"

namespace amparo {

/// Opens a document once more, from its first byte.
using Reopen = std::function<Result<Source>()>;

/// Adds to the report of a document what the engines do not agree on: the ledger entry "engines",
/// and a finding of severity info, "engines-differ", for each line where only some of them find
/// something. Engines that do not agree on the verdict make it indeterminate. REQUIRES: the bundle
/// was loaded with EngineKind::All. Fails when the document cannot be read again.
[[nodiscard]] Status compare_engines(const Reopen& reopen,
                                     const Bundle& bundle,
                                     const ValidateOptions& options,
                                     Report& report);

}  // namespace amparo
