// SPDX-License-Identifier: Apache-2.0
#include "xml/tape.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "core/source.hpp"
#include "xml/tape_reader.hpp"

using namespace amparo;
using namespace amparo::xml;

TEST_CASE("a tape holds a document in its order, string values in one piece", "[xml][tape]") {
  Tape tape;
  auto source = Source::from_string("t.xml", "<r a='1'><b>x<c/>y</b>z</r>");
  TapeReader reader{source, tape, {}, {}};
  REQUIRE(reader.next() == TapeReader::Step::Finished);
  CHECK(tape.dump() ==
        "0 document parent 0 end 8 at 0 \"xyz\"\n"
        "1 element r parent 0 end 8 at 0 \"xyz\"\n"
        "2 attribute a parent 1 end 3 at 3 \"1\"\n"
        "3 element b parent 1 end 7 at 9 \"xy\"\n"
        "4 text parent 3 end 5 at 12 \"x\"\n"
        "5 element c parent 3 end 6 at 13 \"\"\n"
        "6 text parent 3 end 7 at 17 \"y\"\n"
        "7 text parent 1 end 8 at 22 \"z\"\n");
  CHECK(tape.path(5) == "/r[1]/b[1]/c[1]");
  CHECK(tape.path(2) == "/r[1]/@a");
}

TEST_CASE("each record comes with what stands before the first, and leaves nothing",
          "[xml][tape]") {
  for (const Blanks blanks : {Blanks::Keep, Blanks::Drop}) {
    Tape tape{{}, blanks};
    auto source = Source::from_string(
        "t.xml", "<r>\n <h>1</h>\n <c>a</c>\n <c>b</c>\n <c>c</c>\n <t/>\n</r>");
    const auto is_record = [](std::string_view, std::string_view local) { return local == "c"; };
    TapeReader reader{source, tape, {}, is_record};
    std::vector<std::string> records;
    std::vector<TapeId> sizes;
    TapeReader::Step step = reader.next();
    for (; step == TapeReader::Step::Record; step = reader.next()) {
      records.emplace_back(tape.text(reader.record()));
      sizes.push_back(tape.size());
    }
    CHECK(step == TapeReader::Step::Finished);
    CHECK(records == std::vector<std::string>{"a", "b", "c"});
    const TapeId size = blanks == Blanks::Drop ? 6 : 7;
    CHECK(sizes == std::vector<TapeId>{size, size, size});
    CHECK(tape.path(tape.size() - (blanks == Blanks::Drop ? 1 : 2)) == "/r[1]/t[1]");
  }
}
