// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/compile.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>

#include <catch2/catch.hpp>

#include "tests/validator/xsd/schema_folder.hpp"
#include "validator/xsd/simple_types.hpp"

namespace amparo::xsd {
namespace {

namespace fs = std::filesystem;

const fs::path kSchemas = fs::path{AMPARO_SOURCE_DIR} / "tests/validator/xsd/schemas";

std::vector<fs::path> schema_of_the_standard() {
  return {fs::path{AMPARO_SOURCE_DIR} / "schema/1.0/amparo.xsd"};
}

TEST_CASE("Each construct of a schema compiles to the tables that its dump shows",
          "[xsd][compile]") {
  std::size_t compared = 0;
  for (const auto& entry : fs::directory_iterator{kSchemas}) {
    if (entry.path().extension() != ".dump") continue;
    const std::vector<fs::path> files{fs::path{entry.path()}.replace_extension(".xsd")};
    CAPTURE(files.front());
    const auto schema = compile_here(files);
    REQUIRE(schema);
    if (std::getenv("AMPARO_UPDATE_GOLDEN") != nullptr)
      std::ofstream{entry.path()} << dump(*schema);
    CHECK(dump(*schema) == SchemaFolder::read(entry.path()));
    ++compared;
  }
  CHECK(compared == 10);
}

TEST_CASE("A child process compiles what this process would", "[xsd][compile]") {
  const std::vector<fs::path> files{kSchemas / "keys.xsd"};
  const auto here = compile_here(files);
  const auto there = compile(files);
  REQUIRE(here);
  REQUIRE(there);
  CHECK(std::ranges::equal(here->bytes(), there->bytes()));
}

TEST_CASE("The schema of the standard compiles", "[xsd][compile]") {
  const auto files = schema_of_the_standard();
  const auto schema = compile(files, {.checking = SchemaChecking::Trusted});
  REQUIRE(schema);
  CHECK(schema->uri(schema->target_namespace()) == "https://w3id.org/amparo/1");
  const auto own =
      std::count_if(fs::directory_iterator{files.front().parent_path()},
                    fs::directory_iterator{},
                    [](const auto& file) { return file.path().extension() == ".xsd"; });
  CHECK(own > 0);
  CHECK(schema->sources().size() >= static_cast<std::size_t>(own));
  for (const std::string_view root : {"Batch", "Message", "Record"}) {
    CAPTURE(root);
    const auto name = schema->find_name(schema->target_namespace(), root);
    CHECK(schema->global_element(name) != ElementId::None);
  }
  CHECK(schema->states().size() < 10'000);
}

TEST_CASE("A fault of the schema comes back with its place, from a child too", "[xsd][compile]") {
  SchemaFolder folder;
  struct Case {
    const char* components;
    ErrorCode code;
    const char* rule;
  };
  const auto c = GENERATE(values<Case>({
      {"<xs:element name='a' type='missing'/>", ErrorCode::Malformed, "src-resolve"},
      {"<xs:element name='a' type='xs:string'", ErrorCode::Malformed, ""},
      {"<!DOCTYPE a>", ErrorCode::Malformed, "G-DOCTYPE"},
      {"<xs:import namespace='urn:x' schemaLocation='http://example.org/x.xsd'/>",
       ErrorCode::Malformed,
       "schema-location"},
      {"<xs:complexType name='t'><xs:sequence><xs:element name='a' minOccurs='0'/>"
       "<xs:element name='a'/></xs:sequence></xs:complexType>",
       ErrorCode::Malformed,
       "cos-nonambig"},
  }));
  CAPTURE(c.components);
  const auto files = folder.add("fault.xsd", c.components);
  const auto here = compile_here(files);
  const auto there = compile(files);
  REQUIRE_FALSE(here);
  REQUIRE_FALSE(there);
  CHECK(there.error().error.code == c.code);
  CHECK(there.error().error.message == here.error().error.message);
  CHECK(there.error().findings == here.error().findings);
  REQUIRE_FALSE(there.error().findings.empty());
  if (*c.rule != '\0') CHECK(there.error().findings.front().rule == c.rule);
  CHECK_FALSE(compile({}));
}

std::string repeated(int count, const char* before, const char* after) {
  std::string text;
  for (int i = 1; i <= count; ++i) {
    text += before;
    text += std::to_string(i);
    text += after;
  }
  return text;
}

// Each group holds the one before it twice.
std::string doubled_groups(int count) {
  std::string text =
      "<xs:group name='g0'><xs:sequence><xs:element name='a'/></xs:sequence></xs:group>";
  for (int i = 1; i <= count; ++i) {
    const auto ref = "<xs:group ref='g" + std::to_string(i - 1) + "'/>";
    text += "<xs:group name='g" + std::to_string(i) + "'><xs:sequence>" + ref + ref +
            "</xs:sequence></xs:group>";
  }
  return text + "<xs:complexType name='t'><xs:group ref='g" + std::to_string(count) +
         "'/></xs:complexType>";
}

TEST_CASE("A hostile schema ends in an error, not in a crash or a wait", "[xsd][compile]") {
  constexpr const char* kHuge =
      "<xs:complexType name='t'><xs:sequence minOccurs='2' maxOccurs='1000000000'>"
      "<xs:sequence minOccurs='2' maxOccurs='1000000000'>"
      "<xs:element name='a' minOccurs='2' maxOccurs='1000000000'/>"
      "</xs:sequence></xs:sequence></xs:complexType>";
  struct Case {
    const char* what;
    std::string components;
    SchemaChecking checking;
  };
  const auto c = GENERATE(values<Case>({
      {"nested counts", kHuge, SchemaChecking::Trusted},
      {"nested counts, checked", kHuge, SchemaChecking::Full},
      {"groups that double", doubled_groups(60), SchemaChecking::Trusted},
      {"a type that is derived from itself",
       "<xs:complexType name='t'><xs:complexContent><xs:extension base='t'/></xs:complexContent>"
       "</xs:complexType>",
       SchemaChecking::Full},
      {"a group that holds itself",
       "<xs:group name='g'><xs:sequence><xs:group ref='g'/></xs:sequence></xs:group>",
       SchemaChecking::Full},
      {"elements that may all be left out",
       "<xs:complexType name='t'><xs:sequence>" +
           repeated(3000, "<xs:element minOccurs='0' name='e", "'/>") +
           "</xs:sequence></xs:complexType>",
       SchemaChecking::Trusted},
  }));
  CAPTURE(c.what);
  SchemaFolder folder;
  const auto files = folder.add("hostile.xsd", c.components);
  const auto begin = std::chrono::steady_clock::now();
  const auto schema = compile(files,
                              {.time = std::chrono::milliseconds{1500},
                               .memory_bytes = std::size_t{256} << 20U,
                               .states = 20'000,
                               .checking = c.checking});
  CHECK_FALSE(schema);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{10});
}

TEST_CASE("A particle that may occur a thousand million times is two states", "[xsd][compile]") {
  SchemaFolder folder;
  const auto files = folder.add("often.xsd",
                                "<xs:complexType name='t'><xs:sequence>"
                                "<xs:element name='a' maxOccurs='1000000000'/>"
                                "</xs:sequence></xs:complexType>");
  const auto schema = compile(files);
  REQUIRE(schema);
  CHECK(schema->states().size() == 3);  // with the one of xs:anyType
  REQUIRE(schema->counters().size() == 1);
  CHECK(schema->counters()[0].max == 1'000'000'000);
}

}  // namespace
}  // namespace amparo::xsd
