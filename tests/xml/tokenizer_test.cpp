// SPDX-License-Identifier: Apache-2.0
#include "xml/tokenizer.hpp"

#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>

#include <catch2/catch.hpp>

using namespace amparo;
using namespace amparo::xml;

namespace {

// Gives the bytes in pieces of at most `piece`, as a pipe does.
class Pieces final : public ByteStream {
 public:
  Pieces(std::string bytes, std::size_t piece) : bytes_{std::move(bytes)}, piece_{piece} {}
  Result<std::size_t> read(std::span<char> into) override {
    const auto n = std::min({into.size(), piece_, bytes_.size() - at_});
    std::copy_n(bytes_.data() + at_, n, into.data());
    at_ += n;
    return n;
  }

 private:
  std::string bytes_;
  std::size_t piece_;
  std::size_t at_ = 0;
};

struct Run {
  GateProfile profile = GateProfile::Standard;
  ScanPath path = ScanPath::Best;
  std::size_t chunk = kChunkBytes;
  Limits limits{};
};

std::string trace_of(Source& source, const Run& run) {
  Tokenizer tokenizer{source, nullptr, {run.profile, run.limits, run.path, run.chunk}};
  std::string trace;
  bool in_text = false;
  std::string scratch;
  for (;;) {
    const auto token = tokenizer.next();
    if (token != Token::Text && in_text) {
      trace += "\"";
      in_text = false;
    }
    switch (token) {
      case Token::Text:
        if (tokenizer.text().empty()) break;
        if (!in_text) trace += " \"";
        in_text = true;
        trace += tokenizer.text();
        break;
      case Token::Start: {
        const Name& name = *tokenizer.top().name;
        trace += " <{" + name.space->uri + "}" + std::string{name.local()};
        for (const Attribute& attribute : tokenizer.attributes()) {
          trace += " {" + attribute.name->space->uri + "}" + std::string{attribute.name->local()} +
                   "='" + std::string{tokenizer.value(attribute, scratch)} + "'";
        }
        trace += ">";
        break;
      }
      case Token::End:
        trace += " </" + tokenizer.top().name->raw + ">";
        break;
      case Token::Finished:
        return trace.empty() ? trace : trace.substr(1);
      case Token::Stopped: {
        REQUIRE(tokenizer.problem());
        const Problem& problem = *tokenizer.problem();
        trace += " !" + std::string{problem.key} + " " + std::to_string(problem.where.line) + ":" +
                 std::to_string(problem.where.column);
        return trace.substr(1);
      }
    }
  }
}

std::string trace_of(const std::string& bytes, const Run& run = {}) {
  auto source = Source::from_string("t", bytes);
  return trace_of(source, run);
}

const std::string kBom = "\xEF\xBB\xBF";

std::string repeat(const std::string& what, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i)
    all += what;
  return all;
}

// Documents that touch every state, for the tests of windows and paths.
std::vector<std::string> assorted() {
  std::vector<std::string> documents{
      "<a/>",
      kBom +
          "<?xml version='1.0' encoding=\"UTF-8\" standalone='yes' ?>\r\n<!-- x - y -->\n<a>"
          "<b c='1' d=\"&lt;&#x41;&amp;\t\r\n'\">t&gt;u<![CDATA[<&]] ]]]></b >\r\n\r<e/></a>\n",
      "<a xmlns='urn:1' xmlns:p='urn:2'><p:b p:c='1' c='2'/><d xmlns=''><e xmlns:p='urn:3'>"
      "<p:f/></e></d><p:g/></a>",
      "<niño edad='años'>¿Cuántos? €uro 𝄞 \xC2\xA0 ]] ]&gt; ]>" + repeat("áéíóú", 60) + "</niño>",
      "<a>" + repeat("<b><c>text</c>\n    <d e='f'/></b>\n", 40) + "</a>",
      "<a b='" + repeat("long value ", 50) + "'>" + repeat("long text ", 50) + "<!--" +
          repeat("long comment ", 50) + "--></a>",
      "<a>\xC3</a>",
      "<a>" + repeat("x", 70) + "\xED\xA0\x80</a>",
      "<a>" + repeat("y", 90) + "\xC2\x85</a>",
      "<a><b></a>",
      "<a>x]]>y</a>",
      "<a b='1'c='2'/>",
      "<a",
      "<a>text",
      "<a>&nope;</a>",
      "<a>&#65",
      "<!-- never closed",
      "<a><![CDATA[ never closed",
      "<a></a>tail",
      "\n\n<?xml version='1.0'?><a/>",
  };
  return documents;
}

}  // namespace

