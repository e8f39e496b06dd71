// SPDX-License-Identifier: Apache-2.0
#include "validator/validate.hpp"

#include <catch2/catch.hpp>

#include "validator/messages.hpp"

using namespace amparo;

namespace {

const std::filesystem::path kFixtures =
    std::filesystem::path{AMPARO_SOURCE_DIR} / "tests/validator/fixtures";

Bundle& shelter() {
  static Bundle bundle = [] {
    auto loaded = bundle_of_schemas({kFixtures / "shelter.xsd"});
    REQUIRE(loaded);
    auto made = *std::move(loaded);
    made.record_elements = {"Case"};
    return made;
  }();
  return bundle;
}

std::string in_batch(const std::string& cases) {
  return "<Batch xmlns=\"urn:example:shelter\" "
         "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n<Header/>\n" +
         cases + "\n</Batch>\n";
}

Report check(const std::string& document, const ValidateOptions& options = {}) {
  auto source = Source::from_string("t.xml", document);
  auto report = validate(source, shelter(), options);
  REQUIRE(report);
  return *std::move(report);
}

// "3:5 rule sentence | note" for each finding.
std::string told(const Report& report, Language language = Language::English) {
  MessageBook book;
  book.add(validator_messages());
  std::string text;
  for (const Finding& finding : report.findings) {
    text += std::to_string(finding.where.line) + ":" + std::to_string(finding.where.column) + " " +
            finding.rule + " " + book.sentence(finding.message, finding.params, language);
    for (const Note& note : finding.notes) {
      text += " | " + book.sentence(note.message, note.params, language);
    }
    text += "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("A valid document has no findings and a full ledger", "[validator]") {
  const auto report =
      check(in_batch("<Case id=\"a1\"><GivenName>Luz</GivenName></Case>\n"
                     "<Case id=\"a2\"><GivenName>Sol</GivenName><Born>2014-05-31</Born></Case>"));
  CHECK(told(report).empty());
  CHECK(report.verdict() == Verdict::Valid);
  CHECK(report.records == 2);
  REQUIRE(report.ledger.entries().size() == 7);
  CHECK(report.ledger.find("gate")->state == LedgerState::Passed);
  CHECK(report.ledger.find("grammar")->checked == 7);
  CHECK(report.ledger.find("codes")->state == LedgerState::SwitchedOff);
  CHECK(report.ledger.find("signature")->state == LedgerState::NotInThisVersion);
}

TEST_CASE("Documents of other schemas may be wider than ours, unless somebody says how wide",
          "[validator]") {
  std::string attributes;
  for (int i = 0; i < 200; ++i)
    attributes += " a" + std::to_string(i) + "=''";
  const auto document = in_batch("<Case id=\"a1\"" + attributes + "/>");
  CHECK(told(check(document)).find("G-LIMIT-ATTRIBUTES") == std::string::npos);
  CHECK(told(check(document, {.limits = {.attributes = 100}})).find("G-LIMIT-ATTRIBUTES") !=
        std::string::npos);
}

TEST_CASE("The five entities of XML and character references may be used without limit",
          "[validator]") {
  std::string cases;
  for (int i = 0; i < 60'000; ++i) {
    cases += "<Case id=\"a" + std::to_string(i) + "\"><GivenName>&lt;&#x41;" + std::to_string(i) +
             "</GivenName></Case>\n";
  }
  const auto report = check(in_batch(cases));
  CHECK(report.verdict() == Verdict::Valid);
  CHECK(report.records == 60'000);
}

TEST_CASE("Each defect of grammar is told at its place, by its rule, in our words", "[validator]") {
  struct Case {
    std::string inside, told;
  };
  const auto c = GENERATE(
      Case{"<Case id=\"a1\"><GivenName>L</GivenName></Case>",
           "3:26 cvc-minLength-valid the value of <GivenName> has 1 characters; at least 2 are "
           "required\n"},
      Case{"<Case id=\"a1\"><GivenName>Guadalupe</GivenName></Case>",
           "3:26 cvc-maxLength-valid the value of <GivenName> has 9 characters; at most 8 are "
           "allowed\n"},
      Case{"<Case id=\"a1\"><GivenName>Luz</GivenName><Sex>X</Sex></Case>",
           "3:46 cvc-enumeration-valid the value of <Sex> is none of those that type Sex takes | "
           "values allowed: F or M\n"},
      Case{"<Case id=\"a1\"><GivenName>Luz</GivenName><Age>18</Age></Case>",
           "3:46 cvc-maxInclusive-valid the value of <Age> is greater than 17\n"},
      Case{"<Case id=\"a1\"><GivenName>Luz</GivenName><Age>-1</Age></Case>",
           "3:46 cvc-minInclusive-valid the value of <Age> is less than 0\n"},
      Case{"<Case id=\"a1\"><GivenName>Luz</GivenName><Age>ten</Age></Case>",
           "3:46 cvc-datatype-valid.1.2.1 the value of <Age> is not a value of type Age | for "
           "example 12\n"},
      Case{"<Case id=\"a1\"><GivenName>Luz</GivenName><Born>31/05/2014</Born></Case>",
           "3:47 cvc-datatype-valid.1.2.1 the value of <Born> is not a value of type xs:date | "
           "for example 2014-05-31\n"},
      Case{"<Case id=\"a1\"><GivenName>Luz</GivenName><Born>2014-02-30</Born></Case>",
           "3:47 cvc-datatype-valid.1.2.1 the value of <Born> is not a value of type xs:date | "
           "for example 2014-05-31\n"},
      Case{"<Case id=\"a1\"><GivenName>Luz</GivenName><Arrived>May</Arrived></Case>",
           "3:50 cvc-datatype-valid.1.2.3 the value of <Arrived> is of none of the types that "
           "DateOrYear unites\n"},
      Case{"<Case id=\"a1\"><GivenName>Luz</GivenName><Money>12345</Money></Case>",
           "3:48 cvc-totalDigits-valid the value of <Money> has more than 4 digits\n"},
      Case{"<Case id=\"a1\"><GivenName>Luz</GivenName><Money>1.234</Money></Case>",
           "3:48 cvc-fractionDigits-valid the value of <Money> has more than 2 decimals\n"},
      Case{"<Case id=\"A1\"><GivenName>Luz</GivenName></Case>",
           "3:7 cvc-pattern-valid the value of <Case id=\"...\"> does not have the form that type "
           "CaseId asks for | form asked for: [a-z][0-9]+\n"},
      Case{"<Case><GivenName>Luz</GivenName></Case>",
           "3:1 cvc-complex-type.4 <Case> lacks the attribute id\n"},
      Case{"<Case id=\"a1\" color=\"9\"><GivenName>Luz</GivenName></Case>",
           "3:15 cvc-complex-type.3.2.2 <Case> has no attribute xxxxx\n"},
      Case{"<Case id=\"a1\"><GivenName>Luz</GivenName><Nombre/></Case>",
           "3:41 cvc-complex-type.2.4.a <Xxxxxx> cannot stand in this place of <Case> | expected "
           "<Sex>, <Age>, <Born>, <Arrived>, <Money> or </Case>, or 4 more\n"},
      Case{"<Case id=\"a1\"><GivenName>Luz</GivenName><Born>2014-05-31</Born><Sex>F</Sex></Case>",
           "3:64 cvc-complex-type.2.4.a <Sex> cannot stand in this place of <Case> | expected "
           "<Arrived>, <Money>, <Reason>, <Sibling>, <Friend> or </Case>, or 1 more\n"},
      Case{"<Case id=\"a1\"><GivenName>Luz</GivenName><Nothing/><Nothing/></Case>",
           "3:51 cvc-complex-type.2.4.d <Case> takes no more elements: <Nothing> is one too many | "
           "expected </Case>\n"},
      Case{"<Case id=\"a1\"/>",
           "3:1 cvc-complex-type.2.4.b <Case> ends too early | expected <GivenName>\n"
           "3:1 cvc-identity-constraint.4.2.1 <Case> lacks the value of its key (names)\n"},
      Case{"<Case id=\"a1\">\n</Case>",
           "3:1 cvc-identity-constraint.4.2.1 <Case> lacks the value of its key (names)\n"
           "4:1 cvc-complex-type.2.4.b <Case> ends too early | expected <GivenName>\n"},
      Case{"<Case id=\"a1\"><GivenName>Luz</GivenName>, <Sex>F</Sex></Case>",
           "3:41 cvc-complex-type.2.3 <Case> holds elements and takes no text between them\n"},
      Case{"<Case id=\"a1\"><GivenName>Luz<Sex/></GivenName></Case>",
           "3:29 cvc-type.3.1.2 <GivenName> holds a value and takes no elements inside\n"},
      Case{"<Case id=\"a1\"><GivenName xsi:nil=\"true\">Luz</GivenName></Case>",
           "3:15 cvc-elt.3.1 <GivenName> does not take xsi:nil\n"},
      Case{"<Case id=\"a1\"><GivenName>Luz</GivenName><Reason xsi:nil=\"true\">A</Reason></Case>",
           "3:41 cvc-elt.3.2.1 <Reason> says xsi:nil=\"true\" and must therefore be empty\n"},
      Case{"<Case id=\"a1\"><GivenName>Luz</GivenName><Nothing why=\"x\"/></Case>",
           "3:50 cvc-attribute.4 the attribute why of <Nothing> does not have the fixed value that "
           "the schema states\n"},
      Case{"<Case id=\"a1\"><GivenName>Luz</GivenName><Nothing><Sex/></Nothing></Case>",
           "3:50 cvc-complex-type.2.1 <Nothing> must be empty and contains <Sex>\n"},
      Case{"<Case id=\"a1\"><GivenName>Luz</GivenName></Case>\n"
           "<Case id=\"a1\"><GivenName>Sol</GivenName></Case>",
           "4:1 cvc-identity-constraint.4.1 the value of <Case> is repeated and must be unique "
           "(caseIds)\n"},
      Case{"<Case id=\"a1\"><GivenName>Luz</GivenName></Case>\n"
           "<Case id=\"a2\"><GivenName>Luz</GivenName></Case>",
           "4:15 cvc-identity-constraint.4.2.2 the key of <Case> is used already; each must be "
           "unique (names)\n"},
      Case{"<Case id=\"a1\"><GivenName>Luz</GivenName><Friend>Sol</Friend></Case>",
           "3:41 cvc-identity-constraint.4.3 the reference of <Case> points to something that is "
           "not here (friends)\n"},
      Case{"<Case id=\"a1\" anchor=\"x\"><GivenName>Luz</GivenName><Sibling>y</Sibling></Case>",
           "4:9 cvc-id.1 a reference names an identifier that is not in the document\n"},
      Case{"<Case id=\"a1\"><GivenName xsi:type=\"Nowhere\">Luz</GivenName></Case>",
           "3:15 cvc-elt.4.2 the type that xsi:type names is not in the schema\n"});
  CAPTURE(c.inside);
  const auto report = check(in_batch(c.inside));
  CHECK(told(report) == c.told);
  CHECK(report.verdict() == Verdict::Invalid);
}

TEST_CASE("A schema without a target namespace is held against documents without one",
          "[validator]") {
  auto bundle = bundle_of_schemas({kFixtures / "plain.xsd"});
  REQUIRE(bundle);
  struct Case {
    std::string document, rule;
  };
  const auto c = GENERATE(Case{"<Notes><Note>a</Note></Notes>", ""},
                          Case{"<Notes><Note/><Other/></Notes>", "cvc-complex-type.2.4.a"},
                          Case{"<Other/>", "cvc-elt.1"},
                          Case{"<Notes xmlns='urn:other'/>", "cvc-elt.1"});
  CAPTURE(c.document);
  auto source = Source::from_string("t", c.document);
  const auto report = validate(source, *bundle, {});
  REQUIRE(report);
  REQUIRE(report->findings.size() == (c.rule.empty() ? 0 : 1));
  if (!c.rule.empty()) CHECK(report->findings[0].rule == c.rule);
}

TEST_CASE("Names that a document makes up do not fill the memory", "[validator]") {
  std::string names;
  for (int i = 0; i < 20'010; ++i)
    names += "<n" + std::to_string(i) + "/>";
  const auto many_names = check(in_batch(names));
  REQUIRE(many_names.rules.count("G-LIMIT-NAMES") == 1);
  CHECK(many_names.ledger.find("grammar")->state != LedgerState::Passed);
  std::string namespaces;
  for (int i = 0; i < 1'010; ++i)
    namespaces += "<x xmlns='urn:" + std::to_string(i) + "'/>";
  const auto many_namespaces = check(in_batch(namespaces));
  CHECK(many_namespaces.rules.count("G-LIMIT-NAMES") == 1);
  // The same name over and over is no such thing: it is counted to the end.
  std::string same;
  for (int i = 0; i < 25'000; ++i) {
    same += "<Case id=\"a" + std::to_string(i) + "\"><Nombre/></Case>";
  }
  const auto report = check(in_batch(same));
  CHECK(report.records == 25'000);
  CHECK(report.rules.at("cvc-complex-type.2.4.a").found == 25'000);
  CHECK(report.rules.at("cvc-complex-type.2.4.a").kept == 100);
}

TEST_CASE("Where a document is not well-formed XML", "[validator]") {
  struct Case {
    std::string document, told;
  };
  const auto c = GENERATE(
      Case{"<Batch xmlns=\"urn:example:shelter\">\n<Header>\n</Batch>",
           "3:1 wfc-element-type-match the end tag of <Header> is expected, and another end tag "
           "stands here | <Header> was opened here\n"},
      Case{"<Batch xmlns=\"urn:example:shelter\">\n<Header/>\n",
           "3:1 wf-ended the document ends before <Batch> is closed: it looks cut off | <Batch> "
           "was opened here\n"},
      Case{"<Batch xmlns=\"urn:example:shelter\"><Header id='1' id='2'/></Batch>",
           "1:36 wfc-unique-attribute the attribute id is given twice on the same element\n"},
      Case{"<Batch xmlns=\"urn:example:shelter\"><Header>&eacute;</Header></Batch>",
           "1:44 wfc-entity-declared there is no such entity: XML knows only &lt; &gt; &amp; "
           "&quot; and &apos;\n"});
  CAPTURE(c.document);
  const auto report = check(c.document);
  CHECK(told(report) == c.told);
  CHECK(report.ledger.find("well-formed")->state == LedgerState::Failed);
  CHECK(report.ledger.find("grammar")->state == LedgerState::NotDecidable);
}
