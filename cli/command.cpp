// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"

#include <algorithm>
#include <ostream>

#include "report/printable.hpp"

namespace amparo::cli {

std::string Arguments::value(std::string_view option, std::string_view otherwise) const {
  const auto found = options_.find(option);
  return found == options_.end() ? std::string{otherwise} : found->second.back();
}

std::vector<std::string> Arguments::values(std::string_view option) const {
  const auto found = options_.find(option);
  return found == options_.end() ? std::vector<std::string>{} : found->second;
}

void Arguments::add(std::string_view option, std::string value) {
  options_[std::string{option}].push_back(std::move(value));
}

void Console::complain(std::string_view key, const Params& params) const {
  complain_plainly(messages.sentence(key, params, language));
}

void Console::complain_plainly(std::string_view message) const {
  err << "amparo: " << report::printable(message) << '\n';
}

const Verb* find_verb(std::string_view name) {
  const auto all = verbs();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Verb* v) { return v->name == name; });
  return found == all.end() ? nullptr : *found;
}

}  // namespace amparo::cli
