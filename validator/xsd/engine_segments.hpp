// SPDX-License-Identifier: Apache-2.0
// The compiled engine in many threads at once: see segments.hpp for how it works.
#pragma once

#include "validator/xsd/engine.hpp"
#include "validator/xsd/engine_tables.hpp"
#include "xml/tokenizer.hpp"

namespace amparo::xsd {

/// Of EngineTuning.
struct Sharing {
  std::uint64_t block_bytes = 0;
  bool always_ahead = false;
};

/// Whether more than one thread could do anything for this run.
[[nodiscard]] bool can_share(const Source& document, const RunOptions& options);

/// As EngineRun::run(), with options.jobs threads. REQUIRES: can_share()
[[nodiscard]] Result<RunResult> run_in_segments(const EngineTables& tables,
                                                Source& document,
                                                const xml::Tokenizer::Options& gate,
                                                const RunOptions& options,
                                                const Sharing& sharing,
                                                ValueListener* listener,
                                                FindingSink& findings);

}  // namespace amparo::xsd
