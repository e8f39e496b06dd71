// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/engine_tables.hpp"

#include <algorithm>

namespace amparo::xsd {

std::uint32_t SchemaNameResolver::namespace_id(std::string_view uri) const {
  const auto id = schema_->find_namespace(uri);
  return id == NamespaceId::Unknown ? xml::kUnknownId : static_cast<std::uint32_t>(id);
}

std::uint32_t SchemaNameResolver::name_id(std::uint32_t space, std::string_view local) const {
  if (space == xml::kUnknownId) return xml::kUnknownId;
  return static_cast<std::uint32_t>(schema_->find_name(static_cast<NamespaceId>(space), local));
}

Result<SchemaPatterns> SchemaPatterns::make(const SimpleTypeTables& tables) {
  SchemaPatterns patterns;
  patterns.patterns_.reserve(tables.patterns.size());
  for (const IndexRange& group : tables.patterns) {
    std::vector<std::string_view> texts;
    for (auto each = group.begin; each != group.end; ++each)
      texts.push_back(tables.view(tables.pattern_texts[each]));
    // As Xerces-C reads them, which has accepted the schema.
    auto compiled = text::Pattern::compile_any(texts, {.lenient_hyphens = true});
    if (!compiled) return Fail{compiled.error()};
    patterns.patterns_.push_back(*std::move(compiled));
  }
  return patterns;
}

std::unordered_set<std::string_view> names_to_show(const CompiledSchema& schema) {
  std::unordered_set<std::string_view> names;
  for (const TextSpan& uri : schema.namespaces())
    names.insert(schema.text(uri));
  for (const AttributeRow& attribute : schema.attributes())
    names.insert(schema.local(attribute.name));
  for (const ElementRow& element : schema.elements())
    names.insert(schema.local(element.name));
  return names;
}

EngineTables::EngineTables(CompiledSchema compiled, SchemaPatterns compiled_patterns)
    : schema{std::move(compiled)},
      patterns{std::move(compiled_patterns)},
      quick_values{schema.simple_types(), patterns},
      names{schema},
      paths{schema},
      known_names{names_to_show(schema)} {
  for (const ElementRow& element : schema.elements()) {
    if (element.is_global()) roots.emplace_back(schema.local(element.name));
  }
  std::sort(roots.begin(), roots.end());
  roots.erase(std::unique(roots.begin(), roots.end()), roots.end());
}

}  // namespace amparo::xsd
