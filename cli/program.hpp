// SPDX-License-Identifier: Apache-2.0
// The program without its process: words and surroundings in, an exit status out. main.cpp alone
// knows the environment and the terminal.
#pragma once

#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "cli/exit_status.hpp"
#include "core/language.hpp"

namespace amparo::cli {

/// What main.cpp knows of the process.
struct Surroundings {
  std::optional<Language> locale{};  ///< of the system; nothing: one that we do not speak
  bool color_by_default = false;     ///< standard output is a terminal that wants colours
  bool terminal_err = false;
  std::string program_folder{};
  std::string bundle_override{};
  std::string config_folder{};
  std::string source_date_epoch{};
  std::string cache_folder{};   ///< the user's folder for what amparo keeps; empty: none
  std::string program_stamp{};  ///< tells one build of the program from another
};

/// `words`: the command line without the program's name.
ExitStatus run_program(std::span<const std::string> words,
                       const Surroundings& surroundings,
                       std::ostream& out,
                       std::ostream& err);

/// Of the values of LC_ALL, LC_MESSAGES and LANG, the language of the first that is not empty.
[[nodiscard]] std::optional<Language> locale_language(std::span<const std::string_view> values);

}  // namespace amparo::cli
