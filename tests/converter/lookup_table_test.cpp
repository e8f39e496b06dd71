// SPDX-License-Identifier: Apache-2.0
#include "converter/lookup_table.hpp"

#include <catch2/catch.hpp>

namespace amparo::converter {
namespace {

constexpr text::Folding kFolding{true, true, true, true};

Result<LookupTable> table(const std::string& csv, text::Folding folding = kFolding) {
  return LookupTable::read(Source::from_string("t.csv", csv), "text", folding);
}

std::string error(const std::string& csv) {
  const auto read = table(csv);
  return read ? "" : read.error().message;
}

TEST_CASE("a value is found as written and after folding", "[converter][lookup]") {
  const auto read = table("text,code\nM\u00e9xico,MX\n\"Congo, The\",CD\n");
  REQUIRE(read);
  const auto code = [&](std::string_view value) {
    const LookupTable::Row* row = read->find(value);
    return row == nullptr ? std::string("none") : row->cells[*read->column("code")];
  };
  CHECK(code("M\u00e9xico") == "MX");
  CHECK(code("MEXICO ") == "MX");
  CHECK(code("congo,  the") == "CD");
  CHECK(code("Mexicoo") == "none");
  CHECK(code("") == "none");
}

TEST_CASE("nothing is folded that the mapping does not name", "[converter][lookup]") {
  const auto read = table("text,code\nm,1\nM,2\n", {});
  REQUIRE(read);
  CHECK(read->find("m")->cells[1] == "1");
  CHECK(read->find("M")->cells[1] == "2");
  CHECK(read->find("m ") == nullptr);
}

TEST_CASE("a table that says two things of one key is refused", "[converter][lookup]") {
  CHECK(error("text,code\nAunt,AUNT\naunt,UNCL\n") ==
        "t.csv:3: is the same key as line 2 after folding, with another target");
  CHECK(error("text,code\nAunt,AUNT\naunt,AUNT\n").empty());
}

TEST_CASE("a table must be a table", "[converter][lookup]") {
  CHECK(error("") == "t.csv: is empty");
  CHECK(error("words,code\n") == "t.csv:1: has no column \"text\"");
  CHECK(error("text,code\nAunt\n") == "t.csv:2: does not have as many fields as the header (2)");
  CHECK(error("text,code\nAunt,A,B\n") ==
        "t.csv:2: does not have as many fields as the header (2)");
  CHECK(error("text,code\nAu\xF1t,A\n") == "t.csv:2: is not UTF-8");
}

}  // namespace
}  // namespace amparo::converter
