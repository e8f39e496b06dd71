// SPDX-License-Identifier: Apache-2.0
#include "report/labels.hpp"

#include <set>

#include <catch2/catch.hpp>

using namespace amparo;
using namespace amparo::report;

TEST_CASE("Numbers agree with their noun in each language", "[report][labels]") {
  CHECK(counted("errors", 0, Language::English) == "0 errors");
  CHECK(counted("errors", 1, Language::English) == "1 error");
  CHECK(counted("errors", 0, Language::French) == "0 erreur");
  CHECK(counted("errors", 2, Language::French) == "2 erreurs");
  CHECK(counted("records", 0, Language::Spanish) == "0 registros");
  CHECK(counted("records", 1, Language::Spanish) == "1 registro");
}

TEST_CASE("Each layer, state, severity and verdict has a label", "[report][labels]") {
  for (const Language language : kLanguages) {
    for (int i = 0; i <= static_cast<int>(Layer::Conversion); ++i)
      CHECK_FALSE(label(static_cast<Layer>(i), language).empty());
    for (int i = 0; i <= static_cast<int>(LedgerState::Errored); ++i)
      CHECK_FALSE(label(static_cast<LedgerState>(i), language).empty());
    for (int i = 0; i <= static_cast<int>(Severity::Info); ++i)
      CHECK_FALSE(label(static_cast<Severity>(i), language).empty());
    for (int i = 0; i <= static_cast<int>(Verdict::Indeterminate); ++i)
      CHECK_FALSE(label(static_cast<Verdict>(i), language).empty());
  }
}

TEST_CASE("Each label stands once, in three languages, with the same placeholders",
          "[report][labels]") {
  const auto placeholders = [](std::string_view text) {
    std::multiset<std::string> names;
    for (auto open = text.find('{'); open != std::string_view::npos;
         open = text.find('{', open + 1))
      names.emplace(text.substr(open, text.find('}', open) - open));
    return names;
  };
  std::set<std::string_view> keys;
  for (const MessageText& text : labels()) {
    CAPTURE(text.key);
    CHECK(keys.insert(text.key).second);
    CHECK_FALSE(text.es.empty());
    CHECK_FALSE(text.en.empty());
    CHECK_FALSE(text.fr.empty());
    CHECK(placeholders(text.es) == placeholders(text.en));
    CHECK(placeholders(text.fr) == placeholders(text.en));
  }
}
