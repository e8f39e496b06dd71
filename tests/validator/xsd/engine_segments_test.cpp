// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/engine_segments.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <random>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "report/report_writer.hpp"
#include "validator/messages.hpp"
#include "validator/validate.hpp"
#include "validator/xsd/compile.hpp"
#include "validator/xsd/engine_compiled.hpp"

using namespace amparo;

namespace {

namespace fs = std::filesystem;

const std::string kHead = R"(<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:t" xmlns:t="urn:t"
           targetNamespace="urn:t" elementFormDefault="qualified">
  <xs:simpleType name="Id">
    <xs:restriction base="xs:string"><xs:pattern value="[a-z][0-9]+"/></xs:restriction>
  </xs:simpleType>
  <xs:simpleType name="Sex">
    <xs:restriction base="xs:string">
      <xs:enumeration value="F"/><xs:enumeration value="M"/>
    </xs:restriction>
  </xs:simpleType>
  <xs:complexType name="CaseType">
    <xs:sequence>
      <xs:element name="Name" type="xs:string"/>
      <xs:element name="Sex" type="Sex" minOccurs="0"/>
      <xs:element name="Friend" type="Id" minOccurs="0"/>
      <xs:element name="Case" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>
      <xs:any namespace="##other" processContents="lax" minOccurs="0"/>
    </xs:sequence>
    <xs:attribute name="id" type="Id"/>
    <xs:attribute name="note" type="xs:string"/>
    <xs:attribute name="anchor" type="xs:ID"/>
  </xs:complexType>
  <xs:complexType name="BatchType">
    <xs:sequence>
      <xs:element name="Header" type="xs:string" minOccurs="0"/>
      <xs:choice minOccurs="0" maxOccurs="unbounded">
        <xs:element name="Case" type="CaseType"/>
        <xs:element name="Other" type="CaseType"/>
        <xs:element name="Remark" type="xs:string"/>
      </xs:choice>
      <xs:element name="End" type="xs:string" minOccurs="0"/>
    </xs:sequence>
  </xs:complexType>
  <xs:element name="Batch" type="BatchType">
)";
const std::string kKeys =
    R"(    <xs:unique name="ids"><xs:selector xpath="t:Case"/><xs:field xpath="@id"/></xs:unique>
    <xs:keyref name="friends" refer="ids">
      <xs:selector xpath="t:Case|t:Other"/><xs:field xpath="t:Friend"/>
    </xs:keyref>
)";

// Compiled once; engines are made of copies.
const xsd::CompiledSchema& schema(bool has_keys) {
  static const auto load = [](const std::string& text) {
    const auto file =
        fs::temp_directory_path() / ("amparo-segments-" + std::to_string(::getpid()) + ".xsd");
    std::ofstream{file} << text;
    const std::array files{file};
    auto tables = xsd::compile_here(files);
    fs::remove(file);
    REQUIRE(tables);
    return *std::move(tables);
  };
  static const auto with = load(kHead + kKeys + "  </xs:element>\n</xs:schema>\n");
  static const auto without = load(kHead + "  </xs:element>\n</xs:schema>\n");
  return has_keys ? with : without;
}

struct How {
  unsigned jobs = 1;
  std::size_t block = 1 << 20;
  std::size_t chunk = 256 << 10;
  bool always_ahead = false;
};

// The whole JSON report.
std::string report_of(const std::string& document, const How& how, bool has_keys = true) {
  auto engine = xsd::make_compiled_engine(
      schema(has_keys), {xml::ScanPath::Best, how.chunk, how.block, how.always_ahead});
  REQUIRE(engine);
  Bundle bundle;
  bundle.schema = *std::move(engine);
  bundle.profile = xml::GateProfile::General;
  bundle.record_elements = {"Case", "Other"};
  auto source = Source::from_string("t.xml", document);
  ValidateOptions options;
  options.jobs = how.jobs;
  const auto report = validate(source, bundle, options);
  REQUIRE(report);
  MessageBook book;
  book.add(validator_messages());
  std::string text;
  const auto writer =
      report::make_writer(report::Format::Json, book, {}, [&](std::string_view bytes) -> Status {
        text += bytes;
        return Done{};
      });
  REQUIRE(writer->add(*report));
  REQUIRE(writer->finish());
  return text;
}