TEST_CASE("A well-formed document as tokens", "[xml][tokenizer]") {
  struct Case {
    std::string document, trace;
  };
  const auto c =
      GENERATE(Case{"<a/>", "<{}a> </a>"},
               Case{"<a></a>", "<{}a> </a>"},
               Case{"<a >x</a\n>", "<{}a> \"x\" </a>"},
               Case{kBom + "<a/>", "<{}a> </a>"},
               Case{"<?xml version=\"1.0\"?><a/>", "<{}a> </a>"},
               Case{"<?xml version='1.0' encoding='utf-8' standalone='no'?>\n<a/>\n", "<{}a> </a>"},
               Case{"<!-- - --><a><!---->x<!-- y --></a><!-- z -->", "<{}a> \"x\" </a>"},
               Case{"<a b='1' c=\"2\" />", "<{}a {}b='1' {}c='2'> </a>"},
               Case{"<a b\n=\n'1'/>", "<{}a {}b='1'> </a>"},
               Case{"<a b='\"' c=\"'>\"/>", "<{}a {}b='\"' {}c=''>'> </a>"},
               Case{"<a b='x\ty\nz\r\nw\rv&#10;'/>", "<{}a {}b='x y z w v\n'> </a>"},
               Case{"<a>1\r\n2\r3\n</a>", "<{}a> \"1\n2\n3\n\" </a>"},
               Case{"<a>1&#13;2</a>", "<{}a> \"1\r2\" </a>"},
               Case{"<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;</a>",
                    "<{}a> \"<>&\"'A\xF0\x9F\x98\x80\" </a>"},
               Case{"<a><![CDATA[<b>&amp;]]]]></a>", "<{}a> \"<b>&amp;]]\" </a>"},
               Case{"<a><![CDATA[]]></a>", "<{}a> </a>"},
               Case{"<a>]] ]&gt; ></a>", "<{}a> \"]] ]> >\" </a>"},
               Case{"<_é-.1:b xmlns:_é-.1='u'/>", "<{u}b> </_é-.1:b>"},
               Case{"<a xmlns='u'><b/><c xmlns=''/></a>", "<{u}a> <{u}b> </b> <{}c> </c> </a>"},
               Case{"<p:a xmlns:p='u'><p:b xmlns:p='v' p:c='1'/><p:b/></p:a>",
                    "<{u}a> <{v}b {v}c='1'> </p:b> <{u}b> </p:b> </p:a>"},
               Case{"<a xml:lang='es' xmlns:xml='http://www.w3.org/XML/1998/namespace'/>",
                    "<{}a {http://www.w3.org/XML/1998/namespace}lang='es'> </a>"},
               Case{"<a xmlns='u' xmlns:p='u' b='1' p:b='2'/>", "<{u}a {}b='1' {u}b='2'> </a>"},
               Case{"<a xmlns:p='u&#x3A;&amp;' p:b=''/>", "<{}a {u:&}b=''> </a>"});
  CAPTURE(c.document);
  CHECK(trace_of(c.document) == c.trace);
}

