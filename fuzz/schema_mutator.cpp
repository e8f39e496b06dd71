// SPDX-License-Identifier: Apache-2.0
// Most changes of a byte make XML that is not well formed, of which the schema compiler sees
// nothing. So half of the time whole elements are moved, copied and left out, and names and values
// are replaced by those of XML Schema or of the same input.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" {
std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);
std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data,
                                    std::size_t size,
                                    std::size_t most,
                                    unsigned seed);
std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* one,
                                      std::size_t one_size,
                                      const std::uint8_t* other,
                                      std::size_t other_size,
                                      std::uint8_t* out,
                                      std::size_t most,
                                      unsigned seed);
}

namespace {

using Random = std::minstd_rand;

constexpr std::array<std::string_view, 34> kElements{
    "all",           "annotation",     "any",
    "anyAttribute",  "attribute",      "attributeGroup",
    "choice",        "complexContent", "complexType",
    "element",       "enumeration",    "extension",
    "field",         "fractionDigits", "group",
    "import",        "include",        "key",
    "keyref",        "length",         "list",
    "maxInclusive",  "maxLength",      "minExclusive",
    "notation",      "pattern",        "redefine",
    "restriction",   "selector",       "sequence",
    "simpleContent", "simpleType",     "union",
    "unique"};
constexpr std::array<std::string_view, 32> kAttributes{"abstract=\"true\"",
                                                       "attributeFormDefault=\"qualified\"",
                                                       "base=\"t:a\"",
                                                       "block=\"#all\"",
                                                       "default=\"1\"",
                                                       "final=\"extension\"",
                                                       "fixed=\"1\"",
                                                       "form=\"unqualified\"",
                                                       "id=\"i\"",
                                                       "itemType=\"xs:int\"",
                                                       "maxOccurs=\"unbounded\"",
                                                       "maxOccurs=\"0\"",
                                                       "maxOccurs=\"70\"",
                                                       "memberTypes=\"xs:int xs:ID\"",
                                                       "minOccurs=\"0\"",
                                                       "minOccurs=\"3\"",
                                                       "mixed=\"true\"",
                                                       "name=\"a\"",
                                                       "namespace=\"##other\"",
                                                       "namespace=\"##local urn:t\"",
                                                       "nillable=\"true\"",
                                                       "processContents=\"lax\"",
                                                       "processContents=\"skip\"",
                                                       "ref=\"t:a\"",
                                                       "refer=\"t:k\"",
                                                       "substitutionGroup=\"t:a\"",
                                                       "targetNamespace=\"urn:u\"",
                                                       "type=\"t:a\"",
                                                       "type=\"xs:IDREFS\"",
                                                       "use=\"required\"",
                                                       "use=\"prohibited\"",
                                                       "xpath=\".//t:a/@*|b\""};
constexpr std::array<std::string_view, 24> kValues{"",
                                                   "0",
                                                   "1",
                                                   "9",
                                                   "99",
                                                   "999",
                                                   "-1",
                                                   "a",
                                                   "t:a",
                                                   "xs:date",
                                                   "xs:NMTOKENS",
                                                   "xs:anyType",
                                                   "xs:QName",
                                                   "xs:NOTATION",
                                                   "xs:anySimpleType",
                                                   "unbounded",
                                                   "#all",
                                                   "true",
                                                   "2000-02-30",
                                                   "P1Y2M",
                                                   "INF",
                                                   "[^\\p{L}-[a]]+(b|c{2,30})*",
                                                   "second.xsd",
                                                   "first.xsd"};

template <typename Values>
const auto& any_of(const Values& values, Random& random) {
  return values[random() % values.size()];
}

struct Span {
  std::size_t begin, end;
};

// Elements from their '<' to behind their end, as far as tags match.
std::vector<Span> elements(std::string_view text) {
  std::vector<Span> found;
  std::vector<std::size_t> open;
  for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const auto end = text.find('>', at);
    if (end == std::string_view::npos) break;
    if (text.substr(at, 2) == "</") {
      if (open.empty()) continue;
      found.push_back({open.back(), end + 1});
      open.pop_back();
    } else if (text[end - 1] == '/') {
      found.push_back({at, end + 1});
    } else {
      open.push_back(at);
    }
  }
  return found;
}

