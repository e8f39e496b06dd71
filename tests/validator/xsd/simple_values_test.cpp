// SPDX-License-Identifier: Apache-2.0
// The values of fixtures/simple-values.txt, which Xerces-C and libxml2 were asked about as well.
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "validator/xsd/simple_types_builder.hpp"

namespace amparo::xsd {
namespace {

class SchemaPrefixes : public NamespaceResolver {
 public:
  [[nodiscard]] std::optional<std::string_view> resolve(std::string_view prefix) const override {
    if (prefix.empty()) return "";
    if (prefix == "xs") return "http://www.w3.org/2001/XMLSchema";
    if (prefix == "p") return "urn:p";
    return std::nullopt;
  }
};

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::string unescaped(const std::string& text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      plain += text[i];
      continue;
    }
    const char c = text[++i];
    plain += c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c;
  }
  return plain;
}

template <typename Enum>
std::map<std::string, Enum, std::less<>> names_of(unsigned count) {
  std::map<std::string, Enum, std::less<>> names;
  for (unsigned i = 0; i < count; ++i)
    names.emplace(name(static_cast<Enum>(i)), static_cast<Enum>(i));
  return names;
}

}  // namespace

TEST_CASE("verdicts on values are those of the peers or of the clause", "[xsd][simple-values]") {
  const auto types = names_of<BuiltIn>(kBuiltInCount);
  const auto facet_names = names_of<Facet>(12);
  const SchemaPrefixes prefixes;
  std::ifstream file{AMPARO_SOURCE_DIR "/tests/validator/xsd/fixtures/simple-values.txt"};
  int rows = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.front() == '#') continue;
    CAPTURE(line);
    const auto columns = split(line, '\t');
    REQUIRE(columns.size() == 4);
    std::vector<FacetText> facets;
    const auto texts = split(columns[1], '|');
    for (const std::string& text : texts) {
      if (text.empty()) continue;
      const auto equals = text.find('=');
      facets.push_back(
          {facet_names.at(text.substr(0, equals)), std::string_view{text}.substr(equals + 1)});
    }
    SimpleTypesBuilder builder;
    const auto type = builder.add_restriction(type_id(types.at(columns[0])), facets, {}, &prefixes);
    REQUIRE(type);
    ValueContext context{.namespaces = &prefixes};
    const bool is_valid = check(builder.tables(), *type, unescaped(columns[2]), context).is_valid();
    CHECK(is_valid == (columns[3] == "valid"));
    ++rows;
  }
  CHECK(rows > 600);
}

}  // namespace amparo::xsd
