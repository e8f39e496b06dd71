// SPDX-License-Identifier: Apache-2.0
#include "revision/sample.hpp"

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "validator/validate.hpp"

using namespace amparo;
using namespace amparo::revision;

namespace {

const std::filesystem::path kRoot{AMPARO_SOURCE_DIR};

const Sampler& sampler() {
  static const Sampler kSampler = [] {
    auto loaded = Sampler::load(kRoot / "schema");
    REQUIRE(loaded);
    return *std::move(loaded);
  }();
  return kSampler;
}

struct Sample {
  SampleAccount account;
  std::string bytes;
  std::size_t largest_piece = 0;
};

Sample make(const SampleRequest& request) {
  Sample sample;
  const auto account = sampler().write(request, [&](std::string_view piece) -> Status {
    sample.bytes += piece;
    sample.largest_piece = std::max(sample.largest_piece, piece.size());
    return Done{};
  });
  REQUIRE(account);
  sample.account = *account;
  return sample;
}

// Each from its line break to its end tag.
std::vector<std::string> cases_of(const std::string& batch) {
  constexpr std::string_view kStart = "\n  <Case>";
  constexpr std::string_view kEnd = "\n  </Case>";
  std::vector<std::string> cases;
  for (auto begin = batch.find(kStart); begin != std::string::npos;) {
    const auto end = batch.find(kEnd, begin) + kEnd.size();
    cases.push_back(batch.substr(begin, end - begin));
    begin = batch.find(kStart, end);
  }
  return cases;
}

// The text of all elements whose name ends in `ending`.
std::vector<std::string> texts_of(const std::string& document, const std::string& ending) {
  std::vector<std::string> texts;
  const std::string tag = ending + ">";
  for (auto at = document.find(tag); at != std::string::npos; at = document.find(tag, at + 1)) {
    const auto begin = at + tag.size();
    const auto end = document.find('<', begin);
    if (end != std::string::npos && document.compare(end, 2, "</") == 0 && end > begin) {
      texts.push_back(document.substr(begin, end - begin));
    }
  }
  return texts;
}

std::string all_examples() {
  std::string bytes;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kRoot / "examples")) {
    if (!entry.is_regular_file() || entry.path().extension() != ".xml") continue;
    std::ostringstream text;
    text << std::ifstream{entry.path(), std::ios::binary}.rdbuf();
    bytes += text.str();
  }
  return bytes;
}

// "Corridor Child DetectionEvent ..." of one case.
std::string parts_of(const std::string& record) {
  std::string parts;
  for (auto at = record.find("\n    <"); at != std::string::npos;
       at = record.find("\n    <", at + 1)) {
    const auto begin = at + 6;
    if (record[begin] != '/')
      parts += record.substr(begin, record.find_first_of(" >/", begin) - begin) + ' ';
  }
  return parts;
}

}  // namespace

