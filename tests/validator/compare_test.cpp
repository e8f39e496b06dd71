// SPDX-License-Identifier: Apache-2.0
#include "validator/compare.hpp"

#include <catch2/catch.hpp>

#include "validator/messages.hpp"

using namespace amparo;

namespace {

const std::filesystem::path kFixtures =
    std::filesystem::path{AMPARO_SOURCE_DIR} / "tests/validator/fixtures";

const Bundle& all_engines() {
  static const Bundle kBundle = [] {
    auto loaded = bundle_of_schemas({kFixtures / "shelter.xsd"}, EngineKind::All);
    REQUIRE(loaded);
    loaded->record_elements = {"Case"};
    return *std::move(loaded);
  }();
  return kBundle;
}

std::string in_batch(const std::string& inside) {
  return "<Batch xmlns=\"urn:example:shelter\" "
         "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n<Header/>\n" +
         inside + "\n</Batch>";
}

Report compared(const std::string& document) {
  const auto open = [&] { return Result<Source>{Source::from_string("t.xml", document)}; };
  auto source = open();
  auto report = validate(*source, all_engines(), {});
  REQUIRE(report);
  REQUIRE(compare_engines(open, all_engines(), {}, *report));
  return *std::move(report);
}

// "state found: reason", then "line sentence" of each difference.
std::string told(const Report& report) {
  MessageBook book;
  book.add(validator_messages());
  const auto* entry = report.ledger.find("engines");
  REQUIRE(entry != nullptr);
  std::string text = std::string{name(entry->state)} + " " + std::to_string(entry->found);
  if (!entry->reason.empty()) {
    text += ": " + book.sentence(entry->reason, entry->params, Language::English);
  }
  text += "\n";
  for (const Finding& finding : report.findings) {
    if (finding.rule != "engines-differ") continue;
    CHECK(finding.severity == Severity::Info);
    text += std::to_string(finding.where.line) + " " +
            book.sentence(finding.message, finding.params, Language::English) + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("Engines that agree say so", "[validator][compare]") {
  const auto valid = compared(in_batch("<Case id=\"a1\"><GivenName>Luz</GivenName></Case>"));
  CHECK(told(valid) == "passed 0\n");
  CHECK(valid.ledger.find("engines")->checked == 3);
  CHECK(valid.verdict() == Verdict::Valid);
  const auto wrong = compared(
      in_batch("<Case id=\"a1\"><GivenName>Luz</GivenName>\n<Born>2014-02-30</Born></Case>"));
  CHECK(told(wrong) == "passed 0\n");
  CHECK(wrong.verdict() == Verdict::Invalid);
  CHECK(told(compared(in_batch("<Case id=\"a1\"><GivenName>Luz</Case>"))) == "passed 0\n");
}

TEST_CASE("Where only some engines find something, the verdict stays", "[validator][compare]") {
  const auto report = compared(
      in_batch("<Case id=\"a1\"><GivenName>Luz</GivenName>\n<Nombre/>\n<Apellido/>\n</Case>"));
  CHECK(told(report) ==
        "failed 1\n"
        "5 these find a defect on this line: compiled; these do not: xerces, libxml2\n");
  CHECK(report.verdict() == Verdict::Invalid);
  CHECK(report.ledger.find("grammar")->found == 2);
}

TEST_CASE("libxml2 alone checks the grammar and shows no value", "[validator][libxml2]") {
  auto bundle = bundle_of_schemas({kFixtures / "shelter.xsd"}, EngineKind::Libxml2);
  REQUIRE(bundle);
  bundle->record_elements = {"Case"};
  auto source = Source::from_string(
      "t.xml",
      in_batch("<Case id=\"a1\"><GivenName>Luz</GivenName>\n<Born>SECRET</Born></Case>\n"
               "<Case id=\"a2\"><GivenName>Sol</GivenName>\n<Quetzalina/></Case>"));
  const auto report = validate(source, *bundle, {});
  REQUIRE(report);
  MessageBook book;
  book.add(validator_messages());
  std::string text;
  for (const Finding& finding : report->findings) {
    text += std::to_string(finding.where.line) + ":" + std::to_string(finding.where.column) + " " +
            finding.xpath + " " +
            book.sentence(finding.message, finding.params, Language::English) + "\n";
  }
  CHECK(text ==
        "4:7 /Batch/Case[1]/Born <Born> does not meet cvc-datatype-valid.1.2.1, according to "
        "libxml2\n"
        "6:1 /Batch/Case[2]/Xxxxxxxxxx <Xxxxxxxxxx> does not meet cvc-complex-type.2.4, according "
        "to libxml2\n");
  CHECK(report->ledger.find("codes")->state == LedgerState::SwitchedOff);
  CHECK(report->ledger.find("codes")->reason == "reason-engine-option");
  CHECK(report->records == 2);
}