TEST_CASE("What is not well formed, by its rule and at its place", "[xml][tokenizer]") {
  struct Case {
    std::string document, problem;
  };
  const auto c = GENERATE(
      // The frame of the document.
      Case{" ", "!wf-no-root 1:2"},
      Case{"<!-- x -->", "!wf-no-root 1:11"},
      Case{"x<a/>", "!wf-document 1:1"},
      Case{"<a/>\nx", "!wf-document 2:1"},
      Case{"<a/>&amp;", "!wf-document 1:5"},
      Case{"<a/><b/>", "!wf-document 1:5"},
      Case{"<a/></a>", "!wf-end-without-start 1:5"},
      Case{"<a/><![CDATA[]]>", "!wf-cdata 1:5"},
      Case{"<?xml version='1.0'><a/>", "!wf-declaration 1:1"},
      Case{"<?xml encoding='UTF-8'?><a/>", "!wf-declaration 1:1"},
      Case{"<?xml version='1.0' standalone='maybe'?><a/>", "!wf-declaration 1:1"},
      Case{"<?xml version='1.0' standalone='no' encoding='UTF-8'?><a/>", "!wf-declaration 1:1"},
      Case{"<?xml version='1.0'encoding='UTF-8'?><a/>", "!wf-declaration 1:1"},
      Case{"<?xml version='1.1'?><a/>", "!gate-version 1:1"},
      // Tags.
      Case{"<a>", "!wf-ended 1:4"},
      Case{"<a><b></a>", "!wfc-element-type-match 1:7"},
      Case{"<a><ab></a></ab>", "!wfc-element-type-match 1:8"},
      Case{"<a></a b>", "!wfc-element-type-match 1:4"},
      Case{"<a", "!wf-ended-in-markup 1:3"},
      Case{"<a b='1", "!wf-ended-in-markup 1:8"},
      Case{"<a></a", "!wf-ended-in-markup 1:7"},
      Case{"< a/>", "!wf-element-name 1:1"},
      Case{"<1/>", "!wf-element-name 1:1"},
      Case{"<a><-b/></a>", "!wf-element-name 1:4"},
      Case{"<a>1 < 2</a>", "!wf-element-name 1:6"},
      Case{"<a><b<c/></a>", "!wf-start-tag 1:4"},
      Case{"<a\xC3\x97/>", "!wf-element-name 1:1"},
      Case{"<a b/>", "!wf-attribute-value 1:5"},
      Case{"<a b=1/>", "!wf-attribute-value 1:6"},
      Case{"<a b=/>", "!wf-attribute-value 1:6"},
      Case{"<a ='1'/>", "!wf-attribute-name 1:4"},
      Case{"<a 1='1'/>", "!wf-attribute-name 1:4"},
      Case{"<a /b='1'/>", "!wf-attribute-name 1:4"},
      Case{"<a b='1'c='2'/>", "!wf-space-missing 1:9"},
      Case{"<a b='1' b='2'/>", "!wfc-unique-attribute 1:1"},
      Case{"<a b='<'/>", "!wfc-no-lt-in-attribute 1:7"},
      // Text, references, comments.
      Case{"<a>x]]>y</a>", "\"x\" !wf-text 1:5"},
      Case{"<a>]]]></a>", "\"]\" !wf-text 1:5"},
      Case{"<a>&</a>", "!wf-entity-reference 1:4"},
      Case{"<a>& b</a>", "!wf-entity-reference 1:4"},
      Case{"<a>&lt b</a>", "!wf-entity-reference 1:4"},
      Case{"<a>&1;</a>", "!wf-entity-reference 1:4"},
      Case{"<a>&eacute;</a>", "!wfc-entity-declared 1:4"},
      Case{"<a b='&c;'/>", "!wfc-entity-declared 1:7"},
      Case{"<a>&#65 </a>", "!wf-character-reference 1:4"},
      Case{"<a>&lt", "!wf-ended-in-markup 1:7"},
      Case{"<a><!-- -- --></a>", "!wf-comment 1:9"},
      Case{"<a><!-- x ---></a>", "!wf-comment 1:11"},
      Case{"<a><!-- x", "!wf-comment 1:4"},
      Case{"<a><![CDATA[ x", "\" x\" !wf-cdata 1:4"},
      // Namespaces.
      Case{"<p:a/>", "!nsc-prefix-declared 1:1"},
      Case{"<a p:b='1'/>", "!nsc-prefix-declared 1:4"},
      Case{"<a xmlns:p='u'/><!-- --><p:b/>", "!wf-document 1:25"},
      Case{"<a><b xmlns:p='u'/><p:c/></a>", "!nsc-prefix-declared 1:20"},
      Case{"<a:b:c xmlns:a='u'/>", "!nsc-names 1:1"},
      Case{"<:a/>", "!nsc-names 1:1"},
      Case{"<a:/>", "!nsc-names 1:1"},
      Case{"<a:1 xmlns:a='u'/>", "!nsc-names 1:1"},
      Case{"<a xmlns:='u'/>", "!nsc-names 1:4"},
      Case{"<a xmlns:b:c='u'/>", "!nsc-names 1:4"},
      Case{"<a xmlns:p=''/>", "!nsc-no-prefix-undeclaring 1:4"},
      Case{"<a xmlns:xml='u'/>", "!nsc-reserved-prefixes 1:4"},
      Case{"<a xmlns:xmlns='u'/>", "!nsc-reserved-prefixes 1:4"},
      Case{"<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>", "!nsc-reserved-prefixes 1:4"},
      Case{"<a xmlns='http://www.w3.org/2000/xmlns/'/>", "!nsc-reserved-prefixes 1:4"},
      Case{"<xmlns:a/>", "!nsc-reserved-prefixes 1:1"},
      Case{"<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>", "!wfc-unique-attribute 1:1"},
      Case{"<a xmlns='u' xmlns='v'/>", "!wfc-unique-attribute 1:1"});
  CAPTURE(c.document);
  const auto trace = trace_of(c.document);
  CHECK(trace.substr(trace.size() - std::min(trace.size(), c.problem.size())) == c.problem);
}

