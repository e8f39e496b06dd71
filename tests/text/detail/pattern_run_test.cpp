// SPDX-License-Identifier: Apache-2.0
// The automaton, the program that stands in for it, and a reference of thirty lines must agree.
#include <memory>
#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "text/utf8.hpp"
#include "text/xsd_pattern.hpp"

namespace amparo::text {
namespace {

const PatternLimits kNoAutomaton{.states = 0};

Pattern compiled(std::string_view pattern, const PatternLimits& limits = {}) {
  const auto result = Pattern::compile(pattern, limits);
  INFO(pattern);
  if (!result) FAIL(result.error().message);
  return *result;
}

// A pattern as text and, next to it, as what it means: the reference needs no parser.
struct Meaning;
using MeaningPtr = std::shared_ptr<const Meaning>;
struct Meaning {
  enum class Kind { Set, Sequence, Choice, Repeat } kind = Kind::Sequence;
  std::u32string set;  // Of kAlphabet.
  std::vector<MeaningPtr> parts;
  int min = 0;
  int max = 0;  // -1: no limit.
};

const std::u32string kAlphabet = U"abcZ05-_ \n^éñΩ漢🙂";

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

  MeaningPtr pattern(int depth, std::string& out) {
    Meaning choice{Meaning::Kind::Choice, {}, {}, 0, 0};
    const int branches = 1 + (below(3) == 0 ? below(3) : 0);
    for (int i = 0; i < branches; ++i) {
      if (i > 0) out += "|";
      Meaning sequence;
      const int pieces = below(10) == 0 ? 0 : 1 + below(3);
      for (int piece = 0; piece < pieces; ++piece)
        sequence.parts.push_back(quantified(depth, out));
      choice.parts.push_back(std::make_shared<Meaning>(sequence));
    }
    return std::make_shared<Meaning>(choice);
  }

  std::u32string text() {
    std::u32string out;
    const int length = below(9);
    for (int i = 0; i < length; ++i)
      out += below(3) > 0 ? kAlphabet[static_cast<std::size_t>(below(3))] : letter();
    return out;
  }

 private:
  char32_t letter() { return kAlphabet[static_cast<std::size_t>(below(16))]; }

  MeaningPtr quantified(int depth, std::string& out) {
    MeaningPtr inner = atom(depth, out);
    Meaning repeat{Meaning::Kind::Repeat, {}, {inner}, 0, 0};
    const int min = below(4);
    const int extra = below(3);
    switch (below(9)) {
      case 0:
        out += "?";
        repeat.max = 1;
        break;
      case 1:
        out += "*";
        repeat.max = -1;
        break;
      case 2:
        out += "+";
        repeat.min = 1;
        repeat.max = -1;
        break;
      case 3:
        out += "{" + std::to_string(min) + "}";
        repeat.min = repeat.max = min;
        break;
      case 4:
        out += "{" + std::to_string(min) + ",}";
        repeat.min = min;
        repeat.max = -1;
        break;
      case 5:
        out += "{" + std::to_string(min) + "," + std::to_string(min + extra) + "}";
        repeat.min = min;
        repeat.max = min + extra;
        break;
      default:
        return inner;
    }
    return std::make_shared<Meaning>(repeat);
  }

  MeaningPtr atom(int depth, std::string& out) {
    if (depth > 0 && below(3) == 0) {
      out += "(";
      MeaningPtr inner = pattern(depth - 1, out);
      out += ")";
      return inner;
    }
    Meaning set{Meaning::Kind::Set, {}, {}, 0, 0};
    const int kind = below(8);
    if (kind == 0) {
      set.set = char_class(2, out);
    } else if (kind == 1) {
      set.set = escape(out);
    } else {
      const char32_t c = kind < 6 ? kAlphabet[static_cast<std::size_t>(below(3))] : letter();
      set.set = std::u32string(1, c);
      literal(c, out);
    }
    return std::make_shared<Meaning>(set);
  }

  void literal(char32_t c, std::string& out) {
    if (c == '\n') {
      out += "\\n";
    } else {
      if (c == '-' || (c == '^' && below(2) == 0)) out += '\\';
      append_utf8(out, c);
    }
  }

  std::u32string escape(std::string& out) {
    struct Named {
      std::string text;
      std::u32string set;
    };
    static const std::vector<Named> kNamed{{".", U"abcZ05-_ ^éñΩ漢🙂"},
                                           {"\\d", U"05"},
                                           {"\\D", U"abcZ-_ \n^éñΩ漢🙂"},
                                           {"\\s", U" \n"},
                                           {"\\S", U"abcZ05-_^éñΩ漢🙂"},
                                           {"\\w", U"abcZ05^éñΩ漢🙂"},
                                           {"\\W", U"-_ \n"},
                                           {"\\i", U"abcZ_éñΩ漢🙂"},
                                           {"\\c", U"abcZ05-_éñΩ漢🙂"},
                                           {"\\C", U" \n^"},
                                           {"\\p{Lu}", U"ZΩ"},
                                           {"\\P{L}", U"05-_ \n^🙂"},
                                           {"\\p{IsBasicLatin}", U"abcZ05-_ \n^"},
                                           {"\\p{IsGreek}", U"Ω"}};
    const Named& named = kNamed[static_cast<std::size_t>(below(static_cast<int>(kNamed.size())))];
    out += named.text;
    return named.set;
  }

