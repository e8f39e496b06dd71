// SPDX-License-Identifier: Apache-2.0
// Many schemas and documents, one process: what run.py and run_w3c.py ask when the answer alone
// counts. A line of input is one schema with its documents, fields parted by tabs:
//
//   ENGINE  NUMBER OF SCHEMA FILES  SCHEMA...  DOCUMENT...
//
// and the answer is one line for the schema, one for each document, and a line with a full stop:
//
//   valid|invalid|refused|indeterminate|unread  ID...
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "core/source.hpp"
#include "validator/bundle.hpp"
#include "validator/validate.hpp"

namespace amparo {
namespace {

std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields(1);
  for (const char c : line) {
    if (c == '\t') {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

void tell_fault(const xsd::SchemaFault& fault) {
  std::cout << (fault.error.code == ErrorCode::TooLarge ? "refused" : "invalid");
  for (const Finding& finding : fault.findings)
    std::cout << '\t' << finding.rule;
  if (fault.findings.empty()) std::cout << '\t' << fault.error.message;
  std::cout << '\n';
}

void tell_document(const std::string& path, const Bundle& bundle) {
  auto source = Source::open(path);
  if (!source) {
    std::cout << "unread\n";
    return;
  }
  const auto report = validate(*source, bundle, {.rules_wanted = false, .max_kept = 0});
  if (!report) {
    std::cout << "unread\t" << report.error().message << '\n';
    return;
  }
  const auto verdict = report->verdict();
  const bool is_decided = verdict == Verdict::Invalid || verdict == Verdict::Indeterminate;
  std::cout << (is_decided ? name(verdict) : "valid");
  for (const auto& [rule, count] : report->rules)
    std::cout << '\t' << rule;
  std::cout << '\n';
}

bool answer(const std::vector<std::string>& fields) {
  if (fields.size() < 3) return false;
  const auto engine = fields[0] == "compiled" ? EngineKind::Compiled : EngineKind::Xerces;
  const auto count = std::stoul(fields[1]);
  if (fields.size() < 2 + count) return false;
  std::vector<std::filesystem::path> schemas(fields.begin() + 2,
                                             fields.begin() + 2 + static_cast<long>(count));
  const auto bundle = bundle_of_schemas(schemas, engine);
  if (!bundle) {
    tell_fault(bundle.error());
  } else {
    std::cout << "valid\n";
    for (std::size_t i = 2 + count; i < fields.size(); ++i)
      tell_document(fields[i], *bundle);
  }
  std::cout << "." << std::endl;  // whoever asks waits for it
  return true;
}

}  // namespace
}  // namespace amparo

int main() {
  std::string line;
  while (std::getline(std::cin, line)) {
    if (!amparo::answer(amparo::fields_of(line))) return 1;
  }
  return 0;
}
