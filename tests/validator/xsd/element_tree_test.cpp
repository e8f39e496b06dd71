// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/element_tree.hpp"

#include <catch2/catch.hpp>

namespace amparo::xsd {
namespace {

TEST_CASE("a tree has names, attributes, text and lines", "[xsd][tree]") {
  const auto tree = read_tree(
      "<?xml version=\"1.0\"?>\n<a xmlns=\"urn:a\" xmlns:p=\"urn:p\" x=\"1\">\n"
      "  <b xml:lang=\"es\">ni\u00f1a &amp; ni\u00f1o</b>\n"
      "  <p:c\n     y='2'/></a>",
      "t.xml");
  REQUIRE(tree);
  CHECK(tree->name == "a");
  CHECK(tree->name_space == "urn:a");
  CHECK(tree->line == 2);
  REQUIRE(tree->children.size() == 2);
  const TreeElement& b = tree->children[0];
  CHECK(b.text == "ni\u00f1a & ni\u00f1o");
  CHECK(*b.attribute("xml:lang") == "es");
  CHECK(b.attribute("lang") == nullptr);
  const TreeElement& c = tree->children[1];
  CHECK(c.name_space == "urn:p");
  CHECK(c.line == 5);  // where its start tag ends
  CHECK(c.attributes.size() == 1);
  CHECK(c.namespaces.size() == 2);
}

TEST_CASE("what is not a plain XML file is refused with its place", "[xsd][tree]") {
  struct Case {
    std::string bytes, message;
  };
  const auto c = GENERATE(Case{"<a>\n<b></a>", "t.xml:2:"},
                          Case{"", "t.xml"},
                          Case{"<a/><b/>", "t.xml:1:"},
                          Case{"<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>",
                               "t.xml: has a DOCTYPE, which is not allowed"},
                          Case{"<a>&e;</a>", "t.xml:1:"},
                          Case{"<p:a/>", "t.xml:1:"},
                          Case{"<a>\xFF</a>", "t.xml"});
  CAPTURE(c.bytes);
  const auto tree = read_tree(c.bytes, "t.xml");
  REQUIRE_FALSE(tree);
  CHECK(tree.error().code == ErrorCode::Malformed);
  CHECK(tree.error().message.substr(0, c.message.size()) == c.message);
}

TEST_CASE("a tree has a bottom", "[xsd][tree]") {
  std::string deep;
  for (int i = 0; i < 100; ++i)
    deep += "<a>";
  for (int i = 0; i < 100; ++i)
    deep += "</a>";
  const auto tree = read_tree(deep, "t.xml");
  REQUIRE_FALSE(tree);
  CHECK(tree.error().message == "t.xml:1: elements are nested too deep");
}

}  // namespace
}  // namespace amparo::xsd
