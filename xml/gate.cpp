// SPDX-License-Identifier: Apache-2.0
#include "xml/gate.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "text/utf8.hpp"
#include "xml/excerpt.hpp"

namespace amparo::xml {
namespace {

// How much of what was handed out is kept: a parser reports an error some buffers late.
constexpr std::size_t kHistoryBytes = std::size_t{160} << 10U;
constexpr std::size_t kMaxDeclarationBytes = 1024;

bool is_xml_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool is_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 0x20 && byte < 0x7F) || is_xml_space(c);
}

bool is_xml_char(char32_t c) {
  return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
}

bool is_control_or_noncharacter(char32_t c) {
  return (c >= 0x7F && c <= 0x9F) || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFEU) == 0xFFFEU;
}

std::string code_point_name(char32_t c) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string name;
  for (int shift = c > 0xFFFF ? 20 : 12; shift >= 0; shift -= 4) {
    name += kDigits[(c >> static_cast<unsigned>(shift)) & 0xFU];
  }
  return "U+" + name;
}

// A declared label is text of the document: only what can be the name of an encoding is repeated.
std::string printable_label(const std::string& label) {
  const bool is_name = std::all_of(label.begin(), label.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
  return is_name && !label.empty() ? label : "?";
}

// Value of version="..." in the declaration, or "1.0" when it cannot be told.
std::string_view declared_version(std::string_view declaration) {
  constexpr std::string_view kWord = "version";
  const auto word = declaration.find(kWord);
  if (word == std::string_view::npos) return "1.0";
  const auto open = declaration.find_first_of("\"'", word);
  if (open == std::string_view::npos) return "1.0";
  const auto close = declaration.find(declaration[open], open + 1);
  return close == std::string_view::npos ? "1.0" : declaration.substr(open + 1, close - open - 1);
}

}  // namespace

Gate::Gate(Source& source, GateProfile profile, const Limits& limits)
    : source_{&source},
      profile_{profile},
      limits_{limits},
      lexer_{limits,
             {.instructions_allowed = profile == GateProfile::General,
              .controls_allowed = profile == GateProfile::General}} {}

Result<std::size_t> Gate::read(std::span<char> into) {
  while (handed_ == handable() && !at_end_ && !refusal_) {
    auto done = has_begun_ ? fill() : begin();
    if (!done) return Fail{done.error()};
  }
  const auto n = std::min<std::size_t>(into.size(), static_cast<std::size_t>(handable() - handed_));
  std::memcpy(into.data(), text_from(handed_).data(), n);
  handed_ += n;
  return n;
}

std::uint64_t Gate::handable() const noexcept {
  if (refusal_) return std::max(handed_, refusal_->where.offset);
  return at_end_ ? end() : std::min(checked_, lexer_.decided());
}

const TagMark* Gate::peek_tag() const noexcept {
  return next_tag_ < tags_.size() ? &tags_[next_tag_] : nullptr;
}

void Gate::pop_tag() {
  if (next_tag_ < tags_.size()) ++next_tag_;
}

// The first bytes tell the encoding; they are all needed at once.
Status Gate::begin() {
  has_begun_ = true;
  while (source_->window().size() < kDetectionBytes) {
    const auto got = source_->more();
    if (!got) return Fail{got.error()};
    if (*got == 0) {
      at_end_ = true;
      break;
    }
  }
  const auto first = source_->window();
  const auto found = detect_encoding(first.substr(0, kDetectionBytes));
  const bool standard = profile_ == GateProfile::Standard;
  const bool is_utf8 = found.encoding == Encoding::Utf8 &&
                       (!standard || found.label == "UTF-8" || found.label == "UTF8");
  decoder_ = Decoder{found.encoding};
  if (found.encoding == Encoding::Utf8) begin_ = found.mark_bytes;
  checked_ = handed_ = begin_;
  places_.skip_to(begin_);
  lexer_.start_at(begin_);
  bytes_read_ = first.size();
  const Params label{{"encoding", {printable_label(found.label)}}};
  if (first.size() == found.mark_bytes) {
    refuse(begin_, "G-EMPTY", "gate-empty", {});
  } else if (found.contradicts) {
    refuse(begin_, "G-ENCODING", "gate-encoding-contradiction", label);
  } else if (standard ? !is_utf8 : found.encoding == Encoding::Other) {
    refuse(begin_, "G-ENCODING", standard ? "gate-encoding" : "gate-encoding-unknown", label);
  } else {
    take(first.substr(found.mark_bytes));
    start_lexer();
    if (!refusal_) lex();
  }
  source_->release(source_->window_end());
  return Done{};
}

