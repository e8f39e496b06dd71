// SPDX-License-Identifier: Apache-2.0
#include "text/detail/xpath_pattern_parser.hpp"

#include <algorithm>
#include <optional>

#include "text/detail/pattern_parser.hpp"
#include "text/letter_case.hpp"
#include "text/utf8.hpp"

namespace amparo::text {
namespace {

constexpr std::uint32_t kMostNesting = 100;
constexpr std::uint32_t kMostTimes = 10'000;
constexpr std::size_t kMostBytes = 16U << 10U;
using Kind = XPathPatternNode::Kind;

// Thrown and caught inside this file.
struct Refusal {
  Error error;
};

struct Flags {
  bool ignores_case = false;
  bool is_multiline = false;
  bool dot_is_all = false;
  bool ignores_space = false;
};

class Parser {
 public:
  Parser(std::string_view pattern, const Flags& flags) : pattern_{pattern}, flags_{flags} {
    tree_.is_multiline = flags.is_multiline;
  }

  XPathPatternTree parse() {
    tree_.root = parse_choice();
    if (!is_at_end()) refuse("')' closes nothing; expected '(' before it, or '\\)'");
    return std::move(tree_);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < pattern_.size() ? pattern_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool is_at_end() {
    while (flags_.ignores_space && at_ < pattern_.size() && trim(pattern_.substr(at_, 1)).empty())
      ++at_;
    return at_ == pattern_.size();
  }

  [[noreturn]] void refuse(const std::string& why, ErrorCode code = ErrorCode::Malformed) const {
    const std::size_t character = count_code_points(pattern_.substr(0, at_)) + 1;
    throw Refusal{{code,
                   "pattern \"" + std::string{pattern_} + "\": character " +
                       std::to_string(character) + ": " + why}};
  }

  std::uint32_t add(XPathPatternNode node) {
    tree_.nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(tree_.nodes.size() - 1);
  }
  std::uint32_t add_set(CodePoints points) {
    tree_.sets.push_back(std::move(points));
    XPathPatternNode node;
    node.kind = Kind::Set;
    node.set = static_cast<std::uint32_t>(tree_.sets.size() - 1);
    return add(std::move(node));
  }
  std::uint32_t add_anchor(Kind kind) {
    ++at_;
    XPathPatternNode node;
    node.kind = kind;
    return add(std::move(node));
  }

  std::uint32_t parse_choice() {
    if (++depth_ > kMostNesting) refuse("parentheses are nested too deep", ErrorCode::TooLarge);
    XPathPatternNode choice;
    choice.kind = Kind::Choice;
    choice.children.push_back(parse_branch());
    while (!is_at_end() && peek() == '|') {
      ++at_;
      choice.children.push_back(parse_branch());
    }
    --depth_;
    if (choice.children.size() == 1) return choice.children.front();
    return add(std::move(choice));
  }

  std::uint32_t parse_branch() {
    XPathPatternNode sequence;
    while (!is_at_end() && peek() != '|' && peek() != ')')
      sequence.children.push_back(parse_quantified(parse_atom()));
    return add(std::move(sequence));
  }

  std::uint32_t parse_atom() {
    switch (peek()) {
      case '^':
        return add_anchor(Kind::Begin);
      case '$':
        return add_anchor(Kind::End);
      case '(':
        return parse_group();
      case '[':
        return add_set(parse_class());
      case '.':
        ++at_;
        if (flags_.dot_is_all) return add_set(CodePoints{}.complement());
        return add_set(CodePoints::one('\n').complement());
      case '\\':
        return add_set(parse_escape());
      case '?':
      case '*':
      case '+':
      case '{':
        refuse("a quantifier has nothing to repeat; expected a character before it");
      case ']':
      case '}':
        refuse(std::string{"'"} + peek() + "' opens nothing; expected '\\" + peek() + "'");
      default:
        break;
    }
    const Decoded decoded = decode_utf8(pattern_, at_);
    at_ += decoded.length;
    return add_set(widened(CodePoints::one(decoded.code_point)));
  }

  std::uint32_t parse_group() {
    ++at_;
    if (peek() == '?')
      refuse("'(?' is of later versions of XPath; expected a group", ErrorCode::Unsupported);
    XPathPatternNode group;
    group.kind = Kind::Group;
    group.set = ++tree_.groups;
    group.children.push_back(parse_choice());
    if (is_at_end()) refuse("expected ')', found the end");
    ++at_;
    return add(std::move(group));
  }

  // One escape, as XSD knows it, and "\$".
  CodePoints parse_escape() {
    const char letter = peek(1);
    if (letter >= '0' && letter <= '9')
      refuse("back-references are not supported: searches here take linear time",
             ErrorCode::Unsupported);
    if (letter == '$') {
      at_ += 2;
      return CodePoints::one('$');
    }
    std::size_t length = 2;
    if (letter == 'p' || letter == 'P') {
      const std::size_t close = pattern_.find('}', at_);
      length = close == std::string_view::npos ? pattern_.size() - at_ : close + 1 - at_;
    }
    const std::string_view escape = pattern_.substr(at_, length);
    const CodePoints points = xsd_points(escape);
    at_ += escape.size();
    const bool is_single = std::string_view{"pPsSiIcCdDwW"}.find(letter) == std::string_view::npos;
    return is_single ? widened(points) : points;
  }

  // At '[': up to its ']', as XSD reads it.
  CodePoints parse_class() {
    std::string text;
    std::size_t depth = 0;
    const std::size_t begin = at_;
    std::size_t end = at_;
    for (; end < pattern_.size(); ++end) {
      const char c = pattern_[end];
      if (c == '\\' && end + 1 < pattern_.size()) {
        if (pattern_[end + 1] != '$') text += c;
        text += pattern_[++end];
        continue;
      }
      text += c;
      if (c == '[') ++depth;
      if (c == ']' && --depth == 0) break;
    }
    if (end == pattern_.size()) refuse("expected ']', found the end");
    if (!flags_.ignores_case) {
      CodePoints points = xsd_points(text);
      at_ = end + 1;
      return points;
    }
    if (text.find("-[") != std::string::npos)
      refuse("flag i with a class that subtracts is not supported", ErrorCode::Unsupported);
    const bool is_negative = text.size() > 2 && text[1] == '^';
    if (is_negative) text.erase(1, 1);
    const CodePoints points = widened(xsd_points(text));
    at_ = begin + (end + 1 - begin);
    return is_negative ? points.complement() : points;
  }

  CodePoints xsd_points(std::string_view text) {
    PatternTree tree;
    const auto root = parse_pattern(text, PatternLimits{.lenient_hyphens = true}, tree);
    if (!root) {
      // "pattern "...": character n: why": the place is one inside of the class.
      const std::string& message = root.error().message;
      const std::size_t why = message.rfind(": ");
      refuse(message.substr(why == std::string::npos ? 0 : why + 2), root.error().code);
    }
    const PatternNode& node = tree.nodes[*root];
    if (node.kind != PatternNode::Kind::Set) refuse("expected one character or class");
    return tree.sets[node.set];
  }

  [[nodiscard]] CodePoints widened(const CodePoints& points) const {
    if (!flags_.ignores_case) return points;
    constexpr char32_t kLastCased = 0x1E943;
    std::vector<CodeRange> ranges = points.ranges();
    for (const CodeRange& range : points.ranges()) {
      for (char32_t c = range.first; c <= std::min(range.last, kLastCased); ++c)
        for (const char32_t variant : case_variants(c))
          if (variant < range.first || variant > range.last) ranges.push_back({variant, variant});
    }
    return CodePoints{std::move(ranges)};
  }

  std::uint32_t parse_quantified(std::uint32_t atom) {
    if (is_at_end()) return atom;
    XPathPatternNode repeat;
    repeat.kind = Kind::Repeat;
    repeat.max = kUnboundedTimes;
    switch (peek()) {
      case '?':
        repeat.max = 1;
        ++at_;
        break;
      case '*':
        ++at_;
        break;
      case '+':
        repeat.min = 1;
        ++at_;
        break;
      case '{':
        parse_braces(repeat);
        break;
      default:
        return atom;
    }
    if (!is_at_end() && peek() == '?') {
      repeat.is_reluctant = true;
      ++at_;
    }
    repeat.children.push_back(atom);
    return add(std::move(repeat));
  }

  std::uint32_t parse_number() {
    if (peek() < '0' || peek() > '9') refuse("expected a digit");
    std::uint32_t value = 0;
    for (; peek() >= '0' && peek() <= '9'; ++at_) {
      value = value * 10 + static_cast<std::uint32_t>(peek() - '0');
      if (value > kMostTimes)
        refuse("more than " + std::to_string(kMostTimes) + " repetitions", ErrorCode::TooLarge);
    }
    return value;
  }

  void parse_braces(XPathPatternNode& repeat) {
    ++at_;
    repeat.min = parse_number();
    repeat.max = repeat.min;
    if (peek() == ',') {
      ++at_;
      repeat.max = peek() == '}' ? kUnboundedTimes : parse_number();
    }
    if (peek() != '}') refuse("expected '}'");
    if (repeat.max < repeat.min)
      refuse("the second number of a quantifier must not be below the first");
    ++at_;
  }

  std::string_view pattern_;
  Flags flags_;
  XPathPatternTree tree_{};
  std::size_t at_ = 0;
  std::uint32_t depth_ = 0;
};

void append_in_class(std::string& out, char32_t c) {
  constexpr std::string_view kSpecial = "\\|.-^?*+{}()[]";
  if (c < 0x80 && kSpecial.find(static_cast<char>(c)) != std::string_view::npos) out += '\\';
  append_utf8(out, c);
}

}  // namespace

Result<XPathPatternTree> parse_xpath_pattern(std::string_view pattern, std::string_view flags) {
  if (pattern.size() > kMostBytes)
    return fail(ErrorCode::TooLarge, "pattern: more than " + std::to_string(kMostBytes) + " bytes");
  if (first_invalid_utf8(pattern)) return fail(ErrorCode::Malformed, "pattern: expected UTF-8");
  Flags set;
  for (const char flag : flags) {
    if (flag == 'i') {
      set.ignores_case = true;
    } else if (flag == 'm') {
      set.is_multiline = true;
    } else if (flag == 's') {
      set.dot_is_all = true;
    } else if (flag == 'x') {
      set.ignores_space = true;
    } else {
      return fail(ErrorCode::Unsupported,
                  "flags \"" + std::string{flags} + "\": expected i, m, s and x alone");
    }
  }
  try {
    return Parser(pattern, set).parse();
  } catch (const Refusal& refusal) {
    return Fail<Error>{refusal.error};
  }
}

std::string xsd_text_of(const CodePoints& points) {
  std::string out = "[";
  for (const CodeRange& range : points.ranges()) {
    append_in_class(out, range.first);
    if (range.last == range.first) continue;
    out += '-';
    append_in_class(out, range.last);
  }
  return out + "]";
}

}  // namespace amparo::text
