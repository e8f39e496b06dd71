// SPDX-License-Identifier: Apache-2.0
#include "cli/batch_slices.hpp"

#include <catch2/catch.hpp>

namespace amparo::cli {
namespace {

const std::string kHead = "<Batch>\n  <Header/>";
const std::string kTail = "\n</Batch>\n";

std::string one_case(int number) {
  return "\n  <Case>\n    <Id>" + std::to_string(number) + "</Id>\n  </Case>";
}

std::string batch(int cases) {
  std::string text = kHead;
  for (int i = 1; i <= cases; ++i)
    text += one_case(i);
  return text + kTail;
}

TEST_CASE("slices are batches that hold all cases once, in order", "[cli][slices]") {
  const int cases = GENERATE(1, 2, 3, 4, 7);
  const std::uint64_t in_slice = GENERATE(1U, 2U, 3U, 100U);
  CAPTURE(cases, in_slice);
  BatchSlices slices{Source::from_string("b", batch(cases)), in_slice};
  std::string all;
  std::uint64_t before = 0;
  for (;;) {
    const auto slice = slices.next();
    REQUIRE(slice);
    if (!*slice) break;
    const std::string& document = (*slice)->document;
    REQUIRE(document.substr(0, kHead.size()) == kHead);
    REQUIRE(document.substr(document.size() - kTail.size()) == kTail);
    CHECK((*slice)->cases_before == before);
    CHECK((*slice)->head_lines == 1);
    CHECK((*slice)->lines_before == 1 + 3 * before);
    const auto body = document.substr(kHead.size(), document.size() - kHead.size() - kTail.size());
    before += body.size() / one_case(1).size();
    all += body;
  }
  CHECK(kHead + all + kTail == batch(cases));
}

TEST_CASE("a batch without cases has no slices", "[cli][slices]") {
  BatchSlices slices{Source::from_string("b", batch(0))};
  const auto slice = slices.next();
  REQUIRE(slice);
  CHECK_FALSE(*slice);
}

TEST_CASE("a finding about a slice is placed in the batch", "[cli][slices]") {
  const BatchSlice slice{
      .document = "", .cases_before = 1000, .lines_before = 3001, .head_lines = 1};
  Finding finding;
  finding.where = {50, 4, 5};
  finding.record = 1;
  finding.xpath = "/Batch/Case[1]/Id";
  const Finding placed = slice.in_batch(finding);
  CHECK(placed.where.line == 3004);
  CHECK(placed.record == 1001);
  CHECK(placed.xpath == "/Batch/Case[1001]/Id");
  finding.where.line = 2;
  finding.record = 0;
  finding.xpath = "/Batch/Header";
  CHECK(slice.in_batch(finding).where.line == 2);
  CHECK(slice.in_batch(finding).record == 0);
  CHECK(slice.in_batch(finding).xpath == "/Batch/Header");
}

}  // namespace
}  // namespace amparo::cli
