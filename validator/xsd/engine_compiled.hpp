// SPDX-License-Identifier: Apache-2.0
// The compiled engine: documents in one pass through the tables of compile.hpp. Read next:
// engine_run.hpp.
#pragma once

#include <memory>

#include "validator/xsd/compiled_schema.hpp"
#include "validator/xsd/engine.hpp"
#include "xml/scan.hpp"

namespace amparo::xsd {

/// What does not change the findings; for tests and measurements.
struct EngineTuning {
  xml::ScanPath path = xml::ScanPath::Best;
  std::size_t chunk_bytes = std::size_t{256} << 10U;  ///< read at once
  std::size_t block_bytes = std::size_t{1} << 20U;    ///< a job of one thread, about
  bool always_ahead = false;  ///< with jobs: no record is read where it is if that can be avoided
};

/// Fails with Unsupported when a pattern of the schema is too large to run.
[[nodiscard]] Result<std::unique_ptr<Schema>> make_compiled_engine(CompiledSchema schema,
                                                                   const EngineTuning& tuning = {});

}  // namespace amparo::xsd
