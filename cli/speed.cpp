// SPDX-License-Identifier: Apache-2.0
#include "cli/speed.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "report/labels.hpp"

namespace amparo::cli {
namespace {

std::string decimal(double number, int digits, Language language) {
  std::array<char, 64> text{};
  const int length = std::snprintf(text.data(), text.size(), "%.*f", digits, number);
  std::string shown(text.data(), static_cast<std::size_t>(std::max(length, 0)));
  // Central America and Mexico write a point; French a comma.
  if (language == Language::French) std::replace(shown.begin(), shown.end(), '.', ',');
  return shown;
}

}  // namespace

std::string speed_line(std::uint64_t inputs,
                       std::uint64_t bytes,
                       std::chrono::nanoseconds time,
                       const Console& console) {
  const auto language = console.language;
  const double megabytes = static_cast<double>(bytes) / 1e6;
  const double seconds = std::max(std::chrono::duration<double>(time).count(), 1e-6);
  return console.messages.sentence("speed",
                                   {{"inputs", {report::counted("inputs", inputs, language)}},
                                    {"megabytes", {decimal(megabytes, 1, language)}},
                                    {"seconds", {decimal(seconds, 2, language)}},
                                    {"rate", {decimal(megabytes / seconds, 1, language)}}},
                                   language) +
         "\n";
}

}  // namespace amparo::cli
