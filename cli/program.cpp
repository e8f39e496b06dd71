// SPDX-License-Identifier: Apache-2.0
#include "cli/program.hpp"

#include <array>
#include <ostream>
#include <vector>

#include "cli/bundle_folder.hpp"
#include "cli/cli_messages.hpp"
#include "cli/command.hpp"
#include "cli/completion.hpp"
#include "cli/convert_report.hpp"
#include "cli/help.hpp"
#include "cli/man_page.hpp"
#include "cli/options.hpp"
#include "cli/report_outputs.hpp"
#include "cli/sample_options.hpp"
#include "cli/version.hpp"
#include "converter/messages.hpp"
#include "text/similar.hpp"
#include "validator/bundle.hpp"
#include "validator/messages.hpp"

namespace amparo::cli {
namespace {

const MessageBook& all_messages() {
  static const MessageBook kBook = [] {
    MessageBook book;
    book.add(cli_messages());
    book.add(validator_messages());
    book.add(converter::messages());
    book.add(convert_messages());
    book.add(sample_messages());
    return book;
  }();
  return kBook;
}

// The command line before it is understood: options that stand before the verb, the verb, the rest.
struct Split {
  std::vector<std::string> before;
  std::string verb;
  std::vector<std::string> after;
};

bool takes_next_word(const std::string& word) {
  for (const auto table : {common_options(), program_options(), packager_options()}) {
    for (const Option& option : table) {
      if (word == "--" + std::string{option.name}) return !option.argument.empty();
    }
  }
  return false;
}

Split split(std::span<const std::string> words) {
  Split parts;
  std::size_t i = 0;
  while (i < words.size() && words[i].size() > 1 && words[i].front() == '-') {
    const bool takes_next = takes_next_word(words[i]);
    parts.before.push_back(words[i++]);
    if (takes_next && i < words.size()) parts.before.push_back(words[i++]);
  }
  if (i < words.size()) parts.verb = words[i++];
  parts.after.assign(words.begin() + static_cast<std::ptrdiff_t>(i), words.end());
  return parts;
}

// Read before all else, so that even a wrong command line is answered in the reader's language.
Language language_asked_for(std::span<const std::string> words, Language otherwise) {
  constexpr std::string_view kOption = "--lang";
  Language language = otherwise;
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    std::string_view value;
    if (words[i] == kOption && i + 1 < words.size()) value = words[i + 1];
    if (words[i].rfind("--lang=", 0) == 0) value = std::string_view{words[i]}.substr(7);
    language = language_from_tag(value).value_or(language);
  }
  return language;
}

bool wants_color(const Arguments& arguments, const Surroundings& surroundings) {
  const auto when = arguments.value("color", "auto");
  return when == "always" || (when == "auto" && surroundings.color_by_default);
}

class Program {
 public:
  Program(const Surroundings& surroundings, Console& console)
      : surroundings_{surroundings}, console_{console} {}

  ExitStatus run(std::span<const std::string> words) {
    const Split parts = split(words);
    const std::array tables{common_options(), program_options(), packager_options()};
    const auto before = parse_options(parts.before, tables);
    if (!before) return misused(before.error(), "");
    if (before->has("version")) return version();
    if (before->has("man")) return man_page(before->value("man"));
    if (before->has("completion")) return completion(before->value("completion"));
    if (parts.verb == "help") return help(parts.after.empty() ? "" : parts.after.front());
    if (parts.verb.empty() && before->has("help")) return help("");
    if (parts.verb.empty()) return misused({"usage-no-verb"}, "");
    const Verb* verb = find_verb(parts.verb);
    if (verb == nullptr) return unknown_verb(parts.verb);
    // What stood before the verb counts like what stands after it, and is overruled by it.
    std::vector<std::string> all = parts.before;
    all.insert(all.end(), parts.after.begin(), parts.after.end());
    return run_verb(*verb, all);
  }

