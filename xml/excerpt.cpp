// SPDX-License-Identifier: Apache-2.0
#include "xml/excerpt.hpp"

#include <algorithm>
#include <array>

#include "core/finding.hpp"

namespace amparo::xml {
namespace {

constexpr std::size_t kCharactersBefore = 60;
constexpr std::size_t kCharacters = 110;

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}
bool is_line_end(char c) {
  return c == '\n' || c == '\r';
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || is_line_end(c);
}

// Walks through text from a '<' on and tells names from everything else.
class Masker {
 public:
  Masker(std::string_view text,
         LineWindow line,
         const std::function<bool(std::string_view)>& is_known)
      : text_{text}, line_{line}, is_known_{is_known} {}

  std::string run(std::size_t from) {
    if (line_.begin < from) emit(line_.begin, std::min(from, line_.end), false);
    at_ = from;
    while (at_ < line_.end) {
      if (text_[at_] != '<') {
        hide_until("<");
      } else if (starts("<!--")) {
        hide_through("-->");
      } else if (starts("<![CDATA[")) {
        hide_through("]]>");
      } else if (starts("<?")) {
        hide_through("?>");
      } else {
        tag();
      }
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool starts(std::string_view what) const {
    return text_.substr(at_, what.size()) == what;
  }

  void emit(std::size_t begin, std::size_t end, bool visible) {
    begin = std::max(begin, line_.begin);
    end = std::min(end, line_.end);
    if (begin >= end) return;
    const auto part = text_.substr(begin, end - begin);
    out_ += visible ? std::string{part} : mask(part);
  }

  void advance_to(std::size_t end, bool visible) {
    emit(at_, end, visible);
    at_ = end;
  }

  void hide_until(std::string_view what) {
    const auto found = text_.find(what, at_);
    advance_to(std::min(found, text_.size()), false);
  }

  void hide_through(std::string_view what) {
    const auto found = text_.find(what, at_);
    advance_to(found == std::string_view::npos ? text_.size() : found + what.size(), false);
  }

  std::string_view name() {
    auto end = at_;
    while (end < text_.size() && !is_space(text_[end]) &&
           std::string_view{"<>/=\"'&"}.find(text_[end]) == std::string_view::npos) {
      ++end;
    }
    return text_.substr(at_, end - at_);
  }

  // A qualified name is shown when its local part is known; the prefix alone is nobody's data.
  [[nodiscard]] bool is_known(std::string_view qualified) const {
    if (qualified.substr(0, 5) == "xmlns" || qualified.substr(0, 4) == "xsi:") return true;
    const auto colon = qualified.find(':');
    return is_known_(colon == std::string_view::npos ? qualified : qualified.substr(colon + 1));
  }

  // The value at the cursor, of the attribute named: known words of the language of schemas.
  [[nodiscard]] bool is_safe_value(std::string_view attribute) const {
    constexpr std::array<std::string_view, 4> kNil{"true", "false", "1", "0"};
    const auto close = text_.find(text_[at_], at_ + 1);
    if (close == std::string_view::npos) return false;
    const auto value = text_.substr(at_ + 1, close - at_ - 1);
    if (attribute == "xsi:nil") return std::find(kNil.begin(), kNil.end(), value) != kNil.end();
    if (attribute.substr(0, 5) != "xmlns") return false;
    return value == "http://www.w3.org/2001/XMLSchema-instance" || is_known_(value);
  }

  void tag() {
    advance_to(at_ + (starts("</") ? 2 : 1), true);
    const auto element = name();
    advance_to(at_ + element.size(), is_known(element));
    while (at_ < line_.end && text_[at_] != '>' && text_[at_] != '<') {
      const auto attribute = name();
      if (attribute.empty()) {
        value_or_space(false);
        continue;
      }
      advance_to(at_ + attribute.size(), is_known(attribute));
      while (at_ < text_.size() && (is_space(text_[at_]) || text_[at_] == '=')) {
        advance_to(at_ + 1, false);
      }
      if (at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'')) {
        value_or_space(is_safe_value(attribute));
      }
    }
    if (at_ < line_.end && text_[at_] == '>') advance_to(at_ + 1, true);
  }

  void value_or_space(bool visible) {
    const char first = text_[at_];
    if (first != '"' && first != '\'') return advance_to(at_ + 1, false);
    const auto close = text_.find(first, at_ + 1);
    advance_to(close == std::string_view::npos ? text_.size() : close + 1, visible);
  }

  std::string_view text_;
  LineWindow line_;
  const std::function<bool(std::string_view)>& is_known_;
  std::size_t at_ = 0;
  std::string out_{};
};

}  // namespace

LineWindow line_around(std::string_view text, std::size_t at) {
  LineWindow line{at, at};
  std::size_t characters = 0;
  while (line.begin > 0 && !is_line_end(text[line.begin - 1])) {
    if (line.begin < at && !is_continuation(text[line.begin]) && ++characters > kCharactersBefore) {
      break;
    }
    --line.begin;
  }
  while (line.begin < at && is_continuation(text[line.begin]))
    ++line.begin;
  characters = 0;
  for (std::size_t i = line.begin; i < at; ++i)
    characters += is_continuation(text[i]) ? 0U : 1U;
  while (line.end < text.size() && !is_line_end(text[line.end])) {
    if (!is_continuation(text[line.end]) && ++characters > kCharacters) break;
    ++line.end;
  }
  return line;
}

std::string masked_line(std::string_view text,
                        LineWindow line,
                        std::size_t known_from,
                        const std::function<bool(std::string_view)>& is_known_name) {
  return Masker{text, line, is_known_name}.run(known_from);
}

std::string plain_line(std::string_view text, LineWindow line) {
  std::string plain{text.substr(line.begin, line.end - line.begin)};
  std::replace_if(
      plain.begin(), plain.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return plain;
}

}  // namespace amparo::xml
