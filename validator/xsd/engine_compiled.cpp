// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/engine_compiled.hpp"

#include "validator/xsd/engine_run.hpp"
#include "validator/xsd/engine_segments.hpp"
#include "validator/xsd/engine_tables.hpp"

namespace amparo::xsd {
namespace {

class CompiledEngine final : public Schema {
 public:
  CompiledEngine(CompiledSchema schema, SchemaPatterns patterns, const EngineTuning& tuning)
      : tables_{std::move(schema), std::move(patterns)}, tuning_{tuning} {}

  Result<RunResult> run(Source& document,
                        const RunOptions& options,
                        ValueListener* listener,
                        FindingSink& findings) override {
    const xml::Tokenizer::Options gate{
        options.profile, options.limits, tuning_.path, tuning_.chunk_bytes};
    if (can_share(document, options)) {
      const Sharing sharing{tuning_.block_bytes, tuning_.always_ahead};
      return run_in_segments(tables_, document, gate, options, sharing, listener, findings);
    }
    return EngineRun{tables_, document, gate, options, listener, findings}.run();
  }

 private:
  EngineTables tables_;
  EngineTuning tuning_;
};

}  // namespace

Result<std::unique_ptr<Schema>> make_compiled_engine(CompiledSchema schema,
                                                     const EngineTuning& tuning) {
  auto patterns = SchemaPatterns::make(schema.simple_types());
  if (!patterns) return fail(ErrorCode::Unsupported, patterns.error().message);
  return std::unique_ptr<Schema>{
      std::make_unique<CompiledEngine>(std::move(schema), *std::move(patterns), tuning)};
}

}  // namespace amparo::xsd
