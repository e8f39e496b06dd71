// SPDX-License-Identifier: Apache-2.0
#include "validator/codes.hpp"

#include <fstream>

#include <catch2/catch.hpp>

#include "validator/messages.hpp"
#include "validator/validate.hpp"

using namespace amparo;

namespace {

const std::filesystem::path kFixtures =
    std::filesystem::path{AMPARO_SOURCE_DIR} / "tests/validator/fixtures";

Bundle& bundle() {
  static Bundle made = [] {
    auto loaded = bundle_of_schemas({kFixtures / "shelter.xsd"});
    REQUIRE(loaded);
    auto codes = CodeLists::load(kFixtures / "codes/catalog.xml");
    REQUIRE(codes);
    loaded->codes = std::make_shared<const CodeLists>(*std::move(codes));
    loaded->record_elements = {"Case"};
    return *std::move(loaded);
  }();
  return made;
}

// "rule sentence | note" for each finding about <Reason ...>.
std::string told(const std::string& reason,
                 const std::string& as_of,
                 Language language = Language::English) {
  auto source = Source::from_string(
      "t.xml",
      "<Batch xmlns=\"urn:example:shelter\" "
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><Header/><Case id=\"a1\">"
      "<GivenName>Luz</GivenName>" +
          reason + "</Case></Batch>");
  const auto report = validate(source, bundle(), {.as_of = as_of});
  REQUIRE(report);
  MessageBook book;
  book.add(validator_messages());
  std::string text;
  for (const Finding& finding : report->findings) {
    CHECK(finding.layer == Layer::Codes);
    CHECK(finding.record == 1);
    text += finding.rule + " " + book.sentence(finding.message, finding.params, language);
    for (const Note& note : finding.notes) {
      text += " | " + book.sentence(note.message, note.params, language);
    }
    text += "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("A code is held against its list, on its day", "[validator][codes]") {
  struct Case {
    std::string reason, as_of, told;
  };
  const auto c = GENERATE(
      Case{"<Reason>FAMILY</Reason>", "2026-01-01", ""},
      Case{"<Reason>FAMILIA</Reason>",
           "2026-01-01",
           "C-MEMBER the code of <Reason> is not in list CL-Reason, version 1.2\n"},
      Case{"<Reason>CLIMATE</Reason>",
           "2023-12-31",
           "C-NOT-YET the code of <Reason> is valid only from 2024-01-01 in list CL-Reason\n"},
      Case{"<Reason>CLIMATE</Reason>", "2024-01-01", ""},
      Case{"<Reason>WORK</Reason>", "2020-06-30", ""},
      Case{"<Reason>WORK</Reason>",
           "2020-07-01",
           "C-EXPIRED the code of <Reason> ceased to be valid on 2020-06-30 in list CL-Reason | "
           "use LABOUR instead\n"},
      Case{"<Reason>WORK</Reason>", "", ""},
      Case{"<Reason>OTHER</Reason>",
           "2026-01-01",
           "C-DEPRECATED the code of <Reason> is no longer recommended in list CL-Reason\n"},
      Case{"<Reason listVersion=\"1.2\">FAMILY</Reason>", "2026-01-01", ""},
      Case{"<Reason listVersion=\"2.0\">FAMILY</Reason>",
           "2026-01-01",
           "C-VERSION <Reason> states another version of list CL-Reason; it was held against "
           "version 1.2\n"},
      Case{"<Reason xsi:nil=\"true\" nullReason=\"UNK\"/>", "2026-01-01", ""},
      Case{"<Reason xsi:nil=\"true\" nullReason=\"XXX\"/>",
           "2026-01-01",
           "C-MEMBER the code of <Reason nullReason=\"...\"> is not in list CL-NullReason, version "
           "1.0\n"},
      Case{"<Reason xsi:nil=\"true\"/>",
           "2026-01-01",
           "C-NIL-REASON <Reason> has no value and does not say why: nullReason is missing\n"},
      Case{"<Reason nullReason=\"UNK\">FAMILY</Reason>",
           "2026-01-01",
           "C-REASON-NOT-NIL <Reason> gives a reason for absence (nullReason) but does not say "
           "xsi:nil=\"true\"\n"});
  CAPTURE(c.reason, c.as_of);
  CHECK(told(c.reason, c.as_of) == c.told);
}

TEST_CASE("A value that breaks the grammar is not looked up as well", "[validator][codes]") {
  auto source = Source::from_string("t",
                                    "<Batch xmlns=\"urn:example:shelter\"><Header/><Case id=\"a1\">"
                                    "<GivenName>Luz</GivenName><Reason>no code</Reason>"
                                    "</Case></Batch>");
  const auto report = validate(source, bundle(), {});
  REQUIRE(report);
  REQUIRE(report->findings.size() == 1);
  CHECK(report->findings[0].rule == "cvc-pattern-valid");
  CHECK(report->ledger.find("codes")->state == LedgerState::Passed);
}

TEST_CASE("A list that is not what the catalog says does not load", "[validator][codes]") {
  struct Case {
    std::string catalog, error;
  };
  const auto c =
      GENERATE(Case{"no-such-file.xml", "no-such-file.xml: No such file or directory"},
               Case{"wrong-id.xml", "Reason.gc: is list CL-Reason; the catalog says CL-Other"},
               Case{"twice.xml", "twice.xml: names CL-Reason twice"},
               Case{"repeated.xml", "Repeated.gc: has code AA twice"},
               Case{"broken.xml", "broken.xml:3: not well-formed XML"});
  CAPTURE(c.catalog);
  const auto lists = CodeLists::load(kFixtures / "codes" / c.catalog);
  REQUIRE_FALSE(lists);
  CHECK(lists.error().message == (kFixtures / "codes" / c.error).string());
}

TEST_CASE("A list that covers some countries leaves the codes of others alone",
          "[validator][codes]") {
  const auto lists = CodeLists::load(kFixtures / "codes/catalog.xml");
  REQUIRE(lists);
  Report report;
  ReportBuilder findings{report};
  CodeChecker checker{*lists, "2026-01-01"};
  const auto check = [&](std::string_view text) {
    checker.on_value({.type = "SubdivisionCode", .text = text, .element = "Region"}, findings);
  };
  check("MX-CHP");
  check("VE-A");
  CHECK(report.findings.empty());
  check("MX-ZZZ");
  CHECK(report.findings.size() == 1);
}
