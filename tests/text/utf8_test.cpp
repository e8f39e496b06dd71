// SPDX-License-Identifier: Apache-2.0
#include "text/utf8.hpp"

#include <random>

#include <catch2/catch.hpp>

namespace amparo::text {
namespace {

TEST_CASE("first_invalid_utf8 points at the first byte that is not UTF-8", "[text][utf8]") {
  struct Case {
    std::string bytes;
    std::optional<std::size_t> at;
  };
  const auto c = GENERATE(Case{"", std::nullopt},
                          Case{"abc", std::nullopt},
                          Case{"a\xC3\xB1o", std::nullopt},
                          Case{"\xF0\x9F\x99\x82", std::nullopt},
                          Case{"M\xE9jico", 1},         // windows-1252
                          Case{"ab\xC0\xAF", 2},        // overlong
                          Case{"\xE0\x80\x80", 0},      // overlong
                          Case{"\xED\xA0\x80", 0},      // surrogate
                          Case{"\xF4\x90\x80\x80", 0},  // beyond U+10FFFF
                          Case{"\xF5\x80\x80\x80", 0},
                          Case{"a\x80", 1},      // a continuation on its own
                          Case{"a\xE2\x82", 1},  // cut off
                          Case{"a\xF0\x9F\x99", 1});
  CAPTURE(c.bytes);
  CHECK(first_invalid_utf8(c.bytes) == c.at);
}

TEST_CASE("every code point survives writing and reading", "[text][utf8]") {
  for (char32_t code_point = 0; code_point <= 0x10FFFF; ++code_point) {
    if (code_point == 0xD800) code_point = 0xE000;  // surrogates are no scalar values
    std::string bytes;
    append_utf8(bytes, code_point);
    const Decoded decoded = decode_utf8(bytes, 0);
    if (decoded.code_point != code_point || decoded.length != bytes.size()) {
      CAPTURE(static_cast<std::uint32_t>(code_point));
      FAIL("came back differently");
    }
  }
}

TEST_CASE("first_invalid_utf8 agrees with decoding from the front", "[text][utf8]") {
  const auto seed = GENERATE(1U, 2U, 3U);
  CAPTURE(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes;
    for (int i = 0; i < 8; ++i)
      bytes += static_cast<char>(random() % 256);
    const auto bad = first_invalid_utf8(bytes);
    std::size_t at = 0;
    while (at < bytes.size() && decode_utf8(bytes, at).length > 0)
      at += decode_utf8(bytes, at).length;
    CHECK(bad.value_or(bytes.size()) == at);
  }
}

TEST_CASE("XML 1.0 carries tab, line ends and all but controls and two non-characters",
          "[text][utf8]") {
  CHECK_FALSE(first_invalid_xml_character("a\tb\r\n\u00e9\U0010FFFF"));
  CHECK(first_invalid_xml_character(std::string("a\0b", 3)) == std::size_t{1});
  CHECK(first_invalid_xml_character("ab\x1B") == std::size_t{2});
  CHECK(first_invalid_xml_character("a\uFFFE") == std::size_t{1});
  CHECK(first_invalid_xml_character("a\uFFFF") == std::size_t{1});
}

TEST_CASE("trim takes XML white space from both ends and leaves other spaces", "[text][utf8]") {
  CHECK(trim(" \t a b \r\n") == "a b");
  CHECK(trim("  ").empty());
  CHECK(trim("\u00A0a") == "\u00A0a");
}

TEST_CASE("code points are counted, not bytes", "[text][utf8]") {
  CHECK(count_code_points("ni\u00f1a") == 4);
  CHECK(count_code_points("") == 0);
}

}  // namespace
}  // namespace amparo::text