TEST_CASE("Samples of any seed are valid, without a warning", "[revision][sample]") {
  static const Bundle kBundle = [] {
    auto loaded = load_bundle(kRoot / "schema");
    REQUIRE(loaded);
    return *std::move(loaded);
  }();
  const auto seed = GENERATE(as<std::uint64_t>{}, 0, 1, 2, 20090701, UINT64_MAX);
  CAPTURE(seed);
  const auto sample = make({.seed = seed, .bytes = 200'000});
  auto source = Source::from_string("sample.xml", sample.bytes);
  const auto report = validate(source, kBundle, {.as_of = "2026-01-31"});
  REQUIRE(report);
  for (const Finding& finding : report->findings)
    UNSCOPED_INFO(finding.where.line << ": " << finding.rule << " " << finding.xpath);
  CHECK(report->findings.empty());
  CHECK(report->verdict() == Verdict::Valid);
  CHECK(report->records == sample.account.cases);
}

TEST_CASE("The same seed gives the same bytes, another seed gives others", "[revision][sample]") {
  const auto first = make({.seed = 5, .cases = 20});
  CHECK(make({.seed = 5, .cases = 20}).bytes == first.bytes);
  CHECK(make({.seed = 6, .cases = 20}).bytes != first.bytes);
  const auto cases = cases_of(first.bytes);
  CHECK(cases.size() == 20);
  SECTION("and a longer batch begins with the cases of the shorter one") {
    const auto longer = cases_of(make({.seed = 5, .cases = 30}).bytes);
    CHECK(std::equal(cases.begin(), cases.end(), longer.begin()));
  }
}

TEST_CASE("A batch is as large as was asked for, but for less than a case", "[revision][sample]") {
  const auto bytes = GENERATE(as<std::uint64_t>{}, 6'700, 20'000, 131'072, 500'000);
  const auto sample = make({.seed = 3, .bytes = bytes});
  CAPTURE(bytes, sample.account.bytes, sample.account.cases);
  CHECK(sample.account.bytes == sample.bytes.size());
  CHECK(sample.account.cases == cases_of(sample.bytes).size());
  CHECK(sample.account.bytes <= bytes);
  CHECK(bytes - sample.account.bytes < kMostCaseBytes);
}

TEST_CASE("A batch has one case at least", "[revision][sample]") {
  CHECK(make({.seed = 3, .bytes = 1}).account.cases == 1);
}

TEST_CASE("Every case takes 4 to 6 kB, and memory does not grow", "[revision][sample]") {
  const auto sample = make({.seed = 11, .bytes = 3'000'000});
  for (const std::string& record : cases_of(sample.bytes)) {
    CHECK(record.size() >= kLeastCaseBytes);
    CHECK(record.size() <= kMostCaseBytes);
  }
  CHECK(sample.largest_piece < 200'000);
}

TEST_CASE("Cases differ in the parts they have, and every part comes", "[revision][sample]") {
  const auto cases = cases_of(make({.seed = 1, .cases = 600}).bytes);
  std::set<std::string> shapes;
  std::set<std::string> parts;
  for (const std::string& record : cases) {
    const std::string shape = parts_of(record);
    shapes.insert(shape);
    std::istringstream words{shape};
    for (std::string word; words >> word;)
      parts.insert(word);
  }
  CHECK(shapes.size() > 400);
  for (const char* part : {"Relative",
                           "SiblingGroup",
                           "MigrationHistory",
                           "TracingRequest",
                           "Interview",
                           "RiskScreening",
                           "ImmediateNeed",
                           "MedicalAssessment",
                           "PsychosocialAssessment",
                           "Stay",
                           "Representation",
                           "BestInterests",
                           "InternationalProtection",
                           "VictimProtection",
                           "Referral",
                           "ConsularNotification",
                           "ConsularAssistance",
                           "FamilyContact",
                           "FamilySituation",
                           "ReturnPlan",
                           "Handover",
                           "Belongings",
                           "Reception",
                           "Reunification",
                           "FollowUp",
                           "ChildVoice",
                           "Attachment",
                           "Consent",
                           "SharingRestriction",
                           "StatusHistory"}) {
    CAPTURE(part);
    CHECK(parts.count(part) == 1);
  }
}

TEST_CASE("References, nil elements and letters beyond ASCII are there", "[revision][sample]") {
  const auto bytes = make({.seed = 1, .cases = 600}).bytes;
  for (const char* piece : {" ref=\"rel-1\"",
                            " ref=\"rel-2\"",
                            " ref=\"doc-1\"",
                            " ref=\"leg-1\"",
                            " ref=\"vo-1\"",
                            " xsi:nil=\"true\" nullReason=\"",
                            " precision=\"month\"",
                            "ñ",
                            "é",
                            "—",
                            "«",
                            "<TestIndicator>TEST</TestIndicator>"}) {
    CAPTURE(piece);
    CHECK(bytes.find(piece) != std::string::npos);
  }
}

TEST_CASE("Identifiers are unique in a batch, and those of other seeds are others",
          "[revision][sample]") {
  std::set<std::string> seen;
  std::size_t count = 0;
  for (const std::uint64_t seed : {1U, 2U}) {
    const auto bytes = make({.seed = seed, .cases = 300}).bytes;
    for (const char* name : {"<CaseExchangeId",
                             "<PersonId",
                             "<RelativeId",
                             "<DetectionId",
                             "<InterviewId",
                             "<ScreeningId",
                             "<StayId",
                             "<VoiceId"}) {
      for (const std::string& id : texts_of(bytes, name)) {
        CHECK(id.substr(2, 5) == "-TEST");
        seen.insert(id);
        ++count;
      }
    }
  }
  CHECK(count > 2000);
  CHECK(seen.size() == count);
}

TEST_CASE("No name, identifier, number or telephone is one of the examples'",
          "[revision][sample]") {
  const auto examples = all_examples();
  REQUIRE(examples.size() > 1'000'000);
  const auto bytes = make({.seed = 1, .cases = 400}).bytes;
  for (const char* name : {"FullNameAsRecorded",
                           "<CaseExchangeId",
                           "<PersonId",
                           "<RelativeId",
                           "<StayId",
                           "<InterviewId",
                           "FirstSurname",
                           "SecondSurname",
                           "DocumentNumber",
                           "Phone",
                           "<Number",
                           "OfficerCode"}) {
    std::set<std::string> known;
    for (const auto& text : texts_of(examples, name))
      known.insert(text);
    REQUIRE_FALSE(known.empty());
    const auto ours = texts_of(bytes, name);
    REQUIRE_FALSE(ours.empty());
    for (const auto& text : ours) {
      CAPTURE(name, text);
      CHECK(known.count(text) == 0);
    }
  }
}

TEST_CASE("Siblings name one another", "[revision][sample]") {
  const auto cases = cases_of(make({.seed = 1, .cases = 200}).bytes);
  std::size_t groups = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (cases[i].find("<SiblingGroup>") == std::string::npos) continue;
    const auto own = texts_of(cases[i], "<CaseExchangeId").front();
    const auto other = texts_of(cases[i ^ 1U], "<CaseExchangeId").front();
    CHECK(texts_of(cases[i], "<MemberCase") == std::vector<std::string>{own, other});
    ++groups;
  }
  CHECK(groups > 5);
}

TEST_CASE("What the sink says is what the caller hears", "[revision][sample]") {
  const auto full = sampler().write({.seed = 1, .cases = 1000}, [](std::string_view) -> Status {
    return fail(ErrorCode::Unwritable, "disk is full");
  });
  REQUIRE_FALSE(full);
  CHECK(full.error().code == ErrorCode::Unwritable);
  CHECK(full.error().message == "disk is full");
}

TEST_CASE("A bundle that is none is told", "[revision][sample]") {
  const auto none = Sampler::load(kRoot / "examples");
  REQUIRE_FALSE(none);
  CHECK(none.error().code == ErrorCode::NotFound);
}
