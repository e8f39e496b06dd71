// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/compiled_schema.hpp"

#include <algorithm>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/validator/xsd/schema_folder.hpp"
#include "validator/xsd/compile.hpp"
#include "validator/xsd/simple_types.hpp"

namespace amparo::xsd {
namespace {

namespace fs = std::filesystem;

CompiledSchema compiled(const char* name) {
  const std::vector<fs::path> files{fs::path{AMPARO_SOURCE_DIR} / "tests/validator/xsd/schemas" /
                                    name};
  auto schema = compile_here(files);
  REQUIRE(schema);
  return *std::move(schema);
}

TypeRef type(const CompiledSchema& schema, std::string_view local) {
  const auto found = schema.global_type(schema.find_name(schema.target_namespace(), local));
  CAPTURE(local);
  REQUIRE(found != TypeRef::None);
  return found;
}
TypeRef built_in(const CompiledSchema& schema, std::string_view local) {
  return schema.global_type(schema.find_name(NamespaceId::XmlSchema, local));
}

TEST_CASE("Names are found by namespace and local part", "[xsd][tables]") {
  const auto schema = compiled("elements.xsd");
  CHECK(schema.find_namespace("urn:t") == schema.target_namespace());
  CHECK(schema.find_namespace("") == NamespaceId::Absent);
  CHECK(schema.find_namespace("urn:u") == NamespaceId::Unknown);
  CHECK(schema.find_name(NamespaceId::Instance, "nil") == NameId::XsiNil);
  CHECK(schema.find_name(NamespaceId::Unknown, "root") == NameId::None);
  CHECK(schema.find_name(NamespaceId::Absent, "root") == NameId::None);
  CHECK(schema.find_name(NamespaceId::Absent, "") == NameId::None);
  const auto names = schema.names();
  for (std::size_t i = 0; i < names.size(); ++i) {
    CHECK(index(schema.find_name(names[i].space, schema.text(names[i].local))) == i);
  }
  CHECK(schema.global_element(NameId::None) == ElementId::None);
  CHECK(built_in(schema, "anyType") == TypeRef::AnyType);
  CHECK(built_in(schema, "int") == type_ref(type_id(BuiltIn::Int)));
  CHECK(schema.display_name(type_ref(type_id(BuiltIn::Int))) == "xs:int");
  CHECK(schema.display_name(TypeRef::AnyType) == "xs:anyType");
}

TEST_CASE("Derivation of types follows the chain and heeds what is blocked", "[xsd][tables]") {
  struct Case {
    const char* file;
    const char *derived, *base;  // "xs:" before those of XML Schema
    DerivationSet blocked;
    bool is_derived;
  };
  const auto c = GENERATE(values<Case>({
      {"content.xsd", "more", "abstract", kNothing, true},
      {"content.xsd", "more", "abstract", kRestriction, true},
      {"content.xsd", "more", "abstract", kExtension, false},
      {"content.xsd", "more", "more", kExtension, true},
      {"content.xsd", "abstract", "more", kNothing, false},
      {"content.xsd", "more", "xs:anyType", kNothing, true},
      {"content.xsd", "more", "xs:anyType", kRestriction, false},
      {"content.xsd", "short-text", "xs:date", kNothing, true},
      {"content.xsd", "short-text", "xs:date", kExtension, false},
      {"content.xsd", "short-text", "xs:anySimpleType", kNothing, true},
      {"content.xsd", "short-text", "xs:dateTime", kNothing, false},
      {"simple-types.xsd", "fewer", "code", kNothing, true},
      {"simple-types.xsd", "fewer", "code", kRestriction, false},
      {"simple-types.xsd", "fewer", "xs:string", kNothing, true},
      {"simple-types.xsd", "fewer", "xs:NCName", kNothing, false},
      {"simple-types.xsd", "fewer", "xs:anyType", kNothing, true},
      {"simple-types.xsd", "two", "codes", kNothing, true},
      {"simple-types.xsd", "codes", "code", kNothing, false},
      {"simple-types.xsd", "codes", "xs:anySimpleType", kNothing, true},
      {"simple-types.xsd", "two", "either", kNothing, true},  // 3.14.6, 2.2.4: by a member
      {"simple-types.xsd", "fewer", "either", kNothing, false},
      {"simple-types.xsd", "one", "either", kNothing, true},
  }));
  CAPTURE(c.file, c.derived, c.base, int{c.blocked});
  const auto schema = compiled(c.file);
  const auto find = [&](std::string_view name) {
    return name.substr(0, 3) == "xs:" ? built_in(schema, name.substr(3)) : type(schema, name);
  };
  CHECK(schema.is_derived(find(c.derived), find(c.base), c.blocked) == c.is_derived);
}

TEST_CASE("A wildcard admits the namespaces that its rule names", "[xsd][tables]") {
  const auto schema = compiled("wildcards.xsd");
  const auto& row = schema[complex_type(type(schema, "w"))];
  const auto& model = schema[row.model];
  struct Case {
    std::uint32_t state;
    std::string_view space;
    bool admits;
  };
  const auto c = GENERATE(values<Case>({{0, "urn:t", true},
                                        {0, "urn:a", false},
                                        {0, "", false},
                                        {1, "", true},
                                        {1, "urn:a", true},
                                        {1, "urn:t", false},
                                        {1, "urn:unknown", false},
                                        {2, "urn:t", false},
                                        {2, "", false},
                                        {2, "urn:a", true},
                                        {2, "urn:unknown", true}}));
  CAPTURE(c.state, c.space);
  const StateRow& state = schema.states()[model.states.begin + c.state];
  const auto& wildcard = schema[schema.wild(state).front().by_wildcard()];
  CHECK(schema.admits(wildcard, schema.find_namespace(c.space)) == c.admits);
  CHECK(schema.admits(schema[row.attribute_wildcard], NamespaceId::Unknown));
}

TEST_CASE("Tables come back from their bytes", "[xsd][tables]") {
  const auto* name = GENERATE("simple-types.xsd", "keys.xsd", "occurrences.xsd");
  const auto schema = compiled(name);
  const auto again = CompiledSchema::copy_of(schema.bytes());
  REQUIRE(again);
  CHECK(dump(*again) == dump(schema));
  CHECK(std::ranges::equal(again->bytes(), schema.bytes()));
}

// Whatever is let through must be safe to walk: the dump follows every id.
bool is_refused_or_harmless(const std::vector<std::byte>& bytes) {
  const auto schema = CompiledSchema::copy_of(bytes);
  if (!schema) return schema.error().code == ErrorCode::Malformed;
  for (std::size_t i = 0; i < schema->names().size(); ++i) {
    const auto& name = schema->names()[i];
    static_cast<void>(schema->find_name(name.space, schema->text(name.local)));
    const auto type = schema->global_type(static_cast<NameId>(i));
    if (type != TypeRef::None) {
      static_cast<void>(schema->is_derived(type, type_ref(type_id(BuiltIn::Date)), kNothing));
    }
  }
  return !dump(*schema).empty();
}

TEST_CASE("Every truncation of the tables is refused", "[xsd][tables]") {
  const auto schema = compiled("keys.xsd");
  const auto whole = schema.bytes();
  for (std::size_t size = 0; size < whole.size(); size += size < 512 ? 1 : 7) {
    if (CompiledSchema::copy_of(whole.first(size))) FAIL_CHECK("accepted at " << size << " bytes");
  }
}

TEST_CASE("Tables with a wrong byte or number are refused or harmless", "[xsd][tables]") {
  const auto* name =
      GENERATE("substitution.xsd", "keys.xsd", "occurrences.xsd", "simple-types.xsd");
  CAPTURE(name);
  const auto schema = compiled(name);
  const std::vector<std::byte> whole{schema.bytes().begin(), schema.bytes().end()};
  std::mt19937 random{20};
  std::size_t refused = 0;
  constexpr std::size_t kTrials = 1500;
  for (std::size_t trial = 0; trial < kTrials; ++trial) {
    auto bytes = whole;
    const auto at = random() % (bytes.size() / 4) * 4;
    constexpr std::array<std::uint32_t, 6> kNumbers{0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 1000};
    std::uint32_t number = kNumbers.at(random() % kNumbers.size());
    if (random() % 2 == 0) {
      std::memcpy(&number, bytes.data() + at, sizeof number);
      number ^= std::uint32_t{1} << random() % 32;
    }
    std::memcpy(bytes.data() + at, &number, sizeof number);
    CAPTURE(trial, at);
    if (!CompiledSchema::copy_of(bytes)) ++refused;
    if (!is_refused_or_harmless(bytes)) FAIL_CHECK("refused in an unexpected way");
  }
  CHECK(refused > kTrials / 4);
}

}  // namespace
}  // namespace amparo::xsd
