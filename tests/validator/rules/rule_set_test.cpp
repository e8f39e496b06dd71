// SPDX-License-Identifier: Apache-2.0
#include "validator/rules/rule_set.hpp"

#include <new>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/validator/rules/rules_sandbox.hpp"
#include "validator/rules/rule_run.hpp"

namespace {

using namespace amparo;
using namespace amparo::rules;

std::string schema(const std::string& body) {
  return "<sch:schema xmlns:sch='http://purl.oclc.org/dsdl/schematron' "
         "xmlns:xsl='http://www.w3.org/1999/XSL/Transform' queryBinding='xpath2'>" +
         body + "</sch:schema>";
}

// "id: message (place)" for each finding.
class Lines final : public RuleSink {
 public:
  explicit Lines(const RuleSet& set) : set_{set} {}
  void add(const RuleFinding& finding) override {
    std::string line = set_.checks()[finding.check].id + ":";
    for (const ResolvedMessage& message : finding.messages) {
      line += " ";
      if (!message.id.empty()) line += std::string{message.lang} + "=";
      for (const MessagePart& part : message.parts)
        line += part.is_from_document ? "[" + part.text + "]" : part.text;
    }
    lines.push_back(line + " (" + finding.tape->path(finding.subject) + ")");
  }
  std::vector<std::string> lines{};

 private:
  const RuleSet& set_;
};

RuleSet compiled(const std::string& body, const RuleSetOptions& options = {}) {
  const auto read = read_schematron(schema(body), "test.sch");
  REQUIRE(read);
  auto set = RuleSet::compile({&*read, 1}, options);
  CAPTURE(set ? "" : set.error().key, set ? "" : set.error().attribute);
  REQUIRE(set);
  return *std::move(set);
}

std::vector<std::string> findings(const std::string& body,
                                  const std::string& document,
                                  std::string_view phase = "#ALL") {
  const RuleSet set = compiled(body);
  const Surroundings around;
  RuleRun run{set, around, phase};
  Lines lines{set};
  const xml::Tape tape = tests::tape_of(document, set.names());
  run.everything(tape, lines);
  return lines.lines;
}

using List = std::vector<std::string>;

}  // namespace

TEST_CASE("an assert fails where its test does not hold, a report where it does", "[rules]") {
  CHECK(findings("<sch:pattern id='P'><sch:rule context='a'>"
                 "<sch:assert id='A' test='@x = 1'>x is <sch:value-of select='@x'/></sch:assert>"
                 "<sch:report id='B' test='@y' subject='@y'><sch:name/> has y</sch:report>"
                 "</sch:rule></sch:pattern>",
                 "<r><a x='1'/><a x='2' y=''/></r>") ==
        List{"A: x is [2] (/r[1]/a[2])", "B: a has y (/r[1]/a[2]/@y)"});
}

TEST_CASE("in each pattern the first rule that matches fires, and no other", "[rules]") {
  CHECK(findings("<sch:pattern><sch:rule context='a[@x]'><sch:assert id='1' test='false()'/>"
                 "</sch:rule><sch:rule context='a'><sch:assert id='2' test='false()'/></sch:rule>"
                 "</sch:pattern><sch:pattern><sch:rule context='*'>"
                 "<sch:assert id='3' test='false()'/></sch:rule></sch:pattern>",
                 "<a x=''><a/></a>") ==
        List{"1:  (/a[1])", "3:  (/a[1])", "2:  (/a[1]/a[1])", "3:  (/a[1]/a[1])"});
}

TEST_CASE("contexts match as patterns of XSLT do", "[rules]") {
  struct Row {
    std::string context;
    List ids;
  };
  const std::vector<Row> rows{{"/r", {"r"}},
                              {"/", {""}},
                              {"b", {"b1", "b2", "b3"}},
                              {"a/b", {"b1", "b2"}},
                              {"r//b", {"b1", "b2", "b3"}},
                              {"//c/b", {"b3"}},
                              {"/r/a/b[1]", {"b1"}},
                              {"b[last()]", {"b2", "b3"}},
                              {"b[@id = 'b2'] | c", {"b2", "c"}},
                              {"@id[. = 'b1']", {"b1"}},
                              {"a/*", {"b1", "b2"}},
                              {"text()", {"t"}},
                              {"key('k', 'b2')", {"b2"}}};
  for (const Row& row : rows) {
    CAPTURE(row.context);
    List wanted;
    for (const std::string& id : row.ids)
      wanted.push_back("A: [" + id + "]");
    auto found = findings(
        "<xsl:key name='k' match='b' use='@id'/><sch:pattern><sch:rule context=\"" + row.context +
            "\"><sch:assert id='A' test='false()'><sch:value-of select=\"if "
            "(self::text() or . is (..)/@id) then . else @id\"/></sch:assert>"
            "</sch:rule></sch:pattern>",
        "<r id='r'><a><b id='b1'/><b id='b2'/></a><c id='c'><b id='b3'>t</b></c></r>");
    for (std::string& line : found)
      line.resize(line.rfind(" ("));
    CHECK(found == wanted);
  }
}

