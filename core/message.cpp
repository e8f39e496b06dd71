// SPDX-License-Identifier: Apache-2.0
#include "core/message.hpp"

#include <algorithm>

namespace amparo {
namespace {

std::string_view conjunction(Language language) {
  switch (language) {
    case Language::Spanish:
      return " o ";
    case Language::English:
      return " or ";
    case Language::French:
      return " ou ";
  }
  return " or ";
}

}  // namespace

std::string join_list(std::span<const std::string> values, Language language) {
  std::string joined;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) joined += i + 1 == values.size() ? conjunction(language) : ", ";
    joined += values[i];
  }
  return joined;
}

std::string fill(std::string_view text, const Params& params, Language language) {
  std::string filled;
  while (!text.empty()) {
    const auto open = text.find('{');
    filled += text.substr(0, open);
    if (open == std::string_view::npos) break;
    text.remove_prefix(open);
    const auto close = text.find('}');
    if (close == std::string_view::npos) {
      filled += text;
      break;
    }
    const auto name = text.substr(1, close - 1);
    const auto param =
        std::find_if(params.begin(), params.end(), [&](const Param& p) { return p.name == name; });
    if (param == params.end()) {
      filled += text.substr(0, close + 1);
    } else {
      filled += join_list(param->values, language);
    }
    text.remove_prefix(close + 1);
  }
  return filled;
}

void MessageBook::add(std::span<const MessageText> texts) {
  for (const MessageText& text : texts)
    texts_.emplace(text.key, &text);
}

const MessageText* MessageBook::find(std::string_view key) const {
  const auto found = texts_.find(key);
  return found == texts_.end() ? nullptr : found->second;
}

std::string MessageBook::sentence(std::string_view key,
                                  const Params& params,
                                  Language language) const {
  const MessageText* text = find(key);
  if (text == nullptr) return "<" + std::string{key} + ">";
  return fill(text->in(language), params, language);
}

}  // namespace amparo
