// SPDX-License-Identifier: Apache-2.0
// The vector check is the table look-up method of J. Keiser and D. Lemire, "Validating UTF-8 in
// less than one instruction per byte" (2021): the first nibbles of two neighbouring bytes tell all
// faults of two-byte sequences, and where third and fourth bytes must stand is told by what is two
// and three bytes before.
#include "xml/character_check.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace amparo::xml {
namespace {

bool is_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 0x20 && byte < 0x7F) || is_space(c);
}

// Character by character, from `from` to at most `to`, which is no more than a hint: it stops at
// the first boundary of characters at or after it.
CharacterCheck check_slowly(
    std::string_view text, std::size_t from, std::size_t to, CharacterSet set, bool is_last) {
  CharacterCheck check{.good = from};
  while (check.good < to) {
    if (is_plain(text[check.good])) {
      ++check.good;
      continue;
    }
    if (text.size() - check.good < 4 && !is_last) {
      // Decided only if the bytes that are here are enough.
      const auto byte = static_cast<unsigned char>(text[check.good]);
      const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
      if (text.size() - check.good < length) return check;
    }
    const auto decoded = text::decode_utf8(text, check.good);
    if (decoded.length == 0) {
      check.fault = CharacterFault::NotUtf8;
      return check;
    }
    if (!is_allowed(decoded.code_point, set)) {
      check.fault = CharacterFault::NotAllowed;
      check.character = decoded.code_point;
      return check;
    }
    check.good += decoded.length;
  }
  return check;
}

#if AMPARO_HAS_AVX2

// Faults of two bytes in a row, as bits, by three look-ups; a bit that is in all three is a fault.
constexpr char kTooShort = 1 << 0;
constexpr char kTooLong = 1 << 1;
constexpr char kOverlong3 = 1 << 2;
constexpr char kSurrogate = 1 << 4;
constexpr char kOverlong2 = 1 << 5;
constexpr char kTooLarge = 1 << 3;
constexpr char kTooLarge1000 = 1 << 6;
constexpr char kOverlong4 = 1 << 6;
constexpr char kTwoContinuations = static_cast<char>(1U << 7U);
constexpr char kCarry = static_cast<char>(kTooShort | kTooLong | kTwoContinuations);

AMPARO_AVX2 inline __m256i table(char a0,
                                 char a1,
                                 char a2,
                                 char a3,
                                 char a4,
                                 char a5,
                                 char a6,
                                 char a7,
                                 char a8,
                                 char a9,
                                 char aa,
                                 char ab,
                                 char ac,
                                 char ad,
                                 char ae,
                                 char af) {
  return _mm256_setr_epi8(a0,
                          a1,
                          a2,
                          a3,
                          a4,
                          a5,
                          a6,
                          a7,
                          a8,
                          a9,
                          aa,
                          ab,
                          ac,
                          ad,
                          ae,
                          af,
                          a0,
                          a1,
                          a2,
                          a3,
                          a4,
                          a5,
                          a6,
                          a7,
                          a8,
                          a9,
                          aa,
                          ab,
                          ac,
                          ad,
                          ae,
                          af);
}

template <int N>
AMPARO_AVX2 inline __m256i previous(__m256i now, __m256i before) {
  return _mm256_alignr_epi8(now, _mm256_permute2x128_si256(before, now, 0x21), 16 - N);
}

AMPARO_AVX2 inline __m256i high_nibbles(__m256i v) {
  return _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(0x0F));
}

AMPARO_AVX2 inline __m256i utf8_faults(__m256i now, __m256i before) {
  const auto one = previous<1>(now, before);
  const auto by_first_high =
      table(kTooLong,
            kTooLong,
            kTooLong,
            kTooLong,
            kTooLong,
            kTooLong,
            kTooLong,
            kTooLong,
            kTwoContinuations,
            kTwoContinuations,
            kTwoContinuations,
            kTwoContinuations,
            static_cast<char>(kTooShort | kOverlong2),
            kTooShort,
            static_cast<char>(kTooShort | kOverlong3 | kSurrogate),
            static_cast<char>(kTooShort | kTooLarge | kTooLarge1000 | kOverlong4));
  constexpr char kBeyond = static_cast<char>(kCarry | kTooLarge | kTooLarge1000);
  const auto by_first_low = table(static_cast<char>(kCarry | kOverlong3 | kOverlong2 | kOverlong4),
                                  static_cast<char>(kCarry | kOverlong2),
                                  kCarry,
                                  kCarry,
                                  static_cast<char>(kCarry | kTooLarge),
                                  kBeyond,
                                  kBeyond,
                                  kBeyond,
                                  kBeyond,
                                  kBeyond,
                                  kBeyond,
                                  kBeyond,
                                  kBeyond,
                                  static_cast<char>(kBeyond | kSurrogate),
                                  kBeyond,
                                  kBeyond);
  constexpr char kLow = static_cast<char>(kTooLong | kOverlong2 | kTwoContinuations | kOverlong3);
  const auto by_second_high =
      table(kTooShort,
            kTooShort,
            kTooShort,
            kTooShort,
            kTooShort,
            kTooShort,
            kTooShort,
            kTooShort,
            static_cast<char>(kLow | kTooLarge1000 | kOverlong4),
            static_cast<char>(kLow | kTooLarge),
            static_cast<char>(kTooLong | kOverlong2 | kTwoContinuations | kSurrogate | kTooLarge),
            static_cast<char>(kTooLong | kOverlong2 | kTwoContinuations | kSurrogate | kTooLarge),
            kTooShort,
            kTooShort,
            kTooShort,
            kTooShort);
  const auto low_nibbles = _mm256_and_si256(one, _mm256_set1_epi8(0x0F));
  const auto special =
      _mm256_and_si256(_mm256_and_si256(_mm256_shuffle_epi8(by_first_high, high_nibbles(one)),
                                        _mm256_shuffle_epi8(by_first_low, low_nibbles)),
                       _mm256_shuffle_epi8(by_second_high, high_nibbles(now)));
  const auto third = _mm256_subs_epu8(previous<2>(now, before), _mm256_set1_epi8(0xE0 - 0x80));
  const auto fourth = _mm256_subs_epu8(previous<3>(now, before), _mm256_set1_epi8(0xF0 - 0x80));
  const auto must_continue =
      _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8(static_cast<char>(0x80)));
  return _mm256_xor_si256(must_continue, special);
}

