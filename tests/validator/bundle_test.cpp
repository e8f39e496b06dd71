// SPDX-License-Identifier: Apache-2.0
#include "validator/bundle.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <catch2/catch.hpp>

#include "validator/validate.hpp"

using namespace amparo;
namespace fs = std::filesystem;

namespace {

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "amparo-test-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  Folder(Folder&&) = delete;
  Folder& operator=(Folder&&) = delete;
  ~Folder() { fs::remove_all(path_); }

  fs::path write(const std::string& name, const std::string& text) const {
    std::ofstream{path_ / name} << text;
    return path_ / name;
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string schema(const std::string& inside) {
  return "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\n" + inside +
         "\n</xs:schema>\n";
}

}  // namespace

TEST_CASE("The digest of a bundle changes with any byte and any name", "[validator][bundle]") {
  const Folder folder;
  folder.write("a.xsd", "one");
  folder.write("b.gc", "two");
  const auto before = digest_of(folder.path());
  REQUIRE(before);
  CHECK(before->substr(0, 7) == "sha256:");
  CHECK(before->size() == 7 + 64);
  folder.write("notes.txt", "not of the bundle");
  CHECK(*digest_of(folder.path()) == *before);
  folder.write("b.gc", "two.");
  const auto changed = digest_of(folder.path());
  CHECK(*changed != *before);
  folder.write("b.gc", "two");
  CHECK(*digest_of(folder.path()) == *before);
  fs::rename(folder.path() / "b.gc", folder.path() / "c.gc");
  CHECK(*digest_of(folder.path()) != *before);
}

TEST_CASE("A schema that does not compile is told with file, line and rule",
          "[validator][bundle]") {
  struct Case {
    std::string text, rule, key;
    std::uint64_t line;
  };
  const auto c = GENERATE(
      Case{schema("<xs:element name=\"a\" type=\"Nowhere\"/>"), "src-resolve", "schema-resolve", 2},
      Case{schema("<xs:element name=\"a\"/>\n<xs:element name=\"a\"/>"),
           "sch-props-correct.2",
           "schema-twice",
           3},
      Case{schema("<xs:complexType name=\"t\"><xs:sequence minOccurs=\"2\" maxOccurs=\"1\"/>"
                  "</xs:complexType>"),
           "p-props-correct.2.1",
           "schema-occurs",
           2},
      Case{schema("<xs:complexType name=\"t\"><xs:sequence><xs:element name=\"a\" minOccurs=\"0\"/>"
                  "<xs:element name=\"a\"/></xs:sequence></xs:complexType>"),
           "cos-nonambig",
           "cos-nonambig",
           2},
      Case{
          schema("<xs:element name=\"a\">"), "wfc-element-type-match", "wfc-element-type-match", 3},
      Case{"<!DOCTYPE x><x/>", "G-DOCTYPE", "gate-doctype", 1},
      Case{"<other/>", "schema-root", "schema-root", 1},
      Case{schema("<xs:include schemaLocation=\"http://example.org/x.xsd\"/>"),
           "schema-location",
           "schema-remote",
           0},
      Case{
          schema("<xs:include schemaLocation=\"missing.xsd\"/>"), "schema-file", "schema-file", 0});
  CAPTURE(c.text);
  const Folder folder;
  const auto file = folder.write("s.xsd", c.text);
  const auto bundle = bundle_of_schemas({file});
  REQUIRE_FALSE(bundle);
  CHECK(bundle.error().error.message == file.string() + ": the schema does not compile");
  REQUIRE_FALSE(bundle.error().findings.empty());
  const Finding& first = bundle.error().findings.front();
  CHECK(first.rule == c.rule);
  CHECK(first.message == c.key);
  CHECK(first.where.line == c.line);
}

TEST_CASE("A missing schema is an error in one line", "[validator][bundle]") {
  const auto bundle = bundle_of_schemas({"/nonexistent/s.xsd"});
  REQUIRE_FALSE(bundle);
  CHECK(bundle.error().error.code == ErrorCode::NotFound);
  CHECK(bundle.error().error.message == "/nonexistent/s.xsd: No such file or directory");
  CHECK_FALSE(load_bundle("/nonexistent"));
}

TEST_CASE("Included schemas are found beside the one that names them", "[validator][bundle]") {
  const Folder folder;
  fs::create_directories(folder.path() / "parts");
  folder.write(
      "parts/t.xsd",
      schema("<xs:simpleType name=\"T\"><xs:restriction base=\"xs:int\"/></xs:simpleType>"));
  const auto file = folder.write(
      "s.xsd",
      schema("<xs:include schemaLocation=\"parts/t.xsd\"/><xs:element name=\"a\" type=\"T\"/>"));
  const auto bundle = bundle_of_schemas({file});
  REQUIRE(bundle);
  auto source = Source::from_string("t", "<a>x</a>");
  const auto report = validate(source, *bundle, {});
  REQUIRE(report);
  CHECK(report->verdict() == Verdict::Invalid);
}

// Xerces-C writes the two elements out as often as they may come.
TEST_CASE("A schema for which Xerces asks for gigabytes is stopped", "[validator][bundle]") {
  const std::string count = GENERATE("400000", "4000000000");
  const Folder folder;
  const auto file = folder.write(
      "s.xsd",
      schema("<xs:element name=\"r\"><xs:complexType><xs:sequence><xs:sequence maxOccurs=\"" +
             count +
             "\"><xs:element name=\"a\"/><xs:element name=\"b\"/></xs:sequence></xs:sequence>"
             "</xs:complexType></xs:element>"));
  const auto bundle = bundle_of_schemas({file}, EngineKind::Xerces);
  REQUIRE_FALSE(bundle);
  CHECK(bundle.error().error.code == ErrorCode::TooLarge);
  CHECK(bundle.error().error.message == file.string() + ": the schema needs too much memory");
}

TEST_CASE("A large count costs the compiled engine nothing", "[validator][bundle]") {
  const Folder folder;
  const auto file =
      folder.write("s.xsd",
                   schema("<xs:element name=\"r\"><xs:complexType><xs:sequence>"
                          "<xs:sequence minOccurs=\"2\" maxOccurs=\"400000\">"
                          "<xs:element name=\"a\"/><xs:element name=\"b\"/></xs:sequence>"
                          "</xs:sequence></xs:complexType></xs:element>"));
  const auto bundle = bundle_of_schemas({file});
  REQUIRE(bundle);
  const auto verdict_of = [&](std::size_t pairs) {
    std::string document = "<r>";
    for (std::size_t i = 0; i < pairs; ++i)
      document += "<a/><b/>";
    auto source = Source::from_string("t", document + "</r>");
    const auto report = validate(source, *bundle, {});
    REQUIRE(report);
    return report->verdict();
  };
  CHECK(verdict_of(1) == Verdict::Invalid);
  CHECK(verdict_of(2) == Verdict::Valid);
  CHECK(verdict_of(400'000) == Verdict::Valid);
  CHECK(verdict_of(400'001) == Verdict::Invalid);
}

TEST_CASE("The bundle of the standard loads and names itself", "[validator][bundle]") {
  const auto bundle = load_bundle(fs::path{AMPARO_SOURCE_DIR} / "schema");
  REQUIRE(bundle);
  CHECK(bundle->name.id == "amparo");
  CHECK(bundle->name.version == "1.0.0");
  CHECK(bundle->name.digest.size() == 7 + 64);
  CHECK(bundle->codes->size() > 150);
  CHECK(bundle->codes->of_type("MigrationReasonCodeValue") ==
        bundle->codes->of_type("MigrationReasonCode"));
}
