// SPDX-License-Identifier: Apache-2.0
#include "converter/plan.hpp"

#include <catch2/catch.hpp>

#include "tests/converter/sandbox.hpp"

namespace amparo::converter {
namespace {

using testing::error_of;

TEST_CASE("the shipped mapping fits the schema", "[converter][plan]") {
  CHECK(error_of({}).empty());
}

TEST_CASE("a mapping that does not fit the schema is refused before a row is read",
          "[converter][plan]") {
  struct Case {
    std::string from, to, error;
  };
  const auto c = GENERATE(
      Case{"to=\"Child/FirstLanguage\"",
           "to=\"Child/FirstLangauge\"",
           "test.map.xml:@: \"Child/FirstLangauge\": ChildType has no element FirstLangauge; did "
           "you mean FirstLanguage?"},
      Case{"to=\"Child/FirstLanguage\"",
           "to=\"Chidl/FirstLanguage\"",
           "test.map.xml:@: \"Chidl/FirstLanguage\": CaseType has no element Chidl; did you mean "
           "Child?"},
      Case{"<absent to=\"SafetyFinding\"",
           "<absent to=\"SafetyFindings\"",
           "test.map.xml:@: \"Relative/SafetyFindings\": RelativeType has no element "
           "SafetyFindings; did you mean SafetyFinding?"},
      Case{"<absent to=\"Child/FirstLanguage\" reason=\"UNK\"/>",
           "",
           "test.map.xml: one required element is neither filled nor declared absent: "
           "Child/FirstLanguage"},
      Case{"<const to=\"@id\" value=\"sponsor\"/>",
           "",
           "test.map.xml: one required element is neither filled nor declared absent: "
           "Relative/@id"},
      Case{"<const to=\"Sender\" value=\"US-HHS-ORR\"/>",
           "",
           "test.map.xml: one required element is neither filled nor declared absent: Sender"},
      Case{"<const to=\"Sender\" value=\"US-HHS-ORR\"/>",
           "<const to=\"CreatedAt\" value=\"2026-01-01T00:00:00Z\"/>",
           "test.map.xml:@: CreatedAt is the time of the run, not of the mapping"},
      Case{"<const to=\"Country\" value=\"US\"/>",
           "<const to=\"Country\" value=\"USA\"/>",
           "test.map.xml:@: \"USA\" is not a value of DetectionEvent/Country "
           "(CountryCodeValue)"},
      Case{"<const to=\"@id\" value=\"sponsor\"/>",
           "<const to=\"@idd\" value=\"sponsor\"/>",
           "test.map.xml:@: \"Relative/@idd\": the standard has no attribute @idd there"},
      Case{"<absent to=\"OpenedAt\"",
           "<absent to=\"CaseManager\"",
           "test.map.xml:@: CaseManager cannot be nil: the standard wants a value there, or no "
           "element"},
      Case{"to=\"Child/Sex\" from",
           "to=\"Child/Sex/Code\" from",
           "test.map.xml:@: \"Child/Sex/Code\": Sex holds a value, no elements"},
      Case{"lookup=\"sex\" column=\"code\"",
           "lookup=\"sx\" column=\"code\"",
           "test.map.xml:@: no <date>, <lookup> or <id> has the name \"sx\""},
      Case{"lookup=\"sex\" column=\"code\"",
           "lookup=\"sex\" column=\"kode\"",
           "test.map.xml:@: tables/sex-en.csv has no column \"kode\"; did you mean code?"},
      Case{"lookup=\"sex\" column=\"code\"",
           "lookup=\"country\" column=\"alpha2\"",
           "test.map.xml:@: tables/country-en.csv:2: \"AD\" is not a value of Child/Sex "
           "(SexCodeValue)"},
      Case{"file=\"tables/sex-en.csv\"",
           "file=\"tables/none.csv\"",
           "test.map.xml:@: tables/none.csv: No such file or directory"},
      Case{"file=\"tables/sex-en.csv\"",
           "file=\"tables/../../sex-en.csv\"",
           "test.map.xml:@: file=\"tables/../../sex-en.csv\": a table is a plain path below the "
           "mapping's folder, and links do not leave it"},
      Case{"file=\"tables/sex-en.csv\"",
           "file=\"/etc/passwd\"",
           "test.map.xml:@: file=\"/etc/passwd\": a table is a plain path below the mapping's "
           "folder, and links do not leave it"},
      Case{"not-before=\"Child's Date of Entry\"",
           "not-before=\"Sponsor Zipcode\"",
           "test.map.xml:@: not-before=\"Sponsor Zipcode\": no <field> with a date reads this "
           "column"},
      Case{"not-before=\"Child's Date of Entry\"",
           "not-before=\"Child's Date of Release\"",
           "test.map.xml:@: not-before=\"Child's Date of Release\": no <field> with a date reads "
           "this column"},
      Case{"to=\"EnteredAt\" from=\"Child's Date of Entry\"",
           "to=\"ProtectionOrder\" from=\"Child's Date of Entry\"",
           "test.map.xml:@: Stay/ProtectionOrder cannot be nil: the standard wants a value "
           "there, or no element"},
      Case{"to=\"CaseExchangeId\" from=\"ID\" id=\"case\"",
           "to=\"OpenedBy\" from=\"ID\" id=\"case\"",
           "test.map.xml:@: OpenedBy (OrgRefValue) does not take the identifier cx-..."},
      Case{"to=\"CaseExchangeId\" from=\"ID\" id",
           "to=\"CaseExchangeId\" from=\"Sponsor\" id",
           "test.map.xml:@: the id case is made from {ID}, not from Sponsor"},
      Case{"<field to=\"LocalCaseId/Number\" from=\"ID\"/>",
           "<field to=\"LocalCaseId/Number\" from=\"ID\" as-recorded=\"yes\"/>",
           "test.map.xml:@: LocalCaseId/Number (NumberText) has no asRecorded"},
      Case{"blank=\"UNK\" derived=\"yes\"/>\n      <absent to=\"SafetyFinding\"",
           "blank=\"UNK\"/>\n      <absent to=\"SafetyFinding\"",
           "test.map.xml:@: the column Relationship of Sponsor is mapped twice; say "
           "derived=\"yes\" on the copies, so that its values are counted once"},
      Case{"<field to=\"LocalCaseId/Number\" from=\"ID\"/>",
           "<field to=\"LocalCaseId/Number\" from=\"ID\" derived=\"yes\"/>",
           "test.map.xml:47: the column ID has derived fields only"},
      Case{"<keep from=\"Sponsor Zipcode\"",
           "<keep from=\"ID\"",
           "test.map.xml:@: the column ID is used already"},
      Case{"<keep from",
           "<keep xmlns:us=\"https://w3id.org/amparo/1\" from",
           "test.map.xml:@: <keep>: the Extension takes other namespaces only"},
      Case{"key=\"ID\"", "key=\"Sponsor\"", "test.map.xml: the key column Sponsor is not mapped"},
      Case{"<record to=\"Case\"",
           "<record to=\"Casa\"",
           "test.map.xml: <record to=\"Casa\">: a Batch has no such record; did you mean Case?"},
      Case{"<absent to=\"OpenedAt\" reason=\"UNK\"/>",
           "<absent to=\"OpenedAt\" reason=\"UNK\"/><absent to=\"OpenedAt\" reason=\"UNK\"/>",
           "test.map.xml: OpenedAt is filled 2 times; the standard takes 1"});
  CAPTURE(c.from, c.to);
  CHECK(error_of({{c.from, c.to}}) == testing::at_line(c.error, {{c.from, c.to}}));
}

TEST_CASE("all required elements that are missing are listed at once", "[converter][plan]") {
  CHECK(error_of({{"<absent to=\"Urgency\" reason=\"UNK\"/>", ""},
                  {"<absent to=\"Child/FirstLanguage\" reason=\"UNK\"/>", ""},
                  {"<absent to=\"LivingStatus\" reason=\"UNK\"/>", ""}}) ==
        "test.map.xml: 3 required elements are neither filled nor declared absent: Urgency, "
        "Child/FirstLanguage, Relative/LivingStatus");
}

TEST_CASE("a link may lead to a table inside the mapping's folder and not out of it",
          "[converter][plan]") {
  const testing::Folder outside;
  const auto elsewhere =
      outside.write("sex-en.csv", testing::read_text(testing::kMappings / "tables/sex-en.csv"));
  const testing::Folder folder;
  REQUIRE(testing::plan_of(folder, {}));
  const auto table = folder.path() / "tables/sex-en.csv";
  std::filesystem::rename(table, folder.path() / "tables/sex.csv");
  std::filesystem::create_symlink("sex.csv", table);
  const auto plan = [&] {
    return Plan::make(*read_mapping(folder.path() / "test.map.xml"), testing::outline());
  };
  CHECK(plan());
  std::filesystem::remove(table);
  std::filesystem::create_symlink(elsewhere, table);
  const auto refused = plan();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("links do not leave it") != std::string::npos);
}

TEST_CASE("elements come in the schema's order, whatever the order of the mapping",
          "[converter][plan]") {
  const auto moved =
      testing::run(testing::kHeader + "1,Guatemala,M,1/2/16,3/4/16,,1,Mother\n",
                   {{"<absent to=\"Urgency\" reason=\"UNK\"/>", ""},
                    {"<group to=\"StatusHistory\">",
                     "<absent to=\"Urgency\" reason=\"UNK\"/><group to=\"StatusHistory\">"}});
  const auto plain = testing::run(testing::kHeader + "1,Guatemala,M,1/2/16,3/4/16,,1,Mother\n");
  CHECK(moved.document == plain.document);
}

}  // namespace
}  // namespace amparo::converter