// How many bytes from `from` on, in whole steps of 32, can be said to be good without looking at
// characters one by one. `from` is a boundary of characters.
AMPARO_AVX2 std::size_t check_blocks(std::string_view text, std::size_t from, CharacterSet set) {
  const bool strict = set == CharacterSet::Strict;
  auto before = _mm256_setzero_si256();
  std::size_t at = from;
  for (; at + 32 <= text.size(); at += 32) {
    const auto now = Avx2Scan::load(text.data() + at);
    // Controls: below 0x20 and none of the three; subtraction moves 0x20.. out of the way.
    const auto low = _mm256_cmpeq_epi8(_mm256_min_epu8(now, _mm256_set1_epi8(0x1F)), now);
    const auto spaces =
        _mm256_or_si256(Avx2Scan::equal(now, '\n'),
                        _mm256_or_si256(Avx2Scan::equal(now, '\t'), Avx2Scan::equal(now, '\r')));
    auto bad = _mm256_andnot_si256(spaces, low);
    if (strict) bad = _mm256_or_si256(bad, Avx2Scan::equal(now, 0x7F));
    if (_mm256_movemask_epi8(now) != 0 || _mm256_movemask_epi8(before) != 0) {
      bad = _mm256_or_si256(bad, utf8_faults(now, before));
      // U+FFFE and its like begin with EF or F0 to F4: rare enough to be looked at one by one.
      bad = _mm256_or_si256(
          bad,
          _mm256_cmpeq_epi8(_mm256_max_epu8(now, _mm256_set1_epi8(static_cast<char>(0xEF))), now));
      if (strict) {
        const auto after_c2 = Avx2Scan::equal(previous<1>(now, before), static_cast<char>(0xC2));
        const auto c1 = _mm256_cmpgt_epi8(_mm256_set1_epi8(static_cast<char>(0xA0)), now);
        bad = _mm256_or_si256(bad, _mm256_and_si256(after_c2, c1));
      }
    }
    if (_mm256_testz_si256(bad, bad) == 0) break;
    before = now;
  }
  return at;
}

AMPARO_AVX2 std::size_t count_blocks(std::string_view text, char c, std::size_t& at) {
  std::size_t found = 0;
  const auto wanted = _mm256_set1_epi8(c);
  for (at = 0; at + 128 <= text.size(); at += 128) {
    auto sum = _mm256_setzero_si256();
    for (std::size_t k = 0; k < 128; k += 32) {
      sum = _mm256_sub_epi8(sum, _mm256_cmpeq_epi8(Avx2Scan::load(text.data() + at + k), wanted));
    }
    const auto wide = _mm256_sad_epu8(sum, _mm256_setzero_si256());
    found +=
        static_cast<std::size_t>(_mm256_extract_epi64(wide, 0) + _mm256_extract_epi64(wide, 1) +
                                 _mm256_extract_epi64(wide, 2) + _mm256_extract_epi64(wide, 3));
  }
  return found;
}

#endif

// The next place at or after `at` where a character begins.
std::size_t boundary_before(std::string_view text, std::size_t at, std::size_t floor) {
  while (at > floor && (static_cast<unsigned char>(text[at - 1]) & 0xC0U) == 0x80U)
    --at;
  // Behind a leading byte whose character is not over: before it.
  if (at > floor && static_cast<unsigned char>(text[at - 1]) >= 0xC0U) --at;
  return at;
}

}  // namespace

bool is_allowed(char32_t c, CharacterSet set) noexcept {
  const bool is_xml = c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) ||
                      (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
  if (!is_xml || set == CharacterSet::Xml) return is_xml;
  const bool is_refused =
      (c >= 0x7F && c <= 0x9F) || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFEU) == 0xFFFEU;
  return !is_refused;
}

CharacterCheck check_characters(std::string_view text,
                                CharacterSet set,
                                bool is_last,
                                ScanPath path) {
#if AMPARO_HAS_AVX2
  if (path == ScanPath::Best && has_avx2()) {
    std::size_t from = 0;
    for (;;) {
      const auto seen = check_blocks(text, from, set);
      // The last block may end within a character, or hold one that needs a closer look.
      const auto good = std::max(from, boundary_before(text, seen, from));
      const auto check = check_slowly(text, good, std::min(seen + 32, text.size()), set, is_last);
      if (check.fault != CharacterFault::None || check.good >= text.size()) return check;
      if (check.good < seen + 32) return check;  // the rest begins a character
      from = check.good;
    }
  }
#endif
  (void)path;
  return check_slowly(text, 0, text.size(), set, is_last);
}

std::size_t count_bytes(std::string_view text, char c, ScanPath path) {
  std::size_t at = 0;
  std::size_t found = 0;
#if AMPARO_HAS_AVX2
  if (path == ScanPath::Best && has_avx2()) found = count_blocks(text, c, at);
#endif
  (void)path;
  for (; at < text.size(); ++at)
    found += text[at] == c ? 1U : 0U;
  return found;
}

}  // namespace amparo::xml
