// SPDX-License-Identifier: Apache-2.0
// The compiled engine on documents with a wrong byte: it never says valid where Xerces says not.
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/validator/xsd/schema_folder.hpp"
#include "validator/xsd/compile.hpp"
#include "validator/xsd/engine_compiled.hpp"
#include "validator/xsd/oracle_xerces.hpp"

namespace amparo::xsd {
namespace {

namespace fs = std::filesystem;

class Counted final : public FindingSink {
 public:
  void add(Finding finding) override { ++count_[finding.severity == Severity::Error ? 0 : 1]; }
  [[nodiscard]] bool has_errors() const { return count_[0] > 0; }

 private:
  std::array<std::size_t, 2> count_{};
};

bool is_valid(Schema& schema, const std::string& document) {
  auto source = Source::from_string("t.xml", document);
  Counted findings;
  const auto result = schema.run(source, {.profile = xml::GateProfile::General}, nullptr, findings);
  REQUIRE(result);
  return result->reached_end && !result->engine_failed && !findings.has_errors();
}

struct Example {
  const char* schema;  // of tests/validator/xsd/schemas
  std::string document;
};

std::vector<Example> examples() {
  const std::string t =
      " xmlns='urn:t' xmlns:t='urn:t' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'";
  return {
      {"elements.xsd", "<root" + t + "><local>9</local><unq xmlns=''/></root>"},
      {"elements.xsd", "<root" + t + " xsi:nil='true'/>"},
      {"elements.xsd", "<?xml version='1.0'?><simple" + t + ">a&#x41;<![CDATA[b]]></simple>"},
      {"keys.xsd", "<r" + t + "><a><b id='1'/><b id='2'/></a></r>"},
      {"substitution.xsd", "<res" + t + "><a/></res>"},
      {"substitution.xsd", "<head" + t + " xsi:type='extended'><a/></head>"},
  };
}

TEST_CASE("A document cut or changed at any byte is valid for the engine only where Xerces agrees",
          "[xsd][engine]") {
  std::size_t compared = 0;
  std::size_t still_valid = 0;
  for (const Example& example : examples()) {
    const std::array files{fs::path{AMPARO_SOURCE_DIR} / "tests/validator/xsd/schemas" /
                           example.schema};
    auto tables = compile_here(files);
    REQUIRE(tables);
    const auto ours = make_compiled_engine(*std::move(tables), {.chunk_bytes = 1024});
    const auto xerces = load_with_xerces(files, SchemaChecking::Full);
    REQUIRE(ours);
    REQUIRE(xerces);
    CAPTURE(example.schema, example.document);
    REQUIRE(is_valid(**ours, example.document));
    REQUIRE(is_valid(**xerces, example.document));
    const auto compare = [&](const std::string& document) {
      ++compared;
      if (!is_valid(**ours, document)) return;
      ++still_valid;
      if (!is_valid(**xerces, document)) FAIL_CHECK("valid for us alone: " << document);
    };
    for (std::size_t i = 0; i < example.document.size(); ++i) {
      compare(example.document.substr(0, i));
      for (const unsigned flip : {0x01U, 0x02U, 0x04U, 0x08U, 0x10U, 0x20U, 0x40U, 0x80U}) {
        auto flipped = example.document;
        flipped[i] = static_cast<char>(static_cast<unsigned char>(flipped[i]) ^ flip);
        compare(flipped);
      }
    }
  }
  CHECK(compared > 5000);
  CHECK(still_valid > 50);  // a changed digit is a digit still
}

}  // namespace
}  // namespace amparo::xsd