 private:
  ExitStatus run_verb(const Verb& verb, std::span<const std::string> words) {
    const std::array tables{common_options(), verb.options};
    const auto arguments = parse_options(words, tables);
    if (!arguments) return misused(arguments.error(), verb.name);
    if (arguments->has("help")) return help(verb.name);
    console_.color_out = wants_color(*arguments, surroundings_);
    const auto status = verb.run(*arguments, console_);
    return status;
  }

  ExitStatus print(const std::string& text) {
    const auto written = write_out(console_, text);
    if (written) return ExitStatus::Ok;
    console_.complain_plainly(written.error().message);
    return ExitStatus::CannotRun;
  }

  ExitStatus misused(const UsageError& error, std::string_view verb) {
    console_.complain(error.key, error.params);
    if (!verb.empty()) {
      console_.err << console_.messages.sentence(
                          "usage-see-help", {{"verb", {std::string{verb}}}}, console_.language)
                   << '\n';
    }
    return ExitStatus::Usage;
  }

  ExitStatus unknown_verb(const std::string& word) {
    std::vector<std::string> known;
    for (const Verb* verb : verbs())
      known.emplace_back(verb->name);
    const auto near = text::nearest(word, known);
    if (near.empty()) return misused({"usage-unknown-verb", {{"verb", {word}}}}, "");
    return misused({"usage-unknown-verb-near", {{"verb", {word}}, {"near", {near}}}}, "");
  }

  ExitStatus help(std::string_view name) {
    if (name.empty()) return print(program_help(verbs(), console_.messages, console_.language));
    const Verb* verb = find_verb(name);
    if (verb == nullptr) return unknown_verb(std::string{name});
    return print(verb_help(*verb, console_.messages, console_.language));
  }

  ExitStatus man_page(const std::string& name) {
    const auto& book = console_.messages;
    const auto language = console_.language;
    if (name == "amparo") return print(program_man_page(verbs(), book, language, tool_version()));
    const Verb* verb = find_verb(name);
    if (verb == nullptr) return unknown_verb(name);
    return print(verb_man_page(*verb, book, language, tool_version()));
  }

  ExitStatus completion(const std::string& shell) {
    if (shell == "bash") return print(bash_completion(verbs()));
    if (shell == "zsh") return print(zsh_completion(verbs(), console_.language));
    return print(fish_completion(verbs(), console_.language));
  }

  // The first lines are printed even when the standard itself cannot be found.
  ExitStatus version() {
    if (const auto status = print(version_text()); status != ExitStatus::Ok) return status;
    const auto folder = find_bundle(console_);
    if (!folder) {
      console_.complain_plainly(folder.error().message);
      return ExitStatus::CannotRun;
    }
    const auto name = name_of_bundle(*folder, cache_place(console_));
    if (name) return print(bundle_text(*name));
    console_.complain_plainly(name.error().message);
    return ExitStatus::CannotRun;
  }

  const Surroundings& surroundings_;
  Console& console_;
};

}  // namespace

std::optional<Language> locale_language(std::span<const std::string_view> values) {
  for (const std::string_view value : values) {
    if (!value.empty()) return language_from_tag(value);
  }
  return std::nullopt;
}

ExitStatus run_program(std::span<const std::string> words,
                       const Surroundings& surroundings,
                       std::ostream& out,
                       std::ostream& err) {
  const auto language = language_asked_for(words, surroundings.locale.value_or(Language::English));
  Console console{.out = out,
                  .err = err,
                  .language = language,
                  .color_out = false,
                  .terminal_err = surroundings.terminal_err,
                  .program_folder = surroundings.program_folder,
                  .bundle_override = surroundings.bundle_override,
                  .messages = all_messages(),
                  .config_folder = surroundings.config_folder,
                  .cache_folder = surroundings.cache_folder,
                  .cache_producer = version_text() + surroundings.program_stamp,
                  .source_date_epoch = surroundings.source_date_epoch};
  try {
    return Program{surroundings, console}.run(words);
  } catch (const std::bad_alloc&) {
    console.complain("no-memory");
    return ExitStatus::CannotRun;
  } catch (const std::exception& defect) {
    console.complain("our-bug", {{"detail", {defect.what()}}});
    return ExitStatus::OurBug;
  }
}

}  // namespace amparo::cli
