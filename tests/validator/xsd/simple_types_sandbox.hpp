// SPDX-License-Identifier: Apache-2.0
// What the tests of simple types share: types made in one line, a matcher of patterns that knows a
// few by heart, two prefixes.
#pragma once

#include <array>
#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "validator/xsd/simple_types_builder.hpp"
#include "validator/xsd/value_key.hpp"

namespace amparo::xsd {

class TwoPrefixes : public NamespaceResolver {
 public:
  [[nodiscard]] std::optional<std::string_view> resolve(std::string_view prefix) const override {
    if (prefix.empty()) return "urn:default";
    if (prefix == "a" || prefix == "b") return "urn:same";
    return std::nullopt;
  }
};

// "^x" stands for all texts that begin with x, "x$" for those that end with it, others for their
// own text: enough to see which patterns are asked about which text.
class TinyMatcher : public PatternMatcher {
 public:
  explicit TinyMatcher(const SimpleTypeTables& tables) : tables_{&tables} {}

  [[nodiscard]] bool matches(PatternId pattern, std::string_view text) const override {
    const IndexRange group = tables_->patterns[static_cast<std::size_t>(pattern)];
    for (auto each = group.begin; each != group.end; ++each) {
      const auto alternative = tables_->view(tables_->pattern_texts[each]);
      if (alternative.front() == '^') {
        if (text.substr(0, alternative.size() - 1) == alternative.substr(1)) return true;
      } else if (alternative.back() == '$') {
        const auto end = alternative.substr(0, alternative.size() - 1);
        if (text.size() >= end.size() && text.substr(text.size() - end.size()) == end) return true;
      } else if (text == alternative) {
        return true;
      }
    }
    return false;
  }

 private:
  const SimpleTypeTables* tables_;
};

class Sandbox {
 public:
  TypeId restrict(TypeId base, std::initializer_list<FacetText> facets, TypeName name = {}) {
    return made(builder.add_restriction(base, std::vector<FacetText>{facets}, name, &prefixes));
  }
  TypeId restrict(BuiltIn base, std::initializer_list<FacetText> facets, TypeName name = {}) {
    return restrict(type_id(base), facets, name);
  }
  TypeId list(TypeId item, TypeName name = {}) { return made(builder.add_list(item, name)); }
  TypeId unite(std::initializer_list<TypeId> members, TypeName name = {}) {
    return made(builder.add_union(std::vector<TypeId>{members}, name));
  }

  Verdict verdict(TypeId type, std::string_view text) {
    const TinyMatcher matcher{builder.tables()};
    context.patterns = &matcher;
    context.namespaces = &prefixes;
    const Verdict found = check(builder.tables(), type, text, context);
    context.patterns = nullptr;
    return found;
  }
  bool accepts(TypeId type, std::string_view text) { return verdict(type, text).is_valid(); }
  bool accepts(BuiltIn type, std::string_view text) { return accepts(type_id(type), text); }
  Constraint broken(TypeId type, std::string_view text) { return verdict(type, text).broken; }

  // Empty when the text is no value.
  std::string key(TypeId type, std::string_view text) {
    context.namespaces = &prefixes;
    std::string made_key;
    append_value_key(builder.tables(), type, text, context, made_key);
    return made_key;
  }
  std::string key(BuiltIn type, std::string_view text) { return key(type_id(type), text); }

  SimpleTypesBuilder builder{};
  TwoPrefixes prefixes{};
  ValueContext context{};

 private:
  static TypeId made(const Result<TypeId>& result) {
    if (!result) throw std::runtime_error{result.error().message};
    return *result;
  }
};

}  // namespace amparo::xsd
