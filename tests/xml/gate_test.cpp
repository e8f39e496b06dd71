// SPDX-License-Identifier: Apache-2.0
#include "xml/gate.hpp"

#include <algorithm>
#include <array>

#include <catch2/catch.hpp>

using namespace amparo;
using namespace amparo::xml;
using namespace std::string_literals;

namespace {

// Gives out a few bytes at a time, so that every token lies across two reads.
class TrickleStream final : public ByteStream {
 public:
  TrickleStream(std::string bytes, std::size_t step) : bytes_{std::move(bytes)}, step_{step} {}
  Result<std::size_t> read(std::span<char> into) override {
    const auto n = std::min({into.size(), bytes_.size() - at_, step_});
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(at_), n, into.begin());
    at_ += n;
    return n;
  }

 private:
  std::string bytes_;
  std::size_t step_;
  std::size_t at_ = 0;
};

struct Passed {
  std::string bytes;
  std::optional<Finding> refusal;
  std::vector<TagMark> tags;
};

Passed pass(Gate& gate) {
  Passed passed;
  std::array<char, 777> buffer{};
  for (;;) {
    const auto got = gate.read(buffer);
    REQUIRE(got);
    while (const TagMark* tag = gate.peek_tag()) {
      passed.tags.push_back(*tag);
      gate.pop_tag();
    }
    if (*got == 0) break;
    passed.bytes.append(buffer.data(), *got);
  }
  passed.refusal = gate.refusal();
  return passed;
}

Passed pass(const std::string& document,
            GateProfile profile = GateProfile::Standard,
            const Limits& limits = {},
            std::size_t step = 1U << 20U) {
  auto source = Source::from_stream("t", std::make_unique<TrickleStream>(document, step));
  Gate gate{source, profile, limits};
  return pass(gate);
}

std::string rule_of(const Passed& passed) {
  return passed.refusal ? passed.refusal->rule : "";
}

}  // namespace

