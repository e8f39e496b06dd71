// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "tests/converter/sandbox.hpp"

namespace amparo::converter {
namespace {

using testing::error_of;

TEST_CASE("the shipped mapping is read as it stands", "[converter][mapping]") {
  const auto mapping = read_mapping(testing::kMappings / "hhs-releases.map.xml");
  REQUIRE(mapping);
  CHECK(mapping->id == "hhs-releases");
  CHECK(mapping->key == "ID");
  CHECK(mapping->dates.size() == 1);
  CHECK(mapping->dates[0].window == 2000);
  CHECK(mapping->dates[0].unmatched == Unmatched::Reject);
  CHECK(mapping->lookups.size() == 4);
  CHECK(mapping->lookups[0].folding == text::Folding{true, true, true, true});
  CHECK(mapping->ids.size() == 5);
  CHECK(mapping->keeps.size() == 1);
  CHECK(mapping->keeps[0].name_space == "https://w3id.org/amparo/ext/us");
  CHECK(mapping->titles.size() == 3);
}

TEST_CASE("what the language does not take is refused by name and line", "[converter][mapping]") {
  struct Case {
    std::string from, to, error;
  };
  const auto c = GENERATE(
      Case{"<absent to=\"OpenedAt\" reason",
           "<absnt to=\"OpenedAt\" reason",
           "test.map.xml:@: <absnt> has no place here; did you mean <absent>?"},
      Case{"<absent to=\"OpenedAt\" reason",
           "<absent to=\"OpenedAt\" raison",
           "test.map.xml:@: <absent>: needs the attribute reason"},
      Case{"<absent to=\"OpenedAt\"",
           "<absent form=\"X\" to=\"OpenedAt\"",
           "test.map.xml:@: <absent>: has no attribute form"},
      Case{"<absent to=\"OpenedAt\" reason=\"UNK\"",
           "<absent to=\"OpenedAt\" reason=\"MASKED\"",
           "test.map.xml:@: <absent>: reason=\"MASKED\": is one of UNK, NASK, DECL, NA, PEND"},
      Case{"<absent to=\"OpenedAt\" reason=\"UNK\"/>",
           "<check that=\"present({ID})\"/>",
           "test.map.xml:@: <check> is not in this version of the converter"},
      Case{"direction=\"in\"",
           "direction=\"both\"",
           "test.map.xml:8: <mapping>: direction=\"both\": this version reads only (in)"},
      Case{"format=\"csv\"",
           "format=\"xlsx\"",
           "test.map.xml:@: <source>: format=\"xlsx\": this version reads csv"},
      Case{"encoding=\"UTF-8\">",
           "encoding=\"detect\">",
           "test.map.xml:@: <source>: encoding=\"detect\": this version reads UTF-8"},
      Case{"pattern=\"M/d/yy\"",
           "pattern=\"d/M/yy | M/d/yy\"",
           "test.map.xml:@: <date>: patterns \"d/M/yy\" and \"M/d/yy\" can read one text as two "
           "dates; keep the one that is true"},
      Case{"pattern=\"M/d/yy\"",
           "pattern=\"M/d/y\"",
           "test.map.xml:@: <date>: date pattern \"M/d/y\": \"y\" is none of d, dd, M, MM, yy, "
           "yyyy"},
      Case{"window=\"2000\" ",
           "",
           "test.map.xml:@: <date>: years of two digits need a window (the first of the hundred "
           "years)"},
      Case{"unmatched=\"reject\" reason=\"UNK\"/>",
           "unmatched=\"reject\"/>",
           "test.map.xml:@: <date>: a sentinel needs a reason (UNK, NASK...)"},
      Case{"earliest=\"2003-03-01\"",
           "earliest=\"1/3/2003\"",
           "test.map.xml:@: <date>: earliest=\"1/3/2003\": is a date YYYY-MM-DD"},
      Case{"latest=\"stamp\"",
           "latest=\"today\"",
           "test.map.xml:@: <date>: latest=\"today\": is a date YYYY-MM-DD, or stamp (the day of "
           "the run)"},
      Case{"<field to=\"LocalCaseId/Number\" from=\"ID\"/>",
           "<field to=\"LocalCaseId/Number\" from=\"ID\" not-before=\"Child's Date of Entry\"/>",
           "test.map.xml:@: <field>: not-before goes with date only"},
      Case{"unmatched=\"null\" reason=\"UNK\"/>",
           "unmatched=\"null\"/>",
           "test.map.xml:@: <lookup>: unmatched=\"null\" needs a reason"},
      Case{"unmatched=\"null\"",
           "unmatched=\"keep\"",
           "test.map.xml:@: <lookup>: unmatched=\"keep\": is reject or null"},
      Case{"fold=\"case accent",
           "fold=\"case accents",
           "test.map.xml:@: <lookup>: fold=\"accents\": is any of case, accent, space, "
           "apostrophe"},
      Case{"from=\"{ID}\"",
           "from=\"ID\"",
           "test.map.xml:@: <id>: from=\"ID\": is one column in braces, {ID}"},
      Case{"system=\"US-HHS-FOIA/child\"",
           "system=\"US-HHS-FOIA\"",
           "test.map.xml:@: <id>: system=\"US-HHS-FOIA\" is used by the id case too; each id "
           "needs its own"},
      Case{"each=\"releases\"",
           "each=\"release\"",
           "test.map.xml:@: <record>: each=\"release\": no <table> before it has this name"},
      Case{"<group to=\"Relative\">",
           "<group to=\"Relative\" each=\"familia\">",
           "test.map.xml:@: <group each> is not in this version of the converter"},
      Case{"as=\"us:sponsorZipcode\"",
           "as=\"sponsorZipcode\"",
           "test.map.xml:@: <keep>: as=\"sponsorZipcode\": is prefix:name of an extension "
           "namespace"},
      Case{"as=\"us:sponsorZipcode\"",
           "as=\"mx:sponsorZipcode\"",
           "test.map.xml:@: <keep>: as=\"mx:sponsorZipcode\": the prefix mx is not declared"},
      Case{"as-recorded=\"yes\"",
           "as-recorded=\"si\"",
           "test.map.xml:@: <field>: as-recorded=\"si\": is yes or no"},
      Case{"lookup=\"sex\" column=\"code\"",
           "lookup=\"sex\"",
           "test.map.xml:@: <field>: lookup and column go together"},
      Case{"lookup=\"sex\" column=\"code\"",
           "lookup=\"sex\" column=\"code\" date=\"day\"",
           "test.map.xml:@: <field>: takes one of lookup, date and id"},
      Case{"<title xml:lang=\"fr\">",
           "<title xml:lang=\"en\">",
           "test.map.xml:8: needs a <title xml:lang=\"fr\">"});
  CAPTURE(c.from, c.to);
  CHECK(error_of({{c.from, c.to}}) == testing::at_line(c.error, {{c.from, c.to}}));
}

TEST_CASE("a file that is no mapping is refused", "[converter][mapping]") {
  const testing::Folder folder;
  const auto read = [&](const std::string& bytes) {
    const auto mapping = read_mapping(folder.write("x.xml", bytes));
    return mapping ? std::string{} : mapping.error().message;
  };
  const std::string file = (folder.path() / "x.xml").string();
  CHECK(read("<mapping/>") == file +
                                  ":1: is not a mapping: the root must be <mapping "
                                  "xmlns=\"https://w3id.org/amparo/mapping/1\">");
  CHECK(read("<!DOCTYPE a><a/>") == file + ": has a DOCTYPE, which is not allowed");
  CHECK(read("") == file + ": is empty");
  CHECK(read("<a>\n<b></a>") == file + ":2:6: the XML stops being well formed here");
  CHECK(read_mapping(folder.path() / "none.xml").error().code == ErrorCode::NotFound);
}

TEST_CASE("elements nested too deep are refused before they are all read", "[converter][mapping]") {
  const testing::Folder folder;
  std::string bytes = "<mapping xmlns=\"" + std::string(kMappingNamespace) + "\">";
  for (int i = 0; i < 100'000; ++i)
    bytes += "<group>";
  const auto file = folder.write("x.xml", bytes);
  const auto began = std::chrono::steady_clock::now();
  const auto mapping = read_mapping(file);
  const auto took = std::chrono::steady_clock::now() - began;
  REQUIRE_FALSE(mapping);
  CHECK(mapping.error().message == file.string() + ":1: elements are nested too deep");
  CHECK(took < std::chrono::seconds(2));
}

TEST_CASE("errors of a mapping are in the reader's language", "[converter][mapping]") {
  const testing::Folder folder;
  const auto file = folder.write(
      "x.xml", testing::changed_mapping({{"lookup=\"sex\" column=\"code\"", "lookup=\"sex\""}}));
  const auto es = read_mapping(file, Language::Spanish);
  const auto fr = read_mapping(file, Language::French);
  REQUIRE_FALSE(es);
  REQUIRE_FALSE(fr);
  CHECK(es.error().message.ends_with("<field>: lookup y column van juntos"));
  CHECK(fr.error().message.ends_with("<field>: lookup et column vont ensemble"));
}

}  // namespace
}  // namespace amparo::converter
