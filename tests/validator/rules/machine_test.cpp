// SPDX-License-Identifier: Apache-2.0
// Expressions over a small document, from a table that a second evaluator reads too
// (compare_with_saxon.py): xpath_table.txt, one expression and its items a line.
#include "validator/rules/machine.hpp"

#include <fstream>
#include <string>

#include <catch2/catch.hpp>

#include "tests/validator/rules/rules_sandbox.hpp"

namespace {

using namespace amparo;
using namespace amparo::rules;

struct Row {
  std::string expression;
  std::string expected;
  std::size_t line = 0;
};

std::vector<Row> read_table() {
  std::vector<Row> rows;
  std::ifstream in{std::string{AMPARO_SOURCE_DIR} + "/tests/validator/rules/xpath_table.txt"};
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line.front() == '#') continue;
    const std::size_t arrow = line.find(" => ");
    REQUIRE(arrow != std::string::npos);
    rows.push_back({line.substr(0, arrow), line.substr(arrow + 4), number});
  }
  return rows;
}

}  // namespace

TEST_CASE("each expression of the table has the items that it says", "[rules][machine]") {
  const auto rows = read_table();
  REQUIRE(rows.size() > 300);
  const auto document = tests::tape_file("xpath_table.xml");
  for (const Row& row : rows) {
    CAPTURE(row.line, row.expression);
    CHECK(tests::evaluated(row.expression, document) == row.expected);
  }
}
