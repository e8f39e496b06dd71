// SPDX-License-Identifier: Apache-2.0
// What a verb is: its options, its texts, and the function that runs it. Help, man pages,
// completion and parsing are all made from these tables. To add a verb: one file <verb>_command.cpp
// with a Verb, and one line in verbs.cpp.
#pragma once

#include <functional>
#include <iosfwd>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/exit_status.hpp"
#include "core/language.hpp"
#include "core/message.hpp"

namespace amparo::cli {

/// One option. A MessageText without a key: the help line in three languages.
struct Option {
  std::string_view name;      ///< "format", given as --format
  char letter = '\0';         ///< 'o' for -o; '\0' for none
  std::string_view argument;  ///< "FILE" in the help; empty for a switch
  std::string_view values;    ///< "text|json": what may be given; empty for anything
  bool repeatable = false;
  MessageText help{};
};

/// What was given on the command line, already checked against the verb's table.
class Arguments {
 public:
  [[nodiscard]] bool has(std::string_view option) const {
    return options_.find(option) != options_.end();
  }
  /// The last value given, or `otherwise`.
  [[nodiscard]] std::string value(std::string_view option, std::string_view otherwise = "") const;
  /// All values given, in order.
  [[nodiscard]] std::vector<std::string> values(std::string_view option) const;
  [[nodiscard]] const std::vector<std::string>& operands() const noexcept { return operands_; }

  void add(std::string_view option, std::string value);
  void add_operand(std::string operand) { operands_.push_back(std::move(operand)); }

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> options_;
  std::vector<std::string> operands_;
};

/// The world as a verb sees it: where to write, and in which language to speak. Only main.cpp knows
/// the environment and the terminal.
struct Console {
  std::ostream& out;
  std::ostream& err;
  Language language = Language::English;
  bool color_out = false;       ///< colour is wanted on `out`
  bool terminal_err = false;    ///< `err` is a terminal: progress may be shown
  std::string program_folder;   ///< folder of the running program, to find what is installed beside
  std::string bundle_override;  ///< AMPARO_BUNDLE, or empty
  const MessageBook& messages;
  std::string config_folder{};      ///< the user's folder for amparo's settings; empty when none
  std::string cache_folder{};       ///< where compiled bundles are kept; empty: nowhere
  std::string cache_producer{};     ///< tells them from those of another build of the program
  std::string source_date_epoch{};  ///< SOURCE_DATE_EPOCH, or empty: the clock is to be read

  /// One line on `err`: "amparo: " and the sentence of `key` in the reader's language.
  void complain(std::string_view key, const Params& params = {}) const;
  /// The same for an Error: its message as it is.
  void complain_plainly(std::string_view message) const;
};

struct Verb {
  std::string_view name;
  std::string_view operands;              ///< "FILE|DIR|-..."
  MessageText summary;                    ///< one line
  MessageText description;                ///< paragraphs, for help and man page
  std::span<const Option> options;        ///< its own; the common ones come on top
  std::span<const MessageText> examples;  ///< key: the command line; texts: what it does
  ExitStatus (*run)(const Arguments&, Console&);
};

/// All verbs, in the order of the help.
[[nodiscard]] std::span<const Verb* const> verbs();
[[nodiscard]] const Verb* find_verb(std::string_view name);

}  // namespace amparo::cli
