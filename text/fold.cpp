// SPDX-License-Identifier: Apache-2.0
#include "text/fold.hpp"

#include <algorithm>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace amparo::text {

namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

icu::UnicodeString from_utf8(std::string_view utf8) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
}

// ICU's data may be missing at run time; then the text stays as it is, and the look-up simply does
// not find it: an unknown value is reported, a wrong one never comes out.
icu::UnicodeString normalized(const icu::Normalizer2* form,
                              const icu::UnicodeString& text,
                              UErrorCode status) {
  if (U_FAILURE(status) != 0 || form == nullptr) return text;
  icu::UnicodeString out = form->normalize(text, status);
  return U_FAILURE(status) != 0 ? text : out;
}

icu::UnicodeString decomposed(const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFDInstance(status);
  return normalized(form, text, status);
}

icu::UnicodeString composed(const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFCInstance(status);
  return normalized(form, text, status);
}

bool is_apostrophe(UChar32 c) {
  return c == 0x2018 || c == 0x2019 || c == 0x02BC || c == 0x00B4 || c == 0x0060;
}

icu::UnicodeString without_marks(const icu::UnicodeString& text) {
  icu::UnicodeString out;
  const icu::UnicodeString parts = decomposed(text);
  for (std::int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) {
    const UChar32 c = parts.char32At(i);
    if (u_charType(c) != U_NON_SPACING_MARK) out.append(c);
  }
  return out;
}

icu::UnicodeString with_plain_apostrophes(const icu::UnicodeString& text) {
  icu::UnicodeString out;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    out.append(is_apostrophe(c) ? UChar32{0x27} : c);
  }
  return out;
}

icu::UnicodeString with_single_spaces(const icu::UnicodeString& text) {
  icu::UnicodeString out;
  bool space_due = false;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (u_isUWhiteSpace(c) != 0) {
      space_due = out.length() > 0;
      continue;
    }
    if (space_due) out.append(UChar32{0x20});
    space_due = false;
    out.append(c);
  }
  return out;
}

}  // namespace

std::string fold(std::string_view utf8, Folding folding) {
  icu::UnicodeString text = from_utf8(utf8);
  // Apostrophes first: the acute accent on its own would otherwise decompose to a space and a mark.
  if (folding.apostrophes) text = with_plain_apostrophes(text);
  if (folding.accents) text = without_marks(text);
  if (folding.case_of_letters) text.foldCase();
  if (folding.spaces) text = with_single_spaces(text);
  std::string out;
  composed(text).toUTF8String(out);
  return out;
}

std::string to_nfc(std::string_view utf8) {
  if (is_ascii(utf8)) return std::string(utf8);
  std::string out;
  composed(from_utf8(utf8)).toUTF8String(out);
  return out;
}

}  // namespace amparo::text