TEST_CASE("What the tokenizer does not let through", "[xml][tokenizer]") {
  struct Case {
    std::string document, problem;
    GateProfile profile = GateProfile::Standard;
  };
  const auto general = GateProfile::General;
  const auto c = GENERATE_COPY(
      Case{"", "!gate-empty 1:1"},
      Case{kBom, "!gate-empty 1:1"},
      Case{"<!DOCTYPE a><a/>", "!gate-doctype 1:1"},
      Case{"<!DOCTYPE a><a/>", "!gate-doctype 1:1", general},
      Case{"<a>\n<!DOCTYPE a></a>", "!gate-doctype 2:1"},
      Case{"<a><!ENTITY b 'c'></a>", "!gate-markup 1:4"},
      Case{"<a><!-x></a>", "!gate-markup 1:4"},
      Case{"<a><![CDATE[]]></a>", "!gate-markup 1:4"},
      Case{"<a><?b c?></a>", "!gate-pi 1:4"},
      Case{"\n<?xml version='1.0'?><a/>", "!gate-declaration 2:1"},
      Case{"\n<?xml version='1.0'?><a/>", "!wf-declaration 2:1", general},
      Case{"<a><?XML b?></a>", "!wf-pi 1:4", general},
      Case{"<a><?1?></a>", "!wf-pi 1:4", general},
      Case{"<a><?b:c?></a>", "!nsc-names 1:4", general},
      Case{"<a><?b c></a>", "!wf-pi 1:4", general},
      Case{"<a>&#0;</a>", "!gate-char-reference 1:4"},
      Case{"<a>&#xD800;</a>", "!gate-char-reference 1:4", general},
      Case{"<a>&#x110000;</a>", "!gate-char-reference 1:4"},
      Case{"<a>&#99999999999999999999;</a>", "!gate-char-reference 1:4"},
      Case{"<a>&#x;</a>", "!gate-char-reference-form 1:4"},
      Case{"<a>&#6A;</a>", "!gate-char-reference-form 1:4"},
      Case{"<a b='&#0;'/>", "!gate-char-reference 1:1"},
      Case{"<a>&#x85;</a>", "!gate-char-reference 1:4"},
      Case{std::string{"<a>\0</a>", 8}, "!gate-char 1:4"},
      Case{"<a>\x01</a>", "!gate-char 1:4", general},
      Case{"<a>\x7F</a>", "!gate-char 1:4"},
      Case{"<a>\xC2\x85</a>", "!gate-char 1:4"},
      Case{"<a>\xEF\xBF\xBE</a>", "!gate-char 1:4", general},
      Case{"<a>\xEF\xB7\x90</a>", "!gate-char 1:4"},
      Case{"<a>\xF0\x9F\xBF\xBE</a>", "!gate-char 1:4"},
      Case{"<a>\xC0\x80</a>", "!gate-utf8 1:4"},
      Case{"<a>\xE0\x80\x80</a>", "!gate-utf8 1:4"},
      Case{"<a>\xED\xA0\x80</a>", "!gate-utf8 1:4", general},
      Case{"<a>\xF4\x90\x80\x80</a>", "!gate-utf8 1:4"},
      Case{"<a>\xF5\x80\x80\x80</a>", "!gate-utf8 1:4"},
      Case{"<a>\x80</a>", "!gate-utf8 1:4"},
      Case{"<a>\xC3", "!gate-utf8 1:4"},
      Case{"<?xml version='1.0' encoding='ISO-8859-1'?><a/>", "!gate-encoding 1:1"},
      Case{"<?xml version='1.0' encoding='EBCDIC-X'?><a/>", "!gate-encoding-unknown 1:1", general},
      Case{kBom + "<?xml version='1.0' encoding='UTF-16'?><a/>",
           "!gate-encoding-contradiction 1:1"});
  CAPTURE(c.document);
  const auto trace = trace_of(c.document, {.profile = c.profile});
  CHECK(trace.substr(trace.size() - std::min(trace.size(), c.problem.size())) == c.problem);
}

