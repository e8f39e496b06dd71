// SPDX-License-Identifier: Apache-2.0
#include "cli/options.hpp"

#include <array>
#include <set>

#include <catch2/catch.hpp>

using namespace amparo;
using namespace amparo::cli;

namespace {

constexpr std::array kTable{
    Option{"out", 'o', "FILE", "", false, {}},
    Option{"format", '\0', "FORMAT", "text|json", false, {}},
    Option{"schema", '\0', "FILE", "", true, {}},
    Option{"reveal", '\0', "", "", false, {}},
    Option{"quiet", 'q', "", "", false, {}},
};

Result<Arguments, UsageError> parse(const std::vector<std::string>& words) {
  const std::array<std::span<const Option>, 1> tables{kTable};
  return parse_options(words, tables);
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("Options stand before and after operands, in each of their forms", "[cli][options]") {
  const auto words = GENERATE(Words{"--out", "x", "a", "b"},
                              Words{"a", "--out=x", "b"},
                              Words{"a", "b", "-o", "x"},
                              Words{"a", "b", "-ox"},
                              Words{"-o", "first", "-o", "x", "a", "b"});
  const auto arguments = parse(words);
  REQUIRE(arguments);
  CHECK(arguments->value("out") == "x");
  CHECK(arguments->operands() == Words{"a", "b"});
}

TEST_CASE("A dash is an operand and a value; two dashes end the options", "[cli][options]") {
  const auto arguments = parse({"-", "-o", "-", "--", "--reveal", "-x"});
  REQUIRE(arguments);
  CHECK(arguments->value("out") == "-");
  CHECK_FALSE(arguments->has("reveal"));
  CHECK(arguments->operands() == Words{"-", "--reveal", "-x"});
}

TEST_CASE("Repeated options keep their order", "[cli][options]") {
  const auto arguments = parse({"--schema", "b.xsd", "-q", "--schema=a.xsd"});
  REQUIRE(arguments);
  CHECK(arguments->values("schema") == Words{"b.xsd", "a.xsd"});
  CHECK(arguments->has("quiet"));
  CHECK(arguments->values("out").empty());
}

TEST_CASE("A command line that is not understood says what is wrong with it", "[cli][options]") {
  struct Case {
    Words words;
    UsageError error;
  };
  const auto c = GENERATE(
      Case{{"--fromat", "json"},
           {"usage-unknown-option-near", {{"option", {"--fromat"}}, {"near", {"--format"}}}}},
      Case{{"--zzzzzzzz"}, {"usage-unknown-option", {{"option", {"--zzzzzzzz"}}}}},
      // No guessing: an abbreviation changes its meaning when an option is added.
      Case{{"--reve"},
           {"usage-unknown-option-near", {{"option", {"--reve"}}, {"near", {"--reveal"}}}}},
      Case{{"-z"}, {"usage-unknown-option", {{"option", {"-z"}}}}},
      Case{{"a", "--out"}, {"usage-needs-value", {{"option", {"--out"}}}}},
      Case{{"--out="}, {"usage-needs-value", {{"option", {"--out"}}}}},
      Case{{"--reveal=yes"}, {"usage-takes-no-value", {{"option", {"--reveal"}}}}},
      Case{{"--format", "xml"},
           {"usage-bad-value",
            {{"option", {"--format"}}, {"value", {"xml"}}, {"values", {"text", "json"}}}}});
  CAPTURE(c.words);
  const auto arguments = parse(c.words);
  REQUIRE_FALSE(arguments);
  CAPTURE(arguments.error().key, arguments.error().params.front().values.front());
  CHECK(arguments.error() == c.error);
}

TEST_CASE("Each verb's options have their own names, and help in three languages",
          "[cli][options]") {
  for (const Verb* verb : verbs()) {
    std::set<std::string_view> names;
    std::set<char> letters;
    for (const auto table :
         {verb->options, common_options(), program_options(), packager_options()}) {
      for (const Option& option : table) {
        CAPTURE(verb->name, option.name);
        CHECK(names.insert(option.name).second);
        CHECK((option.letter == '\0' || letters.insert(option.letter).second));
        for (const Language language : kLanguages)
          CHECK_FALSE(option.help.in(language).empty());
        CHECK((option.values.empty() || !option.argument.empty()));
      }
    }
  }
}

TEST_CASE("The usage of an option names its letter and what it takes", "[cli][options]") {
  CHECK(option_usage(kTable[0]) == "-o, --out FILE");
  CHECK(option_usage(kTable[1]) == "--format text|json");
  CHECK(option_usage(kTable[3]) == "--reveal");
}
