// SPDX-License-Identifier: Apache-2.0
#include "text/xsd_pattern.hpp"

#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "text/utf8.hpp"

namespace amparo::text {
namespace {

// Without an automaton: what runs when there would be too many states.
const PatternLimits kNoAutomaton{.states = 0};

Pattern compiled(std::string_view pattern, const PatternLimits& limits = {}) {
  const auto result = Pattern::compile(pattern, limits);
  INFO(pattern);
  if (!result) FAIL(result.error().message);
  return *result;
}

std::string utf8(char32_t code_point) {
  std::string out;
  append_utf8(out, code_point);
  return out;
}

std::string times(std::size_t count, std::string_view what) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i)
    out += what;
  return out;
}

struct Case {
  std::string pattern;
  std::vector<std::string> matching;
  std::vector<std::string> others;
};

void check(const Case& c) {
  for (const PatternLimits& limits : {PatternLimits{}, kNoAutomaton}) {
    const Pattern pattern = compiled(c.pattern, limits);
    CAPTURE(c.pattern, pattern.has_automaton());
    for (const std::string& text : c.matching) {
      CAPTURE(text);
      CHECK(pattern.matches(text));
    }
    for (const std::string& text : c.others) {
      CAPTURE(text);
      CHECK_FALSE(pattern.matches(text));
    }
  }
}

TEST_CASE("a pattern holds for the whole text", "[text][xsd_pattern]") {
  check(
      GENERATE(Case{"", {""}, {"a"}},
               Case{"abc", {"abc"}, {"", "ab", "abcd", "xabc", "ABC"}},
               Case{"|", {""}, {"|"}},
               Case{"a|", {"", "a"}, {"aa"}},
               Case{"|a||b|", {"", "a", "b"}, {"ab"}},
               Case{"ab|cd", {"ab", "cd"}, {"abd", "acd", "a"}},
               Case{"a(b|c)d", {"abd", "acd"}, {"ad", "abcd"}},
               Case{"()", {""}, {"a"}},
               Case{"a()b", {"ab"}, {"a"}},
               Case{"^a$", {"^a$"}, {"a"}},
               Case{"<>&\"'/:;,=!@#%~`_ ", {"<>&\"'/:;,=!@#%~`_ "}, {""}},
               Case{".", {"a", "-", "\t", "ñ", "€", "🙂"}, {"", "\n", "\r", "ab"}},
               Case{"ñ€🙂", {"ñ€🙂"}, {"ñ€", "n€🙂"}},
               Case{R"(\n\r\t\\\|\.\-\^\?\*\+\{\}\(\)\[\])", {"\n\r\t\\|.-^?*+{}()[]"}, {"nrt"}}));
}