// How many records were read ahead of their turn when all could be.
std::uint64_t ahead(const std::string& document, std::size_t block, std::size_t chunk) {
  auto engine = xsd::make_compiled_engine(schema(true), {xml::ScanPath::Best, chunk, block, true});
  REQUIRE(engine);
  Report report;
  ReportBuilder sink{report};
  auto source = Source::from_string("t.xml", document);
  xsd::RunOptions options;
  options.profile = xml::GateProfile::General;
  options.record_elements = {"Case", "Other"};
  options.jobs = 2;
  const auto result = (*engine)->run(source, options, nullptr, sink);
  REQUIRE(result);
  return result->records_ahead;
}

std::string number(std::size_t i) {
  return std::to_string(i);
}

std::string record(std::size_t i, const std::string& inside = {}) {
  return "  <Case id=\"c" + number(i) + "\">\n    <Name>Ñusta " + number(i) + "</Name>\n    <Sex>" +
         (i % 2 == 0 ? "F" : "M") + "</Sex>\n" + inside + "  </Case>\n";
}

std::string batch(const std::string& records,
                  const std::string& head = "<Batch xmlns=\"urn:t\">\n") {
  return head + "<Header>h</Header>\n" + records + "</Batch>\n";
}

// `count` records; `make` may give another text for one.
template <typename Make>
std::string records(std::size_t count, const Make& make) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i)
    text += make(i);
  return text;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

struct Document {
  std::string name, text;
};

const std::size_t kCount = 300;

