// SPDX-License-Identifier: Apache-2.0
#include "converter/convert.hpp"

#include <random>

#include <catch2/catch.hpp>

#include "tests/converter/sandbox.hpp"

namespace amparo::converter {
namespace {

using testing::kHeader;
using testing::Outcome;
using testing::run;
using Strings = std::vector<std::string>;

/// The text between a tag and its end, of the first element of this name; with its attributes.
std::string element(const std::string& document, const std::string& name) {
  const auto begin = document.find('<' + name);
  if (begin == std::string::npos) return "none";
  const auto line_end = document.find('\n', begin);
  return document.substr(begin, line_end - begin);
}

constexpr std::string_view kNil = " xsi:nil=\"true\" nullReason=\"UNK\"";

TEST_CASE("a row becomes a case, word for word", "[converter][convert]") {
  const Outcome outcome =
      run(kHeader + "50001,Guatemala,M,3/26/16,4/30/16,02134,1,Aunt (Primary Caregiver)\n");
  REQUIRE(outcome.account);
  CHECK(outcome.account->cases == 1);
  CHECK(outcome.findings.empty());
  CHECK(outcome.rejects.empty());
  CHECK(outcome.document == testing::golden("hhs-releases-one-row.xml", outcome.document));
}

TEST_CASE("values land as the mapping says", "[converter][convert]") {
  struct Case {
    std::string row, name, element;
  };
  const auto c = GENERATE(
      Case{"1,MEXICO,f,1/2/16,3/4/16,,1,Mother",
           "HabitualResidenceCountry",
           "<HabitualResidenceCountry asRecorded=\"MEXICO\">MX</HabitualResidenceCountry>"},
      Case{"1,C\u00f4te d\u2019Ivoire,F,1/2/16,3/4/16,,1,Mother",
           "HabitualResidenceCountry",
           "<HabitualResidenceCountry asRecorded=\"C\u00f4te d\u2019Ivoire\">CI"
           "</HabitualResidenceCountry>"},
      Case{"1,,F,1/2/16,3/4/16,,1,Mother",
           "HabitualResidenceCountry",
           "<HabitualResidenceCountry" + std::string(kNil) + "/>"},
      Case{"1,Korea,F,1/2/16,3/4/16,,1,Mother",
           "HabitualResidenceCountry",
           "<HabitualResidenceCountry" + std::string(kNil) + " asRecorded=\"Korea\"/>"},
      Case{"1,Peru,F,1/2/16,3/4/16,,2,Mother",
           "SponsorCategory",
           "<SponsorCategory" + std::string(kNil) + " asRecorded=\"2\"/>"},
      Case{"1,Peru,F,1/2/16,3/4/16,,2a,Mother",
           "SponsorCategory",
           "<SponsorCategory asRecorded=\"2a\">C2A</SponsorCategory>"},
      Case{"1,Peru,F,1/2/16,3/4/16,,,Mother",
           "SponsorCategory",
           "<SponsorCategory" + std::string(kNil) + "/>"},
      Case{"1,Peru,F,1/2/16,3/4/16,,1,Aunt (Primary Caregiver)",
           "IsCaregiver",
           "<IsCaregiver>Y</IsCaregiver>"},
      Case{"1,Peru,F,1/2/16,3/4/16,,1,Aunt",
           "IsCaregiver",
           "<IsCaregiver" + std::string(kNil) + "/>"},
      Case{"1,Peru,,1/2/16,3/4/16,,1,Aunt", "Sex", "<Sex" + std::string(kNil) + "/>"},
      Case{"1,Peru,F,1/2/16,,,1,Aunt", "LeftAt", "none"},
      Case{"1,Peru,F,1/2/16,,,1,Aunt", "Since", "<Since" + std::string(kNil) + "/>"},
      Case{"1,Peru,F,1/0/00,3/4/16,,1,Aunt", "EnteredAt", "<EnteredAt" + std::string(kNil) + "/>"},
      Case{"1,Peru,F,1/2/16,3/4/16,00501,1,Aunt",
           "us:sponsorZipcode",
           "<us:sponsorZipcode>00501</us:sponsorZipcode>"},
      Case{"1,Peru,F,1/2/16,3/4/16,,1,Aunt", "Extension", "none"},
      Case{"0050,Peru,F,1/2/16,3/4/16,,1,Aunt", "Number", "<Number>0050</Number>"},
      Case{"\" 7 \",Peru,F,1/2/16,3/4/16,,1,Aunt", "Number", "<Number>7</Number>"});
  CAPTURE(c.row);
  const Outcome outcome = run(kHeader + c.row + "\n");
  REQUIRE(outcome.account);
  CHECK(outcome.account->cases == 1);
  CHECK(outcome.findings.empty());
  CHECK(element(outcome.document, c.name) == c.element);
  CHECK(outcome.account->adds_up());
}

TEST_CASE("an unknown value is told, becomes a null with its reason, and keeps its words",
          "[converter][convert]") {
  const Outcome outcome = run(kHeader + "1,Peru,F,1/2/16,3/4/16,,1,Comadre\n");
  REQUIRE(outcome.account);
  CHECK(outcome.account->cases == 1);
  CHECK(outcome.found() == Strings{"M-VALUE.null 2:8"});
  CHECK(outcome.findings[0].severity == Severity::Warning);
  CHECK(outcome.findings[0].record == 1);
  CHECK(outcome.findings[0].shape == ValueShape{7, "Xxxxxxx"});
  CHECK(element(outcome.document, "Relationship") ==
        "<Relationship" + std::string(kNil) + " asRecorded=\"Comadre\"/>");
  // The column that is derived from the same cell says nothing of it, and is counted once.
  CHECK(element(outcome.document, "IsCaregiver") == "<IsCaregiver" + std::string(kNil) + "/>");
  CHECK(outcome.account->columns[7].mapped == 1);
  CHECK(outcome.account->columns[7].unknown == 1);
}

TEST_CASE("no finding holds a value of the row", "[converter][convert]") {
  const Outcome outcome =
      run(kHeader +
          "Canario1,Canario2,Canario3,Canario4,Canario5,Canario6,Canario7,Canario8\n"
          "Canario1,Canario2,Canario3,Canario4,Canario5,Canario6\n");
  REQUIRE(outcome.account);
  CHECK(outcome.findings.size() >= 5);
  for (const Finding& finding : outcome.findings) {
    CAPTURE(finding.message);
    for (const Param& param : finding.params) {
      for (const std::string& value : param.values)
        CHECK(value.find("anario") == std::string::npos);
    }
    CHECK((!finding.shape || finding.shape->mask.find("anario") == std::string::npos));
  }
}

TEST_CASE("a date before the one that it follows is told, and both are kept",
          "[converter][convert]") {
  const Outcome outcome = run(kHeader +
                              "1,Peru,F,3/4/16,1/2/16,,1,Aunt\n"
                              "2,Peru,F,3/4/16,3/4/16,,1,Aunt\n"
                              "3,Peru,F,,1/2/16,,1,Aunt\n"
                              "4,Peru,F,3/4/16,,,1,Aunt\n");
  REQUIRE(outcome.account);
  CHECK(outcome.account->cases == 4);
  CHECK(outcome.found() == Strings{"M-ORDER.before 2:5"});
  CHECK(outcome.findings[0].severity == Severity::Warning);
  CHECK(outcome.findings[0].rule == "M-ORDER");
  CHECK(outcome.findings[0].params[0] == Param{"first", {"Child's Date of Entry"}});
  CHECK(element(outcome.document, "EnteredAt") == "<EnteredAt>2016-03-04</EnteredAt>");
  CHECK(element(outcome.document, "LeftAt") == "<LeftAt>2016-01-02</LeftAt>");
  CHECK(outcome.account->columns[4].mapped == 3);
  CHECK(outcome.account->adds_up());
}

TEST_CASE("the day of the run is the last that can be, or the one that the mapping names",
          "[converter][convert]") {
  const std::string rows = kHeader +
                           "1,Peru,F,1/2/16,1/31/26,,1,Aunt\n"
                           "2,Peru,F,1/2/16,2/1/26,,1,Aunt\n";
  const Outcome outcome = run(rows);
  CHECK(outcome.found() == Strings{"M-DATE.range 3:5"});
  CHECK(outcome.findings[0].params[1] == Param{"range", {"2003-03-01 / 2026-01-31"}});
  CHECK(run(rows, {{"latest=\"stamp\"", "latest=\"2026-02-01\""}}).findings.empty());
  CHECK(run(rows, {{"latest=\"stamp\"", "latest=\"2020-12-31\""}}).found() ==
        Strings{"M-DATE.range 2:5", "M-DATE.range 3:5"});
}

TEST_CASE("a file that ends inside a character is cut off; other bytes are another encoding",
          "[converter][convert]") {
  struct Case {
    std::string tail, found;
  };
  const auto c = GENERATE(Case{"2,Per\xC3", "M-ENC.cut 3:2"},
                          Case{"2,\xE2\x80", "M-ENC.cut 3:2"},
                          Case{"2,\xF0\x9F\x98", "M-ENC.cut 3:2"},
                          Case{"2,Per\xC3\n", "M-ENC.bytes 3:2"},
                          Case{"2,M\xE9xico", "M-ENC.bytes 3:2"},
                          Case{"2,\xFF", "M-ENC.bytes 3:2"});
  CAPTURE(c.found);
  const Outcome outcome = run(kHeader + "1,Peru,F,1/2/16,3/4/16,,1,Aunt\n" + c.tail);
  CHECK(outcome.found() == Strings{c.found});
}

TEST_CASE("a row of data in the place of the header is told without a word of it",
          "[converter][convert]") {
  const Outcome outcome = run("Ximena,Ximena,F,1/2/16,3/4/16,00501,1,Aunt\n");
  CHECK(outcome.found() == Strings{"M-COLUMN.no-header 1:0"});
  for (const Param& param : outcome.findings[0].params) {
    for (const std::string& value : param.values)
      CHECK(value.find("Ximena") == std::string::npos);
  }
  CHECK_FALSE(outcome.account->started);
}

TEST_CASE("a row that cannot become a case is rejected, with its bytes and its reason",
          "[converter][convert]") {
  struct Case {
    std::string row;
    Strings found;
  };
  const std::string long_id(41, '9');
  const auto c = GENERATE_COPY(
      Case{"1,Peru,F,1/2/16,3/4/16,,1,Aunt,more\r\n", {"M-DIALECT.more 2:9"}},
      Case{"1,Peru,F\r\n", {"M-DIALECT.fewer 2:4"}},
      Case{"1,\"Peru,F,1/2/16,3/4/16,,1,Aunt\r\n", {"M-DIALECT.open-quote 2:2"}},
      Case{"1,\"Pe\"ru,F,1/2/16,3/4/16,,1,Aunt\r\n", {"M-DIALECT.text-after-quote 2:2"}},
      Case{"1,M\xE9xico,F,1/2/16,3/4/16,,1,Aunt\r\n", {"M-ENC.bytes 2:2"}},
      Case{"1,Pe\x01ru,F,1/2/16,3/4/16,,1,Aunt\r\n", {"M-ENC.control 2:2", "M-VALUE.also 2:2"}},
      Case{",Peru,F,1/2/16,3/4/16,,1,Aunt\r\n", {"M-KEY.blank 2:1"}},
      Case{",,,,,,,\r\n", {"M-KEY.blank 2:1"}},
      Case{"1\r\n", {"M-DIALECT.fewer-one 2:2"}},
      Case{"1,Peru,F,1/32/16,3/4/16,,1,Aunt\r\n", {"M-DATE.no-day 2:4"}},
      Case{"1,Peru,F,26/3/16,3/4/16,,1,Aunt\r\n", {"M-DATE.no-day 2:4"}},
      Case{"1,Peru,F,2/30/15,3/4/16,,1,Aunt\r\n", {"M-DATE.no-day 2:4"}},
      Case{"1,Peru,F,1/2/16,2/1/26,,1,Aunt\r\n", {"M-DATE.range 2:5"}},
      Case{"1,Peru,F,1/2/99,3/4/16,,1,Aunt\r\n", {"M-DATE.range 2:4"}},
      Case{"1,Peru,F,3/4/16,1/2/16,,1,Aunt,more\r\n", {"M-DIALECT.more 2:9"}},
      Case{"1,Atlantis,F,3/4/16,1/2/16,,1," + std::string(201, 'x') + "\r\n",
           {"M-VALUE.also 2:2", "M-TRUNC.words 2:8", "M-VALUE.also 2:8", "M-ORDER.also 2:5"}},
      Case{"1,Peru,F,1/2/16,2016-03-04,,1,Aunt\r\n", {"M-DATE.form 2:5"}},
      Case{"1,Peru,F,2/28/03,3/4/16,,1,Aunt\r\n", {"M-DATE.range 2:4"}},
      Case{"1,Peru,F,x,y,,1,Aunt\r\n", {"M-DATE.form 2:4", "M-DATE.form 2:5"}},
      Case{long_id + ",Peru,F,1/2/16,3/4/16,,1,Aunt\r\n", {"M-PATTERN.value 2:1"}},
      Case{"1," + std::string(201, 'x') + ",F,1/2/16,3/4/16,,1,Aunt\r\n",
           {"M-TRUNC.words 2:2", "M-VALUE.also 2:2"}});
  CAPTURE(c.row);
  const std::string header = "\xEF\xBB\xBF" + kHeader;
  const Outcome outcome = run(header + c.row + "2,Peru,F,1/2/16,3/4/16,,1,Aunt\n");
  REQUIRE(outcome.account);
  CHECK(outcome.found() == c.found);
  CHECK(outcome.account->rows == 2);
  CHECK(outcome.account->cases == 1);
  CHECK(outcome.account->rejected == 1);
  CHECK(outcome.account->adds_up());
  CHECK(outcome.rejects == header + c.row);
}

TEST_CASE("a rejected last line without its end gets one", "[converter][convert]") {
  const Outcome outcome = run(kHeader + "1,Peru");
  CHECK(outcome.rejects == kHeader + "1,Peru\n");
}

TEST_CASE("a key that comes again is rejected, and the first one is kept", "[converter][convert]") {
  const Outcome outcome = run(kHeader +
                              "1905,Peru,F,1/2/16,3/4/16,,1,Aunt\n"
                              "1906,Peru,F,1/2/16,3/4/16,,1,Aunt\n"
                              "1905,Peru,M,1/2/16,3/4/16,,1,Uncle\n"
                              "\" 1905\",Peru,M,1/2/16,3/4/16,,1,Uncle\n");
  REQUIRE(outcome.account);
  CHECK(outcome.found() == Strings{"M-KEY.repeat 4:1", "M-KEY.repeat 5:1"});
  CHECK(outcome.findings[0].params[1] == Param{"first", {"2"}});
  CHECK(outcome.account->cases == 2);
}

TEST_CASE("a rejected row does not block its own correction further down", "[converter][convert]") {
  const Outcome outcome = run(kHeader +
                              "1905,Peru,F,1/32/16,3/4/16,,1,Aunt\n"
                              "1905,Peru,F,1/2/16,3/4/16,,1,Aunt\n");
  CHECK(outcome.found() == Strings{"M-DATE.no-day 2:4"});
  CHECK(outcome.account->cases == 1);
}

TEST_CASE("corrected rejects give the identifiers that the rows would have had",
          "[converter][convert]") {
  const std::string good = "7,Peru,F,1/2/16,3/4/16,,1,Aunt\n";
  const Outcome bad = run(kHeader + "7,Peru,F,1/2/16,13/4/16,,1,Aunt\n");
  std::string corrected = bad.rejects;
  corrected.replace(corrected.find("13/4"), 4, "3/4");
  CHECK(run(corrected).document == run(kHeader + good).document);
}

TEST_CASE("a header that does not fit stops the run before any row", "[converter][convert]") {
  struct Case {
    std::string from, to;
    Strings found;
  };
  const auto c = GENERATE(
      Case{",Sponsor Category", "", {"M-COLUMN.missing 1:0"}},
      Case{",Sponsor Category",
           ",Sponsor Categoria",
           {"M-COLUMN.missing 1:0", "M-COLUMN.unknown-near 1:7"}},
      Case{",Sponsor Category",
           ",sponsorCATEGORY",
           {"M-COLUMN.missing 1:0", "M-COLUMN.unknown-near 1:7"}},
      // Four of eight are a header, three of eight are none.
      Case{"Child's Country of Origin,Child's Gender,Child's Date of Entry,Child's Date of",
           "A,B,C,D",
           {"M-COLUMN.missing 1:0",
            "M-COLUMN.missing 1:0",
            "M-COLUMN.missing 1:0",
            "M-COLUMN.missing 1:0",
            "M-COLUMN.unknown 1:2",
            "M-COLUMN.unknown 1:3",
            "M-COLUMN.unknown 1:4",
            "M-COLUMN.unknown 1:5"}},
      Case{"ID,Child's Country of Origin,Child's Gender,Child's Date of Entry,Child's Date",
           "X,A,B,C,D",
           {"M-COLUMN.no-header 1:0"}},
      Case{"Country of Origin,Child's Gender,Child's Date of Entry,Child's Date of Release,"
           "Sponsor Zipcode,Sponsor Category",
           "x,x,x,x,x,x",
           {"M-COLUMN.no-header 1:0"}},
      Case{",Sponsor Category", ",Sponsor Category,Notes", {"M-COLUMN.unknown 1:8"}},
      Case{",Sponsor Category", ",Sponsor Category,ID", {"M-COLUMN.double 1:8"}},
      Case{"ID,Child's C", "\"ID\"x,Child's C", {"M-DIALECT.text-after-quote 1:1"}},
      Case{"ID,Child's C", "I\xD1,Child's C", {"M-ENC.header 1:1"}});
  CAPTURE(c.to);
  std::string header = kHeader;
  header.replace(header.find(c.from), c.from.size(), c.to);
  const Outcome outcome = run(header + "1,Peru,F,1/2/16,3/4/16,,1,Aunt\n");
  REQUIRE(outcome.account);
  CHECK_FALSE(outcome.account->started);
  CHECK(outcome.account->rows == 0);
  CHECK(outcome.found() == c.found);
  CHECK(outcome.document.empty());
}

TEST_CASE("another delimiter is named, not guessed", "[converter][convert]") {
  const auto [delimiter, name] =
      GENERATE(std::pair{';', "\";\""}, std::pair{'\t', "tab"}, std::pair{'|', "\"|\""});
  std::string header = kHeader;
  std::replace(header.begin(), header.end(), ',', delimiter);
  const Outcome outcome = run(header);
  CHECK(outcome.found() == Strings{"M-COLUMN.delimiter 1:1"});
  CHECK(outcome.findings[0].params[0] == Param{"near", {name}});
}

TEST_CASE("headers agree over curly apostrophes and stray spaces", "[converter][convert]") {
  std::string header = kHeader;
  for (auto at = header.find("Child's"); at != std::string::npos; at = header.find("Child's"))
    header.replace(at, 7, " Child\u2019s ");
  const std::string row = "1,Peru,F,1/2/16,3/4/16,,1,Aunt\n";
  CHECK(run(header + row).document == run(kHeader + row).document);
}

TEST_CASE("columns may stand in any order", "[converter][convert]") {
  const Outcome outcome =
      run("Relationship of Sponsor,Sponsor Category,Sponsor Zipcode,Child's Date of Release,"
          "Child's Date of Entry,Child's Gender,Child's Country of Origin,ID\n"
          "Aunt,1,,3/4/16,1/2/16,F,Peru,1\n");
  CHECK(outcome.document == run(kHeader + "1,Peru,F,1/2/16,3/4/16,,1,Aunt\n").document);
}

TEST_CASE("unknown columns are left out only when that is asked for, and counted",
          "[converter][convert]") {
  std::string header = kHeader;
  header.insert(header.size() - 1, ",Notes");
  const std::string rows = "1,Peru,F,1/2/16,3/4/16,,1,Aunt,x\n2,Peru,F,1/2/16,3/4/16,,1,Aunt,\n";
  const Outcome outcome = run(header + rows, {}, true);
  REQUIRE(outcome.account);
  CHECK(outcome.account->cases == 2);
  CHECK(outcome.found() == Strings{"M-COLUMN.left-out 1:9"});
  CHECK(outcome.findings[0].severity == Severity::Warning);
  CHECK(outcome.account->columns[8].dropped == 1);
  CHECK(outcome.account->columns[8].non_empty == 1);
  CHECK(outcome.account->adds_up());
}

TEST_CASE("a column without a name may be blank and nothing else", "[converter][convert]") {
  std::string header = kHeader;
  header.insert(header.size() - 1, ",,");
  const Outcome outcome = run(header +
                              "1,Peru,F,1/2/16,3/4/16,,1,Aunt,,\n"
                              "2,Peru,F,1/2/16,3/4/16,,1,Aunt,,x\n");
  REQUIRE(outcome.account);
  CHECK(outcome.found() == Strings{"M-COLUMN.nameless 3:10"});
  CHECK(outcome.account->cases == 1);
  CHECK(outcome.account->adds_up());
}

TEST_CASE("an empty file is an error, a header alone is a run without rows",
          "[converter][convert]") {
  const std::string empty = GENERATE(as<std::string>{}, "", "\n\n", "\xEF\xBB\xBF");
  const Outcome outcome = run(empty);
  REQUIRE_FALSE(outcome.account);
  CHECK(outcome.account.error().message == "in.csv: is empty; a header row was expected");
  const Outcome header_only = run(kHeader);
  REQUIRE(header_only.account);
  CHECK(header_only.account->started);
  CHECK(header_only.account->rows == 0);
}

TEST_CASE("a sink that fails ends the run with its reason", "[converter][convert]") {
  const testing::Folder folder;
  const auto plan = testing::plan_of(folder, {});
  REQUIRE(plan);
  const IdKey key = testing::test_key();
  testing::Collected findings;
  const auto full = [](std::string_view) -> Status {
    return fail(ErrorCode::Unwritable, "no space left");
  };
  const auto fine = [](std::string_view) -> Status { return Done{}; };
  Source good = Source::from_string("in.csv", kHeader + "1,Peru,F,1/2/16,3/4/16,,1,Aunt\n");
  const ConvertRun run{**plan, key, "2026-01-31T08:00:00-06:00"};
  CHECK(convert(good, run, {full, fine, findings}).error().message == "no space left");
  Source bad = Source::from_string("in.csv", kHeader + "1\n");
  CHECK(convert(bad, run, {fine, full, findings}).error().message == "no space left");
}

TEST_CASE("a date that is not understood may become a null where the mapping says so",
          "[converter][convert]") {
  const testing::Changes changes{
      {"unmatched=\"reject\" reason=\"UNK\"/>", "unmatched=\"null\" reason=\"NASK\"/>"}};
  const Outcome outcome = run(kHeader + "1,Peru,F,1/32/16,2/1/03,,1,Aunt\n", changes);
  REQUIRE(outcome.account);
  CHECK(outcome.account->cases == 1);
  CHECK(outcome.found() == Strings{"M-DATE.no-day-null 2:4", "M-DATE.range-null 2:5"});
  CHECK(element(outcome.document, "EnteredAt") ==
        "<EnteredAt xsi:nil=\"true\" nullReason=\"NASK\"/>");
  CHECK(element(outcome.document, "LeftAt") == "none");
  // The words of a date have no place in the target: the account says that they are gone.
  CHECK(outcome.account->columns[3].dropped == 1);
  CHECK(outcome.account->columns[3].mapped == 0);
  CHECK(outcome.account->adds_up());
}

TEST_CASE("lookups reject where the mapping says so", "[converter][convert]") {
  const Outcome outcome = run(kHeader + "1,Atlantis,F,1/2/16,3/4/16,,1,Aunt\n",
                              {{"unmatched=\"null\" reason=\"UNK\"/>", "unmatched=\"reject\"/>"}});
  CHECK(outcome.found() == Strings{"M-VALUE.reject 2:2"});
  CHECK(outcome.account->rejected == 1);
}

TEST_CASE("null markers of the mapping count as blank", "[converter][convert]") {
  const Outcome outcome = run(kHeader + "1,s/d,N/D,1/2/16,3/4/16,,1,Aunt\n",
                              {{"encoding=\"UTF-8\">", "encoding=\"UTF-8\" null=\"N/D|s/d\">"}});
  CHECK(outcome.findings.empty());
  CHECK(outcome.account->columns[1].blank == 1);
  CHECK(element(outcome.document, "Sex") == "<Sex" + std::string(kNil) + "/>");
}

TEST_CASE("a dropped column is left out for its stated reason", "[converter][convert]") {
  const Outcome outcome = run(kHeader + "1,Peru,F,1/2/16,3/4/16,00501,1,Aunt\n",
                              {{"<keep from=\"Sponsor Zipcode\" as=\"us:sponsorZipcode\"/>",
                                "<drop from=\"Sponsor Zipcode\" reason=\"singles out\"/>"}});
  REQUIRE(outcome.account);
  CHECK(outcome.account->columns[5].dropped == 1);
  CHECK(outcome.account->columns[5].reason == "singles out");
  CHECK(outcome.document.find("00501") == std::string::npos);
}

TEST_CASE("text is written in NFC, and the account says so", "[converter][convert]") {
  const Outcome outcome = run(kHeader + "n\u0303-1,Peru,F,1/2/16,3/4/16,,1,Aunt\n");
  REQUIRE(outcome.account);
  CHECK(element(outcome.document, "Number") == "<Number>\u00f1-1</Number>");
  CHECK(outcome.account->columns[0].normalized == 1);
}

TEST_CASE("the account agrees with a count of its own", "[converter][convert]") {
  const auto seed = GENERATE(range(1U, 15U));
  CAPTURE(seed);
  std::mt19937 random(seed);
  const auto pick = [&random](const Strings& from) { return from[random() % from.size()]; };
  std::string csv = kHeader;
  std::array<std::uint64_t, 8> non_empty{};
  std::uint64_t cut = 0;
  const unsigned rows = 50;
  for (unsigned r = 0; r < rows; ++r) {
    Strings cells{pick({"1", "2", "", std::to_string(r + 100)}),
                  pick({"Peru", "Atlantis", "", "M\u00e9xico"}),
                  pick({"M", "F", "", "Q"}),
                  pick({"1/2/16", "", "x", "1/0/00"}),
                  pick({"1/2/16", "", "13/13/13"}),
                  pick({"", "00501"}),
                  pick({"1", "2", "", "9"}),
                  pick({"Aunt", "", "Comadre"})};
    if (random() % 10 == 0) {
      cells.emplace_back("extra");
      ++cut;
    } else {
      for (std::size_t i = 0; i < non_empty.size(); ++i)
        non_empty.at(i) += cells[i].empty() ? 0U : 1U;
    }
    for (std::size_t i = 0; i < cells.size(); ++i)
      csv += (i == 0 ? "" : ",") + cells[i];
    csv += '\n';
  }
  const Outcome outcome = run(csv);
  REQUIRE(outcome.account);
  CHECK(outcome.account->rows == rows);
  CHECK(outcome.account->unreadable == cut);
  CHECK(outcome.account->adds_up());
  for (std::size_t i = 0; i < non_empty.size(); ++i)
    CHECK(outcome.account->columns[i].non_empty == non_empty.at(i));
  const auto lines = std::count(outcome.rejects.begin(), outcome.rejects.end(), '\n');
  CHECK(static_cast<std::uint64_t>(lines) ==
        (outcome.account->rejected == 0 ? 0 : outcome.account->rejected + 1));
}

TEST_CASE("the same input, mapping and key give the same bytes", "[converter][convert]") {
  const std::string csv = kHeader + "1,Peru,F,1/2/16,3/4/16,,1,Aunt\n2,Cuba,M,,,,3,Comadre\n";
  CHECK(run(csv).document == run(csv).document);
}

}  // namespace
}  // namespace amparo::converter