TEST_CASE("The gate lets good documents through unchanged", "[xml][gate]") {
  const std::string document =
      GENERATE("<a/>"s,
               "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<a b='1'>\u00e9<!-- c - --></a>"s,
               "<a><![CDATA[<!DOCTYPE ]]]]><b>&#x41;&amp;</b><!-- <!DOCTYPE x> --></a>"s,
               "<a b=\"<?>'\">&lt;</a>"s,
               std::string(3000, ' ') + "<a/>");
  const auto step = GENERATE(1U, 2U, 7U, 100'000U);
  CAPTURE(document, step);
  const auto passed = pass(document, GateProfile::Standard, {}, step);
  CHECK(rule_of(passed).empty());
  CHECK(passed.bytes == document);
}

TEST_CASE("A byte order mark is accepted and not handed on", "[xml][gate]") {
  const auto passed = pass("\xEF\xBB\xBF<a>\n<b/></a>");
  CHECK(passed.bytes == "<a>\n<b/></a>");
  REQUIRE(passed.tags.size() == 3);
  CHECK(passed.tags[0].tag == Place{3, 1, 1});
  CHECK(passed.tags[1].tag == Place{7, 2, 1});
}

TEST_CASE("What the standard profile refuses, and where", "[xml][gate]") {
  struct Case {
    std::string document, rule;
    Place where;
  };
  const auto c = GENERATE(
      Case{"", "G-EMPTY", {0, 1, 1}},
      Case{"\xEF\xBB\xBF", "G-EMPTY", {3, 1, 1}},
      Case{"<!DOCTYPE a><a/>", "G-DOCTYPE", {0, 1, 1}},
      Case{"<?xml version='1.0'?>\n <!DOCTYPE a [", "G-DOCTYPE", {23, 2, 2}},
      Case{"<a><!DOCTYPE b></a>", "G-DOCTYPE", {3, 1, 4}},
      Case{"<a><!ELEMENT b></a>", "G-MARKUP", {3, 1, 4}},
      Case{"<?xml-stylesheet href='x'?><a/>", "G-PI", {0, 1, 1}},
      Case{"<a>\n<?php ?></a>", "G-PI", {4, 2, 1}},
      Case{"<?xml version='1.1'?><a/>", "G-VERSION", {0, 1, 1}},
      Case{"<?xml version='1.0' encoding='ISO-8859-1'?><a/>", "G-ENCODING", {0, 1, 1}},
      Case{"<?xml version='1.0' encoding='UTF-16'?><a/>", "G-ENCODING", {0, 1, 1}},
      Case{"\xEF\xBB\xBF<?xml version='1.0' encoding='latin1'?><a/>", "G-ENCODING", {3, 1, 1}},
      Case{"\xFF\xFE<\0a\0/\0>\0"s, "G-ENCODING", {0, 1, 1}},
      Case{"\0\0\0<\0\0\0a"s, "G-ENCODING", {0, 1, 1}},
      Case{"+/v8-", "G-ENCODING", {0, 1, 1}},
      Case{"<a>\xE9</a>", "G-UTF8", {3, 1, 4}},
      Case{"<a>\xC0\xAF</a>", "G-UTF8", {3, 1, 4}},                  // overlong
      Case{"<a>\xED\xA0\x80\xED\xB0\x80</a>", "G-UTF8", {3, 1, 4}},  // CESU-8
      Case{"<a>\xF5\x80\x80\x80</a>", "G-UTF8", {3, 1, 4}},
      Case{"<a>\xE2\x82", "G-UTF8", {3, 1, 4}},
      Case{"<a>\n\n x\0</a>"s, "G-CHAR", {7, 3, 3}},
      Case{"<a>\x01</a>", "G-CHAR", {3, 1, 4}},
      Case{"<a>\xEF\xBF\xBF</a>", "G-CHAR", {3, 1, 4}},
      Case{"<a>\xC2\x85</a>", "G-CHAR", {3, 1, 4}},
      Case{"<a>\xEF\xB7\x90</a>", "G-CHAR", {3, 1, 4}},
      Case{"<a>x&#0;</a>", "G-CHAR", {4, 1, 5}},
      Case{"<a>&#xD800;</a>", "G-CHAR", {3, 1, 4}},
      Case{"<a>&#x110000;</a>", "G-CHAR", {3, 1, 4}},
      Case{"<a>&#99999999999999999999;</a>", "G-CHAR", {3, 1, 4}},
      Case{"<a b='&#1;'/>", "G-CHAR", {0, 1, 1}});
  const auto step = GENERATE(1U, 3U, 100'000U);
  CAPTURE(c.document, step);
  const auto passed = pass(c.document, GateProfile::Standard, {}, step);
  REQUIRE(passed.refusal);
  CHECK(passed.refusal->rule == c.rule);
  CHECK(passed.refusal->where == c.where);
  CHECK(passed.refusal->layer == Layer::Gate);
  // Nothing at or behind the refused place was handed on.
  CHECK(passed.bytes.find("<!D") == std::string::npos);
  CHECK(passed.bytes.size() <= c.where.offset);
}

TEST_CASE("The general profile converts encodings and lets instructions pass", "[xml][gate]") {
  struct Case {
    std::string document, utf8;
  };
  const auto c = GENERATE(
      Case{"<?xml version='1.0'?><?p q?><a/>", "<?xml version='1.0'?><?p q?><a/>"},
      Case{"\xFF\xFE<\0a\0>\0\xE9\0\x3D\xD8\x00\xDE<\0/\0a\0>\0"s, "<a>\u00e9\U0001F600</a>"},
      Case{"\xFE\xFF\0<\0a\0/\0>"s, "<a/>"},
      Case{"\0<\0a\0/\0>"s, "<a/>"},
      Case{"<?xml version='1.0' encoding='iso-8859-1'?><a>\xE9\x85</a>",
           "<?xml version='1.0' encoding='iso-8859-1'?><a>\u00e9\xC2\x85</a>"},
      Case{"<?xml version='1.0' encoding='windows-1252'?><a>\x80\xE9</a>",
           "<?xml version='1.0' encoding='windows-1252'?><a>\u20ac\u00e9</a>"});
  const auto step = GENERATE(1U, 100'000U);
  CAPTURE(c.utf8, step);
  const auto passed = pass(c.document, GateProfile::General, {}, step);
  CHECK(rule_of(passed).empty());
  CHECK(passed.bytes == c.utf8);
}

TEST_CASE("The general profile still refuses what no XML 1.0 is", "[xml][gate]") {
  struct Case {
    std::string document, rule;
  };
  const auto c =
      GENERATE(Case{"<!DOCTYPE a><a/>", "G-DOCTYPE"},
               Case{"\xFF\xFE\x00\xD8<\0"s, "G-ENCODING"},  // lone surrogate
               Case{"\xFF\xFE<\0a"s, "G-ENCODING"},         // half a unit
               Case{"<?xml version='1.0' encoding='windows-1252'?><a>\x81", "G-ENCODING"},
               Case{"<?xml version='1.0' encoding='EBCDIC-CP-US'?><a/>", "G-ENCODING"},
               Case{"\xFF\xFE<\0!\0D\0O\0"s, "G-DOCTYPE"},
               Case{"<a>\x08</a>", "G-CHAR"});
  CAPTURE(c.rule);
  CHECK(rule_of(pass(c.document, GateProfile::General)) == c.rule);
}

TEST_CASE("Each limit holds at n and refuses at n + 1", "[xml][gate]") {
  const Limits limits{.depth = 3,
                      .attributes = 2,
                      .namespaces = 1,
                      .name_bytes = 7,
                      .attribute_value_bytes = 6,
                      .text_bytes = 8,
                      .markup_bytes = 60};
  struct Case {
    std::string within, beyond, rule;
  };
  const auto c = GENERATE(
      Case{"<a><b><c/></b></a>", "<a><b><c><d/></c></b></a>", "G-LIMIT-DEPTH"},
      Case{"<a><b><c></c></b></a>", "<a><b><c><d></d></c></b></a>", "G-LIMIT-DEPTH"},
      Case{"<a b='' c=''/>", "<a b='' c='' d=''/>", "G-LIMIT-ATTRIBUTES"},
      Case{"<a xmlns='u'/>", "<a xmlns='u' xmlns:b='v'/>", "G-LIMIT-NAMESPACES"},
      Case{"<abcdefg/>", "<abcdefgh/>", "G-LIMIT-NAME"},
      Case{"<a></abcdefg          >", "<a></abcdefgh>", "G-LIMIT-NAME"},
      Case{"<a abcdefg=''/>", "<a abcdefgh=''/>", "G-LIMIT-NAME"},
      Case{"<a>&amp;</a>", "<a>&abcdefgh;</a>", "G-LIMIT-NAME"},
      Case{"<a b='123456'/>", "<a b='1234567'/>", "G-LIMIT-VALUE"},
      Case{"<a b='1&lt;6'/>", "<a b='12&lt;67'/>", "G-LIMIT-VALUE"},
      Case{"<a>12345678</a>", "<a>123456789</a>", "G-LIMIT-TEXT"},
      Case{"<a>123<b/>12345678</a>", "<a>1234<![CDATA[34]]></a>", "G-LIMIT-TEXT"},
      Case{"<a>1234<!----> 678</a>", "<a>1234<!---->56789</a>", "G-LIMIT-TEXT"},
      Case{"<a><!--a--></a>", "<a><!--abcdefghijkl--></a>", "G-LIMIT-TEXT"},
      Case{"<a" + std::string(57, ' ') + ">", "<a" + std::string(59, ' ') + ">", "G-LIMIT-MARKUP"});
  const auto step = GENERATE(1U, 100'000U);
  CAPTURE(c.within, c.beyond, step);
  CHECK(rule_of(pass(c.within, GateProfile::Standard, limits, step)).empty());
  CHECK(rule_of(pass(c.beyond, GateProfile::Standard, limits, step)) == c.rule);
}

TEST_CASE("A token that never ends is refused in bounded memory", "[xml][gate]") {
  // Endless input: the test ends only because the gate stops reading.
  class Endless final : public ByteStream {
   public:
    explicit Endless(std::string begin) : begin_{std::move(begin)} {}
    Result<std::size_t> read(std::span<char> into) override {
      std::fill(into.begin(), into.end(), 'x');
      std::copy(begin_.begin(), begin_.end(), into.begin());
      begin_.clear();
      return into.size();
    }

   private:
    std::string begin_;
  };
  const auto begin =
      GENERATE("<a>", "<", "<a b='", "<a b", "<a><!--", "<a><![CDATA[", "</", "<a>&", "<a b='&");
  CAPTURE(begin);
  auto source = Source::from_stream("t", std::make_unique<Endless>(begin));
  Gate gate{source, GateProfile::Standard, {}};
  const auto passed = pass(gate);
  REQUIRE(passed.refusal);
  CHECK(passed.refusal->rule.substr(0, 8) == "G-LIMIT-");
  CHECK(gate.bytes_read() < (3U << 20U));
}

TEST_CASE("Tags are marked with their places", "[xml][gate]") {
  const auto passed = pass("<a>\r\n  <\u00e9 b='>'/>\r</a >");
  REQUIRE(passed.tags.size() == 3);
  CHECK(passed.tags[0].kind == TagKind::Start);
  CHECK(passed.tags[0].content == Place{3, 1, 4});
  CHECK(passed.tags[1].kind == TagKind::Empty);
  CHECK(passed.tags[1].tag == Place{7, 2, 3});
  CHECK(passed.tags[1].content == Place{18, 2, 13});
  CHECK(passed.tags[2].kind == TagKind::End);
  CHECK(passed.tags[2].tag == Place{19, 3, 1});
}

TEST_CASE("An excerpt shows names of the schema and masks everything else", "[xml][gate]") {
  const std::string document =
      "<Case id=\"A7\">\n"
      "  <GivenName>Mar\u00eda Jos\u00e9 </GivenName><Other x=\"k9\">1</Other>\n"
      "  <!-- seen <GivenName>Ana</GivenName> -->\n"
      "  <Date xsi:nil=\"true\" nullReason=\"UNK\"/>\n"
      "</Case>";
  auto source = Source::from_string("t", document);
  Gate gate{source, GateProfile::Standard, {}};
  std::array<char, 4096> buffer{};
  REQUIRE(*gate.read(buffer) == document.size());
  const KnownName known = [](std::string_view name) {
    return name == "Case" || name == "GivenName" || name == "id" || name == "Date" ||
           name == "nullReason";
  };
  struct Case {
    std::string find, text;
  };
  const auto c =
      GENERATE(Case{"<Case", "<Case id=\"X9\">"},
               Case{"Mar", "  <GivenName>Xxxxx Xxxx </GivenName><Xxxxx x=\"x9\">9</Xxxxx>"},
               Case{"seen", "  <!-- xxxx <XxxxxXxxx>Xxx</XxxxxXxxx> -->"},
               Case{"<Date", "  <Date xsi:nil=\"true\" nullReason=\"XXX\"/>"});
  const auto offset = document.find(c.find);
  const auto line = static_cast<std::uint64_t>(
      std::count(document.begin(), document.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
  const auto column = offset - (line == 0 ? 0 : document.rfind('\n', offset) + 1) + 1;
  const auto excerpt = gate.excerpt({offset, line + 1, column}, known, Reveal::Nothing);
  REQUIRE(excerpt);
  CHECK(excerpt->text == c.text);
  CHECK(excerpt->first_column == 1);
}

TEST_CASE("An excerpt can be made at the very end of a document", "[xml][gate]") {
  const std::string document = GENERATE("<a>x", "<a>\n", "<a", "<a><!--");
  auto source = Source::from_string("t", document);
  Gate gate{source, GateProfile::Standard, {}};
  std::array<char, 64> buffer{};
  while (*gate.read(buffer) > 0) {
  }
  const auto place = gate.locate(9, 9);
  CHECK(place.offset == document.size());
  const auto excerpt = gate.excerpt(
      place, [](std::string_view) { return false; }, Reveal::Nothing);
  REQUIRE(excerpt);
  CHECK(excerpt->text.find_first_of("a") == std::string::npos);
}

TEST_CASE("An excerpt of a long line is cut around its place", "[xml][gate]") {
  const auto document =
      "<a><b>" + std::string(5000, 'y') + "</b><c/>" + std::string(500, ' ') + "</a>";
  auto source = Source::from_string("t", document);
  Gate gate{source, GateProfile::Standard, {}};
  std::array<char, 8192> buffer{};
  REQUIRE(gate.read(buffer));
  const auto offset = document.find("<c");
  const auto excerpt = gate.excerpt(
      {offset, 1, offset + 1}, [](std::string_view) { return true; }, Reveal::Nothing);
  REQUIRE(excerpt);
  CHECK(excerpt->text.size() == 110);
  CHECK(excerpt->text.substr(offset + 1 - excerpt->first_column, 4) == "<c/>");
  CHECK(excerpt->text.substr(0, 5) == "xxxxx");
}

TEST_CASE("A document truncated at any byte neither crashes nor hangs the gate", "[xml][gate]") {
  const std::string document =
      "\xEF\xBB\xBF<?xml version='1.0' encoding='UTF-8'?><!--x--><a b='&#x41;' xmlns:c='u'>"
      "\u00e9\U0001F600<![CDATA[]]]]><b/>&amp;</a>";
  for (std::size_t n = 0; n <= document.size(); ++n) {
    const auto passed = pass(document.substr(0, n), GateProfile::Standard, {}, 5);
    CHECK(passed.bytes.size() <= n);
  }
}
