// SPDX-License-Identifier: Apache-2.0
#include "revision/detail/sample_values.hpp"

#include <catch2/catch.hpp>

#include "revision/detail/recipe.hpp"
#include "revision/detail/vocabulary.hpp"

using namespace amparo;
using namespace amparo::revision;

namespace {

std::string written(std::string_view source, CaseFacts& facts, Turn turn = {}) {
  const auto value = read_source(source);
  REQUIRE(value);
  std::string out;
  append_value(*value, facts, turn, out);
  return out;
}

}  // namespace

TEST_CASE("A source that is none is told by its name", "[revision][values]") {
  for (const char* source : {"@",
                             "@nothing",
                             "@id",
                             "@id:",
                             "@at",
                             "@at:5",
                             "@at:9:5",
                             "@at:a:b",
                             "@office:nobody",
                             "@text:1:2",
                             "@text:nothing:1:2",
                             "@number:1"}) {
    CAPTURE(source);
    const auto value = read_source(source);
    REQUIRE_FALSE(value);
    CHECK(value.error().code == ErrorCode::Malformed);
    CHECK(value.error().message == std::string{"no such source of sample values: "} + source);
  }
}

TEST_CASE("Words are taken in turn from a place drawn once, or in their order",
          "[revision][values]") {
  CaseFacts facts = draw_facts(1, 0, 0);
  CHECK(written("A|B|C", facts, {.occurrence = 0, .above = 7, .start = 2}) == "C");
  CHECK(written("A|B|C", facts, {.occurrence = 1, .above = 7, .start = 2}) == "A");
  CHECK(written("~A|B|C", facts, {.occurrence = 0, .above = 1, .start = 2}) == "B");
  CHECK(written("Pantalón azul", facts) == "Pantalón azul");
}

TEST_CASE("Times count from the moment the child was found, over months and leap days",
          "[revision][values]") {
  CaseFacts facts = draw_facts(1, 0, 0);
  facts.corridor = &sample_corridors()[2];
  REQUIRE(facts.corridor->offset == "-06:00");
  facts.found_at = std::int64_t{19'781} * 24 * 60 + 23 * 60 + 30;  // 2024-02-28T23:30
  CHECK(written("@at:0:0", facts) == "2024-02-28T23:30:00-06:00");
  CHECK(written("@at:45:45", facts) == "2024-02-29T00:15:00-06:00");
  CHECK(written("@at:0:0:1440", facts, {.above = 2}) == "2024-03-01T23:30:00-06:00");
  CHECK(written("@on:1:1", facts) == "2024-02-29");
  CHECK(written("@on:308:308", facts) == "2025-01-01");
  CHECK(written("@on:-60:-60", facts) == "2023-12-30");
  CHECK(written("@month:2:2", facts) == "2024-03");
}

TEST_CASE("A birth date is as precise as it says", "[revision][values]") {
  CaseFacts facts = draw_facts(1, 0, 0);
  facts.born_on = 14'610;  // 2010-01-01
  for (const auto& [precision, text] :
       {std::pair{"day", "2010-01-01"}, {"month", "2010-01"}, {"year", "2010"}}) {
    facts.birth_precision = precision;
    CHECK(written("@birth", facts) == text);
    CHECK(written("@birth-precision", facts) == precision);
  }
}

TEST_CASE("A reference names one of those that there are", "[revision][values]") {
  CaseFacts facts = draw_facts(1, 0, 0);
  auto value = read_source("@ref:rel");
  REQUIRE(value);
  value->slot = 4;
  facts.counts[4] = 2;
  bool has_first = false;
  bool has_second = false;
  for (int i = 0; i < 100; ++i) {
    std::string out;
    append_value(*value, facts, {}, out);
    has_first = has_first || out == "rel-1";
    has_second = has_second || out == "rel-2";
    CHECK((out == "rel-1" || out == "rel-2"));
  }
  CHECK((has_first && has_second));
  CHECK(written("@anchor:rel", facts, {.occurrence = 1}) == "rel-2");
}

TEST_CASE("No word of the recipe or the vocabulary needs to be escaped", "[revision][values]") {
  const auto is_plain = [](std::string_view word) {
    return word.find_first_of("<>&\"\t\n") == std::string_view::npos;
  };
  for (const auto recipe : {header_recipe(), case_recipe()}) {
    for (const RecipeLine& line : recipe) {
      CAPTURE(line.where);
      CHECK(is_plain(line.source));
    }
  }
  for (const auto names : {girls_names(), boys_names(), surname_heads(), surname_tails()}) {
    for (const auto name : names)
      CHECK(is_plain(name));
  }
  for (const char* purpose :
       {"interview", "voice", "rationale", "care", "memory", "weighing", "tracing"}) {
    REQUIRE_FALSE(sentences(purpose).empty());
    for (const auto sentence : sentences(purpose)) {
      CHECK(is_plain(sentence));
      CHECK(sentence.size() < 200);
    }
    // Sentences are taken five apart, so that no text says one twice.
    CHECK(sentences(purpose).size() % 5 != 0);
  }
}