TEST_CASE("The general profile reads other encodings and passes over instructions",
          "[xml][tokenizer]") {
  const Run general{.profile = GateProfile::General};
  CHECK(trace_of("<?b?><a><?b c?>x<?d ? ?></a><?e f?>", general) == "<{}a> \"x\" </a>");
  CHECK(trace_of("<a>\xC2\x85\x7F</a>", general) == "<{}a> \"\xC2\x85\x7F\" </a>");
  CHECK(trace_of("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xF1</a>", general) ==
        "<{}a> \"ñ\" </a>");
  CHECK(trace_of("<?xml version='1.0' encoding='windows-1252'?><a>\x80</a>", general) ==
        "<{}a> \"€\" </a>");
  CHECK(trace_of(std::string{"\xFF\xFE<\0a\0>\0\xF1\0<\0/\0a\0>\0", 18}, general) ==
        "<{}a> \"ñ\" </a>");
}

TEST_CASE("Each limit of the tokenizer holds at n and stops at n + 1", "[xml][tokenizer]") {
  Run run;
  run.limits = {.depth = 3,
                .attributes = 4,
                .namespaces = 2,
                .name_bytes = 7,
                .attribute_value_bytes = 10,
                .text_bytes = 20,
                .markup_bytes = 60};
  struct Case {
    std::string good, bad, problem;
  };
  const auto c = GENERATE(
      Case{"<a><b><c/></b></a>", "<a><b><c><d/></c></b></a>", "!gate-limit-depth 1:10"},
      Case{"<a b='' c='' d='' e=''/>",
           "<a b='' c='' d='' e='' f=''/>",
           "!gate-limit-attributes 1:1"},
      Case{"<a xmlns='u' xmlns:p='v'/>",
           "<a xmlns='u' xmlns:p='v' xmlns:q='w'/>",
           "!gate-limit-namespaces 1:1"},
      Case{"<abcdefg/>", "<abcdefgh/>", "!gate-limit-name 1:1"},
      Case{"<a abcdefg=''/>", "<a abcdefgh=''/>", "!gate-limit-name 1:1"},
      Case{"<a b='1234567890'/>", "<a b='12345678901'/>", "!gate-limit-value 1:1"},
      Case{"<a>12345678901234567890</a>", "<a>123456789012345678901</a>", "!gate-limit-text 1:24"},
      Case{"<a>1234567890<!-- -->1234567890</a>",
           "<a>1234567890<!-- -->12345678901</a>",
           "!gate-limit-text 1:32"},
      Case{"<a><!--1234567890123--></a>", "<a><!--12345678901234--></a>", "!gate-limit-text 1:4"},
      Case{"<a><![CDATA[12345678901234567]]></a>",
           "<a><![CDATA[123456789012345678]]></a>",
           "!gate-limit-text 1:4"},
      Case{"<a" + repeat(" ", 57) + ">x</a>",
           "<a" + repeat(" ", 58) + ">x</a>",
           "!gate-limit-markup 1:1"},
      Case{"<a>x</a" + repeat(" ", 56) + ">",
           "<a>x</a" + repeat(" ", 57) + ">",
           "!gate-limit-markup 1:5"});
  CAPTURE(c.bad);
  CHECK(trace_of(c.good, run).find('!') == std::string::npos);
  const auto trace = trace_of(c.bad, run);
  CHECK(trace.substr(trace.size() - std::min(trace.size(), c.problem.size())) == c.problem);
}

