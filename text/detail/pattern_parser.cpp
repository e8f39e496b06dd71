// SPDX-License-Identifier: Apache-2.0
#include "text/detail/pattern_parser.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "text/detail/unicode_sets.hpp"
#include "text/utf8.hpp"

namespace amparo::text {

namespace {

constexpr std::uint32_t kUnbounded = PatternStep::kUnbounded;
constexpr char32_t kEnd = 0xFFFFFFFF;
// Beyond this no document is long enough; larger numbers all mean this one.
constexpr std::uint32_t kMostTimes = 0xFFFFFFFE;

constexpr std::string_view kSingleEscapes = "nrt\\|.-^?*+{}()[]";

bool is_ascii_letter(char32_t c, std::string_view of) {
  return c < 0x80 && of.find(static_cast<char>(c)) != std::string_view::npos;
}

// The pattern in an error message: enough of it to be recognised.
std::string quoted(std::string_view pattern) {
  constexpr std::size_t kMost = 60;
  if (pattern.size() <= kMost) return "pattern \"" + std::string(pattern) + "\": ";
  std::size_t cut = kMost;
  while (cut > 0 && (static_cast<unsigned char>(pattern[cut]) & 0xC0U) == 0x80U)
    --cut;
  return "pattern \"" + std::string(pattern.substr(0, cut)) + "...\": ";
}

// Thrown and caught inside this file: a descent of this depth reads worse with a check a line.
struct Refusal {
  Error error;
};

class Parser {
 public:
  Parser(std::string_view pattern, const PatternLimits& limits, PatternTree& tree)
      : pattern_{pattern}, limits_{limits}, tree_{tree} {
    for (std::size_t at = 0; at < pattern.size();) {
      const Decoded decoded = decode_utf8(pattern, at);
      text_ += decoded.code_point;
      at += decoded.length;
    }
  }

  std::uint32_t parse() {
    const std::uint32_t root = parse_choice();
    if (peek() == ')') refuse("')' closes nothing; expected '(' before it, or '\\)'");
    return root;
  }

 private:
  [[nodiscard]] char32_t peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : kEnd;
  }

  [[nodiscard]] static std::string shown(char32_t c) {
    if (c == kEnd) return "the end";
    std::string out = "'";
    append_utf8(out, c);
    return out + "'";
  }

  [[noreturn]] void refuse_at(std::size_t at, const std::string& why) const {
    throw Refusal{{ErrorCode::Malformed,
                   quoted(pattern_) + "character " + std::to_string(at + 1) + ": " + why}};
  }
  [[noreturn]] void refuse(const std::string& why) const { refuse_at(at_, why); }

  void enter() {
    if (++depth_ <= limits_.nesting) return;
    throw Refusal{{ErrorCode::TooLarge,
                   quoted(pattern_) + "character " + std::to_string(at_ + 1) + ": more than " +
                       std::to_string(limits_.nesting) + " open '(' and '['"}};
  }

  std::uint32_t parse_choice();
  std::uint32_t parse_branch();
  std::uint32_t parse_atom();
  std::uint32_t parse_quantified(std::uint32_t atom);
  std::uint64_t parse_number();
  std::uint32_t parse_braces(std::uint32_t atom);
  CodePoints parse_class();
  bool parse_hyphen(std::vector<CodeRange>& ranges, bool is_first);
  CodeRange parse_range();
  std::optional<CodePoints> parse_wide_escape();
  char32_t parse_single_escape();
  CodePoints parse_property(bool is_complement);

