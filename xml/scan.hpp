// SPDX-License-Identifier: Apache-2.0
// The steps that go over bytes: skip white space, find the end of a text or of an attribute value.
// Each exists twice, portable (eight bytes in a word) and for AVX2 (32 at once), and gives the same
// answer. Which one runs is decided when the program runs.
//
// All read up to kScanPadding bytes beyond the end of the text, which must hold '<': that is where
// every search ends.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

#include "text/ascii_set.hpp"
#include "xml/name_table.hpp"

#if defined(__x86_64__) && defined(__GNUC__)
#define AMPARO_HAS_AVX2 1
#include <immintrin.h>
#define AMPARO_AVX2 __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))
#else
#define AMPARO_HAS_AVX2 0
#endif

namespace amparo::xml {

inline constexpr std::size_t kScanPadding = 64;

/// How bytes are gone over. Best: AVX2 where the machine has it.
enum class ScanPath : std::uint8_t { Best, Portable };

/// True when the machine has what AMPARO_AVX2 code needs.
[[nodiscard]] bool has_avx2() noexcept;

namespace detail {

inline constexpr std::uint64_t kOnes = 0x0101010101010101U;
inline constexpr std::uint64_t kHighs = 0x8080808080808080U;

inline std::uint64_t load8(const char* p) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, p, sizeof word);
  return word;
}
// The high bit of each byte of `word` that is `c`. Exact, unlike the well-known shorter form.
inline std::uint64_t equal_bytes(std::uint64_t word, char c) noexcept {
  const std::uint64_t x = word ^ (kOnes * static_cast<unsigned char>(c));
  return ~(((x & ~kHighs) + ~kHighs) | x) & kHighs;
}
// The high bit of each byte below 0x20.
inline std::uint64_t control_bytes(std::uint64_t word) noexcept {
  return ~(((word & ~kHighs) + (kOnes * 0x60U)) | word) & kHighs;
}
inline std::size_t first_of(std::uint64_t highs) noexcept {
  if constexpr (std::endian::native == std::endian::little) {
    return static_cast<std::size_t>(std::countr_zero(highs)) / 8U;
  } else {
    return static_cast<std::size_t>(std::countl_zero(highs)) / 8U;
  }
}

}  // namespace detail

struct PortableScan {
  /// The first byte that is no white space.
  static const char* skip_spaces(const char* p) noexcept {
    while (is_space(*p))
      ++p;
    return p;
  }
  /// The first '<', '&', ']' or CR: where a text ends or needs a closer look.
  static const char* text_stop(const char* p) noexcept {
    for (;; p += 8) {
      const auto word = detail::load8(p);
      const auto hits = detail::equal_bytes(word, '<') | detail::equal_bytes(word, '&') |
                        detail::equal_bytes(word, ']') | detail::equal_bytes(word, '\r');
      if (hits != 0) return p + detail::first_of(hits);
    }
  }
  /// The first `quote`, '<', '&' or control character: the same for an attribute value.
  static const char* value_stop(const char* p, char quote) noexcept {
    for (;; p += 8) {
      const auto word = detail::load8(p);
      const auto hits = detail::equal_bytes(word, '<') | detail::equal_bytes(word, '&') |
                        detail::equal_bytes(word, quote) | detail::control_bytes(word);
      if (hits != 0) return p + detail::first_of(hits);
    }
  }
  /// The first byte that is in no ASCII name: no name goes on there.
  static const char* name_stop(const char* p) noexcept {
    while (is_name_byte(*p))
      ++p;
    return p;
  }
  /// How many of the first 32 bytes from `p` on come before the first '>'; 32: all.
  static std::size_t before_close(const char* p) noexcept {
    for (std::size_t i = 0; i < 32; i += 8) {
      const auto hits = detail::equal_bytes(detail::load8(p + i), '>');
      if (hits != 0) return i + detail::first_of(hits);
    }
    return 32;
  }
  /// Whether all `size` bytes are in `set`. `beyond`: bytes from 0x80 on too, but for 0xC2, which
  /// begins U+0080 to U+009F.
  static bool all_in(const char* p,
                     std::size_t size,
                     const text::AsciiSet& set,
                     bool beyond) noexcept {
    for (std::size_t i = 0; i < size; ++i) {
      const bool is_beyond = beyond && static_cast<unsigned char>(p[i]) >= 0x80 && p[i] != '\xC2';
      if (!is_beyond && !set.contains(p[i])) return false;
    }
    return true;
  }
  /// Whether no white space but ' ' is in the text.
  static bool has_no_break(const char* p, std::size_t size) noexcept {
    for (std::size_t i = 0; i < size; ++i) {
      if (p[i] == '\n' || p[i] == '\t' || p[i] == '\r') return false;
    }
    return true;
  }
  /// Whether no two ' ' stand together.
  static bool has_single_spaces(const char* p, std::size_t size) noexcept {
    for (std::size_t i = 1; i < size; ++i) {
      if (p[i] == ' ' && p[i - 1] == ' ') return false;
    }
    return true;
  }
  /// Whether 32 bytes at `p` begin with the `size` first of `name`. REQUIRES: size <= 32, and both
  /// have 32 bytes to read
  static bool begins_with(const char* p, const char* name, std::size_t size) noexcept {
    return std::memcmp(p, name, size) == 0;
  }
};

