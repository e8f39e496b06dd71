// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/quick_value.hpp"

#include <array>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/validator/xsd/simple_types_sandbox.hpp"
#include "text/utf8.hpp"
#include "validator/xsd/engine_tables.hpp"
#include "validator/xsd/value_check.hpp"

namespace amparo::xsd {
namespace {

// Types of the kinds that are told at a glance, and some that are not.
struct Glances {
  Sandbox box{};
  std::vector<TypeId> types{};

  Glances() {
    using enum Facet;
    const auto add = [&](BuiltIn base, std::initializer_list<FacetText> facets) {
      types.push_back(box.restrict(base, facets));
    };
    add(BuiltIn::Token, {{Pattern, "[A-Z0-9\\-]{1,20}"}, {MaxLength, "20"}});
    add(BuiltIn::Token,
        {{Pattern, "[ -~\u00A0-\U0010FFFF]+"}, {MaxLength, "30"}, {MinLength, "2"}});
    add(BuiltIn::String, {{Pattern, "[\\t\\n -~\u00A0-\U0010FFFF]+"}, {MaxLength, "12"}});
    add(BuiltIn::NormalizedString, {{MaxLength, "12"}});
    add(BuiltIn::Token, {{Length, "2"}, {Pattern, "[A-Z]{2}"}});
    add(BuiltIn::Date, {{Pattern, "(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"}});
    add(BuiltIn::Date, {});
    add(BuiltIn::DateTime, {});
    add(BuiltIn::DateTime, {{Pattern, ".*Z"}});
    add(BuiltIn::DateTime, {{MinInclusive, "2000-01-01T00:00:00Z"}});
    add(BuiltIn::NonNegativeInteger, {{MaxInclusive, "120"}});
    add(BuiltIn::Token, {{Enumeration, "Y"}, {Enumeration, "N"}});
    types.push_back(type_id(BuiltIn::Token));
    types.push_back(type_id(BuiltIn::String));
    types.push_back(type_id(BuiltIn::NcName));
    types.push_back(type_id(BuiltIn::Decimal));
  }
};

std::string spoilt(std::string text, std::mt19937& random) {
  constexpr std::string_view kLetters = "09-:TZ+. AZaz\t\u00F1\u0085";
  for (auto changes = random() % 3; changes > 0; --changes) {
    const auto at = text.empty() ? 0 : random() % text.size();
    const auto letter = kLetters[random() % kLetters.size()];
    switch (random() % 3) {
      case 0:
        text.insert(at, 1, letter);
        break;
      case 1:
        if (!text.empty()) text.erase(at, 1);
        break;
      default:
        if (!text.empty()) text[at] = letter;
    }
  }
  return text;
}

}  // namespace

TEST_CASE("what is good at a glance is good, the same on every machine", "[xsd][quick-value]") {
  const Glances glances;
  const auto& tables = glances.box.builder.tables();
  const auto patterns = SchemaPatterns::make(tables);
  REQUIRE(patterns);
  const QuickValues quick{tables, *patterns};
  const std::vector<std::string> texts{"2024-02-29",
                                       "2023-02-29",
                                       "1900-02-29",
                                       "2000-02-29",
                                       "1999-12-31",
                                       "2024-01-01T23:59:59Z",
                                       "2024-01-01T24:00:00Z",
                                       "2024-06-30T12:00:00-06:00",
                                       "2024-06-30T12:00:00+14:00",
                                       "2024-06-30T12:00:00.5Z",
                                       "17",
                                       "121",
                                       "-0",
                                       "007",
                                       "9999999999",
                                       "Y",
                                       "CODE-17",
                                       "SV",
                                       "",
                                       " ",
                                       "a  b",
                                       "two words",
                                       " edge",
                                       "Mu\u00F1oz y Pe\u00F1a",
                                       "\u00BFqu\u00E9?",
                                       "tab\there",
                                       "a text that is a good deal longer than thirty-two bytes"};
  std::mt19937 random{7};
  ValueContext context;
  context.patterns = &*patterns;
  std::array<std::size_t, 8> good_by_kind{};
  for (int round = 0; round < 200; ++round) {
    for (const auto& seed : texts) {
      const auto text = round == 0 ? seed : spoilt(seed, random);
      if (text::first_invalid_utf8(text)) continue;  // the window lets none of them through
      const auto padded = text + std::string(64, '<');
      const std::string_view value{padded.data(), text.size()};
      for (const TypeId type : glances.types) {
        const bool is_good = is_surely_good(quick, type, value, xml::ScanPath::Best);
        CHECK(is_good == is_surely_good(quick, type, value, xml::ScanPath::Portable));
        if (!is_good) continue;
        ++good_by_kind.at(static_cast<std::size_t>(quick[type].kind));
        INFO("type " << static_cast<std::uint32_t>(type));
        CHECK(check(tables, type, value, context).is_valid());
      }
    }
  }
  using Kind = QuickType::Kind;
  CHECK(good_by_kind.at(static_cast<std::size_t>(Kind::None)) == 0);
  for (const Kind kind : {Kind::Text, Kind::Pattern, Kind::Integer, Kind::Calendar})
    CHECK(good_by_kind.at(static_cast<std::size_t>(kind)) > 200);
}

TEST_CASE("usual values of usual types need no closer look", "[xsd][quick-value]") {
  const Glances glances;
  const auto& tables = glances.box.builder.tables();
  const auto patterns = SchemaPatterns::make(tables);
  REQUIRE(patterns);
  const QuickValues quick{tables, *patterns};
  struct Case {
    std::size_t type;
    std::string text;
    bool is_good;
  };
  const std::vector<Case> cases{{0, "CODE-17", true},
                                {0, "code", false},
                                {1, "Mu\u00F1oz y Pe\u00F1a", true},
                                {1, "two  spaces", false},
                                {2, "a\n b", true},
                                {3, "a\tb", false},
                                {4, "SV", true},
                                {5, "2014-05-06", true},
                                {5, "2114-05-06", false},
                                {6, "2114-05-06", true},
                                {6, "2023-02-29", false},
                                {7, "2022-01-01T19:24:00-06:00", true},
                                {8, "2022-01-01T19:24:00-06:00", false},
                                {8, "2022-01-01T19:24:00Z", true},
                                {9, "2022-01-01T19:24:00Z", false},
                                {10, "120", true},
                                {10, "121", false}};
  for (const Case& c : cases) {
    INFO(c.type << " " << c.text);
    const auto padded = c.text + std::string(64, '<');
    CHECK(is_surely_good(
              quick, glances.types[c.type], {padded.data(), c.text.size()}, xml::ScanPath::Best) ==
          c.is_good);
  }
}

}  // namespace amparo::xsd
