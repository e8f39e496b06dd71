// SPDX-License-Identifier: Apache-2.0
#include "xml/window.hpp"

#include <algorithm>
#include <cstring>

#include "text/utf8.hpp"
#include "xml/excerpt.hpp"

namespace amparo::xml {
namespace {

// A line of an excerpt ends within this many bytes of its place.
constexpr std::size_t kExcerptBytes = 512;
// Tags are marked about this far apart, and a mark further back than kMaxMarkBytes is given up.
constexpr std::uint64_t kMarkBytes = 2048;
constexpr std::uint64_t kMaxMarkBytes = std::uint64_t{256} << 10U;

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

}  // namespace

Status Window::begin() {
  // The first bytes tell the encoding; they are all needed at once.
  std::string first;
  while (first.size() < kDetectionBytes && !at_end_) {
    const auto before = first.size();
    first.resize(before + std::max(options_.chunk_bytes, std::size_t{1}));
    const auto got = source_->read({first.data() + before, first.size() - before});
    if (!got) return Fail{got.error()};
    first.resize(before + *got);
    at_end_ = *got == 0;
  }
  bytes_read_ = first.size();
  const auto found = detect_encoding(std::string_view{first}.substr(0, kDetectionBytes));
  const bool standard = options_.profile == GateProfile::Standard;
  const bool is_utf8 = found.encoding == Encoding::Utf8 &&
                       (!standard || found.label == "UTF-8" || found.label == "UTF8");
  decoder_ = Decoder{found.encoding};
  decodes_ = found.encoding != Encoding::Utf8;
  if (found.encoding == Encoding::Utf8) base_ = found.mark_bytes;
  base_place_.place.offset = base_;
  last_place_ = base_place_;
  tail_ = first.substr(std::min(found.mark_bytes, first.size()));
  buffer_.assign(kScanPadding, '<');
  const Params label{{"encoding", {printable_label(found.label)}}};
  if (first.size() == found.mark_bytes) {
    refuse(base_, "G-EMPTY", "gate-empty", {});
  } else if (found.contradicts) {
    refuse(base_, "G-ENCODING", "gate-encoding-contradiction", label);
  } else if (standard ? !is_utf8 : found.encoding == Encoding::Other) {
    refuse(base_, "G-ENCODING", standard ? "gate-encoding" : "gate-encoding-unknown", label);
  } else {
    if (decodes_) {
      std::string decoded;
      decoded_all_ = decoder_.decode(tail_, decoded);
      tail_ = std::move(decoded);
    }
    take_tail();
    check();
  }
  return Done{};
}

// What was read but not good yet stands behind end() again, to be checked with what follows.
void Window::take_tail() {
  if (buffer_.size() < size_ + tail_.size() + kScanPadding) {
    buffer_.resize(std::max(buffer_.size() * 2, size_ + tail_.size() + kScanPadding));
  }
  std::memcpy(buffer_.data() + size_, tail_.data(), tail_.size());
  size_ += tail_.size();
  tail_.clear();
}

// Moves end() to the last good character. Called when all bytes up to size_ are raw from somewhere
// on; those that are good already are few.
void Window::check() {
  const auto from = checked_;
  const std::string_view raw{buffer_.data() + from, size_ - from};
  const auto set =
      options_.profile == GateProfile::Standard ? CharacterSet::Strict : CharacterSet::Xml;
  const bool is_last = at_end_ || !decoded_all_;
  const auto found = check_characters(raw, set, is_last, options_.path);
  const auto good = from + found.good;
  tail_.assign(buffer_.data() + good, size_ - good);
  size_ = checked_ = good;
  std::memset(buffer_.data() + size_, '<', kScanPadding);
  if (found.fault == CharacterFault::NotUtf8) {
    refuse(base_ + good, "G-UTF8", "gate-utf8", {});
  } else if (found.fault == CharacterFault::NotAllowed) {
    refuse(
        base_ + good, "G-CHAR", "gate-char", {{"character", {code_point_name(found.character)}}});
  } else if (!decoded_all_ || (at_end_ && !decoder_.is_complete())) {
    refuse(base_ + good, "G-ENCODING", "gate-bytes", {});
  }
}

void Window::refuse(std::uint64_t offset,
                    std::string_view rule,
                    std::string_view key,
                    Params params) {
  if (!refusal_) refusal_ = Refusal{offset, rule, key, std::move(params)};
}

std::uint64_t Window::release_point(const char* at) const noexcept {
  const auto here = offset_of(at);
  if (here < base_ + kHistoryBytes) return base_;
  const auto target = here - kHistoryBytes;
  const auto after = std::upper_bound(marks_.begin(), marks_.end(), target);
  if (after != marks_.begin() && *std::prev(after) + kMaxMarkBytes >= target) {
    return *std::prev(after);
  }
  return target - std::min(target - base_, std::uint64_t{kExcerptBytes});
}

void Window::slide(std::uint64_t to) {
  // Not within a character.
  while (to > base_ && (static_cast<unsigned char>(*pointer_to(to)) & 0xC0U) == 0x80U)
    --to;
  if (to == base_) return;
  if (last_place_.place.offset < to) {
    advance(base_place_, to);
    last_place_ = base_place_;
  } else {
    advance(base_place_, to);
  }
  const auto dropped = static_cast<std::size_t>(to - base_);
  std::memmove(buffer_.data(), buffer_.data() + dropped, size_ - dropped);
  size_ -= dropped;
  checked_ = size_;
  base_ = to;
  // Text that has no mark left is as good as one: no tag is open there.
  const auto first = std::lower_bound(marks_.begin(), marks_.end(), to);
  const bool had_mark = first != marks_.begin();
  marks_.erase(marks_.begin(), first);
  if (had_mark && (marks_.empty() || marks_.front() != to)) marks_.insert(marks_.begin(), to);
}

Result<bool> Window::more(const char*& at) {
  const auto here = offset_of(at);
  const auto end_before = base_ + size_;
  const auto open = static_cast<std::size_t>(end_before - here);
  // A token that is longer than a chunk asks for as much again as it has: all in all, linear.
  auto wanted = std::max(options_.chunk_bytes, open);
  while (!at_end_ && !refusal_ && base_ + size_ == end_before) {
    const auto got = read_once(here, wanted);
    if (!got) return Fail{got.error()};
    wanted -= std::min(wanted, *got);
    if (base_ + size_ != end_before && open > options_.chunk_bytes) {
      while (wanted > 0 && !at_end_ && !refusal_) {
        const auto next = read_once(here, wanted);
        if (!next) return Fail{next.error()};
        wanted -= std::min(wanted, *next);
      }
    }
  }
  at = pointer_to(here);
  return base_ + size_ != end_before;
}

Result<std::size_t> Window::read_once(std::uint64_t here, std::size_t wanted) {
  const auto room = [&] { return buffer_.size() - size_; };
  const auto needed = wanted + tail_.size() + kScanPadding;
  if (room() < needed) slide(release_point(pointer_to(here)));
  if (room() < needed) buffer_.resize(std::max(buffer_.size() + needed, buffer_.size() * 3 / 2));
  take_tail();
  std::size_t got_bytes = 0;
  if (decodes_) {
    std::string raw(wanted, '\0');
    const auto got = source_->read({raw.data(), raw.size()});
    if (!got) return Fail{got.error()};
    got_bytes = *got;
    std::string decoded;
    decoded_all_ = decoder_.decode(std::string_view{raw}.substr(0, got_bytes), decoded);
    tail_ = std::move(decoded);
    take_tail();
  } else {
    const auto got = source_->read({buffer_.data() + size_, wanted});
    if (!got) return Fail{got.error()};
    got_bytes = *got;
    size_ += got_bytes;
  }
  at_end_ = got_bytes == 0;
  bytes_read_ += got_bytes;
  check();
  return got_bytes;
}

void Window::advance(Known& known, std::uint64_t offset) const {
  const std::string_view text{pointer_to(known.place.offset),
                              static_cast<std::size_t>(offset - known.place.offset)};
  if (text.empty()) return;
  known.place.offset = offset;
  if (!known.after_return && count_bytes(text, '\r', options_.path) == 0) {
    const auto last = text.rfind('\n');
    if (last == std::string_view::npos) {
      known.place.column += text::count_code_points(text);
      return;
    }
    known.place.line += count_bytes(text, '\n', options_.path);
    known.place.column = 1 + text::count_code_points(text.substr(last + 1));
    return;
  }
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      if (c == '\r' || !known.after_return) ++known.place.line;
      known.place.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
      ++known.place.column;
    }
    known.after_return = c == '\r';
  }
}

