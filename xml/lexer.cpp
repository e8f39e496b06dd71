// SPDX-License-Identifier: Apache-2.0
#include "xml/lexer.hpp"

#include <algorithm>
#include <utility>

namespace amparo::xml {
namespace {

constexpr std::size_t kPartBytes = 12;  // "xmlns:" and "#x10FFFF" fit

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool is_xml_char(std::uint32_t c) {
  return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) ||
         (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

bool is_control_or_noncharacter(std::uint32_t c) {
  return (c >= 0x7F && c <= 0x9F) || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFEU) == 0xFFFEU;
}

// Value of "#65" or "#x41", at most one above Unicode; nothing when it is neither.
std::optional<std::uint32_t> character_of(std::string_view reference) {
  constexpr std::uint32_t kTooLarge = 0x110000;
  reference.remove_prefix(1);
  const bool hexadecimal = !reference.empty() && reference.front() == 'x';
  if (hexadecimal) reference.remove_prefix(1);
  if (reference.empty()) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : reference) {
    std::uint32_t digit = 16;
    if (c >= '0' && c <= '9') digit = static_cast<std::uint32_t>(c - '0');
    if (hexadecimal && c >= 'a' && c <= 'f') digit = static_cast<std::uint32_t>(c - 'a') + 10;
    if (hexadecimal && c >= 'A' && c <= 'F') digit = static_cast<std::uint32_t>(c - 'A') + 10;
    if (digit == 16 || (digit > 9 && !hexadecimal)) return std::nullopt;
    value = std::min(kTooLarge, value * (hexadecimal ? 16 : 10) + digit);
  }
  return value;
}

}  // namespace

Place PlaceCounter::at(std::uint64_t offset, std::string_view text, std::uint64_t begin) {
  const auto from = static_cast<std::size_t>(last_.offset - begin);
  for (const char c : text.substr(from, static_cast<std::size_t>(offset - last_.offset))) {
    if (c == '\n') {
      if (!after_return_) ++last_.line;
      last_.column = 1;
    } else if (c == '\r') {
      ++last_.line;
      last_.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
      ++last_.column;
    }
    after_return_ = c == '\r';
  }
  last_.offset = offset;
  return last_;
}

std::uint64_t Lexer::decided() const noexcept {
  if (refusal_) return refusal_->offset;
  return state_ == State::Open || state_ == State::Bang ? markup_begin_ : at_;
}

std::uint64_t Lexer::pending() const noexcept {
  if (state_ == State::Text) return at_;
  return state_ == State::Reference && after_reference_ == State::Text ? part_begin_
                                                                       : markup_begin_;
}

std::optional<Lexer::Tag> Lexer::next(std::string_view text, std::uint64_t begin) {
  const auto end = begin + text.size();
  while (at_ < end && !refusal_) {
    const auto rest = text.substr(static_cast<std::size_t>(at_ - begin));
    const auto plain = skip_plain(rest);
    if (plain > 0) {
      at_ += plain;
      continue;
    }
    step(rest.front());
    ++at_;
    if (tag_) return std::exchange(tag_, std::nullopt);
  }
  return std::nullopt;
}

// The long stretches: characters that cannot end the state we are in. Never more than what is left
// of the limit, so that a refusal comes at the limit and not at the end of the piece.
std::size_t Lexer::skip_plain(std::string_view rest) {
  const auto span_of = [&](auto is_special, std::uint64_t used, std::size_t limit) {
    const auto room = used >= limit ? 0 : limit - used;
    const auto window = rest.substr(0, static_cast<std::size_t>(room));
    const auto stop = std::find_if(window.begin(), window.end(), is_special);
    return static_cast<std::size_t>(stop - window.begin());
  };
  switch (state_) {
    case State::Text: {
      const auto n =
          span_of([](char c) { return c == '<' || c == '&'; }, text_bytes_, limits_.text_bytes);
      text_bytes_ += n;
      return n;
    }
    case State::Value:
      return span_of([q = quote_](char c) { return c == q || c == '&'; },
                     at_ - part_begin_,
                     limits_.attribute_value_bytes);
    case State::Comment:
      return matched_ > 0
                 ? 0
                 : span_of(
                       [](char c) { return c == '-'; }, at_ - markup_begin_, limits_.text_bytes);
    default:
      return 0;
  }
}

