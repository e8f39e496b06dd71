// SPDX-License-Identifier: Apache-2.0
#include "cli/program.hpp"

#include <array>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "cli/cli_messages.hpp"
#include "cli/command.hpp"

using namespace amparo;
using namespace amparo::cli;

namespace {

struct Outcome {
  ExitStatus status = ExitStatus::Ok;
  std::string out;
  std::string err;
};

Outcome run(const std::vector<std::string>& words, Surroundings surroundings = {}) {
  std::ostringstream out;
  std::ostringstream err;
  const auto status = run_program(words, surroundings, out, err);
  return {status, out.str(), err.str()};
}

// Compared with tests/cli/golden/<name>; AMPARO_UPDATE_GOLDEN=1 rewrites it.
void check_golden(const std::string& file, const std::string& bytes) {
  CAPTURE(file);
  const std::string path = std::string{AMPARO_SOURCE_DIR} + "/tests/cli/golden/" + file;
  if (std::getenv("AMPARO_UPDATE_GOLDEN") != nullptr) std::ofstream{path} << bytes;
  std::ostringstream known;
  known << std::ifstream{path}.rdbuf();
  CHECK(bytes == known.str());
}

}  // namespace

TEST_CASE("Help is the same as the golden one, in each language", "[cli][help]") {
  for (const Language language : kLanguages) {
    const std::string lang{tag(language)};
    const auto program = run({"--help", "--lang", lang});
    CHECK(program.status == ExitStatus::Ok);
    CHECK(program.err.empty());
    check_golden("help." + lang + ".txt", program.out);
    for (const Verb* verb : verbs()) {
      const std::string name{verb->name};
      const auto help = run({name, "--help", "--lang=" + lang});
      CHECK(help.status == ExitStatus::Ok);
      check_golden("help-" + name + "." + lang + ".txt", help.out);
      CHECK(run({"help", name}, {.locale = language}).out == help.out);
      CHECK(run({"--lang", lang, name, "-h"}).out == help.out);
    }
  }
}

TEST_CASE("No line of the help is wider than 80 columns", "[cli][help]") {
  for (const Language language : kLanguages) {
    for (const Verb* verb : verbs()) {
      std::istringstream lines{run({"help", std::string{verb->name}}, {.locale = language}).out};
      for (std::string line; std::getline(lines, line);) {
        std::size_t columns = 0;
        for (const char c : line)
          columns += (static_cast<unsigned char>(c) & 0xC0U) == 0x80U ? 0U : 1U;
        CAPTURE(line);
        CHECK(columns <= 80);
      }
    }
  }
}

TEST_CASE("The manual pages are the same as the golden ones", "[cli][man]") {
  for (const Language language : kLanguages) {
    const std::string lang{tag(language)};
    std::vector<std::string> names{"amparo"};
    for (const Verb* verb : verbs())
      names.emplace_back(verb->name);
    for (const std::string& name : names) {
      const auto page = run({"--man", name, "--lang", lang});
      CHECK(page.status == ExitStatus::Ok);
      check_golden("man-" + name + "." + lang + ".1", page.out);
    }
  }
}

TEST_CASE("Completions are the same as the golden ones", "[cli][completion]") {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const auto completion = run({"--completion", shell});
    CHECK(completion.status == ExitStatus::Ok);
    check_golden(std::string{"completion."} + shell, completion.out);
  }
}

