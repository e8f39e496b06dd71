// SPDX-License-Identifier: Apache-2.0
#include "xml/writer.hpp"

#include <catch2/catch.hpp>

namespace amparo::xml {
namespace {

TEST_CASE("Writer indents elements, closes empty ones and ends the file with a line end",
          "[xml][writer]") {
  std::string out;
  Writer writer(out);
  writer.declaration();
  writer.start("Batch");
  writer.attribute("xmlns", "urn:x");
  writer.start("Header");
  writer.element("Sender", "US-HHS-ORR");
  writer.end();
  writer.start("Case");
  writer.end();
  writer.end();
  CHECK(out ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<Batch xmlns=\"urn:x\">\n"
        "  <Header>\n"
        "    <Sender>US-HHS-ORR</Sender>\n"
        "  </Header>\n"
        "  <Case/>\n"
        "</Batch>\n");
  CHECK(writer.depth() == 0);
  CHECK(writer.status());
}

TEST_CASE("Writer escapes what a reader would change", "[xml][writer]") {
  std::string out;
  Writer writer(out, 0);
  writer.start("a");
  writer.attribute("b", "<\"&'\t\n\r>");
  writer.text("<\"&'\t\n\r]]>");
  writer.end();
  CHECK(out == "<a b=\"&lt;&quot;&amp;'&#9;&#10;&#13;&gt;\">&lt;\"&amp;'\t\n&#13;]]&gt;</a>");
}

TEST_CASE("Writer adds no white space around text", "[xml][writer]") {
  std::string out;
  Writer writer(out);
  writer.start("p");
  writer.text("one ");
  writer.element("b", "two");
  writer.text(" three");
  writer.end();
  CHECK(out == "<p>one <b>two</b> three</p>\n");
}

TEST_CASE("a part written at a level lines up with the document around it", "[xml][writer]") {
  std::string out;
  Writer document(out);
  document.start("Batch");
  document.element("Header", "");
  Writer part(out, 2, 1);
  part.start("Case");
  part.element("Child", "");
  part.end();
  document.end();
  CHECK(out == "<Batch>\n  <Header/>\n  <Case>\n    <Child/>\n  </Case>\n</Batch>\n");
}

TEST_CASE("Writer refuses what XML cannot carry and writes nothing of it", "[xml][writer]") {
  const auto bad =
      GENERATE(as<std::string>{}, std::string(1, '\0'), "\x07", "\xFF", "a\xC3", "\uFFFE");
  std::string out;
  Writer writer(out, 0);
  writer.start("a");
  writer.attribute("b", bad);
  writer.text(bad);
  writer.end();
  CHECK(out == "<a></a>");
  REQUIRE_FALSE(writer.status());
  CHECK(writer.status().error().code == ErrorCode::Malformed);
}

}  // namespace
}  // namespace amparo::xml