  std::string_view pattern_;
  const PatternLimits& limits_;
  PatternTree& tree_;
  std::u32string text_;
  std::size_t at_ = 0;
  std::uint32_t depth_ = 0;
  std::map<std::u32string, CodePoints> escapes_;  // Each is made once: \w has 700 ranges.
};

std::uint32_t Parser::parse_choice() {
  std::vector<std::uint32_t> branches{parse_branch()};
  while (peek() == '|') {
    ++at_;
    branches.push_back(parse_branch());
  }
  return tree_.add_choice(branches);
}

std::uint32_t Parser::parse_branch() {
  PatternNode sequence;
  while (peek() != kEnd && peek() != '|' && peek() != ')')
    sequence.children.push_back(parse_quantified(parse_atom()));
  if (sequence.children.size() == 1) return sequence.children.front();
  return tree_.add(std::move(sequence));
}

std::uint32_t Parser::parse_atom() {
  const char32_t c = peek();
  if (c == '(') {
    enter();
    ++at_;
    const std::uint32_t inner = parse_choice();
    if (peek() != ')') refuse("expected ')', found " + shown(peek()));
    ++at_;
    --depth_;
    return inner;
  }
  if (c == '[') return tree_.add_set(parse_class());
  if (c == '.') {
    ++at_;
    return tree_.add_set(CodePoints({{'\n', '\n'}, {'\r', '\r'}}).complement());
  }
  if (c == '\\') {
    if (const auto wide = parse_wide_escape()) return tree_.add_set(*wide);
    return tree_.add_set(CodePoints::one(parse_single_escape()));
  }
  if (is_ascii_letter(c, "?*+{"))
    refuse(shown(c) + " has nothing to repeat; expected a character, '.', '\\', '[' or '('");
  if (c == ']' || c == '}')
    refuse(shown(c) + " opens nothing; expected '\\" + std::string(1, static_cast<char>(c)) + "'");
  ++at_;
  return tree_.add_set(CodePoints::one(c));
}

std::uint32_t Parser::parse_quantified(std::uint32_t atom) {
  switch (peek()) {
    case '?':
      ++at_;
      return tree_.add_repeat(atom, 0, 1);
    case '*':
      ++at_;
      return tree_.add_repeat(atom, 0, kUnbounded);
    case '+':
      ++at_;
      return tree_.add_repeat(atom, 1, kUnbounded);
    case '{':
      return parse_braces(atom);
    default:
      return atom;
  }
}

std::uint64_t Parser::parse_number() {
  if (peek() < '0' || peek() > '9') refuse("expected a digit, found " + shown(peek()));
  std::uint64_t value = 0;
  for (; peek() >= '0' && peek() <= '9'; ++at_)
    value = std::min<std::uint64_t>(value * 10 + (peek() - '0'), std::uint64_t{1} << 56U);
  return value;
}

std::uint32_t Parser::parse_braces(std::uint32_t atom) {
  const std::size_t begin = at_++;
  const std::uint64_t min = parse_number();
  std::uint64_t max = min;
  bool is_bounded = true;
  if (peek() == ',') {
    ++at_;
    is_bounded = peek() != '}';
    if (is_bounded) max = parse_number();
  } else if (peek() != '}') {
    refuse("expected ',', '}' or a digit, found " + shown(peek()));
  }
  if (peek() != '}') refuse("expected '}' or a digit, found " + shown(peek()));
  ++at_;
  if (is_bounded && max < min)
    refuse_at(begin, "the second number of a quantifier must not be below the first");
  const auto times = [](std::uint64_t n) {
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(n, kMostTimes));
  };
  return tree_.add_repeat(atom, times(min), is_bounded ? times(max) : kUnbounded);
}

// Productions 11 to 21, at '['.
CodePoints Parser::parse_class() {
  enter();
  ++at_;
  const bool is_negative = peek() == '^';
  if (is_negative) ++at_;
  std::vector<CodeRange> ranges;
  CodePoints subtracted;
  for (bool is_first = true;; is_first = false) {
    if (peek() == kEnd) refuse("expected ']', found the end");
    if (peek() == '[') refuse("'[' stands for itself only as '\\['");
    if (peek() == ']') {
      if (is_first) refuse("a class cannot be empty; expected a character, or '\\]'");
      break;
    }
    if (peek() == '-') {
      if (parse_hyphen(ranges, is_first)) continue;
      subtracted = parse_class();
      if (peek() != ']') refuse("expected ']' after what is subtracted, found " + shown(peek()));
      break;
    }
    if (const auto wide = parse_wide_escape()) {
      ranges.insert(ranges.end(), wide->ranges().begin(), wide->ranges().end());
      continue;
    }
    ranges.push_back(parse_range());
  }
  ++at_;
  --depth_;
  CodePoints points(std::move(ranges));
  if (is_negative) points = points.complement();
  return subtracted.ranges().empty() ? points : points.without(subtracted);
}