std::vector<Document> documents() {
  const auto good = records(kCount, [](std::size_t i) { return record(i); });
  const auto with = [](std::size_t which, const std::string& inside) {
    return batch(records(
        kCount, [&](std::size_t i) { return record(i, i == which ? inside : std::string{}); }));
  };
  const auto every = [](std::size_t step, const std::string& inside) {
    return batch(records(kCount, [&](std::size_t i) {
      return record(i, i % step == step - 1 ? inside : std::string{});
    }));
  };
  const auto friends = [](auto whom) {
    return batch(records(kCount, [&](std::size_t i) {
      return record(i, "<Friend>c" + number(whom(i)) + "</Friend>");
    }));
  };
  std::vector<Document> all;
  const auto add = [&](const std::string& name, std::string text) {
    all.push_back({name, std::move(text)});
  };
  add("good", batch(good));
  add("empty", batch(""));
  add("one record", batch(record(1)));
  add("wrong first record", with(0, "<Oops/>"));
  add("wrong last record", with(kCount - 1, "<Oops/>"));
  for (const std::size_t which : {40U, 41U, 42U, 43U, 44U, 45U, 46U, 47U, 48U})
    add("wrong record " + number(which), with(which, "<Oops/>"));
  add("every third is wrong", every(3, "<Oops/>"));
  add("every 20th is wrong", every(20, "<Sex>X</Sex><Oops/>"));
  add("all are wrong", every(1, "<Oops/>"));
  add("the same id far apart", batch(good + record(7) + record(8)));
  add("the same id in all", batch(records(kCount, [](std::size_t) { return record(5); })));
  add("friends before", friends([](std::size_t i) { return i / 2; }));
  add("friends after", friends([](std::size_t i) { return kCount - 1 - i; }));
  add("no such friend", friends([](std::size_t i) { return i % 50 == 49 ? 9999 : i; }));
  add("no such friend at the end",
      friends([](std::size_t i) { return i > kCount - 4 ? 9999 : i; }));
  add("identifiers", batch(records(kCount, [](std::size_t i) {
        return replaced(record(i), "<Case ", "<Case anchor=\"a" + number(i % 200) + "\" ");
      })));
  add("one identifier", batch(good + replaced(record(999), "<Case ", "<Case anchor=\"x\" ")));
  add("comments like records", batch(records(kCount, [](std::size_t i) {
        return record(i, i % 9 == 4 ? "<!-- <Case id=\"x\"> \"--><Oops/>" : "<!-- <Case > -->");
      })));
  add("a long comment like records", batch(good + "<!--" + good + "-->" + record(900) + good));
  add("CDATA like records", batch(records(kCount, [](std::size_t i) {
        return record(i, "<Case><![CDATA[<Case id=\"c1\"></Case>]]></Case>");
      })));
  add("text like records", batch(good + "<Remark><![CDATA[" + good + "]]></Remark>" + good));
  add("an attribute value like records", batch(records(kCount, [](std::size_t i) {
        return replaced(record(i), "<Case ", "<Case note='\"&gt;x&lt;Case ' ");
      })));
  add("elements named as the record", batch(records(kCount, [](std::size_t i) {
        return record(i, "<Case>a</Case>\n<Case >b</Case>");
      })));
  add("two kinds of records", batch(records(kCount, [](std::size_t i) {
        return i % 3 == 1 ? replaced(record(i), "Case", "Other") : record(i);
      })));
  add("remarks between", batch(records(kCount, [](std::size_t i) {
        return record(i) + (i % 4 == 1 ? "<Remark>r</Remark>\n" : "");
      })));
  add("text between", batch(records(kCount, [](std::size_t i) {
        return record(i) + (i == 150 || i == 220 ? "words\n" : "");
      })));
  add("wrong elements between", batch(records(kCount, [](std::size_t i) {
        return record(i) + (i % 70 == 30 ? "<Wrong/>\n" : "");
      })));
  add("not in order", batch(good + "<End/>" + good));
  add("the root ends early", batch(good) + good);
  add("a large record",
      batch(good + record(500, "<Case>" + std::string(30'000, 'x') + "</Case>") +
            replaced(good, "\"c", "\"d")));
  add("prefixes",
      replaced(replaced(batch(good, "<Batch xmlns:t=\"urn:t\">\n"), "<", "<t:"), "<t:/", "</t:"));
  add("declarations on records", batch(records(kCount, [](std::size_t i) {
        return replaced(record(i, "<x:a xmlns:x=\"urn:x\"><x:b/></x:a>"),
                        "<Case ",
                        i % 2 == 0 ? "<Case xmlns:y='urn:y' " : "<Case xmlns:y='urn:z' ");
      })));
  add("another default namespace on a record", batch(records(kCount, [](std::size_t i) {
        return i % 60 == 55 ? replaced(record(i), "<Case ", "<Case xmlns='urn:w' ") : record(i);
      })));
  add("unknown names", batch(records(kCount, [](std::size_t i) {
        return record(i,
                      "<x:a xmlns:x=\"urn:x" + number(i % 7) + "\"><x:b" + number(i) + "/></x:a>");
      })));
  add("CR LF", replaced(batch(good + record(500, "<Oops/>") + record(501)), "\n", "\r\n"));
  add("CR", replaced(every(40, "<Oops/>"), "\n", "\r"));
  add("one line", replaced(every(40, "<Oops/>"), "\n", ""));
  add("byte order mark", "\xEF\xBB\xBF" + every(50, "<Oops/>"));
  add("a wrong character", with(200, "\x01"));
  add("not UTF-8", with(200, "\xC3("));
  add("half a character before a record",
      batch(replaced(good, "<Case id=\"c200\"", "\xC3<Case id=\"c200\"")));
  add("not well formed", with(200, "<a></b>"));
  add("ends in a record", batch(good).substr(0, good.size() / 2));
  add("ends between records", batch(good).substr(0, batch(good).find("  <Case id=\"c250\"")));
  add("ends in a tag", batch(good).substr(0, batch(good).find(" id=\"c250\"")));
  add("Latin-1",
      "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n" +
          replaced(every(50, "<Oops/>"), "Ñ", "\xD1"));
  add("instructions", batch("<?x <Case ?>" + records(kCount, [](std::size_t i) {
                              return record(i) + "<?x <Case > ?>\n";
                            })));
  return all;
}

}  // namespace

TEST_CASE("A report does not depend on the number of jobs", "[xsd][engine][jobs]") {
  for (const auto& document : documents()) {
    CAPTURE(document.name);
    const auto alone = report_of(document.text, {});
    for (const std::size_t block : {512U, 1000U, 4096U}) {
      CAPTURE(block);
      CHECK(report_of(document.text, {2, block, 256 << 10, true}) == alone);
      CHECK(report_of(document.text, {2, block, 300, true}) == alone);
    }
    for (const unsigned jobs : {2U, 3U, 7U}) {
      CAPTURE(jobs);
      CHECK(report_of(document.text, {jobs, 1000, 500}) == alone);
    }
    const auto without_keys = report_of(document.text, {}, false);
    CHECK(report_of(document.text, {2, 1000, 1000, true}, false) == without_keys);
  }
}

TEST_CASE("Records without findings are read ahead", "[xsd][engine][jobs]") {
  struct Case {
    std::string name;
    std::uint64_t least;
  };
  // Of 300; those of the first chunk are the main thread's own.
  const auto c = GENERATE(Case{"good", 280},
                          Case{"wrong last record", 280},
                          Case{"wrong record 44", 250},
                          Case{"every 20th is wrong", 40},
                          Case{"friends before", 200},
                          Case{"no such friend at the end", 240},
                          Case{"elements named as the record", 100},
                          Case{"declarations on records", 280},
                          Case{"prefixes", 280},
                          Case{"CR LF", 280},
                          Case{"one line", 150});
  CAPTURE(c.name);
  const auto all = documents();
  const auto found = std::find_if(
      all.begin(), all.end(), [&](const Document& each) { return each.name == c.name; });
  REQUIRE(found != all.end());
  CHECK(ahead(found->text, 4096, 512) >= c.least);
}

TEST_CASE("What cannot be known ahead is read in its place", "[xsd][engine][jobs]") {
  const auto name = GENERATE("identifiers", "all are wrong", "Latin-1");
  CAPTURE(name);
  const auto all = documents();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Document& each) { return each.name == name; });
  REQUIRE(found != all.end());
  CHECK(ahead(found->text, 4096, 512) == 0);
}

TEST_CASE("A batch with random damage has the same report for any jobs", "[xsd][engine][jobs]") {
  const auto good = batch(records(120, [](std::size_t i) {
    return record(i, i % 5 == 0 ? "<Friend>c" + number(i) + "</Friend>" : "");
  }));
  constexpr std::string_view kBytes = "<>/\"'&;-!]? \nCaseid=c07\xC3\x01";
  std::mt19937 random{20'261'124};
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
  for (int round = 0; round < 120; ++round) {
    auto text = good;
    for (auto changes = 1 + below(3); changes > 0; --changes) {
      const auto at = below(text.size());
      switch (below(4)) {
        case 0:
          text[at] = kBytes[below(kBytes.size())];
          break;
        case 1:
          text.erase(at, 1 + below(200));
          break;
        case 2:
          text.insert(at, 1, kBytes[below(kBytes.size())]);
          break;
        default:
          text.insert(at, text.substr(below(text.size()), below(500)));
          break;
      }
    }
    CAPTURE(round, text);
    const auto alone = report_of(text, {});
    REQUIRE(report_of(text, {2, 700, 512, true}) == alone);
    REQUIRE(report_of(text, {4, 900, 512}) == alone);
  }
}