Status Gate::fill() {
  const auto got = source_->more();
  if (!got) return Fail{got.error()};
  at_end_ = *got == 0;
  bytes_read_ += *got;
  take(source_->window());
  source_->release(source_->window_end());
  lex();
  return Done{};
}

void Gate::take(std::string_view raw) {
  forget();
  const bool decoded = decoder_.decode(raw, text_);
  check_characters();
  if (bad_character_) return;
  if (!decoded || (at_end_ && !decoder_.is_complete())) {
    bad_character_ = Refusal{checked_, "G-ENCODING", "gate-bytes", {}};
  }
}

void Gate::check_characters() {
  const bool strict = profile_ == GateProfile::Standard;
  const auto text = text_from(checked_);
  std::size_t i = 0;
  const auto stop_at = [&](std::string_view rule, std::string_view key, Params params) {
    bad_character_ = Refusal{checked_ + i, rule, key, std::move(params)};
  };
  while (i < text.size() && !bad_character_) {
    if (is_plain(text[i])) {
      ++i;
      continue;
    }
    // A character may lie across two pieces; the longest takes four bytes.
    if (text.size() - i < 4 && !at_end_) break;
    const auto decoded = text::decode_utf8(text, i);
    if (decoded.length == 0) {
      stop_at("G-UTF8", "gate-utf8", {});
    } else if (!is_xml_char(decoded.code_point) ||
               (strict && is_control_or_noncharacter(decoded.code_point))) {
      stop_at("G-CHAR", "gate-char", {{"character", {code_point_name(decoded.code_point)}}});
    } else {
      i += decoded.length;
    }
  }
  checked_ += i;
}

// The XML declaration is no processing instruction; the lexer begins behind it.
void Gate::start_lexer() {
  const auto text = text_from(begin_).substr(0, kMaxDeclarationBytes);
  if (text.substr(0, 5) != "<?xml" || text.size() < 6 || !is_xml_space(text[5])) return;
  const auto end = text.find("?>");
  if (end == std::string_view::npos || begin_ + end + 2 > checked_) return;
  if (declared_version(text.substr(0, end)) != "1.0") {
    return refuse(begin_, "G-VERSION", "gate-version", {});
  }
  lexer_.start_at(begin_ + end + 2);
}

void Gate::lex() {
  const auto text = std::string_view{text_}.substr(0, static_cast<std::size_t>(checked_ - begin_));
  while (const auto tag = lexer_.next(text, begin_)) {
    TagMark mark{.kind = tag->kind};
    mark.tag = places_.at(tag->begin, text_, begin_);
    mark.content = places_.at(tag->end, text_, begin_);
    tags_.push_back(mark);
  }
  if (const auto& refusal = lexer_.refusal()) {
    // A blank line before the declaration makes it an instruction; people need to hear that.
    const bool is_late_declaration =
        refusal->rule == "G-PI" && text_from(refusal->offset).substr(0, 6) == "<?xml ";
    const auto key = is_late_declaration ? std::string_view{"gate-declaration"} : refusal->key;
    refuse(refusal->offset, refusal->rule, key, refusal->params);
  } else if (bad_character_) {
    refuse(
        bad_character_->offset, bad_character_->rule, bad_character_->key, bad_character_->params);
  } else {
    places_.at(std::min(checked_, lexer_.pending()), text_, begin_);
  }
}

void Gate::refuse(std::uint64_t offset,
                  std::string_view rule,
                  std::string_view key,
                  Params params) {
  if (refusal_) return;
  refusal_ = Finding{.rule = std::string{rule},
                     .severity = Severity::Error,
                     .layer = Layer::Gate,
                     .where = places_.at(offset, text_, begin_),
                     .message = std::string{key},
                     .params = std::move(params)};
}