// The values between '"', without them.
std::vector<Span> values(std::string_view text) {
  std::vector<Span> found;
  for (auto at = text.find("=\""); at != std::string_view::npos;) {
    const auto end = text.find('"', at + 2);
    if (end == std::string_view::npos) break;
    found.push_back({at + 2, end});
    at = text.find("=\"", end + 1);
  }
  return found;
}

std::string_view piece(const std::string& text, Span span) {
  return std::string_view{text}.substr(span.begin, span.end - span.begin);
}

void replace(std::string& text, Span span, std::string_view by) {
  text.replace(span.begin, span.end - span.begin, std::string{by});
}

void rename(std::string& text, Span element, std::string_view name) {
  const auto name_end = [&](std::size_t at) { return text.find_first_of(" \n/>", at); };
  const auto first = element.begin + 1;
  const auto last = text.rfind("</", element.end);
  const auto old = text.substr(first, name_end(first) - first);
  if (last != std::string::npos && last > first && last < element.end &&
      text.compare(last + 2, old.size(), old) == 0) {
    replace(text, {last + 2, last + 2 + old.size()}, name);
  }
  replace(text, {first, first + old.size()}, name);
}

void mutate(std::string& text, Random& random) {
  const auto all = elements(text);
  const auto quoted = values(text);
  if (all.empty() || quoted.empty()) return;
  const Span one = any_of(all, random);
  const Span other = any_of(all, random);
  const Span value = any_of(quoted, random);
  switch (random() % 8) {
    case 0:  // a copy elsewhere
      text.insert(other.begin, std::string{piece(text, one)});
      break;
    case 1:
      replace(text, one, "");
      break;
    case 2:  // two change places
      if (one.end <= other.begin) {
        const std::string kept{piece(text, one)};
        const std::string moved{piece(text, other)};
        replace(text, other, kept);
        replace(text, one, moved);
      }
      break;
    case 3:
      replace(text, value, std::string{piece(text, any_of(quoted, random))});
      break;
    case 4:
      replace(text, value, any_of(kValues, random));
      break;
    case 5:
      rename(text, one, "xs:" + std::string{any_of(kElements, random)});
      break;
    case 6: {  // one attribute more
      const auto at = text.find_first_of(" \n/>", one.begin);
      if (at < one.end) text.insert(at, " " + std::string{any_of(kAttributes, random)});
      break;
    }
    default: {  // one attribute less
      const auto at = text.rfind(' ', value.begin);
      if (at != std::string::npos) replace(text, {at, value.end + 1}, "");
      break;
    }
  }
}

std::size_t give(const std::string& text, std::uint8_t* out, std::size_t most) {
  const auto size = std::min(text.size(), most);
  std::copy_n(text.begin(), size, out);
  return size;
}

}  // namespace

std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data,
                                    std::size_t size,
                                    std::size_t most,
                                    unsigned seed) {
  Random random{seed};
  if (random() % 4 == 0) return LLVMFuzzerMutate(data, size, most);
  std::string text{reinterpret_cast<const char*>(data), size};
  for (auto times = 1 + random() % 3; times > 0; --times)
    mutate(text, random);
  return give(text, data, most);
}

std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* one,
                                      std::size_t one_size,
                                      const std::uint8_t* other,
                                      std::size_t other_size,
                                      std::uint8_t* out,
                                      std::size_t most,
                                      unsigned seed) {
  Random random{seed};
  std::string text{reinterpret_cast<const char*>(one), one_size};
  const std::string from{reinterpret_cast<const char*>(other), other_size};
  const auto places = elements(text);
  const auto offered = elements(from);
  if (places.empty() || offered.empty()) return give(text, out, most);
  text.insert(any_of(places, random).begin, std::string{piece(from, any_of(offered, random))});
  return give(text, out, most);
}
