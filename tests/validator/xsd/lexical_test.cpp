// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/lexical.hpp"

#include <string>

#include <catch2/catch.hpp>

namespace amparo::xsd {

TEST_CASE("white space is kept, replaced or collapsed", "[xsd][lexical]") {
  struct Case {
    std::string text, replaced, collapsed;
  };
  const auto c = GENERATE(Case{"", "", ""},
                          Case{"a", "a", "a"},
                          Case{" a ", " a ", "a"},
                          Case{"a\tb\nc\rd", "a b c d", "a b c d"},
                          Case{"  a \r\n b ", "  a    b ", "a b"},
                          Case{" \t\n", "   ", ""},
                          Case{"a  b", "a  b", "a b"},
                          Case{"\u00A0a\u00A0", "\u00A0a\u00A0", "\u00A0a\u00A0"});
  CAPTURE(c.text);
  std::string scratch;
  CHECK(normalise(c.text, WhiteSpace::Preserve, scratch) == c.text);
  CHECK(normalise(c.text, WhiteSpace::Replace, scratch) == c.replaced);
  CHECK(normalise(c.text, WhiteSpace::Collapse, scratch) == c.collapsed);
}

TEST_CASE("text that is normal already is not copied", "[xsd][lexical]") {
  const std::string text = "  one two  ";
  std::string scratch;
  const auto view = normalise(text, WhiteSpace::Collapse, scratch);
  CHECK(view.data() == text.data() + 2);
  CHECK(scratch.empty());
}

TEST_CASE("names differ in colons and in how they begin", "[xsd][lexical]") {
  struct Case {
    std::string text;
    bool name, ncname, nmtoken, qname;
  };
  const auto c = GENERATE(Case{"", false, false, false, false},
                          Case{"a", true, true, true, true},
                          Case{"_1.-", true, true, true, true},
                          Case{"1a", false, false, true, false},
                          Case{"-a", false, false, true, false},
                          Case{"a:b", true, false, true, true},
                          Case{":a", true, false, true, false},
                          Case{"a:", true, false, true, false},
                          Case{"a:b:c", true, false, true, false},
                          Case{"a:1", true, false, true, false},
                          Case{"a b", false, false, false, false},
                          Case{"\u00F1and\u00FA", true, true, true, true},
                          Case{"\u00B7a", false, false, true, false},
                          Case{"a\u0300", true, true, true, true},
                          Case{"\u00D7", false, false, false, false},
                          Case{"\U00010000", true, true, true, true},
                          Case{"\U000F0000", false, false, false, false},
                          Case{"a\xFF", false, false, false, false},
                          Case{"a\xC3", false, false, false, false});
  CAPTURE(c.text);
  CHECK(is_name(c.text) == c.name);
  CHECK(is_ncname(c.text) == c.ncname);
  CHECK(is_nmtoken(c.text) == c.nmtoken);
  CHECK(parse_qname(c.text).has_value() == c.qname);
}

TEST_CASE("languages are words of up to eight letters", "[xsd][lexical]") {
  const auto* good = GENERATE("es", "es-MX", "i-navajo", "x-a1b2c3d4", "abcdefgh", "a-1");
  CAPTURE(good);
  CHECK(is_language(good));
  const auto* bad = GENERATE(
      "", "-", "es-", "-es", "es--MX", "abcdefghi", "es_MX", "1s", "e1", "es-abcdefghi", "\u00E9");
  CAPTURE(bad);
  CHECK_FALSE(is_language(bad));
}

TEST_CASE("nearly every text is a reference", "[xsd][lexical]") {
  const auto* good = GENERATE("",
                              "a",
                              "http://a/b?c#d",
                              "http://a b",
                              "\u00E9",
                              "#a",
                              "?x",
                              "mailto:x@y.z",
                              "../x",
                              "urn:a:b",
                              "%41",
                              "{a}",
                              "a\\b",
                              "http://[::1]/",
                              "http://[::1]:80/x",
                              "//a",
                              "1/2:3",
                              "http://a?b[c",
                              "http:?a",
                              "http://u@[1080::8:800:200C:417A]",
                              "a^b",
                              "http://a:b");
  CAPTURE(good);
  CHECK(is_any_uri(good));
  const auto* bad = GENERATE("%",
                             "%4",
                             "%zz",
                             "a%4",
                             "##",
                             "a#b#c",
                             ":a",
                             "1:a",
                             "-a:b",
                             "http:",
                             "http:#a",
                             "a[b",
                             "http://[a",
                             "http://[a]",
                             "http://[::1]x",
                             "//a]",
                             "http://a/[b",
                             "a b:c",
                             "http://[::1]:8x/",
                             "http://[@a");
  CAPTURE(bad);
  CHECK_FALSE(is_any_uri(bad));
}

}  // namespace amparo::xsd
