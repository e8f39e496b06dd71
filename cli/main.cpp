// SPDX-License-Identifier: Apache-2.0
// The process: environment, terminal, signals. Read next: program.cpp.
#include <array>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "cli/program.hpp"
#include "cli/signals.hpp"

namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string{} : std::string{value};
}

std::string program_folder() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? std::string{} : program.parent_path().string();
}

// XDG Base Directory Specification: a path there must be absolute, or it is ignored.
std::string user_folder(const char* variable, const char* below_home) {
  const std::string base = environment(variable);
  if (!base.empty() && base.front() == '/') return base + "/amparo";
  const std::string home = environment("HOME");
  return home.empty() || home.front() != '/' ? std::string{} : home + below_home;
}

// Another build of the program has another size or time.
std::string program_stamp() {
  struct stat status {};
  if (::stat("/proc/self/exe", &status) != 0) return {};
  return std::to_string(status.st_size) + "-" + std::to_string(status.st_mtim.tv_sec) + "." +
         std::to_string(status.st_mtim.tv_nsec);
}

bool wants_color() {
  return isatty(STDOUT_FILENO) == 1 && environment("NO_COLOR").empty() &&
         environment("TERM") != "dumb";
}

}  // namespace

int main(int count, char** words) {
  amparo::cli::install_signal_handlers();
  std::ios::sync_with_stdio(false);
  const std::string all = environment("LC_ALL");
  const std::string messages = environment("LC_MESSAGES");
  const std::string lang = environment("LANG");
  const std::array<std::string_view, 3> locales{all, messages, lang};
  const amparo::cli::Surroundings surroundings{
      .locale = amparo::cli::locale_language(locales),
      .color_by_default = wants_color(),
      .terminal_err = isatty(STDERR_FILENO) == 1,
      .program_folder = program_folder(),
      .bundle_override = environment("AMPARO_BUNDLE"),
      .config_folder = user_folder("XDG_CONFIG_HOME", "/.config/amparo"),
      .source_date_epoch = environment("SOURCE_DATE_EPOCH"),
      .cache_folder = user_folder("XDG_CACHE_HOME", "/.cache/amparo"),
      .program_stamp = program_stamp()};
  const std::vector<std::string> rest(words + (count > 0 ? 1 : 0), words + count);
  const auto status = amparo::cli::run_program(rest, surroundings, std::cout, std::cerr);
  return amparo::cli::to_int(status);
}