void Lexer::step(char c) {
  switch (state_) {
    case State::Text:
      return step_text(c);
    case State::Open:
      return step_open(c);
    case State::Bang:
      return step_bang(c);
    case State::StartName:
      return step_start_name(c);
    case State::InTag:
      return step_in_tag(c);
    case State::AttrName:
      return step_attr_name(c);
    case State::BeforeValue:
      return step_before_value(c);
    case State::Value:
      return step_value(c);
    case State::EndTag:
      return step_end_tag(c);
    case State::Comment:
      return step_delimited(c, "-->");
    case State::Cdata:
      return step_delimited(c, "]]>");
    case State::Instruction:
      return step_delimited(c, "?>");
    case State::Reference:
      return step_reference(c);
  }
}

void Lexer::step_text(char c) {
  if (c == '<') {
    state_ = State::Open;
    markup_begin_ = at_;
    return;
  }
  ++text_bytes_;
  if (text_bytes_ > limits_.text_bytes) {
    return refuse_limit(at_, "G-LIMIT-TEXT", limits_.text_bytes);
  }
  if (c == '&') {
    after_reference_ = State::Text;
    state_ = State::Reference;
    part_begin_ = at_;
    part_.clear();
  }
}

void Lexer::step_open(char c) {
  part_begin_ = at_;
  part_.clear();
  if (c == '/') {
    state_ = State::EndTag;
  } else if (c == '!') {
    state_ = State::Bang;
  } else if (c == '?') {
    if (!options_.instructions_allowed) return refuse(markup_begin_, "G-PI", "gate-pi", {});
    state_ = State::Instruction;
    matched_ = 0;
  } else {
    state_ = State::StartName;
    attributes_ = namespaces_ = 0;
    slash_ = false;
    step_start_name(c);
  }
}

// "<!" opens a comment, a CDATA section, or a declaration; the third character tells which.
void Lexer::step_bang(char c) {
  constexpr std::string_view kCdata = "[CDATA[";
  part_ += c;
  matched_ = 0;
  if (part_ == "--") {
    state_ = State::Comment;
  } else if (part_ == kCdata) {
    state_ = State::Cdata;
  } else if (part_.front() == 'D') {
    refuse(markup_begin_, "G-DOCTYPE", "gate-doctype", {});
  } else if (part_ != "-" && kCdata.substr(0, part_.size()) != part_) {
    refuse(markup_begin_, "G-MARKUP", "gate-markup", {});
  }
}

void Lexer::step_start_name(char c) {
  if (c == '>' || c == '/' || is_space(c)) {
    state_ = State::InTag;
    return step_in_tag(c);
  }
  check_length(part_begin_, limits_.name_bytes, "G-LIMIT-NAME");
}

void Lexer::step_in_tag(char c) {
  if (c == '>') return end_start_tag(slash_ ? TagKind::Empty : TagKind::Start);
  slash_ = c == '/';
  if (is_space(c) || slash_) {
    return check_length(markup_begin_, limits_.markup_bytes, "G-LIMIT-MARKUP");
  }
  begin_attribute();
  step_attr_name(c);
}

void Lexer::begin_attribute() {
  state_ = State::AttrName;
  part_begin_ = at_;
  part_.clear();
  if (++attributes_ > limits_.attributes) {
    refuse_limit(markup_begin_, "G-LIMIT-ATTRIBUTES", limits_.attributes);
  }
}

void Lexer::step_attr_name(char c) {
  if (c == '=') {
    end_attribute_name();
    state_ = State::BeforeValue;
    return;
  }
  if (c == '>') return end_start_tag(TagKind::Start);
  if (part_.size() < kPartBytes && !is_space(c)) part_ += c;
  check_length(part_begin_, limits_.name_bytes, "G-LIMIT-NAME");
}

void Lexer::end_attribute_name() {
  if (part_ != "xmlns" && part_.substr(0, 6) != "xmlns:") return;
  if (++namespaces_ > limits_.namespaces) {
    refuse_limit(markup_begin_, "G-LIMIT-NAMESPACES", limits_.namespaces);
  }
}

void Lexer::step_before_value(char c) {
  if (c == '"' || c == '\'') {
    state_ = State::Value;
    quote_ = c;
    part_begin_ = at_ + 1;
    return;
  }
  if (c == '>') return end_start_tag(TagKind::Start);
  check_length(markup_begin_, limits_.markup_bytes, "G-LIMIT-MARKUP");
}

void Lexer::step_value(char c) {
  if (c == quote_) {
    state_ = State::InTag;
    slash_ = false;
    return check_length(markup_begin_, limits_.markup_bytes, "G-LIMIT-MARKUP");
  }
  check_length(part_begin_, limits_.attribute_value_bytes, "G-LIMIT-VALUE");
  if (c == '&' && !refusal_) {
    // The value goes on after the reference: part_begin_ stays, the reference is kept in part_.
    after_reference_ = State::Value;
    state_ = State::Reference;
    part_.clear();
  }
}