#if AMPARO_HAS_AVX2
struct Avx2Scan {
  AMPARO_AVX2 static inline __m256i load(const char* p) noexcept {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
  }
  AMPARO_AVX2 static inline __m256i equal(__m256i v, char c) noexcept {
    return _mm256_cmpeq_epi8(v, _mm256_set1_epi8(c));
  }
  AMPARO_AVX2 static inline std::uint32_t bits(__m256i v) noexcept {
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(v));
  }
  AMPARO_AVX2 static inline std::size_t first_of(std::uint32_t hits) noexcept {
    return _tzcnt_u32(hits);
  }

  AMPARO_AVX2 static inline const char* skip_spaces(const char* p) noexcept {
    for (;; p += 32) {
      const auto v = load(p);
      const auto spaces = _mm256_or_si256(_mm256_or_si256(equal(v, ' '), equal(v, '\n')),
                                          _mm256_or_si256(equal(v, '\t'), equal(v, '\r')));
      const auto others = ~bits(spaces);
      if (others != 0) return p + first_of(others);
    }
  }
  AMPARO_AVX2 static inline const char* text_stop(const char* p) noexcept {
    for (;; p += 32) {
      const auto v = load(p);
      const auto hits = bits(_mm256_or_si256(_mm256_or_si256(equal(v, '<'), equal(v, '&')),
                                             _mm256_or_si256(equal(v, ']'), equal(v, '\r'))));
      if (hits != 0) return p + first_of(hits);
    }
  }
  AMPARO_AVX2 static inline const char* value_stop(const char* p, char quote) noexcept {
    for (;; p += 32) {
      const auto v = load(p);
      const auto low = _mm256_cmpeq_epi8(_mm256_min_epu8(v, _mm256_set1_epi8(0x1F)), v);
      const auto hits = bits(_mm256_or_si256(_mm256_or_si256(equal(v, '<'), equal(v, '&')),
                                             _mm256_or_si256(equal(v, quote), low)));
      if (hits != 0) return p + first_of(hits);
    }
  }
  AMPARO_AVX2 static inline const char* name_stop(const char* p) noexcept {
    while (is_name_byte(*p))
      ++p;
    return p;
  }
  AMPARO_AVX2 static inline std::size_t before_close(const char* p) noexcept {
    const auto hits = bits(equal(load(p), '>'));
    return first_of(hits);  // 32 when there is none
  }
  // The bits of the first `size` bytes.
  AMPARO_AVX2 static inline std::uint32_t first_bits(std::size_t size) noexcept {
    return _bzhi_u32(0xFFFFFFFFU, static_cast<std::uint32_t>(size));
  }
  AMPARO_AVX2 static inline bool all_in(const char* p,
                                        std::size_t size,
                                        const text::AsciiSet& set,
                                        bool beyond) noexcept {
    const auto rows = _mm256_broadcastsi128_si256(
        _mm_load_si128(reinterpret_cast<const __m128i*>(set.rows.data())));
    // 1 << n by the four high bits; none from 0x80 on.
    const auto columns = _mm256_setr_epi8(1,
                                          2,
                                          4,
                                          8,
                                          16,
                                          32,
                                          64,
                                          -128,
                                          0,
                                          0,
                                          0,
                                          0,
                                          0,
                                          0,
                                          0,
                                          0,  //
                                          1,
                                          2,
                                          4,
                                          8,
                                          16,
                                          32,
                                          64,
                                          -128,
                                          0,
                                          0,
                                          0,
                                          0,
                                          0,
                                          0,
                                          0,
                                          0);
    for (;;) {
      const auto v = load(p);
      const auto high = _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(0x0F));
      const auto hits =
          _mm256_and_si256(_mm256_shuffle_epi8(rows, v), _mm256_shuffle_epi8(columns, high));
      auto others = bits(_mm256_cmpeq_epi8(hits, _mm256_setzero_si256()));
      if (beyond) others &= ~bits(v) | bits(equal(v, '\xC2'));
      if (size <= 32) return (others & first_bits(size)) == 0;
      if (others != 0) return false;
      p += 32;
      size -= 32;
    }
  }
  AMPARO_AVX2 static inline bool has_no_break(const char* p, std::size_t size) noexcept {
    for (;; p += 32, size -= 32) {
      const auto v = load(p);
      const auto hits =
          bits(_mm256_or_si256(_mm256_or_si256(equal(v, '\n'), equal(v, '\t')), equal(v, '\r')));
      if (size <= 32) return (hits & first_bits(size)) == 0;
      if (hits != 0) return false;
    }
  }
  AMPARO_AVX2 static inline bool has_single_spaces(const char* p, std::size_t size) noexcept {
    std::uint32_t carry = 0;
    for (;; p += 32, size -= 32) {
      auto hits = bits(equal(load(p), ' '));
      if (size < 32) hits &= first_bits(size);
      if ((hits & (hits << 1U | carry)) != 0) return false;
      if (size <= 32) return true;
      carry = hits >> 31U;
    }
  }
  AMPARO_AVX2 static inline bool begins_with(const char* p,
                                             const char* name,
                                             std::size_t size) noexcept {
    const auto same = bits(_mm256_cmpeq_epi8(load(p), load(name)));
    return _bzhi_u32(~same, static_cast<std::uint32_t>(size)) == 0;
  }
};
#endif

/// The steps through pointers, for code that is not on the shortest path.
struct ScanSteps {
  const char* (*skip_spaces)(const char*) noexcept;
  const char* (*text_stop)(const char*) noexcept;
  const char* (*value_stop)(const char*, char) noexcept;
};
[[nodiscard]] const ScanSteps& scan_steps(ScanPath path) noexcept;

}  // namespace amparo::xml