TEST_CASE("A wrong command line gives status 2, one sentence, and no output", "[cli][program]") {
  struct Case {
    std::vector<std::string> words;
    std::string err;
  };
  const auto c = GENERATE(
      Case{{}, "amparo: a verb is missing; \"amparo --help\" shows them all\n"},
      Case{{"valdate", "x.xml"},
           "amparo: there is no verb \"valdate\"; did you mean \"validate\"?\n"},
      Case{{"--lang=fr", "xyzzyxyzzy"},
           "amparo: il n'y a pas de verbe « xyzzyxyzzy » ; « amparo --help » les montre tous\n"},
      Case{{"--verson"}, "amparo: there is no option --verson; did you mean --version?\n"},
      Case{{"--man", "x\x1b[2J"},
           "amparo: there is no verb \"x\\x1b[2J\"; \"amparo --help\" shows them all\n"},
      Case{{"--completion", "csh"}, "amparo: --completion csh: expected bash, zsh or fish\n"},
      Case{{"validate"},
           "amparo: nothing to validate: name a file, a folder, or - for standard input\n"},
      Case{{"validate", "--lang", "es", "--format", "xml", "x"},
           "amparo: --format xml: se esperaba text o json\n"
           "Vea «amparo validate --help».\n"},
      Case{{"validate", "-", "-"}, "amparo: standard input (-) is given twice\n"},
      Case{{"validate", "--as-of", "2026-02-30", "x"},
           "amparo: --as-of 2026-02-30: expected a date like 2026-01-31\n"},
      Case{{"validate", "--max-findings", "-1", "x"},
           "amparo: --max-findings -1: expected a number\n"},
      Case{{"validate", "--jobs", "0", "x"}, "amparo: --jobs 0: expected a number from 1 to 256\n"},
      Case{{"validate", "--jobs", "257", "x"},
           "amparo: --jobs 257: expected a number from 1 to 256\n"},
      Case{{"validate", "--output", "report.json", "x"},
           "amparo: --output report.json: expected FORMAT=FILE with a format text or json\n"},
      Case{{"validate", "--output", "json=-", "x"},
           "amparo: --output json=-: expected FORMAT=FILE with a format text or json\n"},
      Case{{"validate", "--output", "json=r", "--output", "text=r", "x"},
           "amparo: --output r: given twice\n"},
      Case{{"validate", "--output", "json=x", "x"}, "amparo: --output x: is an input as well\n"});
  CAPTURE(c.words);
  const auto outcome = run(c.words);
  CHECK(outcome.status == ExitStatus::Usage);
  CHECK(outcome.out.empty());
  CHECK(outcome.err == c.err);
}

TEST_CASE("The language is --lang, else the first locale that is set, else English",
          "[cli][program]") {
  struct Case {
    std::array<std::string_view, 3> values;
    std::optional<Language> language;
  };
  const auto c = GENERATE(Case{{"", "", ""}, std::nullopt},
                          Case{{"", "", "es_GT.UTF-8"}, Language::Spanish},
                          Case{{"", "fr_CA", "es_GT.UTF-8"}, Language::French},
                          Case{{"C", "fr_CA", "es_GT.UTF-8"}, std::nullopt},
                          Case{{"en_BZ.UTF-8", "", "es"}, Language::English});
  CHECK(locale_language(c.values) == c.language);
  CHECK(run({}, {.locale = Language::Spanish}).err.substr(0, 22) == "amparo: falta el verbo");
  CHECK(run({"--lang", "fr"}, {.locale = Language::Spanish}).err.substr(0, 16) ==
        "amparo: il manqu");
}

TEST_CASE("Without the standard, its absence is told", "[cli][program]") {
  const auto nowhere = run({"validate", "x.xml"}, {.program_folder = "/nonexistent/bin"});
  CHECK(nowhere.status == ExitStatus::CannotRun);
  CHECK(nowhere.err ==
        "amparo: the standard (1.0/amparo.xsd) is not found beside the program; name its folder in "
        "AMPARO_BUNDLE\n");
  const auto wrong = run({"validate", "x.xml"}, {.bundle_override = "/nonexistent"});
  CHECK(wrong.status == ExitStatus::CannotRun);
  CHECK(wrong.err == "amparo: /nonexistent: no 1.0/amparo.xsd in it\n");
}

TEST_CASE("Each sentence of the program stands once, in three languages", "[cli][messages]") {
  const auto placeholders = [](std::string_view text) {
    std::multiset<std::string> names;
    for (auto open = text.find('{'); open != std::string_view::npos;
         open = text.find('{', open + 1))
      names.emplace(text.substr(open, text.find('}', open) - open));
    return names;
  };
  std::set<std::string_view> keys;
  for (const MessageText& text : cli_messages()) {
    CAPTURE(text.key);
    CHECK(keys.insert(text.key).second);
    for (const Language language : kLanguages) {
      CHECK_FALSE(text.in(language).empty());
      CHECK(placeholders(text.in(language)) == placeholders(text.en));
    }
  }
}
