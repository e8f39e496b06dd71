// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/compile.hpp"

#include <string>

#include <xercesc/framework/XMLGrammarPoolImpl.hpp>
#include <xercesc/util/OutOfMemoryException.hpp>
#include <xercesc/util/XMLException.hpp>

#include "text/xsd_pattern.hpp"
#include "validator/xsd/detail/compile_child.hpp"
#include "validator/xsd/detail/schema_draft.hpp"
#include "validator/xsd/detail/type_rules.hpp"
#include "validator/xsd/detail/xerces_components.hpp"
#include "validator/xsd/detail/xerces_input.hpp"
#include "validator/xsd/detail/xerces_memory.hpp"
#include "validator/xsd/detail/xerces_schema_files.hpp"

namespace amparo::xsd {
namespace {

namespace fs = std::filesystem;

constexpr char kTables = 'T';  // what a child's answer begins with
constexpr char kFault = 'F';

Fail<SchemaFault> fault_of(std::span<const fs::path> files, Error error) {
  error.message = files.front().string() + ": " + error.message;
  return Fail{SchemaFault{std::move(error)}};
}

// As the Recommendation reads them; Xerces takes hyphens in places where it has none.
Status check_patterns(const SimpleTypeTables& types) {
  for (const TextRef& text : types.pattern_texts) {
    const auto pattern = text::Pattern::compile(types.view(text));
    if (!pattern) return Fail{pattern.error()};
  }
  return Done{};
}

Fail<SchemaFault> does_not_compile(std::span<const fs::path> files, std::vector<Finding> findings) {
  return Fail{
      SchemaFault{{ErrorCode::Malformed, files.front().string() + ": the schema does not compile"},
                  std::move(findings)}};
}

Result<CompiledSchema, SchemaFault> compile_with(std::span<const fs::path> files,
                                                 const CompileLimits& limits,
                                                 SchemaCounts counts) {
  if (files.empty()) {
    return Fail{SchemaFault{{ErrorCode::NotFound, "no schema file was given"}}};
  }
  start_xerces();
  BoundedMemory memory{limits.memory_bytes};
  try {
    xercesc::XMLGrammarPoolImpl pool{&memory};
    // What full checking by Xerces adds is done below, and without writing repetitions out.
    auto loaded =
        load_grammars(files, SchemaChecking::Trusted, counts, PatternUse::ByUs, memory, pool);
    if (!loaded) return Fail{std::move(loaded).error()};
    if (limits.checking == SchemaChecking::Full && loaded->restricts_groups) {
      // Only then does Xerces read what such a group replaces, and compares them.
      xercesc::XMLGrammarPoolImpl other{&memory};
      auto checked =
          load_grammars(files, SchemaChecking::Full, counts, PatternUse::ByUs, memory, other);
      if (!checked) return Fail{std::move(checked).error()};
    }
    SchemaDraft draft;
    ComponentReader components{pool, *loaded, draft};
    if (auto read = components.read(limits.states); !read) {
      return fault_of(files, std::move(read).error());
    }
    for (const LoadedSchema::File& file : loaded->files)
      draft.sources.push_back({draft.keep(file.path), file.digest});
    auto schema = draft.freeze();
    if (!schema) return fault_of(files, std::move(schema).error());
    if (limits.checking == SchemaChecking::Full) {
      if (auto sound = check_patterns(schema->simple_types()); !sound) {
        return fault_of(files, std::move(sound).error());
      }
      auto faults = check_types(*schema, components.origins(), limits.states);
      if (!faults) return fault_of(files, std::move(faults).error());
      if (!faults->empty()) return does_not_compile(files, *std::move(faults));
    }
    return *std::move(schema);
  } catch (const xercesc::OutOfMemoryException&) {
    return fault_of(files, {ErrorCode::TooLarge, "the schema needs too much memory"});
  } catch (const xercesc::XMLException&) {
    return fault_of(files, {ErrorCode::Malformed, "the schema does not compile"});
  }
}

std::string answer_of(const Result<CompiledSchema, SchemaFault>& compiled) {
  if (!compiled) return kFault + bytes_of(compiled.error());
  const auto block = compiled->bytes();
  std::string answer(1, kTables);
  answer.append(reinterpret_cast<const char*>(block.data()), block.size());
  return answer;
}

}  // namespace

Result<CompiledSchema, SchemaFault> compile_here(std::span<const fs::path> files,
                                                 const CompileLimits& limits) {
  return compile_with(files, limits, SchemaCounts::Small);
}

Result<CompiledSchema, SchemaFault> compile(std::span<const fs::path> files,
                                            const CompileLimits& limits) {
  if (!has_children() || files.empty()) return compile_here(files, limits);
  const auto answer =
      run_in_child([&] { return answer_of(compile_with(files, limits, SchemaCounts::Any)); },
                   {.time = limits.time, .memory_bytes = limits.memory_bytes});
  if (!answer) return fault_of(files, answer.error());
  const std::string_view rest = std::string_view{*answer}.substr(1);
  if (answer->front() == kFault) return Fail{fault_from(rest)};
  auto schema = CompiledSchema::copy_of(std::as_bytes(std::span{rest}));
  if (!schema) return fault_of(files, std::move(schema).error());
  return *std::move(schema);
}

}  // namespace amparo::xsd
