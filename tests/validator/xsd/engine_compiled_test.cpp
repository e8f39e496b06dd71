// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/engine_compiled.hpp"

#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "validator/bundle.hpp"
#include "validator/messages.hpp"
#include "validator/validate.hpp"
#include "validator/xsd/compile.hpp"

using namespace amparo;

namespace {

namespace fs = std::filesystem;

const fs::path kShelter = fs::path{AMPARO_SOURCE_DIR} / "tests/validator/fixtures/shelter.xsd";

// A schema in a file of its own, gone with the object.
class SchemaFile {
 public:
  explicit SchemaFile(const std::string& inside) {
    static int number = 0;
    path_ = fs::temp_directory_path() / ("amparo-engine-" + std::to_string(::getpid()) + "-" +
                                         std::to_string(++number) + ".xsd");
    std::ofstream{path_} << "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' "
                            "xmlns='urn:t' targetNamespace='urn:t' elementFormDefault='qualified'>"
                         << inside << "</xs:schema>";
  }
  SchemaFile(const SchemaFile&) = delete;
  SchemaFile& operator=(const SchemaFile&) = delete;
  SchemaFile(SchemaFile&&) = delete;
  SchemaFile& operator=(SchemaFile&&) = delete;
  ~SchemaFile() { fs::remove(path_); }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

Bundle compiled(const fs::path& schema, const xsd::EngineTuning& tuning = {}) {
  const std::array files{schema};
  auto tables = xsd::compile_here(files);
  REQUIRE(tables);
  auto engine = xsd::make_compiled_engine(*std::move(tables), tuning);
  REQUIRE(engine);
  Bundle bundle;
  bundle.schema = *std::move(engine);
  bundle.profile = xml::GateProfile::General;
  bundle.record_elements = {"Case"};
  return bundle;
}

// "3:5 rule sentence | note" for each finding, with its excerpt where one is asked for.
std::string told(const Bundle& bundle, const std::string& document) {
  auto source = Source::from_string("t.xml", document);
  const auto report = validate(source, bundle, {});
  REQUIRE(report);
  MessageBook book;
  book.add(validator_messages());
  std::string text;
  for (const Finding& finding : report->findings) {
    text += std::to_string(finding.where.line) + ":" + std::to_string(finding.where.column) + " " +
            finding.rule + " " + book.sentence(finding.message, finding.params, Language::English);
    for (const Note& note : finding.notes)
      text += " | " + book.sentence(note.message, note.params, Language::English);
    text += " [" + finding.xpath + "] {" + (finding.excerpt ? finding.excerpt->text : "-") + "}\n";
  }
  return text;
}

std::string rules(const Bundle& bundle, const std::string& document) {
  auto source = Source::from_string("t.xml", document);
  const auto report = validate(source, bundle, {});
  REQUIRE(report);
  std::string text;
  for (const Finding& finding : report->findings)
    text += (text.empty() ? "" : " ") + finding.rule;
  return text;
}

std::string in_batch(const std::string& cases) {
  return "<Batch xmlns=\"urn:example:shelter\" "
         "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n<Header/>\n" +
         cases + "\n</Batch>\n";
}

}  // namespace

TEST_CASE("The compiled engine tells each defect once, by its rule", "[xsd][engine]") {
  struct Case {
    std::string inside, rules;
  };
  static const Bundle bundle = compiled(kShelter);
  const std::string luz = "<Case id=\"a1\"><GivenName>Luz</GivenName>";
  const auto c = GENERATE_COPY(
      Case{luz + "</Case>", ""},
      Case{luz + "<Born>2014-05-31</Born></Case>", ""},
      Case{"<Case id=\"a1\"><GivenName>L</GivenName></Case>", "cvc-minLength-valid"},
      Case{luz + "<Sex>X</Sex></Case>", "cvc-enumeration-valid"},
      Case{luz + "<Age>18</Age></Case>", "cvc-maxInclusive-valid"},
      Case{luz + "<Age>ten</Age></Case>", "cvc-datatype-valid.1.2.1"},
      Case{luz + "<Arrived>May</Arrived></Case>", "cvc-datatype-valid.1.2.3"},
      Case{luz + "<Money>12345</Money></Case>", "cvc-totalDigits-valid"},
      Case{luz + "<Money>1.234</Money></Case>", "cvc-fractionDigits-valid"},
      Case{"<Case id=\"A1\"><GivenName>Luz</GivenName></Case>", "cvc-pattern-valid"},
      Case{"<Case><GivenName>Luz</GivenName></Case>", "cvc-complex-type.4"},
      Case{"<Case id=\"a1\" color=\"9\"><GivenName>Luz</GivenName></Case>",
           "cvc-complex-type.3.2.2"},
      Case{luz + "<Nombre/></Case>", "cvc-complex-type.2.4.a"},
      Case{luz + "<Nombre/><Otro/></Case>", "cvc-complex-type.2.4.a cvc-complex-type.2.4.a"},
      Case{"<Case id=\"a1\"><Nombre/><Sex>F</Sex></Case>",
           "cvc-identity-constraint.4.2.1 cvc-complex-type.2.4.a"},
      Case{"<Case id=\"a1\"><Sex>X</Sex></Case>",
           "cvc-identity-constraint.4.2.1 cvc-complex-type.2.4.a cvc-enumeration-valid"},
      Case{luz + "<Born>2014-05-31</Born><Sex>F</Sex></Case>", "cvc-complex-type.2.4.a"},
      Case{luz + "<Born>2014-05-31</Born><Sex>X</Sex></Case>",
           "cvc-complex-type.2.4.a cvc-enumeration-valid"},
      Case{luz + "<Nothing/><Nothing/></Case>", "cvc-complex-type.2.4.d"},
      Case{luz + ", <Sex>F</Sex>, </Case>", "cvc-complex-type.2.3"},
      Case{"<Case id=\"a1\"><GivenName>Luz<Sex/></GivenName></Case>", "cvc-type.3.1.2"},
      Case{"<Case id=\"a1\"><GivenName xsi:nil=\"true\">Luz</GivenName></Case>", "cvc-elt.3.1"},
      Case{luz + "<Reason xsi:nil=\"true\">A</Reason></Case>", "cvc-elt.3.2.1"},
      Case{luz + "<Nothing why=\"x\"/></Case>", "cvc-attribute.4"},
      Case{luz + "<Nothing><Sex/></Nothing></Case>", "cvc-complex-type.2.1"},
      Case{luz + "</Case>\n<Case id=\"a1\"><GivenName>Sol</GivenName></Case>",
           "cvc-identity-constraint.4.1"},
      Case{luz + "</Case>\n<Case id=\"a2\"><GivenName>Luz</GivenName></Case>",
           "cvc-identity-constraint.4.2.2"},
      Case{luz + "<Friend>Sol</Friend></Case>", "cvc-identity-constraint.4.3"},
      Case{"<Case id=\"a1\" anchor=\"x\"><GivenName>Luz</GivenName><Sibling>y</Sibling></Case>",
           "cvc-id.1"},
      Case{"<Case id=\"a1\"><GivenName xsi:type=\"Nowhere\">Luz</GivenName></Case>",
           "cvc-elt.4.2"});
  CAPTURE(c.inside);
  CHECK(rules(bundle, in_batch(c.inside)) == c.rules);
}

TEST_CASE("Constraints of structures on schemas of a few lines", "[xsd][engine]") {
  struct Case {
    std::string schema, document, rules;
  };
  const std::string xsi = " xmlns='urn:t' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'";
  const std::string all =
      "<xs:element name='r'><xs:complexType><xs:all><xs:element name='a' type='xs:int'/>"
      "<xs:element name='b' minOccurs='0'/></xs:all></xs:complexType></xs:element>";
  const std::string counted =
      "<xs:element name='r'><xs:complexType><xs:sequence><xs:element name='a' minOccurs='3' "
      "maxOccurs='2000'/></xs:sequence></xs:complexType></xs:element>";
  const auto wild = [](const std::string& process) {
    return "<xs:element name='k' type='xs:int'/><xs:element name='r'><xs:complexType><xs:sequence>"
           "<xs:any namespace='##any' processContents='" +
           process + "'/></xs:sequence></xs:complexType></xs:element>";
  };
  const std::string types =
      "<xs:complexType name='base'><xs:sequence><xs:element name='a'/></xs:sequence>"
      "</xs:complexType><xs:complexType name='more'><xs:complexContent><xs:extension base='base'>"
      "<xs:sequence><xs:element name='b'/></xs:sequence></xs:extension></xs:complexContent>"
      "</xs:complexType><xs:complexType name='never' abstract='true'/>"
      "<xs:element name='r' type='base'/><xs:element name='n' type='never'/>";
  const std::string groups =
      "<xs:element name='head' type='xs:int' abstract='true'/><xs:element name='one' type='xs:int' "
      "substitutionGroup='head'/><xs:element name='r'><xs:complexType><xs:sequence><xs:element "
      "ref='head'/></xs:sequence></xs:complexType></xs:element>";
  const std::string values =
      "<xs:element name='r' type='xs:int' fixed='7'/><xs:element name='e'><xs:complexType/>"
      "</xs:element><xs:element name='m'><xs:complexType mixed='true'><xs:sequence><xs:element "
      "name='a' minOccurs='0'/></xs:sequence></xs:complexType></xs:element>";
  const auto c = GENERATE_COPY(
      Case{all, "<r xmlns='urn:t'><b/><a>1</a></r>", ""},
      Case{all, "<r xmlns='urn:t'><b/></r>", "cvc-complex-type.2.4.b"},
      Case{all, "<r xmlns='urn:t'><a>1</a><a>2</a></r>", "cvc-complex-type.2.4.a"},
      Case{counted, "<r xmlns='urn:t'><a/><a/><a/></r>", ""},
      Case{counted, "<r xmlns='urn:t'><a/><a/></r>", "cvc-complex-type.2.4.b"},
      Case{wild("strict"), "<r xmlns='urn:t'><k>1</k></r>", ""},
      Case{wild("strict"), "<r xmlns='urn:t'><x xmlns='u'/></r>", "cvc-complex-type.2.4.c"},
      Case{wild("lax"), "<r xmlns='urn:t'><x xmlns='u'><y z='1'/></x></r>", ""},
      Case{wild("lax"),
           "<r xmlns='urn:t'><x xmlns='u'><k xmlns='urn:t'>z</k></x></r>",
           "cvc-datatype-valid.1.2.1"},
      Case{wild("skip"), "<r xmlns='urn:t'><k>z</k></r>", ""},
      Case{types, "<r" + xsi + " xsi:type='more'><a/><b/></r>", ""},
      Case{types, "<r" + xsi + " xsi:type='more'><a/></r>", "cvc-complex-type.2.4.b"},
      Case{types, "<r" + xsi + " xsi:type='never'/>", "cvc-elt.4.3 cvc-complex-type.2.4.b"},
      Case{types, "<n" + xsi + "/>", "cvc-type.2"},
      Case{groups, "<r xmlns='urn:t'><one>1</one></r>", ""},
      Case{groups, "<r xmlns='urn:t'><one>x</one></r>", "cvc-datatype-valid.1.2.1"},
      Case{values, "<r xmlns='urn:t'>7</r>", ""},
      Case{values, "<r xmlns='urn:t'> 07 </r>", ""},
      Case{values, "<r xmlns='urn:t'/>", ""},
      Case{values, "<r xmlns='urn:t'>8</r>", "cvc-elt.5.2.2.2"},
      Case{values, "<e xmlns='urn:t'><!-- --></e>", ""},
      Case{values, "<e xmlns='urn:t'> </e>", "cvc-complex-type.2.1"},
      Case{values, "<m xmlns='urn:t'>text<a/>more</m>", ""},
      Case{values, "<x xmlns='urn:t'/>", "cvc-elt.1"});
  CAPTURE(c.schema, c.document);
  const SchemaFile file{c.schema};
  CHECK(rules(compiled(file.path()), c.document) == c.rules);
}

TEST_CASE("Wildcards: what they let through is assessed as far as the schema knows it",
          "[xsd][engine]") {
  // The first element declared is nillable and has a fixed value: nothing of it may rub off.
  static const SchemaFile kFile{
      "<xs:element name='first' type='xs:int' nillable='true' fixed='7'/>"
      "<xs:attribute name='i' type='xs:ID'/><xs:attribute name='j' type='xs:ID'/>"
      "<xs:element name='r'><xs:complexType><xs:sequence>"
      "<xs:any namespace='##any' processContents='lax' minOccurs='0' maxOccurs='unbounded'/>"
      "</xs:sequence><xs:anyAttribute namespace='##any' processContents='lax'/></xs:complexType>"
      "</xs:element>"
      "<xs:element name='s'><xs:complexType><xs:anyAttribute "
      "processContents='lax'/></xs:complexType>"
      "</xs:element>"
      "<xs:element name='u'><xs:complexType><xs:attribute name='k' type='xs:ID'/>"
      "<xs:anyAttribute processContents='lax'/></xs:complexType></xs:element>"
      "<xs:element name='k'><xs:complexType><xs:anyAttribute processContents='skip'/>"
      "</xs:complexType><xs:key name='K'><xs:selector xpath='.'/><xs:field xpath='@x'/></xs:key>"
      "</xs:element>"
      "<xs:element name='m' fixed='abc'><xs:complexType mixed='true'><xs:sequence>"
      "<xs:element name='a' minOccurs='0' form='unqualified'/></xs:sequence></xs:complexType>"
      "</xs:element>"
      "<xs:element name='d'><xs:complexType><xs:attribute name='x' type='xs:IDREFS' default='q'/>"
      "<xs:attribute name='y' type='xs:ID'/></xs:complexType></xs:element>"};
  static const Bundle kBundle = compiled(kFile.path());
  struct Case {
    const char *document, *rules;
  };
  const auto c = GENERATE(values<Case>({
      {"<t:r><x xsi:nil='true'/></t:r>", ""},
      {"<t:r><x xsi:nil='true'>y</x></t:r>", ""},
      {"<t:r><x xsi:type='xs:int'>8</x></t:r>", ""},
      {"<t:r><x xsi:type='xs:int'/></t:r>", "cvc-datatype-valid.1.2.1"},
      {"<x xsi:type='xs:date'>2014-05-31</x>", ""},
      {"<t:s t:i='a'/>", ""},
      {"<t:s t:i='a' t:j='b'/>", "cvc-complex-type.5.1"},
      {"<t:u t:i='a'/>", "cvc-complex-type.5.2"},
      {"<t:u k='a'/>", ""},
      {"<t:k x='1'/>", "cvc-identity-constraint.3"},
      {"<t:m>abc</t:m>", ""},
      {"<t:m/>", ""},
      {"<t:m>abd</t:m>", "cvc-elt.5.2.2.2"},
      {"<t:m>abc<a/></t:m>", "cvc-elt.5.2.2.1"},
      {"<t:d/>", "cvc-id.1"},
      {"<t:d y='q'/>", ""},
      {"<t:d x='z' y='z'/>", ""},
  }));
  CAPTURE(c.document);
  std::string document = c.document;
  document.insert(document.find_first_of(" />", 1),
                  " xmlns:t='urn:t' xmlns:xs='http://www.w3.org/2001/XMLSchema'"
                  " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'");
  CHECK(rules(kBundle, document) == c.rules);
}

TEST_CASE("A QName of the schema without a prefix is in the default namespace", "[xsd][engine]") {
  const std::string inside =
      "<xs:simpleType name='q'><xs:restriction base='xs:QName'><xs:enumeration value='loc'/>"
      "<xs:enumeration value='xs:int'/></xs:restriction></xs:simpleType>";
  SECTION("which the schema declares") {
    const SchemaFile file{inside + "<xs:element name='r' type='q'/>"};
    const auto bundle = compiled(file.path());
    CHECK(rules(bundle, "<r xmlns='urn:t'>loc</r>").empty());
    CHECK(rules(bundle, "<t:r xmlns:t='urn:t'>loc</t:r>") == "cvc-enumeration-valid");
  }
  SECTION("or there is none") {
    const auto path = fs::temp_directory_path() / ("amparo-qname-" + std::to_string(::getpid()));
    std::ofstream{path} << "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:t='urn:t'"
                           " targetNamespace='urn:t'>"
                        << inside << "<xs:element name='r' type='t:q'/></xs:schema>";
    const auto bundle = compiled(path);
    fs::remove(path);
    CHECK(rules(bundle, "<t:r xmlns:t='urn:t'>loc</t:r>").empty());
    CHECK(rules(bundle, "<t:r xmlns:t='urn:t'>t:loc</t:r>") == "cvc-enumeration-valid");
  }
}

TEST_CASE("Findings do not depend on the window or the instructions", "[xsd][engine]") {
  std::string cases;
  for (int i = 0; i < 30; ++i) {
    const auto n = std::to_string(i);
    cases += "<Case id=\"a" + n + "\">\n  <GivenName>Ñusta" + n + "</GivenName>\n  <Sex>" +
             (i % 7 == 3 ? "X" : "F") + "</Sex>" + (i % 5 == 2 ? "<Nombre/>" : "") +
             (i % 11 == 4 ? "<Friend>Nobody</Friend>" : "") + "\n</Case>\n";
  }
  for (const auto& document : {in_batch(cases), in_batch(cases + "<Case")}) {
    const auto whole = told(compiled(kShelter), document);
    CHECK(whole.size() > 1000);
    for (const std::size_t chunk : {64U, 65U, 97U, 127U, 128U, 129U, 255U, 256U, 257U, 4096U}) {
      const auto path = chunk % 2 == 0 ? xml::ScanPath::Best : xml::ScanPath::Portable;
      CHECK(told(compiled(kShelter, {path, chunk}), document) == whole);
    }
  }
}

TEST_CASE("What Xerces calls invalid, the compiled engine does too", "[xsd][engine]") {
  const auto ours = compiled(kShelter);
  auto loaded = bundle_of_schemas({kShelter}, EngineKind::Xerces);
  REQUIRE(loaded);
  const auto document =
      in_batch("<Case id=\"a1\"><GivenName>Luz</GivenName><Sex>F</Sex><Age>7</Age></Case>");
  const auto is_valid = [](const Bundle& bundle, const std::string& bytes) {
    auto source = Source::from_string("t.xml", bytes);
    const auto report = validate(source, bundle, {});
    REQUIRE(report);
    return report->verdict() == Verdict::Valid;
  };
  REQUIRE(is_valid(ours, document));
  for (std::size_t i = 0; i < document.size(); ++i) {
    const auto cut = document.substr(0, i);
    if (is_valid(ours, cut) != is_valid(*loaded, cut)) FAIL("cut at " << i);
    for (const unsigned flip : {0x01U, 0x20U}) {
      auto flipped = document;
      flipped[i] = static_cast<char>(static_cast<unsigned char>(flipped[i]) ^ flip);
      if (is_valid(ours, flipped) != is_valid(*loaded, flipped)) {
        FAIL("flipped at " << i << ": " << flipped);
      }
    }
  }
}