  std::u32string char_class(int depth, std::string& out) {
    const bool is_negative = below(3) == 0;
    out += is_negative ? "[^" : "[";
    std::u32string listed;
    const int items = 1 + below(3);
    for (int i = 0; i < items; ++i) {
      const int kind = below(6);
      if (kind == 0) {
        std::string text;
        const std::u32string set = escape(text);
        out += text;
        // In a class '.' is a character, and none of the alphabet.
        if (text != ".") listed += set;
      } else if (kind == 1) {
        out += "a-c";
        listed += U"abc";
      } else if (kind == 2) {
        out += "Z-é";
        listed += U"Z_abc^é";
      } else {
        const char32_t c = letter();
        out += c == '^' ? "\\" : "";
        literal_in_class(c, out);
        listed += c;
      }
    }
    std::u32string subtracted;
    if (depth > 0 && below(3) == 0) {
      out += "-";
      subtracted = char_class(depth - 1, out);
    }
    out += "]";
    std::u32string set;
    for (const char32_t c : kAlphabet)
      if ((listed.find(c) != std::u32string::npos) != is_negative &&
          subtracted.find(c) == std::u32string::npos)
        set += c;
    return set;
  }

  static void literal_in_class(char32_t c, std::string& out) {
    if (c == '\n') {
      out += "\\n";
      return;
    }
    if (c == '-') out += '\\';
    append_utf8(out, c);
  }

  std::mt19937 random_;
};

// Where a match that begins at `from` can end.
std::set<std::size_t> ends(const Meaning& meaning, const std::u32string& text, std::size_t from) {
  std::set<std::size_t> out;
  switch (meaning.kind) {
    case Meaning::Kind::Set:
      if (from < text.size() && meaning.set.find(text[from]) != std::u32string::npos)
        out.insert(from + 1);
      return out;
    case Meaning::Kind::Choice:
      for (const MeaningPtr& part : meaning.parts)
        out.merge(ends(*part, text, from));
      return out;
    case Meaning::Kind::Sequence:
      out.insert(from);
      for (const MeaningPtr& part : meaning.parts) {
        std::set<std::size_t> next;
        for (const std::size_t at : out)
          next.merge(ends(*part, text, at));
        out = next;
      }
      return out;
    case Meaning::Kind::Repeat:
      break;
  }
  std::set<std::size_t> at{from};
  const int most = meaning.max < 0 ? meaning.min + static_cast<int>(text.size()) : meaning.max;
  for (int times_done = 0; times_done <= most; ++times_done) {
    if (times_done >= meaning.min) out.insert(at.begin(), at.end());
    std::set<std::size_t> next;
    for (const std::size_t place : at)
      next.merge(ends(*meaning.parts.front(), text, place));
    at = next;
  }
  return out;
}

TEST_CASE("patterns and the plainest matcher agree", "[text][xsd_pattern]") {
  const auto seed = GENERATE(1U, 2U, 3U, 4U);
  CAPTURE(seed);
  Generator generator(seed);
  std::size_t matching = 0;
  for (int round = 0; round < 600; ++round) {
    std::string source;
    const MeaningPtr meaning = generator.pattern(2, source);
    const Pattern fast = compiled(source);
    const Pattern slow = compiled(source, kNoAutomaton);
    REQUIRE(fast.has_automaton());
    REQUIRE_FALSE(slow.has_automaton());
    for (int i = 0; i < 25; ++i) {
      const std::u32string characters = generator.text();
      std::string text;
      for (const char32_t c : characters)
        append_utf8(text, c);
      const bool expected = ends(*meaning, characters, 0).count(characters.size()) > 0;
      matching += expected ? 1 : 0;
      if (fast.matches(text) != expected || slow.matches(text) != expected) {
        CAPTURE(source, text, expected, fast.matches(text), slow.matches(text));
        FAIL("they differ");
      }
    }
  }
  CHECK(matching > 500);  // Enough texts match for agreement to mean something.
}

TEST_CASE("a fixed shape means what its pattern means", "[text][xsd_pattern]") {
  Generator generator(11);
  int shapes = 0;
  for (int round = 0; round < 1500; ++round) {
    std::string source;
    static_cast<void>(generator.pattern(1, source));
    const Pattern pattern = compiled(source);
    const auto shape = pattern.fixed_shape();
    if (!shape) continue;
    ++shapes;
    for (int i = 0; i < 20; ++i) {
      std::string text;
      for (const char32_t c : generator.text())
        append_utf8(text, c);
      bool fits =
          text.size() <= shape->positions.size() && (shape->lengths >> text.size() & 1U) != 0;
      for (std::size_t at = 0; fits && at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        fits = (shape->sets[shape->positions[at]][byte / 64] >> (byte % 64) & 1U) != 0;
      }
      CAPTURE(source, text);
      CHECK(fits == pattern.matches(text));
    }
  }
  CHECK(shapes > 50);
}

}  // namespace
}  // namespace amparo::text