Place Window::place_at(std::uint64_t offset) {
  if (offset < last_place_.place.offset) {
    // One after the other, places that were asked for late cost no more than the others.
    if (offset < late_place_.place.offset || late_place_.place.offset < base_) {
      late_place_ = base_place_;
    }
    advance(late_place_, offset);
    return late_place_.place;
  }
  advance(last_place_, offset);
  return last_place_.place;
}

void Window::mark(std::uint64_t tag) {
  if (marks_.empty() || marks_.back() != tag) marks_.push_back(tag);
  next_mark_ = tag + kMarkBytes;
}

Result<std::optional<Excerpt>> Window::excerpt(const Place& where,
                                               const char*& at,
                                               const KnownName& is_known,
                                               Reveal reveal) {
  if (where.offset < base_ || offset_of(at) > where.offset + kHistoryBytes) {
    return std::optional<Excerpt>{};
  }
  while (base_ + size_ < where.offset + kExcerptBytes) {
    const auto got = more(at);
    if (!got) return Fail{got.error()};
    if (!*got) break;
  }
  // A mark that surely lies before the line, or all there is.
  auto first = base_;
  for (const auto mark : marks_) {
    if (mark + kExcerptBytes <= where.offset) first = mark;
  }
  const auto last = std::min(base_ + size_, where.offset + kExcerptBytes);
  std::string text{pointer_to(first), static_cast<std::size_t>(last - first)};
  if (last == base_ + size_) text += tail_.substr(0, kExcerptBytes);
  const auto at_in_text = static_cast<std::size_t>(where.offset - first);
  const LineWindow line = line_around(text, at_in_text);
  const auto line_begin = first + line.begin;
  const auto next = std::upper_bound(marks_.begin(), marks_.end(), line_begin);
  std::size_t known_from = line.end;
  if (next != marks_.begin()) {
    known_from = static_cast<std::size_t>(*std::prev(next) - first);
  } else if (next != marks_.end()) {
    known_from = std::min(line.end, static_cast<std::size_t>(*next - first));
  }
  Excerpt excerpt;
  excerpt.text = reveal == Reveal::Values ? plain_line(text, line)
                                          : masked_line(text, line, known_from, is_known);
  const auto before = std::string_view{text}.substr(line.begin, at_in_text - line.begin);
  excerpt.first_column =
      where.column - std::min<std::uint64_t>(where.column - 1, text::count_code_points(before));
  return std::optional{std::move(excerpt)};
}

}  // namespace amparo::xml