void Lexer::step_end_tag(char c) {
  if (is_space(c)) part_ = "/";  // the name is over
  if (c != '>') {
    if (!part_.empty()) return check_length(markup_begin_, limits_.markup_bytes, "G-LIMIT-MARKUP");
    return check_length(part_begin_ + 1, limits_.name_bytes, "G-LIMIT-NAME");
  }
  if (depth_ > 0) --depth_;
  state_ = State::Text;
  text_bytes_ = 0;
  tag_ = Tag{TagKind::End, markup_begin_, at_ + 1};
}

void Lexer::end_start_tag(TagKind kind) {
  check_length(markup_begin_, limits_.markup_bytes, "G-LIMIT-MARKUP");
  if (kind == TagKind::Start) ++depth_;
  if (depth_ + (kind == TagKind::Empty ? 1U : 0U) > limits_.depth) {
    return refuse_limit(markup_begin_, "G-LIMIT-DEPTH", limits_.depth);
  }
  state_ = State::Text;
  text_bytes_ = 0;
  tag_ = Tag{kind, markup_begin_, at_ + 1};
}

// Comments, CDATA sections and instructions: up to the delimiter. What is in a CDATA section counts
// as text, so that text cannot grow without bound in pieces.
void Lexer::step_delimited(char c, std::string_view closing) {
  if (state_ == State::Cdata) {
    if (++text_bytes_ > limits_.text_bytes) {
      return refuse_limit(markup_begin_, "G-LIMIT-TEXT", limits_.text_bytes);
    }
  } else {
    check_length(markup_begin_, limits_.text_bytes, "G-LIMIT-TEXT");
  }
  if (c == closing[matched_]) {
    if (++matched_ < closing.size()) return;
    state_ = State::Text;
    matched_ = 0;
    return;
  }
  // "--->" and "]]]>" close too: a repeated first character keeps the place before the last one.
  const bool repeats = c == closing.front() && matched_ + 1 == closing.size() && matched_ > 1;
  if (!repeats) matched_ = c == closing.front() ? 1 : 0;
}

void Lexer::step_reference(char c) {
  const bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (after_reference_ == State::Text) ++text_bytes_;
  if (is_plain || (c == '#' && part_.empty())) {
    if (part_.size() < kPartBytes) part_ += c;
    if (after_reference_ == State::Value) {
      return check_length(part_begin_, limits_.attribute_value_bytes, "G-LIMIT-VALUE");
    }
    if (at_ > part_begin_ + limits_.name_bytes) {
      refuse_limit(part_begin_, "G-LIMIT-NAME", limits_.name_bytes);
    }
    return;
  }
  state_ = after_reference_;
  if (c == ';') return check_reference();
  // Not a reference; the parser will say so. Here only the state has to be right.
  if (after_reference_ == State::Text) --text_bytes_;
  step(c);
}

void Lexer::check_reference() {
  if (part_.empty() || part_.front() != '#') return;
  const auto character = character_of(part_);
  const auto begin = after_reference_ == State::Text ? part_begin_ : markup_begin_;
  if (!character) return refuse(begin, "G-CHAR", "gate-char-reference-form", {});
  if (is_xml_char(*character) &&
      (options_.controls_allowed || !is_control_or_noncharacter(*character))) {
    return;
  }
  refuse(begin, "G-CHAR", "gate-char-reference", {});
}

void Lexer::check_length(std::uint64_t begin, std::size_t limit, std::string_view rule) {
  if (at_ >= begin + limit) refuse_limit(markup_begin_, rule, limit);
}

void Lexer::refuse(std::uint64_t offset,
                   std::string_view rule,
                   std::string_view key,
                   Params params) {
  if (!refusal_) refusal_ = Refusal{offset, rule, key, std::move(params)};
}

void Lexer::refuse_limit(std::uint64_t offset, std::string_view rule, std::uint64_t limit) {
  std::string_view key = "gate-limit-markup";
  if (rule == "G-LIMIT-TEXT") key = "gate-limit-text";
  if (rule == "G-LIMIT-VALUE") key = "gate-limit-value";
  if (rule == "G-LIMIT-NAME") key = "gate-limit-name";
  if (rule == "G-LIMIT-DEPTH") key = "gate-limit-depth";
  if (rule == "G-LIMIT-ATTRIBUTES") key = "gate-limit-attributes";
  if (rule == "G-LIMIT-NAMESPACES") key = "gate-limit-namespaces";
  refuse(offset, rule, key, {{"limit", {std::to_string(limit)}}});
}

}  // namespace amparo::xml
