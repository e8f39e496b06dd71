// SPDX-License-Identifier: Apache-2.0
// Walks through the error codes in Xerces' own headers: each must have a rule and a sentence of
// ours.
#include "validator/xsd/detail/xerces_codes.hpp"

#include <fstream>
#include <regex>
#include <set>

#include <catch2/catch.hpp>

#include "validator/messages.hpp"

using namespace amparo;
using namespace amparo::xsd;

namespace {

struct Named {
  std::string name;
  unsigned code;
};

std::vector<Named> codes_in(const std::string& header) {
  std::ifstream file{AMPARO_XERCES_INCLUDE_DIR "/xercesc/" + header};
  REQUIRE(file);
  const std::regex line{R"(^\s*,?\s*(\w+)\s*=\s*(\d+)\s*$)"};
  std::vector<Named> codes;
  for (std::string text; std::getline(file, text);) {
    std::smatch found;
    if (!std::regex_match(text, found, line)) continue;
    const std::string name = found[1];
    const bool is_mark = name.size() > 6 && name.substr(name.size() - 6) == "Bounds";
    if (name != "NoError" && !is_mark) {
      codes.push_back({name, static_cast<unsigned>(std::stoul(found[2]))});
    }
  }
  return codes;
}

bool has_entry(CodeDomain domain, unsigned code) {
  for (const CodeEntry& entry : entries(domain)) {
    if (entry.code == code) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("Every code of XMLValidityCodes.hpp and XMLErrorCodes.hpp has an entry", "[xsd][codes]") {
  const auto validity = codes_in("framework/XMLValidityCodes.hpp");
  CHECK(validity.size() >= 77);
  for (const Named& code : validity) {
    CAPTURE(code.name);
    CHECK(has_entry(CodeDomain::Validity, code.code));
  }
  const auto markup = codes_in("framework/XMLErrorCodes.hpp");
  CHECK(markup.size() >= 270);
  for (const Named& code : markup) {
    CAPTURE(code.name);
    CHECK(has_entry(CodeDomain::Markup, code.code));
  }
}

TEST_CASE("Every code that says that a value is not of its type has an entry", "[xsd][codes]") {
  // The others are faults in schemas or in the use of the library.
  for (const Named& code : codes_in("util/XMLExceptMsgs.hpp")) {
    const bool is_about_value = code.name.rfind("VALUE_", 0) == 0 ||
                                code.name.rfind("DateTime_", 0) == 0 ||
                                code.name.rfind("XMLNUM_", 0) == 0;
    if (!is_about_value) continue;
    CAPTURE(code.name);
    CHECK(has_entry(CodeDomain::Exception, code.code));
  }
}

TEST_CASE("Entries are in order, and each has a sentence with the parameters it names",
          "[xsd][codes]") {
  MessageBook book;
  book.add(validator_messages());
  const auto domain = GENERATE(CodeDomain::Validity, CodeDomain::Markup, CodeDomain::Exception);
  unsigned last = 0;
  for (const CodeEntry& entry : entries(domain)) {
    CAPTURE(entry.code, entry.rule, entry.key);
    CHECK(entry.code > last);
    last = entry.code;
    CHECK(book.find(entry.key) != nullptr);
  }
}

TEST_CASE("An unknown code is a fault of the engine, never silence", "[xsd][codes]") {
  CHECK(entry(CodeDomain::Validity, 9999).use == CodeUse::Impossible);
  CHECK(entry(CodeDomain::Validity, 9999).key == "engine-fault");
}