// At a '-' that is not inside a range: adds it as itself, or leaves "[" for a subtraction.
bool Parser::parse_hyphen(std::vector<CodeRange>& ranges, bool is_first) {
  if (peek(1) == '[') {
    if (is_first) refuse("nothing to subtract from; expected a character before '-['");
    ++at_;
    return false;
  }
  const bool is_last = peek(1) == ']' || (peek(1) == '-' && peek(2) == '[');
  const bool is_lenient = limits_.lenient_hyphens && peek(1) != '-';
  if (!is_first && !is_last && !is_lenient)
    refuse("'-' stands for itself only at the beginning or the end of a class; expected '\\-'");
  ++at_;
  ranges.push_back({'-', '-'});
  return true;
}

// One character, or two with '-' between them.
CodeRange Parser::parse_range() {
  const std::size_t begin = at_;
  const auto parse_end = [this] {
    if (peek() == '\\') return parse_single_escape();
    return text_[at_++];
  };
  const char32_t first = parse_end();
  const bool is_single = peek() != '-' || peek(1) == '[' || peek(1) == ']' || peek(1) == kEnd ||
                         (peek(1) == '-' && (peek(2) == '[' || peek(2) == ']'));
  if (is_single) return {first, first};
  ++at_;
  if (peek() == '-') refuse("'-' cannot end a range; expected '\\-'");
  if (peek() == '\\' && is_ascii_letter(peek(1), "sSiIcCdDwWpP"))
    refuse("a range cannot end with a set; expected one character");
  const char32_t last = parse_end();
  if (last < first) refuse_at(begin, "the end of a range must not be before its beginning");
  return {first, last};
}

// At a backslash or not: a set, or nothing and nothing read.
std::optional<CodePoints> Parser::parse_wide_escape() {
  if (peek() != '\\') return std::nullopt;
  const char32_t letter = peek(1);
  if (letter == 'p' || letter == 'P') {
    at_ += 2;
    return parse_property(letter == 'P');
  }
  if (!is_ascii_letter(letter, "sSiIcCdDwW")) return std::nullopt;
  at_ += 2;
  const std::u32string key(1, letter);
  const auto known = escapes_.find(key);
  if (known != escapes_.end()) return known->second;
  return escapes_.emplace(key, multi_character_escape(letter).value_or(CodePoints())).first->second;
}

char32_t Parser::parse_single_escape() {
  const char32_t letter = peek(1);
  if (letter == kEnd) refuse("expected a character after '\\', found the end");
  if (!is_ascii_letter(letter, kSingleEscapes))
    refuse("'\\' before " + shown(letter) +
           " means nothing; expected one of nrt\\|.-^?*+{}()[]sSiIcCdDwWpP");
  at_ += 2;
  switch (letter) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return letter;
  }
}