TEST_CASE("variables are seen by what comes after them, and hide outer ones", "[rules]") {
  CHECK(findings("<sch:let name='n' value='count(//a)'/><sch:pattern><sch:let name='m' "
                 "value='$n * 10'/><sch:rule context='a'><sch:let name='n' value='@x'/>"
                 "<sch:let name='o' value='concat($n, $m)'/><sch:assert id='A' test='false()'>"
                 "<sch:value-of select='$o'/></sch:assert></sch:rule></sch:pattern>",
                 "<r><a x='7'/><a x='8'/></r>") ==
        List{"A: [720] (/r[1]/a[1])", "A: [820] (/r[1]/a[2])"});
}

TEST_CASE("abstract patterns and rules are filled in where they are used", "[rules]") {
  CHECK(findings("<sch:pattern abstract='true' id='t'><sch:rule context='$e'>"
                 "<sch:assert id='A' test='$cond'>$e</sch:assert></sch:rule></sch:pattern>"
                 "<sch:pattern is-a='t' id='u'><sch:param name='e' value='b'/>"
                 "<sch:param name='cond' value='@k'/></sch:pattern>"
                 "<sch:pattern><sch:rule abstract='true' id='base'>"
                 "<sch:assert id='B' test='@z'>z</sch:assert></sch:rule>"
                 "<sch:rule context='c'><sch:extends rule='base'/></sch:rule></sch:pattern>",
                 "<r><b/><c/></r>") == List{"A: b (/r[1]/b[1])", "B: z (/r[1]/c[1])"});
}

TEST_CASE("a phase runs its patterns alone", "[rules]") {
  const std::string body =
      "<sch:phase id='one'><sch:active pattern='P'/></sch:phase>"
      "<sch:pattern id='P'><sch:rule context='a'><sch:assert id='1' test='0'/></sch:rule>"
      "</sch:pattern><sch:pattern id='Q'><sch:rule context='a'><sch:assert id='2' test='0'/>"
      "</sch:rule></sch:pattern>";
  CHECK(findings(body, "<a/>").size() == 2);
  CHECK(findings(body, "<a/>", "one") == List{"1:  (/a[1])"});
}

TEST_CASE("diagnostics follow the message in their languages", "[rules]") {
  CHECK(findings("<sch:pattern><sch:rule context='a'><sch:assert id='A' diagnostics='d' "
                 "test='false()'>no</sch:assert></sch:rule></sch:pattern><sch:diagnostics>"
                 "<sch:diagnostic id='d' xml:lang='es'>falta</sch:diagnostic></sch:diagnostics>",
                 "<a/>") == List{"A: no es=falta (/a[1])"});
}

TEST_CASE("a rule that cannot be evaluated is errored, and all others still run", "[rules]") {
  const RuleSet set = compiled(
      "<sch:pattern><sch:rule context='a'><sch:assert id='A' test='xs:date(@d) gt "
      "xs:date(\"2024-01-01\")'/>"
      "<sch:assert id='B' test='@d castable as xs:date'/>"
      "<sch:assert id='C' test='xs:dateTime(\"2024-01-01T00:00:00\") lt current-dateTime()'/>"
      "</sch:rule></sch:pattern>");
  const Surroundings around;
  RuleRun run{set, around};
  Lines lines{set};
  run.everything(tests::tape_of("<a d='soon'/>", set.names()), lines);
  CHECK(lines.lines == List{"B:  (/a[1])"});
  CHECK(run.counts()[0].errored == 1);
  CHECK(run.counts()[0].errored_by == Fault::Cast);
  CHECK(run.counts()[1].failed == 1);
  CHECK(run.counts()[2].undecided == 1);
  CHECK(run.counts()[2].undecided_by == Fault::Clock);
}

