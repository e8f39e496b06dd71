// SPDX-License-Identifier: Apache-2.0
#include "report/json.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "tests/report/sample.hpp"

using namespace amparo;
using namespace amparo::report;

namespace {

// Compared with tests/report/golden/<name>; AMPARO_UPDATE_GOLDEN=1 rewrites it.
void check_golden(const std::string& file, const std::string& bytes) {
  const std::string path = std::string{AMPARO_SOURCE_DIR} + "/tests/report/golden/" + file;
  if (std::getenv("AMPARO_UPDATE_GOLDEN") != nullptr) std::ofstream{path} << bytes;
  std::ostringstream known;
  known << std::ifstream{path}.rdbuf();
  CHECK(bytes == known.str());
}

}  // namespace

TEST_CASE("The JSON report of several documents is one document", "[report][json]") {
  check_golden("several.json", written(Format::Json, {invalid_report(), valid_report()}));
}

TEST_CASE("The JSON report of a document with a hostile name", "[report][json]") {
  Report report = valid_report();
  report.document = "a\"\n\x1b\xff\u202e.xml";
  report.bundle = {"other.xsd", "", ""};
  report.as_of.clear();
  report.revealed = true;
  check_golden("hostile.json", written(Format::Json, {report}));
}

TEST_CASE("The JSON report of nothing that could be read", "[report][json]") {
  std::string bytes;
  const auto writer = make_writer(
      Format::Json, sample_book(), {.tool_version = "1.0.0"}, [&](std::string_view more) -> Status {
        bytes += more;
        return Done{};
      });
  CHECK(writer->add_unread("gone.xml", {ErrorCode::NotFound, "gone.xml: no such file"}));
  CHECK(writer->finish());
  check_golden("unread.json", bytes);
}

TEST_CASE("The JSON report does not depend on the reader's language or colour", "[report][json]") {
  const auto plain = written(Format::Json, {invalid_report()});
  CHECK(written(Format::Json,
                {invalid_report()},
                {.language = Language::French, .color = true, .detail = Detail::FindingsOnly}) ==
        plain);
}

TEST_CASE("Help pages are those of the specification's parts", "[report][json]") {
  struct Case {
    std::string rule, help;
  };
  const auto c = GENERATE(
      Case{"cvc-pattern-valid", "https://www.w3.org/TR/xmlschema-2/#cvc-pattern-valid"},
      Case{"cvc-datatype-valid.1.2.1", "https://www.w3.org/TR/xmlschema-2/#cvc-datatype-valid"},
      Case{"cvc-complex-type.2.4.a", "https://www.w3.org/TR/xmlschema-1/#cvc-complex-type"},
      Case{"C-MEMBER", ""});
  Report report;
  ReportBuilder{report}.add({.rule = c.rule, .message = "s-first"});
  const auto json = written(Format::Json, {report});
  if (c.help.empty()) {
    CHECK(json.find("\"help\"") == std::string::npos);
  } else {
    CHECK(json.find("\"help\": \"" + c.help + "\"") != std::string::npos);
  }
}
