// SPDX-License-Identifier: Apache-2.0
#include "converter/messages.hpp"

#include <set>
#include <string>

#include <catch2/catch.hpp>

namespace amparo::converter {
namespace {

std::set<std::string> placeholders(std::string_view text) {
  std::set<std::string> names;
  for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1))
    names.emplace(text.substr(open, text.find('}', open) - open));
  return names;
}

TEST_CASE("each sentence of the converter says the same things in three languages",
          "[converter][messages]") {
  std::set<std::string_view> keys;
  const auto table = GENERATE(0, 1);
  for (const MessageText& text : table == 0 ? messages() : error_messages()) {
    CAPTURE(text.key);
    CHECK(keys.insert(text.key).second);
    CHECK_FALSE(text.es.empty());
    CHECK_FALSE(text.fr.empty());
    CHECK(placeholders(text.en) == placeholders(text.es));
    CHECK(placeholders(text.en) == placeholders(text.fr));
    CHECK(text.es != text.en);
    CHECK(text.fr != text.en);
  }
}

TEST_CASE("an error's sentence is filled where it is made", "[converter][messages]") {
  CHECK(error_text("key-size", Language::Spanish, {{"count", {"32"}}}) ==
        "no es una clave de 32 bytes");
  CHECK(error_text("no-such-key", Language::French) == "<no-such-key>");
}

}  // namespace
}  // namespace amparo::converter
