// SPDX-License-Identifier: Apache-2.0
// consumer BUNDLE KEY CSV: converts a file of rows and validates what came out.
#include <iostream>
#include <string>

#include "converter/convert.hpp"
#include "validator/validate.hpp"

using namespace amparo;

int main(int, char** argument) {
  const std::filesystem::path schema{argument[1]};
  auto outline = xsd::Outline::read(schema / "1.0/amparo.xsd", "https://w3id.org/amparo/1");
  auto mapping = converter::read_mapping(schema / "mappings/hhs-releases.map.xml");
  auto plan = converter::Plan::make(*std::move(mapping),
                                    std::make_shared<const xsd::Outline>(*std::move(outline)));
  auto key = converter::IdKey::read(argument[2]);
  auto input = Source::open(argument[3]);
  if (!plan || !key || !input) return 3;

  std::string batch;
  Report about_rows;
  ReportBuilder findings{about_rows};
  const auto run = converter::convert(*input,
                                      {**plan, *key, "2026-01-01T00:00:00Z"},
                                      {[&](std::string_view bytes) {
                                         batch += bytes;
                                         return Status{Done{}};
                                       },
                                       [](std::string_view) { return Status{Done{}}; },
                                       findings});
  auto bundle = load_bundle(schema);
  if (!run || !bundle) return 3;

  auto document = Source::from_string("batch.xml", std::move(batch));
  const auto report = validate(document, *bundle, {.as_of = "2026-01-01"});
  if (!report) return 3;
  std::cout << run->cases << " cases, " << name(report->verdict()) << '\n';
  return report->verdict() == Verdict::Valid ? 0 : 1;
}