void Gate::forget() {
  const auto needed = std::min(handed_, lexer_.pending());
  if (needed < begin_ + 2 * kHistoryBytes) return;
  const auto dropped = needed - kHistoryBytes - begin_;
  text_.erase(0, static_cast<std::size_t>(dropped));
  begin_ += dropped;
  while (next_tag_ > 0 && tags_.front().content.offset <= begin_) {
    tags_.pop_front();
    --next_tag_;
  }
}

Place Gate::locate(std::uint64_t line, std::uint64_t column) const {
  const auto is_after = [&](const TagMark& mark) {
    return mark.tag.line > line || (mark.tag.line == line && mark.tag.column > column);
  };
  const auto after = std::partition_point(
      tags_.begin(), tags_.end(), [&](const TagMark& mark) { return !is_after(mark); });
  PlaceCounter counter;
  if (after != tags_.begin() && std::prev(after)->tag.offset >= begin_) {
    counter = PlaceCounter{std::prev(after)->tag};
  } else if (begin_ <= 3) {
    counter = PlaceCounter{Place{begin_, 1, 1}};
  } else {
    return Place{end(), line, column};
  }
  Place place = counter.last();
  while (place.offset < end() &&
         (place.line < line || (place.line == line && place.column < column))) {
    const Place next = counter.at(place.offset + 1, text_, begin_);
    if (next.line > line) break;
    place = next;
  }
  return place;
}

Place Gate::skip_spaces(const Place& where) const {
  if (where.offset < begin_ || where.offset >= end()) return where;
  const auto text = text_from(where.offset);
  const auto stop = std::find_if_not(text.begin(), text.end(), is_xml_space);
  const auto spaces = static_cast<std::uint64_t>(stop - text.begin());
  return PlaceCounter{where}.at(where.offset + spaces, text_, begin_);
}

Place Gate::attribute_place(const TagMark& tag, std::string_view name) const {
  if (tag.tag.offset < begin_ || tag.content.offset > end()) return tag.tag;
  const auto text = text_from(tag.tag.offset)
                        .substr(0, static_cast<std::size_t>(tag.content.offset - tag.tag.offset));
  char quote = 0;
  for (std::size_t i = 1; i + name.size() < text.size(); ++i) {
    if (quote != 0) {
      if (text[i] == quote) quote = 0;
    } else if (text[i] == '"' || text[i] == '\'') {
      quote = text[i];
    } else if (is_xml_space(text[i - 1]) && text.substr(i, name.size()) == name &&
               (text[i + name.size()] == '=' || is_xml_space(text[i + name.size()]))) {
      return PlaceCounter{tag.tag}.at(tag.tag.offset + i, text_, begin_);
    }
  }
  return tag.tag;
}

std::optional<Excerpt> Gate::excerpt(const Place& where,
                                     const KnownName& is_known,
                                     Reveal reveal) const {
  if (where.offset < begin_ || where.offset > end()) return std::nullopt;
  const auto at = static_cast<std::size_t>(where.offset - begin_);
  const LineWindow line = line_around(text_, at);
  // The last tag that begins at or before the line tells what its characters are.
  const auto after = std::upper_bound(
      tags_.begin(), tags_.end(), begin_ + line.begin, [](std::uint64_t offset, const TagMark& t) {
        return offset < t.tag.offset;
      });
  std::size_t known_from = line.end;
  if (after != tags_.begin() && std::prev(after)->tag.offset >= begin_) {
    known_from = static_cast<std::size_t>(std::prev(after)->tag.offset - begin_);
  } else if (after != tags_.end()) {
    known_from = std::min(line.end, static_cast<std::size_t>(after->tag.offset - begin_));
  }
  Excerpt excerpt;
  excerpt.text = reveal == Reveal::Values ? plain_line(text_, line)
                                          : masked_line(text_, line, known_from, is_known);
  const auto before = std::string_view{text_}.substr(line.begin, at - line.begin);
  excerpt.first_column =
      where.column - std::min<std::uint64_t>(where.column - 1, text::count_code_points(before));
  return excerpt;
}

}  // namespace amparo::xml
