// SPDX-License-Identifier: Apache-2.0
#include "text/letter_case.hpp"

#include <algorithm>

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace amparo::text {
namespace {

// Most texts are ASCII, and need neither ICU nor memory.
bool append_ascii(std::string& out, std::string_view utf8, char first, char last) {
  const std::size_t begin = out.size();
  for (const char c : utf8) {
    if (static_cast<unsigned char>(c) >= 0x80) {
      out.resize(begin);
      return false;
    }
    const bool changes = c >= first && c <= last;
    out += changes ? static_cast<char>(c ^ 0x20) : c;
  }
  return true;
}

icu::UnicodeString from_utf8(std::string_view utf8) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
}

}  // namespace

void append_upper_case(std::string& out, std::string_view utf8) {
  if (append_ascii(out, utf8, 'a', 'z')) return;
  std::string upper;
  from_utf8(utf8).toUpper(icu::Locale::getRoot()).toUTF8String(upper);
  out += upper;
}

void append_lower_case(std::string& out, std::string_view utf8) {
  if (append_ascii(out, utf8, 'A', 'Z')) return;
  std::string lower;
  from_utf8(utf8).toLower(icu::Locale::getRoot()).toUTF8String(lower);
  out += lower;
}

std::vector<char32_t> case_variants(char32_t c) {
  const auto code = static_cast<UChar32>(c);
  std::vector<char32_t> variants{c};
  for (const UChar32 other : {u_tolower(code),
                              u_toupper(code),
                              u_totitle(code),
                              u_foldCase(code, U_FOLD_CASE_DEFAULT),
                              u_toupper(u_tolower(code)),
                              u_tolower(u_toupper(code))}) {
    const auto variant = static_cast<char32_t>(other);
    if (std::find(variants.begin(), variants.end(), variant) == variants.end())
      variants.push_back(variant);
  }
  return variants;
}

}  // namespace amparo::text
