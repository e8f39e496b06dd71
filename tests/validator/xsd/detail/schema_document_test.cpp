// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/schema_document.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "tests/validator/xsd/schema_folder.hpp"
#include "validator/xsd/compile.hpp"

namespace amparo::xsd {
namespace {

SchemaDocument look(const std::string& inside, const std::string& more = {}) {
  return look_through("<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' " + more + ">" +
                          inside + "</xs:schema>",
                      "a.xsd",
                      {});
}

std::string rules(const SchemaDocument& document) {
  std::string text;
  for (const Finding& fault : document.faults)
    text += (text.empty() ? "" : " ") + fault.rule;
  return text;
}

TEST_CASE("A schema document is looked through for what Xerces lets pass", "[xsd][schema]") {
  struct Case {
    const char* inside;
    const char* rules;
  };
  const auto c = GENERATE(values<Case>({
      {"<xs:element name='a' type='xs:int'/>", ""},
      {"<xs:element name='a' type='t:b'/>", ""},
      {"<xs:element name='a' type='u:b'/>", "src-resolve.4"},
      {"<xs:element name='a' type='b'/>", "src-resolve.4"},
      {"<xs:import/><xs:element name='a' type='b'/>", ""},
      {"<xs:import namespace='urn:u'/><xs:element name='a' type='u:b'/>", ""},
      {"<xs:import namespace='urn:u'/><xs:attribute name='a' type='b'/>", "src-resolve.4"},
      {"<xs:simpleType name='a'><xs:union memberTypes='xs:int u:b'/></xs:simpleType>",
       "src-resolve.4"},
      {"<xs:annotation><xs:appinfo><xs:element type='u:b'/></xs:appinfo></xs:annotation>", ""},
      {"<xs:notation name='n'/>", "s4s-att-must-appear"},
      {"<xs:notation name='n' public='p'/><xs:notation name='m' system='s'/>", ""},
      {"<xs:annotation><xs:documentation xml:lang=''/></xs:annotation>", "s4s-att-invalid-value"},
      {"<xs:annotation><xs:documentation xml:lang='es-GT'/></xs:annotation>", ""},
  }));
  CAPTURE(c.inside);
  const auto document = look(c.inside, "targetNamespace='urn:t' xmlns:t='urn:t' xmlns:u='urn:u'");
  CHECK(rules(document) == c.rules);
  for (const Finding& fault : document.faults)
    CHECK(fault.xpath == "a.xsd");
}

TEST_CASE("What is meant for other processors is taken out of a schema", "[xsd][schema]") {
  struct Case {
    const char* attribute;
    bool stays;
  };
  const auto c = GENERATE(values<Case>({
      {"vc:minVersion='1.1'", false},
      {"vc:minVersion='1.0'", true},
      {"vc:maxVersion='1.0'", false},
      {"vc:maxVersion='1.1'", true},
      {"vc:typeAvailable='xs:int'", true},
      {"vc:typeAvailable='xs:int xs:error'", false},
      {"vc:typeUnavailable='xs:error'", true},
      {"vc:typeUnavailable='xs:int'", false},
      {"vc:facetAvailable='xs:assertion'", false},
      {"vc:facetAvailable='xs:length'", true},
      {"vc:facetUnavailable='xs:length'", false},
  }));
  CAPTURE(c.attribute);
  const std::string element =
      "<xs:element name='a' " + std::string{c.attribute} + ">\n<xs:annotation/></xs:element>";
  const std::string more = "xmlns:vc='http://www.w3.org/2007/XMLSchema-versioning'";
  const auto document = look(element + "<xs:element name='b'/>", more);
  const auto whole = look("<xs:element name='b'/>", more).bytes;
  const auto at = document.bytes.find(element);
  CHECK((at != std::string::npos) == c.stays);
  // Nothing moves: places in messages stay right.
  CHECK(document.bytes.size() == whole.size() + element.size());
  CHECK(document.bytes.find("<xs:element name='b'/>") ==
        whole.find("<xs:element name='b'/>") + element.size());
}

TEST_CASE("Counts that Xerces cannot read are the largest that it can", "[xsd][schema]") {
  const auto document = look(
      "<xs:complexType name='t'><xs:sequence minOccurs='0000000000001' "
      "maxOccurs='100000000000000'/></xs:complexType>");
  CHECK(document.bytes.find("minOccurs='0000000000001'") != std::string::npos);
  CHECK(document.bytes.find("maxOccurs='000002147483647'") != std::string::npos);
  CHECK(document.bytes.find("100000000000000") == std::string::npos);
}

TEST_CASE("A pattern that Xerces does not take stays what it is", "[xsd][schema]") {
  PatternStore store;
  const auto first = store.put("[-]");
  const auto second = store.put("a|\\p{IsLowSurrogates}");
  CHECK(store.restored("x|" + first + "|" + second + "|y") == "x|([-])|(a|\\p{IsLowSurrogates})|y");
  CHECK(store.restored("x|y") == "x|y");
  SchemaFolder folder;
  const auto schema = compile_here(folder.add(
      "a.xsd",
      "<xs:simpleType name='t'><xs:restriction base='xs:string'><xs:pattern value='a[-]?c'/>"
      "<xs:pattern value='b'/></xs:restriction></xs:simpleType>"));
  REQUIRE(schema);
  CHECK(dump(*schema).find("a[-]?c") != std::string::npos);
  CHECK_FALSE(compile_here(folder.add(
      "b.xsd",
      "<xs:simpleType name='t'><xs:restriction base='xs:string'><xs:pattern value='[a-'/>"
      "</xs:restriction></xs:simpleType>")));
}

TEST_CASE("A document that is not well formed comes back as it is", "[xsd][schema]") {
  const std::string bytes = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:notation>";
  const auto document = look_through(bytes, "a.xsd", {});
  CHECK(document.bytes == bytes);
  CHECK(document.faults.empty());
}

TEST_CASE("A group that redefines without referring to itself is known", "[xsd][schema]") {
  const auto restricts = [](const std::string& inside) {
    return look(inside, "targetNamespace='urn:t' xmlns:t='urn:t'").restricts_groups;
  };
  const std::string redefine = "<xs:redefine schemaLocation='b.xsd'>";
  CHECK(restricts(redefine + "<xs:group name='g'><xs:sequence/></xs:group></xs:redefine>"));
  CHECK_FALSE(restricts(redefine + "<xs:group name='h'><xs:sequence><xs:group ref='t:h'/>"
                                   "</xs:sequence></xs:group></xs:redefine>"));
  CHECK_FALSE(restricts("<xs:group name='i'><xs:sequence/></xs:group>"));
}

TEST_CASE("A group is redefined by a restriction of it or not at all", "[xsd][schema]") {
  SchemaFolder folder;
  folder.add("b.xsd",
             "<xs:group name='g'><xs:sequence><xs:element name='a'/>"
             "<xs:element name='b' minOccurs='0'/></xs:sequence></xs:group>");
  const auto of = [&](const char* content) {
    return folder.add("a.xsd",
                      "<xs:redefine schemaLocation='b.xsd'><xs:group name='g'><xs:sequence>" +
                          std::string{content} + "</xs:sequence></xs:group></xs:redefine>");
  };
  CHECK(compile_here(of("<xs:element name='a'/>")));
  const auto wrong = compile_here(of("<xs:element name='a'/><xs:element name='c'/>"));
  REQUIRE_FALSE(wrong);
  CHECK_FALSE(wrong.error().findings.empty());
}

TEST_CASE("The attributes of the xml namespace need no schema of their own", "[xsd][schema]") {
  SchemaFolder folder;
  const auto location =
      GENERATE(as<std::string>{}, "", " schemaLocation='http://www.w3.org/2001/xml.xsd'");
  const auto files =
      folder.add("a.xsd",
                 "<xs:import namespace='http://www.w3.org/XML/1998/namespace'" + location +
                     "/><xs:element name='a'><xs:complexType>"
                     "<xs:attribute ref='xml:lang'/><xs:attribute ref='xml:space'/>"
                     "</xs:complexType></xs:element>");
  CHECK(compile_here(files));
}

}  // namespace
}  // namespace amparo::xsd
