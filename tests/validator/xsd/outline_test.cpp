// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/outline.hpp"

#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

namespace amparo::xsd {
namespace {

constexpr std::string_view kSchema = R"(<?xml version="1.0"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t"
           elementFormDefault="qualified">
  <xs:simpleType name="Code">
    <xs:restriction base="xs:token"><xs:pattern value="[A-Z]{2}"/></xs:restriction>
  </xs:simpleType>
  <xs:simpleType name="When">
    <xs:union memberTypes="xs:date xs:dateTime"/>
  </xs:simpleType>
  <xs:complexType name="CodeValue">
    <xs:simpleContent>
      <xs:extension base="t:Code">
        <xs:attribute name="asRecorded" type="xs:string"/>
        <xs:attribute name="list" type="xs:token" use="required"/>
      </xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  <xs:group name="Parts">
    <xs:sequence>
      <xs:element name="B" type="t:Code" minOccurs="0" maxOccurs="3"/>
      <xs:element name="C" type="t:CodeValue" nillable="true"/>
    </xs:sequence>
  </xs:group>
  <xs:complexType name="RootType">
    <xs:sequence>
      <xs:element name="A" type="t:When"/>
      <xs:group ref="t:Parts" minOccurs="0" maxOccurs="unbounded"/>
      <xs:choice>
        <xs:element name="D" type="t:Code"/>
        <xs:element name="E" type="t:Code"/>
      </xs:choice>
      <xs:any namespace="##other" processContents="lax" minOccurs="0"/>
    </xs:sequence>
  </xs:complexType>
  <xs:element name="Root" type="t:RootType"/>
</xs:schema>)";

/// A file in a folder of its own, for as long as a test lasts.
class SchemaFile {
 public:
  explicit SchemaFile(std::string_view bytes) {
    std::string name = (std::filesystem::temp_directory_path() / "amparo-test-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    folder_ = name;
    std::ofstream(path(), std::ios::binary) << bytes;
  }
  ~SchemaFile() {
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
  }
  SchemaFile(const SchemaFile&) = delete;
  SchemaFile& operator=(const SchemaFile&) = delete;
  SchemaFile(SchemaFile&&) = delete;
  SchemaFile& operator=(SchemaFile&&) = delete;
  [[nodiscard]] std::filesystem::path path() const { return folder_ / "t.xsd"; }

 private:
  std::filesystem::path folder_;
};

std::string line_of(const OutlineElement& element) {
  const std::string most = element.most == kUnbounded ? "unbounded" : std::to_string(element.most);
  return element.name + ' ' + element.type + ' ' + std::to_string(element.least) + ".." + most +
         (element.nillable ? " nillable" : "") + (element.in_choice ? " choice" : "");
}

TEST_CASE("an outline has elements in order, with bounds, nil and choice", "[xsd][outline]") {
  const SchemaFile file(kSchema);
  const auto outline = Outline::read(file.path(), "urn:t");
  REQUIRE(outline);
  const OutlineType* root = outline->root("Root");
  REQUIRE(root != nullptr);
  std::vector<std::string> lines;
  for (const OutlineElement& element : root->elements)
    lines.push_back(line_of(element));
  CHECK(lines == std::vector<std::string>{"A When 1..1",
                                          "B Code 0..unbounded",
                                          "C CodeValue 0..unbounded nillable",
                                          "D Code 1..1 choice",
                                          "E Code 1..1 choice"});
  CHECK(root->has_wildcard);
  CHECK_FALSE(root->has_value);
  CHECK(root->element("C") != nullptr);
  CHECK(root->element("X") == nullptr);
  CHECK(outline->root("A") == nullptr);
}

TEST_CASE("an outline has attributes in the order of their names", "[xsd][outline]") {
  const SchemaFile file(kSchema);
  const auto outline = Outline::read(file.path(), "urn:t");
  REQUIRE(outline);
  const OutlineType* type = outline->type("CodeValue");
  REQUIRE(type != nullptr);
  CHECK(type->has_value);
  REQUIRE(type->attributes.size() == 2);
  CHECK(type->attributes[0].name == "asRecorded");
  CHECK(type->attributes[0].type == "string");
  CHECK_FALSE(type->attributes[0].required);
  CHECK(type->attribute("list")->required);
  CHECK(type->attribute("none") == nullptr);
}

TEST_CASE("is_value decides as the type does", "[xsd][outline]") {
  const SchemaFile file(kSchema);
  const auto outline = Outline::read(file.path(), "urn:t");
  REQUIRE(outline);
  struct Case {
    std::string type, value;
    bool is_value;
  };
  const auto c = GENERATE(Case{"Code", "MX", true},
                          Case{"Code", " MX ", true},  // white space is collapsed first
                          Case{"Code", "mx", false},
                          Case{"Code", "", false},
                          Case{"CodeValue", "MX", true},
                          Case{"CodeValue", "MEX", false},
                          Case{"When", "2016-02-29", true},
                          Case{"When", "2015-02-29", false},
                          Case{"When", "2016-02-29T08:00:00Z", true},
                          Case{"RootType", "MX", false},
                          Case{"None", "MX", false});
  CAPTURE(c.type, c.value);
  CHECK(outline->is_value(c.type, c.value) == c.is_value);
}

TEST_CASE("a schema that cannot be read is an error that names it", "[xsd][outline]") {
  CHECK(Outline::read("none.xsd", "urn:t").error().code == ErrorCode::NotFound);
  const SchemaFile broken("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:elem/>");
  const auto read = Outline::read(broken.path(), "urn:t");
  REQUIRE_FALSE(read);
  CHECK(read.error().code == ErrorCode::Malformed);
  CHECK(read.error().message.find("t.xsd") != std::string::npos);
  const SchemaFile good(kSchema);
  CHECK_FALSE(Outline::read(good.path(), "urn:other"));
}

}  // namespace
}  // namespace amparo::xsd
