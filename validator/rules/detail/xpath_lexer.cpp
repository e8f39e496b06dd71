// SPDX-License-Identifier: Apache-2.0
#include "validator/rules/detail/xpath_lexer.hpp"

#include <array>
#include <optional>

#include "text/utf8.hpp"
#include "xml/name_table.hpp"

namespace amparo::rules {
namespace {

using Kind = XPathToken::Kind;

constexpr std::array<std::string_view, 7> kLongSymbols{"<<", ">>", "<=", ">=", "!=", "//", "::"};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_{text} {}

  Result<std::vector<XPathToken>, XPathFault> run() {
    if (const auto bad = text::first_invalid_utf8(text_)) return fault(*bad, "UTF-8", "");
    while (true) {
      if (const auto open = skip_space()) return fault(*open, "\":)\"", "");
      const std::size_t begin = at_;
      if (at_ == text_.size()) {
        tokens_.push_back({Kind::End, begin});
        return std::move(tokens_);
      }
      if (!read()) {
        const auto decoded = text::decode_utf8(text_, begin);
        if (text_[begin] == '"' || text_[begin] == '\'') return fault(begin, "a closing quote", "");
        return fault(begin, "", std::string{text_.substr(begin, decoded.length)});
      }
    }
  }

 private:
  static Fail<XPathFault> fault(std::size_t at, std::string expected, std::string found) {
    if (expected.empty())
      return Fail<XPathFault>{{at, "xpath-character", {{"found", {std::move(found)}}}}};
    return Fail<XPathFault>{{at, "xpath-unclosed", {{"expected", {std::move(expected)}}}}};
  }

  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] static bool is_digit(char c) { return c >= '0' && c <= '9'; }

  // White space and comments; where a comment began that does not end.
  std::optional<std::size_t> skip_space() {
    std::size_t depth = 0;
    std::size_t begin = 0;
    while (at_ < text_.size()) {
      if (peek() == '(' && peek(1) == ':') {
        if (depth++ == 0) begin = at_;
        at_ += 2;
      } else if (depth > 0 && peek() == ':' && peek(1) == ')') {
        --depth;
        at_ += 2;
      } else if (depth > 0 || xml::is_space(peek())) {
        ++at_;
      } else {
        break;
      }
    }
    return depth > 0 ? std::optional{begin} : std::nullopt;
  }

  bool read() {
    const char c = peek();
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return read_number();
    if (c == '"' || c == '\'') return read_literal(c);
    if (const std::size_t size = ncname_size(at_)) return read_name(size);
    if (c == '*') return read_star();
    for (const auto symbol : kLongSymbols)
      if (text_.substr(at_).starts_with(symbol)) return add_symbol(2);
    if (c == '.' && peek(1) == '.') return add_symbol(2);
    constexpr std::string_view kSymbols = "()[],./@|+-=<>$?";
    if (kSymbols.find(c) != std::string_view::npos) return add_symbol(1);
    return false;
  }

  bool add_symbol(std::size_t size) {
    tokens_.push_back({Kind::Symbol, at_, {}, text_.substr(at_, size)});
    at_ += size;
    return true;
  }

  bool read_number() {
    const std::size_t begin = at_;
    Kind kind = Kind::Integer;
    while (is_digit(peek()))
      ++at_;
    if (peek() == '.' && peek(1) != '.') {
      kind = Kind::Decimal;
      ++at_;
      while (is_digit(peek()))
        ++at_;
    }
    const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
    if ((peek() == 'e' || peek() == 'E') && is_digit(peek(1 + sign))) {
      kind = Kind::Double;
      at_ += 1 + sign;
      while (is_digit(peek()))
        ++at_;
    }
    tokens_.push_back({kind, begin, {}, text_.substr(begin, at_ - begin)});
    return true;
  }

  // A quote inside is written twice.
  bool read_literal(char quote) {
    const std::size_t begin = at_;
    for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
      if (text_[i] != quote) continue;
      if (i + 1 < text_.size() && text_[i + 1] == quote) {
        ++i;
        continue;
      }
      tokens_.push_back(
          {Kind::Literal, begin, text_.substr(begin, 1), text_.substr(begin + 1, i - begin - 1)});
      at_ = i + 1;
      return true;
    }
    return false;
  }

  // Bytes of the NCName at `at`; 0: there is none.
  [[nodiscard]] std::size_t ncname_size(std::size_t at) const {
    std::size_t size = 0;
    while (at + size < text_.size()) {
      const auto decoded = text::decode_utf8(text_, at + size);
      const char32_t c = decoded.code_point;
      if (c == ':') break;
      if (size == 0 ? !xml::is_name_start(c) : !xml::is_name_character(c)) break;
      size += decoded.length;
    }
    return size;
  }

  bool read_name(std::size_t size) {
    const std::size_t begin = at_;
    const std::string_view first = text_.substr(at_, size);
    at_ += size;
    if (peek() == ':' && peek(1) != ':') {
      if (peek(1) == '*') {
        at_ += 2;
        tokens_.push_back({Kind::SpaceStar, begin, first, "*"});
        return true;
      }
      if (const std::size_t more = ncname_size(at_ + 1)) {
        tokens_.push_back({Kind::Name, begin, first, text_.substr(at_ + 1, more)});
        at_ += 1 + more;
        return true;
      }
    }
    tokens_.push_back({Kind::Name, begin, {}, first});
    return true;
  }

  bool read_star() {
    const std::size_t begin = at_++;
    const std::size_t size = peek() == ':' ? ncname_size(at_ + 1) : 0;
    if (size == 0) {
      tokens_.push_back({Kind::Star, begin, {}, "*"});
      return true;
    }
    tokens_.push_back({Kind::StarLocal, begin, {}, text_.substr(at_ + 1, size)});
    at_ += 1 + size;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<XPathToken> tokens_{};
};

}  // namespace

Result<std::vector<XPathToken>, XPathFault> tokenize_xpath(std::string_view text) {
  return Lexer{text}.run();
}

}  // namespace amparo::rules