CodePoints Parser::parse_property(bool is_complement) {
  if (peek() != '{') refuse("expected '{' after '\\p' or '\\P', found " + shown(peek()));
  const std::size_t begin = ++at_;
  std::string name;
  for (; peek() != '}'; ++at_) {
    if (peek() == kEnd) refuse("expected '}', found the end");
    append_utf8(name, peek());
  }
  const std::u32string key = (is_complement ? U"P" : U"p") + text_.substr(begin, at_ - begin);
  ++at_;
  const auto known = escapes_.find(key);
  if (known != escapes_.end()) return known->second;
  std::optional<CodePoints> points;
  if (!name.starts_with("Is")) {
    points = category(name);
    if (!points)
      refuse_at(begin, "there is no category \"" + name + "\"; expected one like L, Lu, Nd, P");
  } else {
    const std::string_view block = std::string_view(name).substr(2);
    points = xsd_block(block);
    if (!points) points = current_block(block);
    if (!points)
      refuse_at(begin, "there is no block \"" + name + "\"; expected one like IsBasicLatin");
  }
  if (is_complement) points = points->complement();
  return escapes_.emplace(key, *std::move(points)).first->second;
}

}  // namespace

std::uint32_t PatternTree::add(PatternNode node) {
  nodes.push_back(std::move(node));
  return static_cast<std::uint32_t>(nodes.size() - 1);
}

std::uint32_t PatternTree::add_set(const CodePoints& points) {
  const auto [place, is_new] = set_ids.emplace(points, static_cast<std::uint32_t>(sets.size()));
  if (is_new) sets.push_back(points);
  PatternNode node;
  node.kind = PatternNode::Kind::Set;
  node.set = place->second;
  return add(std::move(node));
}

std::uint32_t PatternTree::add_choice(const std::vector<std::uint32_t>& alternatives) {
  PatternNode choice;
  choice.kind = PatternNode::Kind::Choice;
  std::vector<CodeRange> single;
  for (const std::uint32_t child : alternatives) {
    if (nodes[child].kind != PatternNode::Kind::Set) {
      choice.children.push_back(child);
      continue;
    }
    const auto& ranges = sets[nodes[child].set].ranges();
    single.insert(single.end(), ranges.begin(), ranges.end());
  }
  if (choice.children.size() < alternatives.size())
    choice.children.push_back(add_set(CodePoints(std::move(single))));
  if (choice.children.size() == 1) return choice.children.front();
  return add(std::move(choice));
}

// (x{0,3}){2,5} is x{0,15}, (x+){0,100000} is x*: without this, 100,000 copies of a loop. From one
// repetition to the next there is no gap, because the inner one can be had once or not at all.
std::uint32_t PatternTree::add_repeat(std::uint32_t child, std::uint32_t min, std::uint32_t max) {
  if (max == 0) return add({});
  if (min == 1 && max == 1) return child;
  const PatternNode& inner = nodes[child];
  const bool is_empty = inner.kind == PatternNode::Kind::Sequence && inner.children.empty();
  if (is_empty) return child;
  PatternNode node;
  node.kind = PatternNode::Kind::Repeat;
  node.min = min;
  node.max = max;
  node.children = {child};
  if (inner.kind == PatternNode::Kind::Repeat && inner.min <= 1) {
    node.min = inner.min * min;
    const bool is_bounded = inner.max != kUnbounded && max != kUnbounded;
    const std::uint64_t most = std::uint64_t{inner.max} * max;
    node.max = is_bounded ? static_cast<std::uint32_t>(std::min<std::uint64_t>(most, kMostTimes))
                          : kUnbounded;
    node.children = inner.children;
  }
  return add(std::move(node));
}

Result<std::uint32_t> parse_pattern(std::string_view pattern,
                                    const PatternLimits& limits,
                                    PatternTree& tree) {
  if (pattern.size() > limits.pattern_bytes)
    return fail(ErrorCode::TooLarge,
                quoted(pattern) + std::to_string(pattern.size()) + " bytes, at most " +
                    std::to_string(limits.pattern_bytes) + " are allowed");
  if (const auto bad = first_invalid_utf8(pattern))
    return fail(ErrorCode::Malformed,
                "pattern: byte " + std::to_string(*bad + 1) + ": expected UTF-8");
  try {
    return Parser(pattern, limits, tree).parse();
  } catch (const Refusal& refusal) {
    return Fail<Error>{refusal.error};
  }
}

}  // namespace amparo::text
