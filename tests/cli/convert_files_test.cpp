// SPDX-License-Identifier: Apache-2.0
#include "cli/convert_files.hpp"

#include <catch2/catch.hpp>

#include "tests/converter/sandbox.hpp"

namespace amparo::cli {
namespace {

using converter::testing::Folder;
using converter::testing::read_text;

std::optional<OutputFile> made_at(const std::string& file, const std::string& bytes) {
  auto made = OutputFile::create(file);
  REQUIRE(made);
  REQUIRE(made->write(bytes));
  return std::optional<OutputFile>{*std::move(made)};
}

TEST_CASE("earlier rejects that differ are kept under the next free number, with their reasons",
          "[cli][convert]") {
  const Folder folder;
  const std::string file = folder.write("r.csv", "corrected by hand").string();
  folder.write("r.csv.reasons.csv", "why");
  folder.write("r.csv.1", "older");
  auto made = made_at(file, "new");
  const auto kept = keep_earlier_rejects(file, made);
  REQUIRE(kept);
  CHECK(*kept == file + ".2");
  CHECK(read_text(*kept) == "corrected by hand");
  CHECK(read_text(*kept + ".reasons.csv") == "why");
  CHECK(read_text(file + ".1") == "older");
  CHECK_FALSE(std::filesystem::exists(file));
}

TEST_CASE("earlier rejects with the same bytes stay", "[cli][convert]") {
  const Folder folder;
  // Longer than a chunk of a source: all of it counts.
  const std::string bytes(300'000, 'x');
  const std::string file = folder.write("r.csv", bytes).string();
  auto same = made_at(file, bytes);
  CHECK(*keep_earlier_rejects(file, same) == "");
  auto longer = made_at(file, bytes + 'y');
  CHECK(*keep_earlier_rejects(file, longer) == file + ".1");
}

TEST_CASE("rejects of an earlier run do not stand beside a run without any", "[cli][convert]") {
  const Folder folder;
  const std::string file = folder.write("r.csv", "x").string();
  std::optional<OutputFile> none;
  CHECK(*keep_earlier_rejects(file, none) == file + ".1");
  CHECK(*keep_earlier_rejects(file, none) == "");
}

TEST_CASE("reasons are removed by their first line only", "[cli][convert]") {
  const Folder folder;
  const auto ours = folder.write("a.csv", reasons_header() + "1,2,3\n");
  const auto theirs = folder.write("b.csv", "1,2,3\n");
  remove_old_reasons(ours.string());
  remove_old_reasons(theirs.string());
  remove_old_reasons((folder.path() / "none.csv").string());
  CHECK_FALSE(std::filesystem::exists(ours));
  CHECK(std::filesystem::exists(theirs));
}

TEST_CASE("words are quoted where a shell needs it", "[cli][convert]") {
  CHECK(shell_word("out.rejects.csv") == "out.rejects.csv");
  CHECK(shell_word("my out.csv") == "'my out.csv'");
  CHECK(shell_word("it's") == "'it'\\''s'");
  CHECK(shell_word("$HOME;x") == "'$HOME;x'");
  CHECK(shell_word("") == "''");
}

TEST_CASE("the batch of corrected rejects has a name that is not taken", "[cli][convert]") {
  const Folder folder;
  const std::string base = (folder.path() / "out").string();
  CHECK(corrected_batch(base + ".rejects.csv") == base + ".corrected.xml");
  folder.write("out.corrected.xml", "x");
  CHECK(corrected_batch(base + ".rejects.csv") == base + ".corrected-2.xml");
  CHECK(corrected_batch(base + ".csv") == base + ".csv.corrected.xml");
}

}  // namespace
}  // namespace amparo::cli
