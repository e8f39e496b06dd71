// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/type_rules.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "tests/validator/xsd/schema_folder.hpp"
#include "validator/xsd/compile.hpp"

namespace amparo::xsd {
namespace {

// "valid", or the rule of the first fault.
std::string verdict_on(const std::string& components) {
  SchemaFolder folder;
  const auto schema = compile_here(folder.add("main.xsd", components));
  if (schema) return "valid";
  return schema.error().findings.empty() ? schema.error().error.message
                                         : schema.error().findings.front().rule;
}

struct Case {
  const char* derived;
  const char* base;
  const char* verdict;
};

std::string type(const std::string& name, const std::string& content) {
  return "<xs:complexType name='" + name + "'>" + content + "</xs:complexType>";
}

TEST_CASE("A content model restricts another as 3.9.6 has it", "[xsd][type_rules]") {
  constexpr auto kNone = "derivation-ok-restriction";
  const auto c = GENERATE(values<Case>({
      {"<xs:sequence><xs:element name='a'/></xs:sequence>",
       "<xs:sequence><xs:element name='a'/><xs:element name='b' minOccurs='0'/></xs:sequence>",
       "valid"},
      {"<xs:sequence><xs:element name='a'/></xs:sequence>",
       "<xs:sequence><xs:element name='a'/><xs:element name='b'/></xs:sequence>",
       kNone},
      {"<xs:sequence><xs:element name='a' maxOccurs='3'/></xs:sequence>",
       "<xs:sequence><xs:element name='a' maxOccurs='2'/></xs:sequence>",
       kNone},
      {"<xs:sequence><xs:element name='a' type='xs:int'/></xs:sequence>",
       "<xs:sequence><xs:element name='a' type='xs:integer'/></xs:sequence>",
       "valid"},
      {"<xs:sequence><xs:element name='a'/></xs:sequence>",
       "<xs:sequence><xs:element name='a' type='Union'/></xs:sequence>",
       kNone},
      {"<xs:sequence><xs:element name='a' type='xs:date'/></xs:sequence>",
       "<xs:sequence><xs:element name='a' type='Union'/></xs:sequence>",
       "valid"},
      {"<xs:sequence><xs:element name='a' nillable='true'/></xs:sequence>",
       "<xs:sequence><xs:element name='a'/></xs:sequence>",
       kNone},
      {"<xs:sequence><xs:element name='a' fixed='2' type='xs:int'/></xs:sequence>",
       "<xs:sequence><xs:element name='a' fixed='1' type='xs:int'/></xs:sequence>",
       kNone},
      {"<xs:sequence><xs:element ref='member'/></xs:sequence>",
       "<xs:sequence><xs:element ref='head'/></xs:sequence>",
       "valid"},
      {"<xs:choice><xs:element name='b'/></xs:choice>",
       "<xs:choice><xs:element name='a'/><xs:element name='b'/></xs:choice>",
       "valid"},
      {"<xs:choice><xs:element name='b'/><xs:element name='a'/></xs:choice>",
       "<xs:choice><xs:element name='a'/><xs:element name='b'/></xs:choice>",
       kNone},
      {"<xs:sequence><xs:element name='a'/><xs:element name='b'/></xs:sequence>",
       "<xs:choice maxOccurs='2'><xs:element name='b'/><xs:element name='a'/></xs:choice>",
       "valid"},
      {"<xs:sequence><xs:element name='a'/><xs:element name='b'/></xs:sequence>",
       "<xs:choice><xs:element name='b'/><xs:element name='a'/></xs:choice>",
       kNone},
      {"<xs:sequence><xs:element name='b'/><xs:element name='a'/></xs:sequence>",
       "<xs:all><xs:element name='a'/><xs:element name='b'/></xs:all>",
       "valid"},
      {"<xs:sequence><xs:element name='b'/></xs:sequence>",
       "<xs:all><xs:element name='a'/><xs:element name='b'/></xs:all>",
       kNone},
      {"<xs:sequence><xs:element name='a'/><xs:element name='b'/></xs:sequence>",
       "<xs:sequence><xs:any minOccurs='2' maxOccurs='2'/></xs:sequence>",
       "valid"},
      {"<xs:sequence><xs:element name='a'/><xs:element name='b'/></xs:sequence>",
       "<xs:sequence><xs:any minOccurs='3' maxOccurs='3'/></xs:sequence>",
       kNone},
      {"<xs:sequence><xs:element name='a'/></xs:sequence>",
       "<xs:sequence><xs:any namespace='urn:x'/></xs:sequence>",
       kNone},
      {"<xs:sequence><xs:any namespace='urn:x'/></xs:sequence>",
       "<xs:sequence><xs:any/></xs:sequence>",
       "valid"},
      {"<xs:sequence><xs:any/></xs:sequence>",
       "<xs:sequence><xs:any namespace='##other'/></xs:sequence>",
       kNone},
      {"<xs:sequence><xs:any processContents='lax'/></xs:sequence>",
       "<xs:sequence><xs:any/></xs:sequence>",
       kNone},
      {"<xs:sequence><xs:any processContents='strict'/></xs:sequence>",
       "<xs:sequence><xs:any processContents='lax'/></xs:sequence>",
       "valid"},
      // What occurs 0 times is no particle.
      {"<xs:sequence><xs:element name='a'/><xs:element name='z' minOccurs='0' maxOccurs='0'/>"
       "</xs:sequence>",
       "<xs:sequence><xs:element name='a'/></xs:sequence>",
       "valid"},
      {"<xs:sequence/>",
       "<xs:sequence><xs:element name='a' minOccurs='0'/></xs:sequence>",
       "valid"},
      {"<xs:sequence/>", "<xs:sequence><xs:element name='a'/></xs:sequence>", kNone},
      // Repetitions are not written out.
      {"<xs:sequence><xs:element name='a' maxOccurs='99998'/></xs:sequence>",
       "<xs:sequence><xs:element name='a' maxOccurs='99999'/></xs:sequence>",
       "valid"},
  }));
  CAPTURE(c.derived, c.base);
  const std::string more =
      "<xs:simpleType name='Union'><xs:union memberTypes='xs:date xs:int'/></xs:simpleType>"
      "<xs:element name='head'/><xs:element name='member' substitutionGroup='head'/>";
  const auto derived = "<xs:complexContent><xs:restriction base='B'>" + std::string{c.derived} +
                       "</xs:restriction></xs:complexContent>";
  CHECK(verdict_on(more + type("B", c.base) + type("R", derived)) == c.verdict);
}

TEST_CASE("A child belongs to one particle only", "[xsd][type_rules]") {
  struct Model {
    const char* content;
    const char* verdict;
  };
  constexpr auto kTwo = "cos-nonambig";
  const auto c = GENERATE(values<Model>({
      {"<xs:sequence><xs:element name='a' minOccurs='0'/><xs:element name='a'/></xs:sequence>",
       kTwo},
      {"<xs:sequence><xs:element name='a' minOccurs='9' maxOccurs='9'/><xs:element name='a'/>"
       "</xs:sequence>",
       "valid"},
      {"<xs:sequence><xs:element name='a' minOccurs='9' maxOccurs='10'/><xs:element name='a'/>"
       "</xs:sequence>",
       kTwo},
      {"<xs:sequence maxOccurs='70000'><xs:element name='a' maxOccurs='70000'/>"
       "<xs:element name='b'/></xs:sequence>",
       "valid"},
      {"<xs:choice><xs:element name='a'/><xs:sequence><xs:element name='a'/></xs:sequence>"
       "</xs:choice>",
       kTwo},
      {"<xs:choice><xs:element ref='head'/><xs:element ref='member'/></xs:choice>", kTwo},
      {"<xs:sequence><xs:element name='a' minOccurs='0'/><xs:any/></xs:sequence>", kTwo},
      {"<xs:sequence><xs:element name='a' minOccurs='0'/><xs:any namespace='##other'/>"
       "</xs:sequence>",
       "valid"},
      {"<xs:sequence><xs:any namespace='urn:x' minOccurs='0'/><xs:any namespace='urn:y'/>"
       "</xs:sequence>",
       "valid"},
      {"<xs:sequence><xs:any namespace='urn:x' minOccurs='0'/><xs:any namespace='##other'/>"
       "</xs:sequence>",
       kTwo},
      {"<xs:all><xs:element name='a'/><xs:element ref='head'/><xs:element ref='member'/></xs:all>",
       kTwo},
      {"<xs:sequence maxOccurs='unbounded'><xs:element name='a' minOccurs='0'/>"
       "<xs:element name='b'/><xs:element name='a' minOccurs='0'/></xs:sequence>",
       kTwo},
      {"<xs:sequence><xs:element ref='head'/><xs:element name='b'/>"
       "<xs:element name='member' type='xs:date'/></xs:sequence>",
       "cos-element-consistent"},
  }));
  CAPTURE(c.content);
  const std::string more =
      "<xs:element name='head'/><xs:element name='member' substitutionGroup='head'/>";
  CHECK(verdict_on(more + type("T", c.content)) == c.verdict);
}

TEST_CASE("The content of a derived type goes with that of its base", "[xsd][type_rules]") {
  struct Derivation {
    const char* base;
    const char* derived;
    const char* verdict;
  };
  const auto c = GENERATE(values<Derivation>({
      {"<xs:choice minOccurs='0'><xs:element name='a'/></xs:choice>",
       " mixed='true'><xs:complexContent><xs:extension base='B'/></xs:complexContent>",
       "cos-ct-extends"},
      {"<xs:choice minOccurs='0'><xs:element name='a'/></xs:choice>",
       " mixed='true'><xs:complexContent><xs:restriction base='B'/></xs:complexContent>",
       "derivation-ok-restriction"},
      {"<xs:simpleContent><xs:extension base='xs:string'/></xs:simpleContent>",
       "><xs:complexContent><xs:restriction base='B'><xs:sequence/></xs:restriction>"
       "</xs:complexContent>",
       "derivation-ok-restriction"},
      {"<xs:simpleContent><xs:extension base='xs:decimal'/></xs:simpleContent>",
       "><xs:simpleContent><xs:restriction base='B'><xs:simpleType><xs:list itemType='xs:int'/>"
       "</xs:simpleType></xs:restriction></xs:simpleContent>",
       "derivation-ok-restriction"},
      {"<xs:simpleContent><xs:extension base='xs:decimal'/></xs:simpleContent>",
       "><xs:simpleContent><xs:restriction base='B'><xs:simpleType>"
       "<xs:restriction base='xs:int'/></xs:simpleType></xs:restriction></xs:simpleContent>",
       "valid"},
      {"<xs:sequence/>",
       " mixed='true'><xs:complexContent><xs:extension base='B'/></xs:complexContent>",
       "valid"},
  }));
  CAPTURE(c.base, c.derived);
  CHECK(verdict_on(type("B", c.base) + "<xs:complexType name='D'" + c.derived +
                   "</xs:complexType>") == c.verdict);
}

TEST_CASE("What is wrong with a content model is told with its place", "[xsd][type_rules]") {
  SchemaFolder folder;
  const auto files =
      folder.add("main.xsd",
                 "\n<xs:complexType name='T'><xs:sequence><xs:element name='a' minOccurs='0'/>\n"
                 "<xs:element name='a'/></xs:sequence></xs:complexType>");
  const auto schema = compile_here(files);
  REQUIRE_FALSE(schema);
  REQUIRE(schema.error().findings.size() == 1);
  const Finding& finding = schema.error().findings.front();
  CHECK(finding.rule == "cos-nonambig");
  CHECK(finding.where.line == 2);
  CHECK(finding.xpath == files.front().string());
  REQUIRE(finding.params.size() == 3);
  CHECK(finding.params[0].values == std::vector<std::string>{"T"});
  CHECK(finding.params[1].values == std::vector<std::string>{"<a>"});
  CHECK(finding.params[2].values == std::vector<std::string>{"<a>"});
}

}  // namespace
}  // namespace amparo::xsd