TEST_CASE("What is longer than the window is told where it began", "[xml][tokenizer]") {
  struct Case {
    std::string begin, problem;
  };
  const auto c = GENERATE(Case{"<a>\n<!--", "!wf-comment 2:1"},
                          Case{"<a>\n<!-- -- ", "!wf-comment 2:6"},
                          Case{"<a>\n<?b ", "!wf-pi 2:1"},
                          Case{"<a>\n<![CDATA[", "!wf-cdata 2:1"},
                          Case{"<a>\n<b>", "!wf-ended 2:600004"},
                          Case{"<a>\n<b c='", "!wf-ended-in-markup 2:600007"});
  const auto limit = GENERATE(std::size_t{400'000}, std::size_t{1} << 20U);
  const auto chunk = GENERATE(std::size_t{64}, std::size_t{4096}, kChunkBytes);
  CAPTURE(c.begin, limit, chunk);
  Run run{.profile = GateProfile::General, .chunk = chunk};
  run.limits.text_bytes = limit;
  run.limits.attribute_value_bytes = run.limits.markup_bytes = std::size_t{1} << 20U;
  const auto trace = trace_of(c.begin + repeat("x", 600'000), run);
  const bool is_text = c.problem.find("wf-ended") != std::string::npos;
  const auto problem = trace.substr(trace.rfind('!'));
  if (limit > 600'000 || c.problem == "!wf-comment 2:6" || c.begin.back() == '\'') {
    CHECK(problem == c.problem);
  } else {
    CHECK(problem == (is_text ? "!gate-limit-text 2:400004" : "!gate-limit-text 2:1"));
  }
}

TEST_CASE("Tokens do not depend on the window, the pieces or the instructions",
          "[xml][tokenizer]") {
  for (const std::string& document : assorted()) {
    for (const auto profile : {GateProfile::Standard, GateProfile::General}) {
      const auto whole = trace_of(document, {.profile = profile});
      CAPTURE(document);
      CHECK(trace_of(document, {.profile = profile, .path = ScanPath::Portable}) == whole);
      for (std::size_t chunk = 64; chunk <= 257; ++chunk) {
        const auto path = chunk % 2 == 0 ? ScanPath::Best : ScanPath::Portable;
        const auto small = trace_of(document, {.profile = profile, .path = path, .chunk = chunk});
        if (small != whole) FAIL("chunk " << chunk << ": " << small << "\nwhole: " << whole);
      }
      for (const std::size_t piece : {1U, 2U, 3U, 7U, 31U}) {
        auto source =
            Source::from_stream("t", std::make_unique<Pieces>(document, piece), std::size_t{64});
        CHECK(trace_of(source, {.profile = profile, .chunk = 64}) == whole);
      }
    }
  }
}

TEST_CASE("A document cut at any byte is not well formed, and says so at once",
          "[xml][tokenizer]") {
  const auto documents = assorted();
  for (const std::size_t which : {1U, 2U, 3U}) {
    const std::string& document = documents[which];
    const auto last = document.rfind('>');
    for (std::size_t size = 0; size <= last; ++size) {
      const auto cut = document.substr(0, size);
      const auto trace = trace_of(cut);
      if (trace.find('!') == std::string::npos) FAIL("accepted at " << size << ": " << trace);
      if (trace_of(cut, {.path = ScanPath::Portable, .chunk = 64}) != trace) {
        FAIL("differs at " << size);
      }
    }
  }
}

TEST_CASE("A flipped byte gives the same tokens on every path", "[xml][tokenizer]") {
  const auto documents = assorted();
  for (const std::size_t which : {1U, 2U, 3U}) {
    for (std::size_t at = 0; at < documents[which].size(); ++at) {
      for (const unsigned flip : {0x01U, 0x20U, 0x80U, 0xFFU}) {
        auto document = documents[which];
        document[at] = static_cast<char>(static_cast<unsigned char>(document[at]) ^ flip);
        for (const auto profile : {GateProfile::Standard, GateProfile::General}) {
          const auto best = trace_of(document, {.profile = profile});
          const auto portable =
              trace_of(document, {.profile = profile, .path = ScanPath::Portable, .chunk = 64});
          if (best != portable) FAIL(which << " at " << at << ": " << best << "\n" << portable);
        }
      }
    }
  }
}

TEST_CASE("Characters are checked alike on both paths", "[xml][characters]") {
  std::mt19937 random{7};
  const auto same = [](const std::string& text) {
    for (const auto set : {CharacterSet::Xml, CharacterSet::Strict}) {
      for (const bool is_last : {false, true}) {
        const auto a = check_characters(text, set, is_last, ScanPath::Best);
        const auto b = check_characters(text, set, is_last, ScanPath::Portable);
        if (a.good != b.good || a.fault != b.fault || a.character != b.character) return false;
      }
    }
    return count_bytes(text, 'a', ScanPath::Best) == count_bytes(text, 'a', ScanPath::Portable);
  };
  const std::vector<std::string> pieces{"a",
                                        "plain text",
                                        "é",
                                        "€",
                                        "𝄞",
                                        "\n",
                                        "\r\n",
                                        "\t",
                                        "\xC2\x85",
                                        "\xEF\xBF\xBD",
                                        "\xEF\xBF\xBF",
                                        "\xC0\xAF",
                                        "\xED\xA0\x80",
                                        "\xF4\x90\x80\x80",
                                        "\x80",
                                        "\xE2\x82",
                                        "\xF0\x9F",
                                        "\x01",
                                        "\x7F",
                                        "\xF8",
                                        "\xE0\x9F\xBF"};
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    const auto good_only = round % 2 == 0;
    while (text.size() < 100) {
      text += pieces[random() % (good_only ? 8U : pieces.size())];
    }
    if (good_only) text += pieces[random() % pieces.size()] + "tail";
    if (!same(text)) FAIL("round " << round);
  }
}
