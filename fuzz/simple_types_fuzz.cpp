// SPDX-License-Identifier: Apache-2.0
// Lines that make types, an empty line, a text. Types are letters: "A" is the first built-in type;
// "rB" restricts it, with facets as letter, value and tab; "lB" is a list of it, "uBCD" a union.
// The text is held against these types, or the built-in ones when there are none, and what is said
// of it must fit together.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "validator/xsd/simple_types_builder.hpp"
#include "validator/xsd/value_key.hpp"
#include "validator/xsd/value_problem.hpp"

namespace {

using namespace amparo::xsd;

constexpr std::size_t kMaxTypes = 100;

class AnyPrefix : public NamespaceResolver {
 public:
  [[nodiscard]] std::optional<std::string_view> resolve(std::string_view prefix) const override {
    if (prefix.size() > 2) return std::nullopt;
    return "urn:";
  }
};

void demand(bool holds) {
  if (!holds) std::abort();
}

TypeId type_of(char letter, const SimpleTypesBuilder& builder) {
  return static_cast<TypeId>((static_cast<unsigned char>(letter) - 'A' + 256U) %
                             builder.tables().types.size());
}

std::string_view take_until(std::string_view& text, char end) {
  const auto at = text.find(end);
  const auto taken = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return taken;
}

void add_type(std::string_view line, SimpleTypesBuilder& builder, const AnyPrefix& prefixes) {
  if (line.size() < 2) return;
  if (line.front() == 'l') {
    if (!builder.add_list(type_of(line[1], builder))) return;
  } else if (line.front() == 'u') {
    std::vector<TypeId> members;
    for (const char letter : line.substr(1))
      members.push_back(type_of(letter, builder));
    if (!builder.add_union(members)) return;
  } else {
    const TypeId base = type_of(line[1], builder);
    line.remove_prefix(2);
    std::vector<FacetText> facets;
    while (!line.empty()) {
      const auto facet = static_cast<Facet>(static_cast<unsigned char>(line.front()) % 12U);
      line.remove_prefix(1);
      facets.push_back({facet, take_until(line, '\t')});
    }
    if (!builder.add_restriction(base, facets, {}, &prefixes)) return;
  }
}

// A value is in the enumeration of itself, and in no range that ends before it.
void hold_against_itself(SimpleTypesBuilder& builder,
                         TypeId type,
                         std::string_view text,
                         ValueContext& context) {
  const std::vector<FacetText> itself{{Facet::Enumeration, text}};
  if (const auto same = builder.add_restriction(type, itself, {}, context.namespaces)) {
    demand(check(builder.tables(), *same, text, context).is_valid());
  }
  const std::vector<FacetText> bounds{{Facet::MinInclusive, text}, {Facet::MaxInclusive, text}};
  if (const auto closed = builder.add_restriction(type, bounds)) {
    demand(check(builder.tables(), *closed, text, context).is_valid());
  }
  const std::vector<FacetText> below{{Facet::MaxExclusive, text}};
  if (const auto open = builder.add_restriction(type, below)) {
    const auto verdict = check(builder.tables(), *open, text, context);
    demand(verdict.broken == Constraint::MaxExclusive);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);  // NOLINT
  const AnyPrefix prefixes;
  SimpleTypesBuilder builder;
  while (!rest.empty() && builder.tables().types.size() < kMaxTypes) {
    const auto line = take_until(rest, '\n');
    if (line.empty()) break;
    add_type(line, builder, prefixes);
  }
  demand(verify(builder.tables()).has_value());
  demand(!dump(builder.tables()).empty() || builder.tables().types.size() == kBuiltInCount);

  ValueContext context{.namespaces = &prefixes, .has_entities = true};
  const auto count = builder.tables().types.size();
  for (std::size_t i = count == kBuiltInCount ? 0 : kBuiltInCount; i < count; ++i) {
    const auto type = static_cast<TypeId>(i);
    const auto& tables = builder.tables();
    const Verdict verdict = check(tables, type, rest, context);
    std::string key;
    if (!verdict.is_valid()) {
      demand(!describe(tables, verdict, rest, "<A>").rule.empty());
      continue;
    }
    demand(tables[verdict.type].variety != Variety::Union);
    demand(append_value_key(tables, type, rest, context, key));
    std::string again;
    demand(append_value_key(tables, verdict.type, rest, context, again) && again == key);
    hold_against_itself(builder, type, rest, context);
  }
  return 0;
}