TEST_CASE("quantifiers of a pattern count", "[text][xsd_pattern]") {
  check(GENERATE(Case{"a?", {"", "a"}, {"aa"}},
                 Case{"a*", {"", "a", "aaaa"}, {"b", "aab"}},
                 Case{"a+", {"a", "aaaa"}, {"", "ab"}},
                 Case{"a{2}", {"aa"}, {"", "a", "aaa"}},
                 Case{"a{2,}", {"aa", "aaa", "aaaaaa"}, {"", "a"}},
                 Case{"a{1,3}", {"a", "aa", "aaa"}, {"", "aaaa"}},
                 Case{"a{0}", {""}, {"a"}},
                 Case{"a{0,0}b", {"b"}, {"ab"}},
                 Case{"a{0,}", {"", "aaa"}, {"b"}},
                 Case{"a{01}", {"a"}, {"", "aa"}},
                 Case{"(ab){2,3}", {"abab", "ababab"}, {"ab", "aba", "abababab"}},
                 Case{"(ab|c){2}d", {"ababd", "abcd", "cabd", "ccd"}, {"abd", "cccd"}},
                 Case{"(a?){3}", {"", "a", "aaa"}, {"aaaa"}},
                 Case{"(a{2}){2}", {"aaaa"}, {"aa", "aaa", "aaaaa"}},
                 Case{"(a{2,3}){2}", {"aaaa", "aaaaa", "aaaaaa"}, {"aaa", "aaaaaaa"}},
                 Case{"(a{2,3})*", {"", "aa", "aaa", "aaaa"}, {"a"}},
                 Case{"(a+){3}", {"aaa", "aaaaa"}, {"aa"}},
                 Case{"(a+){0,1}b", {"b", "aab"}, {"a"}},
                 Case{"(a*){2,5}", {"", "aaaaaaaaa"}, {"b"}},
                 Case{"(a{1,2})+", {"a", "aaaaa"}, {""}},
                 Case{"(a*b*){2}", {"", "abab", "ba", "aabb"}, {"ababab"}},
                 Case{"(a|b?){3}c", {"c", "abac"}, {"abab", "ababc"}},
                 Case{"(){3,5}", {""}, {"a"}},
                 Case{"a{0,100000}", {"", "a", times(100'000, "a")}, {times(100'001, "a"), "b"}},
                 Case{"(ab){2,100000}b",
                      {"ababb", times(100'000, "ab") + "b"},
                      {times(100'001, "ab") + "b", "abb", "ababa"}},
                 Case{"a{99999999999999999999,}", {}, {"", "aaa"}},
                 Case{".*a.{3}", {"axyz", "aaxyz", "aaaa"}, {"xaxy", "aaa"}},
                 Case{"(a|b)*a(a|b){40}", {"a" + times(40, "b")}, {"b" + times(40, "b")}},
                 Case{"(.*a.{3,5}b){2}", {"axyzbaxyzb", "aaaaabaaaab"}, {"axyzb", "axyzbaxyb"}}));
}

TEST_CASE("classes of a pattern hold what they list", "[text][xsd_pattern]") {
  check(GENERATE(Case{"[abc]", {"a", "b", "c"}, {"", "d", "ab"}},
                 Case{"[a-c]", {"a", "b", "c"}, {"d", "-"}},
                 Case{"[^a-c]", {"d", "-", "\n", "é"}, {"a", "b", ""}},
                 Case{"[á-ú]", {"á", "é", "ú"}, {"a", "û"}},
                 Case{"[-a]", {"-", "a"}, {"b"}},
                 Case{"[a-]", {"-", "a"}, {"b"}},
                 Case{"[-]", {"-"}, {"a"}},
                 Case{"[--]", {"-"}, {"a"}},
                 Case{"[^-]", {"a"}, {"-"}},
                 Case{"[^-a]", {"b", "^"}, {"-", "a"}},
                 Case{"[a-z-]", {"-", "q"}, {"A"}},
                 Case{"[a^]", {"a", "^"}, {"b"}},
                 Case{"[^^]", {"a"}, {"^"}},
                 Case{"[.?*+(){}|$]", {".", "?", "*", "+", "(", ")", "{", "}", "|", "$"}, {"a"}},
                 Case{R"([\[\]\\\-\^])", {"[", "]", "\\", "-", "^"}, {"a"}},
                 Case{R"([+-\-])", {"+", ",", "-"}, {"."}},
                 Case{R"([\--/])", {"-", ".", "/"}, {","}},
                 Case{R"([\t-\r])", {"\t", "\n", "\r"}, {" "}},
                 Case{R"([\d\s])", {"1", " "}, {"a"}},
                 Case{R"([\w-])", {"a", "-"}, {"."}},
                 Case{"[a-a]", {"a"}, {"b"}},
                 Case{"[ - ]", {" "}, {"-"}},
                 Case{"[a-z-[aeiou]]", {"b", "z"}, {"a", "u", "-"}},
                 Case{"[^a-z-[A]]", {"B", "0"}, {"A", "b"}},
                 Case{"[a-z-[^aeiou]]", {"a", "u"}, {"b"}},
                 Case{"[a-z-[b-y-[m]]]", {"a", "m", "z"}, {"b", "y"}},
                 Case{"[a-z--[b]]", {"a", "-"}, {"b"}},
                 Case{"[a--[b]]", {"a", "-"}, {"b"}},
                 Case{"[--[a]]", {"-"}, {"a"}},
                 Case{"[a-[a]]", {}, {"", "a", "b"}},
                 Case{"([a-[a]])?b", {"b"}, {"ab"}},
                 Case{R"([\p{L}-[\p{Lu}ñ]]+)", {"aé"}, {"A", "ñ", "1"}}));
}

TEST_CASE("escapes of a pattern name sets", "[text][xsd_pattern]") {
  check(GENERATE(
      Case{R"(\s)", {" ", "\t", "\n", "\r"}, {"a", "\xC2\xA0", "\f"}},
      Case{R"(\S)", {"a", "\xC2\xA0"}, {" ", "\t", "\n", "\r"}},
      Case{R"(\d)", {"0", "9", "٣"}, {"a", "½", ""}},
      Case{R"(\D)", {"a", "½"}, {"0", "٣"}},
      Case{R"(\w)", {"a", "ñ", "0", "$", "+", "漢", "^"}, {"-", ".", " ", "_", "«", "\t"}},
      Case{R"(\W)", {"-", ".", " ", "_"}, {"a", "ñ", "$"}},
      Case{R"(\i)", {"a", "Z", "_", ":", "é", "漢"}, {"0", "-", ".", "·", " ", "×"}},
      Case{R"(\I)", {"0", "-", ".", "·", " "}, {"a", "_", ":"}},
      Case{R"(\c)", {"a", "_", ":", "0", "-", ".", "·"}, {" ", "/", "×"}},
      Case{R"(\C)", {" ", "/"}, {"a", "0", "·"}},
      Case{R"(\p{Lu}\p{Ll}+)", {"Ángel", "Łódź"}, {"ángel", "A"}},
      Case{R"(\P{L})", {"1", " "}, {"a", "ñ"}},
      Case{R"(\p{Nd})", {"5"}, {"½"}},
      Case{R"(\p{Sc})", {"$", "€"}, {"a"}},
      Case{R"(\p{Co})", {"\xEE\x80\x80"}, {"a"}},
      Case{R"(\p{Cn})", {"\xEF\xBF\xBF"}, {"a"}},
      Case{R"(\p{C})", {"\x01"}, {"a"}},
      Case{R"(\p{Zs})", {" ", "\xC2\xA0"}, {"\t"}},
      Case{R"(\p{IsBasicLatin}+)", {"az~"}, {"é"}},
      Case{R"(\P{IsBasicLatin}+)", {"éñ"}, {"e"}},
      Case{R"([^\P{IsBasicLatin}])", {"a"}, {"é"}},
      Case{R"([\p{IsGreek}\d]+)", {"αβγ1"}, {"a"}},
      Case{R"(\p{IsCombiningMarksforSymbols})", {utf8(0x20D0), utf8(0x20FF)}, {utf8(0x2100)}},
      Case{R"(\p{IsPrivateUse})",
           {utf8(0xE000), utf8(0xF8FF), utf8(0xF0000), utf8(0x10FFFD)},
           {utf8(0xF900), utf8(0xFFFFE), utf8(0x10FFFE)}},
      Case{R"(\p{IsSpecials})", {utf8(0xFEFF), utf8(0xFFF0), utf8(0xFFFD)}, {utf8(0xFF00)}},
      Case{R"(\p{IsLowSurrogates}?)", {""}, {"a", "\xED\xB0\x80"}},
      Case{R"(\p{IsLatin-1Supplement})", {"é"}, {"e"}},
      // Names of today.
      Case{R"(\p{IsGreekandCoptic})", {"α"}, {"a"}},
      Case{R"(\p{IsCombiningDiacriticalMarksforSymbols})", {utf8(0x20D0)}, {"a"}},
      Case{R"(\p{IsPrivateUseArea})", {utf8(0xE000)}, {utf8(0xF0000)}},
      Case{R"(\p{IsLatinExtended-C})", {utf8(0x2C60), utf8(0x2C7F)}, {utf8(0x2C80)}},
      Case{R"(\p{IsEmoticons}+)", {"🙂🙃"}, {"☺"}}));
}

TEST_CASE("every character has exactly one category", "[text][xsd_pattern]") {
  std::vector<Pattern> categories;
  for (const char* name :
       {"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe",
        "Pi", "Pf", "Po", "Zs", "Zl", "Zp", "Sm", "Sc", "Sk", "So", "Cc", "Cf", "Co", "Cn"})
    categories.push_back(compiled("\\p{" + std::string(name) + "}"));
  for (char32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 61) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    const std::string text = utf8(c);
    const auto found = std::count_if(
        categories.begin(), categories.end(), [&](const Pattern& p) { return p.matches(text); });
    if (found != 1) FAIL("U+" << std::hex << static_cast<std::uint32_t>(c) << ": " << found);
  }
}

TEST_CASE("every character is read, and nothing that is not UTF-8", "[text][xsd_pattern]") {
  const Pattern any = compiled(R"([\s\S])");
  const Pattern dot = compiled(".");
  const Pattern one = compiled("[\u00E9\uFFFD\U0001F642]");
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c == 0xD800) c = 0xE000;
    const std::string text = utf8(c);
    const bool is_one = c == 0xE9 || c == 0xFFFD || c == 0x1F642;
    if (!any.matches(text) || dot.matches(text) == (c == '\n' || c == '\r') ||
        one.matches(text) != is_one)
      FAIL("U+" << std::hex << static_cast<std::uint32_t>(c));
  }
  const Pattern whatever = compiled(R"([\s\S]*)");
  const Pattern slow = compiled(R"([\s\S]*)", kNoAutomaton);
  // All of up to two bytes, and of three and four bytes those that differ in kind.
  const std::string kinds =
      "\x00\x41\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC1\xC2\xDF\xE0\xE1\xEC\xED"
      "\xEE\xEF\xF0\xF1\xF3\xF4\xF5\xFF";
  std::string bytes(4, '\0');
  for (const char a : kinds)
    for (const char b : kinds)
      for (const char c : kinds)
        for (const char d : kinds) {
          bytes[0] = a;
          bytes[1] = b;
          bytes[2] = c;
          bytes[3] = d;
          const bool expected = !first_invalid_utf8(bytes);
          if (whatever.matches(bytes) != expected) FAIL("automaton: " << bytes);
          if (d == 'A' && slow.matches(bytes) != expected) FAIL("program: " << bytes);
        }
  CHECK_FALSE(whatever.matches("a\xE2\x82"));
  CHECK_FALSE(slow.matches("a\xF0\x9F\x99"));
}

TEST_CASE("of the patterns of one step one is enough", "[text][xsd_pattern]") {
  const std::vector<std::string_view> patterns{"a+", "[0-9]{2}", "b|"};
  const auto any = Pattern::compile_any(patterns);
  REQUIRE(any);
  for (const char* text : {"", "a", "aaa", "42", "b"})
    CHECK(any->matches(text));
  for (const char* text : {"ab", "4", "bb", "a42"})
    CHECK_FALSE(any->matches(text));
  const auto none = Pattern::compile_any({});
  REQUIRE(none);
  CHECK_FALSE(none->matches(""));
  CHECK_FALSE(none->matches("a"));
  const std::vector<std::string_view> wrong{"a", "b("};
  CHECK(Pattern::compile_any(wrong).error().message ==
        R"(pattern "b(": character 3: expected ')', found the end)");
}

TEST_CASE("matching costs a bounded number of steps a character", "[text][xsd_pattern]") {
  struct Bomb {
    std::string pattern;
    std::string text;
    std::uint64_t most_a_character;
  };
  constexpr std::size_t kLength = 100'000;
  const auto c = GENERATE(Bomb{"(a|a)*b", times(kLength, "a"), 1},
                          Bomb{"(a*)*c", times(kLength, "a"), 1},
                          Bomb{"(a?){50}a{50}", times(kLength, "a"), 1},
                          Bomb{"((a+)+)+b", times(kLength, "a"), 1},
                          Bomb{".{0,1000}x", times(kLength, "x"), 1},
                          Bomb{".{0,100000}x", times(kLength, "x"), 8},
                          Bomb{".{100,200000}x", times(kLength, "a"), 8},
                          Bomb{".*a.{0,100000}", times(kLength, "a"), 16},
                          Bomb{"(a|b)*a(a|b){1000}", times(kLength, "a"), 16},
                          Bomb{"(a|b)*a(a|b){500,1000}c?", times(kLength, "ab"), 16},
                          Bomb{"(.*,){20}x", times(kLength, ","), 1},
                          Bomb{"(.{0,300}){300}", times(kLength, "a"), 8},
                          Bomb{"(.{0,300}x?){300}", times(kLength / 100, "a"), 2200},
                          Bomb{"\\w{1,9}(\\s\\w{1,9}){0,30}", times(kLength, "añ "), 1});
  const Pattern pattern = compiled(c.pattern);
  CAPTURE(c.pattern, pattern.has_automaton());
  CHECK(pattern.cost(c.text) <= c.most_a_character * c.text.size() + 10'000);
}

TEST_CASE("tables make the pattern again", "[text][xsd_pattern]") {
  const auto text = GENERATE(R"([A-Z]{2}\d{4}|ñ+)", "(a|b)*a(a|b){1000}", ".*", "[a-[a]]");
  const Pattern pattern = compiled(text);
  const auto again = Pattern::from_tables(pattern.tables());
  REQUIRE(again);
  CHECK(again->tables() == pattern.tables());
  CHECK(again->dump() == pattern.dump());
  CHECK(compiled(text).tables() == pattern.tables());
}

TEST_CASE("damaged tables are refused, or harmless", "[text][xsd_pattern]") {
  const auto text = GENERATE(R"(é[A-Z]{2}|\w?)", "(ab){3,70000}(c|de){2}");
  const PatternTables good = compiled(text).tables();
  const auto refused = [](PatternTables tables) {
    return !Pattern::from_tables(std::move(tables));
  };
  for (std::size_t i = 0; i < good.next.size(); ++i) {
    PatternTables bad = good;
    bad.next[i] = 0xFFFF;
    CHECK(refused(bad));
  }
  for (std::size_t i = 0; i < good.program.size(); ++i) {
    PatternTables bad = good;
    bad.program[i].next = 0xFFFFFFFF;
    CHECK(refused(bad));
    bad = good;
    bad.program[i].kind = PatternStep::Kind::Count;
    bad.program[i].set = 0xFFFFFFFF;
    CHECK(refused(bad));
    bad = good;
    bad.program[i].kind = static_cast<PatternStep::Kind>(9);
    CHECK(refused(bad));
  }
  PatternTables bad = good;
  bad.rows.pop_back();
  CHECK(refused(bad));
  bad = good;
  bad.rows[0] = 1;
  CHECK(refused(bad));
  bad = good;
  bad.lead[0xC3] = 0xFFFF;
  CHECK(refused(bad));
  bad = good;
  bad.classes = 0;
  CHECK(refused(bad));
  bad = good;
  bad.next.clear();
  bad.program.clear();
  CHECK(refused(bad));
  CHECK(refused({}));

  // Whatever is let through reads inside its tables: the sanitizers watch.
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    PatternTables changed = good;
    const auto change = [&](auto& values) {
      if (!values.empty())
        values[random() % values.size()] = static_cast<std::uint16_t>(random() % 40);
    };
    change(changed.rows);
    change(changed.lead);
    change(changed.next);
    change(changed.sequence);
    const auto pattern = Pattern::from_tables(changed);
    if (pattern) CHECK(pattern->cost("éAZñ\xFF\xF0\x9F\x99\x82z") <= 1000);
  }
}

TEST_CASE("a fixed shape is told byte by byte", "[text][xsd_pattern]") {
  struct Shape {
    std::string pattern;
    std::string positions;  // By set.
    std::vector<std::string> sets;
    std::uint64_t lengths;
  };
  const auto c = GENERATE(Shape{"abc", "012", {"a", "b", "c"}, 1U << 3U},
                          Shape{"aba", "010", {"a", "b"}, 1U << 3U},
                          Shape{"[0-9]{4}-[0-9]{2}", "0000100", {"0123456789", "-"}, 1U << 7U},
                          Shape{"[ab]{1,3}", "000", {"ab"}, 0b1110},
                          Shape{"(ab){0,2}", "0101", {"a", "b"}, 0b10101},
                          Shape{"x(a|b)?", "01", {"x", "ab"}, 0b110},
                          Shape{"ab|ac|bb|bc", "01", {"ab", "bc"}, 0b100},
                          Shape{"", "", {}, 1});
  const auto shape = compiled(c.pattern).fixed_shape();
  CAPTURE(c.pattern);
  REQUIRE(shape);
  std::string positions;
  for (const std::uint8_t set : shape->positions)
    positions += std::to_string(set);
  CHECK(positions == c.positions);
  CHECK(shape->lengths == c.lengths);
  REQUIRE(shape->sets.size() == c.sets.size());
  for (std::size_t set = 0; set < c.sets.size(); ++set) {
    std::string bytes;
    for (std::size_t byte = 0; byte < 256; ++byte)
      if ((shape->sets[set][byte / 64] >> (byte % 64) & 1U) != 0) bytes += static_cast<char>(byte);
    CHECK(bytes == c.sets[set]);
  }

  for (const char* other : {"a*", "ab|cd", "a|bc", "[^a]", "ñ", ".", R"(\d)", "a{64}", "[a-[a]]"}) {
    CAPTURE(other);
    CHECK_FALSE(compiled(other).fixed_shape());
  }
  CHECK(compiled("a{63}").fixed_shape());
}

TEST_CASE("the tables of a pattern can be read by people", "[text][xsd_pattern]") {
  CHECK(compiled("a[0-9]?").dump() == R"(classes 3, rows 1
ascii \x00-/:0 0-9:1 :-`:0 a:2 b-\x7F:0
automaton, from state 1
0: 0 0 0
1: 0 0 2
2 accepts: 0 3 0
3 accepts: 0 0 0
)");
}

}  // namespace
}  // namespace amparo::text
