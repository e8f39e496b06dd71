// SPDX-License-Identifier: Apache-2.0
// What the compiled engine keeps beside the tables of a schema, worked out once when it is loaded.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/result.hpp"
#include "text/xsd_pattern.hpp"
#include "validator/xsd/compiled_schema.hpp"
#include "validator/xsd/engine_keys.hpp"
#include "validator/xsd/quick_value.hpp"
#include "validator/xsd/value_check.hpp"
#include "xml/name_scope.hpp"

namespace amparo::xsd {

/// The schema's numbers for names, for the tokenizer.
class SchemaNameResolver final : public xml::NameResolver {
 public:
  explicit SchemaNameResolver(const CompiledSchema& schema) : schema_{&schema} {}
  [[nodiscard]] std::uint32_t namespace_id(std::string_view uri) const override;
  [[nodiscard]] std::uint32_t name_id(std::uint32_t space, std::string_view local) const override;

 private:
  const CompiledSchema* schema_;
};

/// The patterns of a schema by PatternId.
class SchemaPatterns final : public PatternMatcher {
 public:
  /// Fails when a pattern is none, or too large.
  static Result<SchemaPatterns> make(const SimpleTypeTables& tables);
  [[nodiscard]] bool matches(PatternId pattern, std::string_view text) const override {
    return patterns_[static_cast<std::size_t>(pattern)].matches(text);
  }
  [[nodiscard]] const text::Pattern& operator[](PatternId pattern) const noexcept {
    return patterns_[static_cast<std::size_t>(pattern)];
  }

 private:
  std::vector<text::Pattern> patterns_{};
};

/// Of elements and attributes, local, and of namespaces: all that a report may show of a document.
/// The views die with the schema.
[[nodiscard]] std::unordered_set<std::string_view> names_to_show(const CompiledSchema& schema);

/// Immutable; const is safe from many threads.
struct EngineTables {
  EngineTables(CompiledSchema compiled, SchemaPatterns compiled_patterns);
  EngineTables(const EngineTables&) = delete;
  EngineTables& operator=(const EngineTables&) = delete;
  EngineTables(EngineTables&&) = delete;
  EngineTables& operator=(EngineTables&&) = delete;
  ~EngineTables() = default;

  CompiledSchema schema;
  SchemaPatterns patterns;
  QuickValues quick_values;
  SchemaNameResolver names;
  PathIndex paths;
  std::unordered_set<std::string_view> known_names{};  ///< names_to_show()
  std::vector<std::string> roots{};                    ///< local names of global elements, sorted
};

}  // namespace amparo::xsd
