// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/xerces_template.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <xercesc/util/PlatformUtils.hpp>
#include <xercesc/util/XMLMsgLoader.hpp>
#include <xercesc/util/XMLUni.hpp>

#include "validator/xsd/detail/xerces_text.hpp"

namespace amparo::xsd {
namespace {

constexpr std::size_t kMaxParameter = 80;

const XMLCh* domain_name(CodeDomain domain) {
  switch (domain) {
    case CodeDomain::Validity:
      return xercesc::XMLUni::fgValidityDomain;
    case CodeDomain::Markup:
      return xercesc::XMLUni::fgXMLErrDomain;
    case CodeDomain::Exception:
      return xercesc::XMLUni::fgExceptDomain;
  }
  return nullptr;
}

// The library's own text for a code, with its placeholders: whatever the version in use says.
std::u16string pattern_of(CodeDomain domain, unsigned code) {
  const std::unique_ptr<xercesc::XMLMsgLoader> loader{
      xercesc::XMLPlatformUtils::loadMsgSet(domain_name(domain))};
  std::array<XMLCh, 1024> text{};
  if (loader == nullptr || !loader->loadMsg(code, text.data(), text.size() - 1)) return {};
  return std::u16string{text.data()};
}

// A parameter is shown to people: names, paths of types and numbers, no free text.
std::string cleaned(std::u16string_view raw) {
  auto text = to_utf8(raw);
  const bool is_name = !text.empty() && std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x21 || c == '<' || c == '>' || c == '\'' || c == '"';
  });
  if (!is_name) return "?";
  // "https://w3id.org/amparo/1,CaseType": how Xerces writes a type.
  const auto comma = text.rfind(',');
  if (comma != std::string::npos) text.erase(0, comma + 1);
  return text.size() <= kMaxParameter ? text : text.substr(0, kMaxParameter) + "...";
}

}  // namespace

std::vector<std::u16string> match_pattern(std::u16string_view pattern, std::u16string_view text) {
  std::vector<std::u16string> values;
  for (;;) {
    const auto open = pattern.find(u'{');
    const bool is_last = open == std::u16string_view::npos || open + 3 > pattern.size();
    const auto literal = pattern.substr(0, is_last ? pattern.size() : open);
    if (text.substr(0, literal.size()) != literal) return {};
    text.remove_prefix(literal.size());
    if (is_last) return values;
    const auto index = static_cast<std::size_t>(pattern[open + 1] - u'0');
    pattern.remove_prefix(open + 3);
    const auto next = pattern.substr(0, pattern.find(u'{'));
    const auto end = next.empty() ? text.size() : text.find(next);
    if (end == std::u16string_view::npos || index > 9) return {};
    if (values.size() <= index) values.resize(index + 1);
    values[index] = text.substr(0, end);
    text.remove_prefix(end);
  }
}

Params parameters_of(const CodeEntry& entry, CodeDomain domain, const XMLCh* text) {
  Params params;
  if (entry.parameters.empty() || text == nullptr) return params;
  const auto values = match_pattern(pattern_of(domain, entry.code), std::u16string_view{text});
  auto names = entry.parameters;
  for (std::size_t i = 0;; ++i) {
    const auto comma = names.find(',');
    const auto name = names.substr(0, comma);
    if (!name.empty()) {
      params.push_back({std::string{name}, {i < values.size() ? cleaned(values[i]) : "?"}});
    }
    if (comma == std::string_view::npos) return params;
    names.remove_prefix(comma + 1);
  }
}

}  // namespace amparo::xsd