TEST_CASE("how far a check looks is known before any document", "[rules][reach]") {
  struct Row {
    std::string context, test;
    Reach reach;
  };
  const std::vector<Row> rows{{"Case", "Child/Name", Reach::Record},
                              {"Name", "../../Status = 'x'", Reach::Record},
                              {"Name", "ancestor::Case/@id", Reach::Record},
                              {"Name", "/Batch/Header/Sender", Reach::Record},
                              {"Case", "../Header/Sender", Reach::Record},
                              {"Case", "count(../Case) = 1", Reach::Batch},
                              {"Case", "not(preceding-sibling::Case/@id = @id)", Reach::Batch},
                              {"Case", "key('k', @id)/@x = 1", Reach::Batch},
                              {"Case", "//Name", Reach::Batch},
                              {"Case", "string(//Name[1]) eq 'a'", Reach::Whole},
                              {"Case", "for $c in ../Case return $c/@id", Reach::Whole},
                              {"Case[2]", "@id", Reach::Whole},
                              {"Batch", "Header", Reach::Record},
                              {"Batch", "count(Case) = xs:integer(Header/Count)", Reach::Batch}};
  for (const Row& row : rows) {
    CAPTURE(row.context, row.test);
    const RuleSet set = compiled(
        "<xsl:key name='k' match='Case' use='@id'/><sch:pattern><sch:rule context=\"" +
            row.context + "\"><sch:assert test=\"" + row.test + "\"/></sch:rule></sch:pattern>",
        {.functions = {}, .record_elements = {"Case"}});
    CHECK(name(set.checks()[0].reach) == name(row.reach));
  }
}

TEST_CASE("faults of a schema name line, attribute and character", "[rules]") {
  struct Row {
    std::string body;
    std::string key;
    std::uint64_t character;
  };
  const auto rule = [](const std::string& test) {
    return "<sch:pattern><sch:rule context='a'><sch:assert test=\"" + test +
           "\"/></sch:rule></sch:pattern>";
  };
  const std::vector<Row> rows{
      {rule("a ="), "xpath-expected-end", 4},
      {rule("a = (1, 2"), "xpath-expected-end", 10},
      {rule("a ) b"), "xpath-expected", 3},
      {rule("a # b"), "xpath-character", 3},
      {rule("'abc"), "xpath-unclosed", 1},
      {rule("(: open"), "xpath-unclosed", 1},
      {rule("$x"), "xpath-variable", 1},
      {rule("z:a"), "xpath-prefix", 1},
      {rule("true() or nope(1)"), "xpath-function", 11},
      {rule("count(1, 2)"), "xpath-function", 1},
      {rule("namespace::x"), "xpath-axis", 1},
      {rule("'a' + 1"), "xpath-operands", 5},
      {rule("upper-case(1)"), "xpath-type", 1},
      {rule("1 eq 'a'"), "xpath-compare", 3},
      {rule("xs:date('soon')"), "xpath-cast", 1},
      {rule("a cast as xs:QName"), "xpath-type-name", 11},
      {rule("matches(., '(a')"), "xpath-regex", 1},
      {rule("matches(., '(a)\\1')"), "xpath-regex", 1},
      {"<sch:pattern><sch:rule context='a/..'/></sch:pattern>", "xpath-pattern-axis", 3},
      {"<sch:pattern><sch:rule/></sch:pattern>", "sch-attribute", 0},
      {"<sch:what/>", "sch-element", 0},
      {"<xsl:function name='f'/>", "sch-xslt", 0},
      {"<sch:include href='other.sch'/>", "sch-include", 0},
      {"<sch:pattern is-a='none'/>", "sch-is-a", 0}};
  for (const Row& row : rows) {
    CAPTURE(row.body);
    const auto read = read_schematron(schema("\n" + row.body), "test.sch");
    if (!read) {
      CHECK(read.error().key == row.key);
      CHECK(read.error().line == 2);
      continue;
    }
    const auto set = RuleSet::compile({&*read, 1}, {});
    REQUIRE_FALSE(set);
    CHECK(set.error().key == row.key);
    CHECK(set.error().line == 2);
    CHECK(set.error().character == row.character);
  }
}

TEST_CASE("extension functions are called with what their parameters say", "[rules]") {
  RuleSetOptions options;
  options.functions.add(
      {.local = "twice", .parameters = "i?", .result = "i?", .run = [](ExtensionCall& call) {
         if (const Item* item = call.item(0); item != nullptr)
           call.give(integer_item(item->number * 2));
       }});
  const RuleSet set = compiled(
      "<sch:ns prefix='ax' uri='https://w3id.org/amparo/xpath/1'/><sch:pattern>"
      "<sch:rule context='a'><sch:assert id='A' test='ax:twice(xs:integer(@n)) = 4'/></sch:rule>"
      "</sch:pattern>",
      options);
  const Surroundings around;
  RuleRun run{set, around};
  Lines lines{set};
  run.everything(tests::tape_of("<r><a n='2'/><a n='3'/><a n='x'/></r>", set.names()), lines);
  CHECK(run.counts()[0].fired == 3);
  CHECK(run.counts()[0].failed == 1);
  CHECK(run.counts()[0].errored == 1);
}
