// SPDX-License-Identifier: Apache-2.0
#include "validator/messages.hpp"

#include <algorithm>
#include <set>

#include <catch2/catch.hpp>

using namespace amparo;

namespace {

std::set<std::string> placeholders(std::string_view text) {
  std::set<std::string> names;
  for (auto open = text.find('{'); open != std::string_view::npos;
       open = text.find('{', open + 1)) {
    names.emplace(text.substr(open + 1, text.find('}', open) - open - 1));
  }
  return names;
}

}  // namespace

TEST_CASE("Each sentence is there in three languages with the same parameters",
          "[validator][messages]") {
  for (const MessageText& text : validator_messages()) {
    CAPTURE(text.key);
    for (const Language language : kLanguages) {
      const auto sentence = text.in(language);
      CHECK_FALSE(sentence.empty());
      CHECK(placeholders(sentence) == placeholders(text.en));
      CHECK(sentence.back() != '.');
    }
  }
}

TEST_CASE("No key is used twice", "[validator][messages]") {
  std::set<std::string_view> keys;
  for (const MessageText& text : validator_messages()) {
    CAPTURE(text.key);
    CHECK(keys.insert(text.key).second);
  }
}

TEST_CASE("The languages are not copies of one another", "[validator][messages]") {
  const auto texts = validator_messages();
  const auto same = std::count_if(texts.begin(), texts.end(), [](const MessageText& text) {
    return text.es == text.en || text.en == text.fr || text.es == text.fr;
  });
  CHECK(same <= 3);  // "--schema" and other options are the same in all
}
