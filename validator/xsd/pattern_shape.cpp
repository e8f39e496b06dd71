// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/pattern_shape.hpp"

#include "validator/xsd/lexical.hpp"

namespace amparo::xsd {
namespace {

constexpr std::size_t kMaxPlaces = 64;
constexpr std::string_view kMeta = ".\\?*+{}()[]|^$-";

// Reads what it understands and gives up on the rest: an automaton then has the last word.
class ShapeReader {
 public:
  explicit ShapeReader(std::string_view pattern) noexcept : rest_{pattern} {}

  std::optional<std::vector<ByteClass>> read() {
    std::vector<ByteClass> places;
    while (!rest_.empty()) {
      const auto byte_class = rest_.front() == '[' ? read_class() : read_character();
      if (!byte_class) return std::nullopt;
      const auto count = read_count();
      if (!count || places.size() + *count > kMaxPlaces) return std::nullopt;
      places.insert(places.end(), *count, *byte_class);
    }
    return places;
  }

 private:
  // A character that stands for itself, or an escape of one, or "\d".
  std::optional<ByteClass> read_character() {
    ByteClass byte_class;
    if (rest_.front() == '\\' && rest_.size() > 1 && rest_[1] == 'd') {
      for (unsigned char digit = '0'; digit <= '9'; ++digit)
        byte_class.insert(digit);
      rest_.remove_prefix(2);
      return byte_class;
    }
    // "-" is nothing special outside of brackets.
    const bool is_dash = rest_.front() == '-';
    const auto c = is_dash ? take() : read_plain();
    if (!c) return std::nullopt;
    byte_class.insert(static_cast<unsigned char>(*c));
    return byte_class;
  }

  // "[A-Z0-9_]": ranges and characters, no negation, no subtraction, no class escapes.
  std::optional<ByteClass> read_class() {
    ByteClass byte_class;
    rest_.remove_prefix(1);
    if (rest_.empty() || rest_.front() == ']') return std::nullopt;
    while (!rest_.empty() && rest_.front() != ']') {
      const auto first = read_plain();
      if (!first) return std::nullopt;
      auto last = first;
      if (!rest_.empty() && rest_.front() == '-') {
        rest_.remove_prefix(1);
        last = read_plain();
        if (!last || *last < *first) return std::nullopt;
      }
      for (char c = *first; c <= *last; ++c)  // ASCII: never at the end of its range
        byte_class.insert(static_cast<unsigned char>(c));
    }
    if (rest_.empty()) return std::nullopt;
    rest_.remove_prefix(1);
    return byte_class;
  }

  // A printable ASCII character that needs no escape, or an escaped one that needs it.
  std::optional<char> read_plain() {
    if (rest_.empty()) return std::nullopt;
    if (rest_.front() == '\\') {
      if (rest_.size() < 2 || kMeta.find(rest_[1]) == std::string_view::npos || rest_[1] == '$') {
        return std::nullopt;
      }
      rest_.remove_prefix(1);
      return take();
    }
    const char c = rest_.front();
    if (c <= 0x20 || c > 0x7E || kMeta.find(c) != std::string_view::npos) return std::nullopt;
    return take();
  }

  char take() noexcept {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  // "{4}" or nothing, which is 1; no other quantifier.
  std::optional<std::size_t> read_count() {
    if (rest_.empty() || (rest_.front() != '{' && rest_.front() != '?' && rest_.front() != '*' &&
                          rest_.front() != '+')) {
      return 1;
    }
    const auto end = rest_.find('}');
    if (rest_.front() != '{' || end == std::string_view::npos || end < 2 || end > 3) {
      return std::nullopt;
    }
    std::size_t count = 0;
    for (const char c : rest_.substr(1, end - 1)) {
      if (!is_digit(c)) return std::nullopt;
      count = count * 10 + static_cast<std::size_t>(c - '0');
    }
    rest_.remove_prefix(end + 1);
    return count;
  }

  std::string_view rest_;
};

}  // namespace

std::optional<std::vector<ByteClass>> parse_shape(std::string_view pattern) {
  return ShapeReader{pattern}.read();
}

}  // namespace amparo::xsd
