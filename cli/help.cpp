// SPDX-License-Identifier: Apache-2.0
#include "cli/help.hpp"

#include <array>

#include "cli/options.hpp"
#include "cli/paragraphs.hpp"

namespace amparo::cli {
namespace {

constexpr std::size_t kColumn = 30;
constexpr std::size_t kVerbColumn = 14;
constexpr std::size_t kStatusColumn = 8;

constexpr std::array kStatuses{StatusMeaning{"0", "status-0"},
                               StatusMeaning{"1", "status-1"},
                               StatusMeaning{"2", "status-2"},
                               StatusMeaning{"3", "status-3"},
                               StatusMeaning{"4", "status-4"},
                               StatusMeaning{"70", "status-70"},
                               StatusMeaning{"130", "status-130"}};

class Help {
 public:
  Help(const MessageBook& book, Language language) : book_{book}, language_{language} {}

  [[nodiscard]] std::string text(std::string_view key, const Params& params = {}) const {
    return book_.sentence(key, params, language_);
  }

  void head(std::string_view key) { out_ += '\n' + text(key) + '\n'; }
  void usage(const std::string& line) { out_ += text("head-usage") + ' ' + line + '\n'; }
  void paragraphs(std::string_view words) {
    for (;;) {
      const auto end = words.find('\n');
      out_ += '\n' + wrapped(words.substr(0, end), 0);
      if (end == std::string_view::npos) return;
      words.remove_prefix(end + 1);
    }
  }
  void row(std::string_view left, std::string_view right, std::size_t column) {
    out_ += two_columns(left, right, column);
  }

  void options(std::span<const Option> table) {
    for (const Option& option : table)
      row(option_usage(option), option.help.in(language_), kColumn);
  }

  void statuses() {
    head("head-status");
    for (const StatusMeaning& status : kStatuses)
      row(status.number, text(status.key), kStatusColumn);
  }

  void examples(std::span<const MessageText> examples) {
    if (examples.empty()) return;
    head("head-examples");
    for (const MessageText& example : examples) {
      out_ += "  " + std::string{example.key} + '\n';
      out_ += wrapped(example.in(language_), 6);
    }
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  const MessageBook& book_;
  Language language_;
  std::string out_{};
};

}  // namespace

std::span<const StatusMeaning> status_meanings() {
  return kStatuses;
}

std::string program_help(std::span<const Verb* const> verbs,
                         const MessageBook& book,
                         Language language) {
  Help help{book, language};
  help.usage("amparo VERB [options] ...");
  help.paragraphs("amparo: " + help.text("program-summary"));
  help.paragraphs(help.text("program-description"));
  help.head("head-verbs");
  for (const Verb* verb : verbs)
    help.row(verb->name, verb->summary.in(language), kVerbColumn);
  help.paragraphs(help.text("more-help"));
  help.head("head-options");
  help.options(program_options());
  help.head("head-common");
  help.options(common_options());
  help.statuses();
  return help.take();
}

std::string verb_help(const Verb& verb, const MessageBook& book, Language language) {
  Help help{book, language};
  help.usage("amparo " + std::string{verb.name} + " [options] " + std::string{verb.operands});
  help.paragraphs(verb.summary.in(language));
  help.paragraphs(verb.description.in(language));
  help.head("head-options");
  help.options(verb.options);
  help.head("head-common");
  help.options(common_options());
  help.examples(verb.examples);
  help.statuses();
  return help.take();
}

}  // namespace amparo::cli
