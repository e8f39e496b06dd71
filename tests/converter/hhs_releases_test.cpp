// SPDX-License-Identifier: Apache-2.0
// The shipped mapping and its value tables, on the shipped sample and, where they are, on real
// rows.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <regex>
#include <set>

#include <catch2/catch.hpp>

#include "tests/converter/sandbox.hpp"
#include "validator/xsd/element_tree.hpp"

namespace amparo::converter {
namespace {

LookupTable table(const std::string& name) {
  auto source = Source::open(testing::kMappings / "tables" / name);
  REQUIRE(source);
  auto read = LookupTable::read(*std::move(source), "text", text::Folding{true, true, true, true});
  REQUIRE(read);
  return *std::move(read);
}

/// The codes of a genericode list of the standard: the values of its first column.
std::set<std::string> codes_of(const std::string& list) {
  const auto tree = xsd::read_tree(testing::kRepository / "schema/codes" / (list + ".gc"));
  REQUIRE(tree);
  std::set<std::string> codes;
  for (const xsd::TreeElement& part : tree->children) {
    if (part.name != "SimpleCodeList") continue;
    for (const xsd::TreeElement& row : part.children)
      codes.insert(row.children.at(0).children.at(0).text);
  }
  return codes;
}

void check_codes(const LookupTable& values,
                 const std::string& column,
                 const std::set<std::string>& codes) {
  REQUIRE(codes.size() > 3);
  const auto index = values.column(column);
  REQUIRE(index);
  for (const LookupTable::Row& row : values.rows()) {
    CAPTURE(row.line, row.cells[*index]);
    CHECK((row.cells[*index].empty() || codes.count(row.cells[*index]) == 1));
  }
}

TEST_CASE("each code of a value table is in the list of its element", "[converter][hhs]") {
  check_codes(table("country-en.csv"), "alpha2", codes_of("ISO3166-1"));
  check_codes(table("hhs-relationship.csv"), "code", codes_of("Relationship"));
  check_codes(table("hhs-sponsor-category.csv"), "code", codes_of("SponsorCategory"));
  check_codes(table("sex-en.csv"), "code", codes_of("ISO5218"));
}

TEST_CASE("each country of ISO 3166-1 is found by a name", "[converter][hhs]") {
  const LookupTable countries = table("country-en.csv");
  std::set<std::string> reached;
  for (const LookupTable::Row& row : countries.rows())
    reached.insert(row.cells[*countries.column("alpha2")]);
  for (const std::string& code : codes_of("ISO3166-1")) {
    CAPTURE(code);
    CHECK(reached.count(code) == 1);
  }
}

TEST_CASE("each relationship of the standard is reached, and doubt has no code",
          "[converter][hhs]") {
  const LookupTable words = table("hhs-relationship.csv");
  const auto code = words.column("code");
  REQUIRE(code);
  std::set<std::string> reached;
  for (const LookupTable::Row& row : words.rows())
    reached.insert(row.cells[*code]);
  for (const std::string& one : codes_of("Relationship")) {
    CAPTURE(one);
    CHECK(reached.count(one) == 1);
  }
  const auto doubtful = GENERATE(
      as<std::string>{}, "Parent", "Sibling", "Grandparent", "Aunt/Uncle", "Other", "Unknown");
  CAPTURE(doubtful);
  REQUIRE(words.find(doubtful) != nullptr);
  CHECK(words.find(doubtful)->cells[*code].empty());
}

TEST_CASE("category 2 alone is not decided", "[converter][hhs]") {
  const LookupTable categories = table("hhs-sponsor-category.csv");
  CHECK(categories.find("2")->cells[1].empty());
  CHECK(categories.find("2A")->cells[1] == "C2A");
  CHECK(categories.find("2b")->cells[1] == "C2B");
}

TEST_CASE("the shipped sample becomes 5,000 cases and three known strangers", "[converter][hhs]") {
  const std::string csv =
      testing::read_text(testing::kRepository / "examples/hhs-releases/sample.csv");
  const testing::Outcome outcome = testing::run(csv);
  REQUIRE(outcome.account);
  CHECK(outcome.account->rows == 5000);
  CHECK(outcome.account->cases == 5000);
  CHECK(outcome.account->adds_up());
  CHECK(outcome.found() == std::vector<std::string>{"M-VALUE.null 1002:8",
                                                    "M-VALUE.null 2502:2",
                                                    "M-VALUE.null 4002:7"});
  CHECK(outcome.account->columns[5].kept == outcome.account->columns[5].non_empty);
  // Every identifier once: five for each case.
  const std::regex id("[a-z]{2}-[0-9A-HJKMNP-TV-Z]{26}");
  const std::string& document = outcome.document;
  const std::set<std::string> ids(std::sregex_token_iterator(document.begin(), document.end(), id),
                                  {});
  CHECK(ids.size() == 25000);
}

TEST_CASE("the real rows, where they are, all become cases", "[converter][hhs]") {
  const auto file = testing::kRepository.parent_path() / "shared" / "data" / "hhs-uc-releases" /
                    "nyt_layout_rows_050001-110000.csv";
  if (!std::filesystem::exists(file)) {
    std::cout << "SKIPPED: the real rows are not part of the project\n";
    return;
  }
  const testing::Folder folder;
  const auto plan = testing::plan_of(folder, {});
  REQUIRE(plan);
  const IdKey key = testing::test_key();
  auto input = Source::open(file);
  REQUIRE(input);
  testing::Collected findings;
  std::uint64_t bytes = 0;
  const auto account = convert(*input,
                               ConvertRun{**plan, key, "2026-01-31T08:00:00-06:00"},
                               ConvertSinks{[&](std::string_view part) -> Status {
                                              bytes += part.size();
                                              return Done{};
                                            },
                                            [](std::string_view) -> Status { return Done{}; },
                                            findings});
  REQUIRE(account);
  CHECK(account->rows == 60000);
  CHECK(account->cases + account->rejected == account->rows);
  CHECK(account->rejected == 0);
  CHECK(findings.findings.empty());
  CHECK(account->adds_up());
  CHECK(bytes > 100'000'000);
}

}  // namespace
}  // namespace amparo::converter
