// SPDX-License-Identifier: Apache-2.0
// Text, comments, the frame of a document. Tags are in tokenizer_tags.cpp.
#include "xml/tokenizer.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "text/utf8.hpp"

namespace amparo::xml {
namespace {

std::string_view key_of_limit(std::string_view rule) {
  struct Entry {
    std::string_view rule, key;
  };
  constexpr std::array kKeys{Entry{"G-LIMIT-TEXT", "gate-limit-text"},
                             Entry{"G-LIMIT-VALUE", "gate-limit-value"},
                             Entry{"G-LIMIT-NAME", "gate-limit-name"},
                             Entry{"G-LIMIT-DEPTH", "gate-limit-depth"},
                             Entry{"G-LIMIT-ATTRIBUTES", "gate-limit-attributes"},
                             Entry{"G-LIMIT-NAMESPACES", "gate-limit-namespaces"}};
  for (const Entry& entry : kKeys) {
    if (entry.rule == rule) return entry.key;
  }
  return "gate-limit-markup";
}

// "version", "encoding" or "standalone" with its value, from the front of `text`; false when
// something else stands there.
bool take_pseudo_attribute(std::string_view& text, std::string_view name, std::string_view& value) {
  auto rest = text;
  std::size_t spaces = 0;
  while (spaces < rest.size() && is_space(rest[spaces]))
    ++spaces;
  if (spaces == 0) return false;
  rest.remove_prefix(spaces);
  if (rest.substr(0, name.size()) != name) return false;
  rest = rest.substr(name.size());
  const auto skip = [&] {
    while (!rest.empty() && is_space(rest.front()))
      rest.remove_prefix(1);
  };
  skip();
  if (rest.empty() || rest.front() != '=') return false;
  rest.remove_prefix(1);
  skip();
  if (rest.empty() || (rest.front() != '"' && rest.front() != '\'')) return false;
  const auto close = rest.find(rest.front(), 1);
  if (close == std::string_view::npos) return false;
  value = rest.substr(1, close - 1);
  text = rest.substr(close + 1);
  return true;
}

bool is_encoding_name(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !name.empty() && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) {
           return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
         });
}

}  // namespace

Tokenizer::Tokenizer(Source& source, const NameResolver* resolver, const Options& options)
    : options_{options},
      steps_{&scan_steps(options.path)},
      window_{source, {options.profile, options.path, options.chunk_bytes}},
      scope_{resolver} {}

Token Tokenizer::stop(std::uint64_t offset,
                      std::string_view rule,
                      std::string_view key,
                      Params params) {
  is_over_ = true;
  if (failure_ || problem_) return Token::Stopped;
  const bool is_gate = rule.substr(0, 2) == "G-";
  problem_ = Problem{.layer = is_gate ? Layer::Gate : Layer::WellFormed,
                     .rule = rule,
                     .key = key,
                     .where = offset < window_.begin_offset() ? begun_ : window_.place_at(offset),
                     .params = std::move(params)};
  return Token::Stopped;
}

Token Tokenizer::stop_at_limit(std::uint64_t offset, std::string_view rule, std::uint64_t limit) {
  return stop(offset, rule, key_of_limit(rule), {{"limit", {std::to_string(limit)}}});
}

// Places that may be asked for when their bytes are gone.
void Tokenizer::before_release() {
  const auto keep = window_.release_point(at_);
  for (OpenTag& tag : open_) {
    if (tag.tag >= keep) break;
    if (tag.tag >= window_.begin_offset()) place_of(tag);
  }
  const auto begun = in_cdata_ ? cdata_ : tag_;
  if (begun >= window_.begin_offset() && begun < keep) begun_ = window_.place_at(begun);
  if (on_release_) on_release_(keep);
}

void Tokenizer::settle_places() {
  for (OpenTag& tag : open_)
    place_of(tag);
  if (on_release_) on_release_(offset_of(at_));
}

void Tokenizer::resume(Window::Resumption from) {
  const auto offset = from.place.offset;
  window_.resume(std::move(from));
  at_ = window_.pointer_to(offset);
  is_over_ = pending_end_ = has_ended_ = in_cdata_ = false;
  text_bytes_ = 0;
  problem_.reset();
}

// Reads more; false when there is no more, or reading failed.
bool Tokenizer::more() {
  before_release();
  const auto got = window_.more(at_);
  if (!got) {
    failure_ = got.error();
    is_over_ = true;
    return false;
  }
  return *got;
}

const Place& Tokenizer::place_of(OpenTag& tag) {
  if (tag.place.line == 0) tag.place = window_.place_at(tag.tag);
  return tag.place;
}

std::optional<Excerpt> Tokenizer::excerpt(const Place& where,
                                          const KnownName& is_known,
                                          Reveal reveal) {
  before_release();
  auto found = window_.excerpt(where, at_, is_known, reveal);
  if (found) return *std::move(found);
  if (!failure_) failure_ = found.error();
  return std::nullopt;
}

// Makes sure that `bytes` from at_ on are there. Pointers into the window are gone.
bool Tokenizer::has(const char* p, std::size_t bytes) {
  const auto ahead = p - at_;
  while (window_.end() - at_ < ahead + static_cast<std::ptrdiff_t>(bytes)) {
    if (!more()) return false;
  }
  return true;
}

void Tokenizer::begin() {
  has_begun_ = true;
  const auto begun = window_.begin();
  at_ = window_.data();
  if (!begun) {
    failure_ = begun.error();
    is_over_ = true;
    return;
  }
  if (!window_.refusal() || window_.end() != window_.data()) read_declaration();
}

Token Tokenizer::next() {
  if (!has_begun_) begin();
  if (is_over_) return problem_ || failure_ ? Token::Stopped : Token::Finished;
  settle();
  if (pending_end_) {
    pending_end_ = false;
    has_ended_ = true;
    end_tag_ = open_.back().tag;
    return Token::End;
  }
  if (in_cdata_) return read_cdata();
  for (;;) {
    if (at_ == window_.end() && !more()) return finish();
    if (*at_ == '<') {
      const auto token = read_markup();
      if (token != Token::Text || is_over_) return is_over_ ? Token::Stopped : token;
      if (in_cdata_) return read_cdata();
      continue;  // a comment or an instruction
    }
    if (!open_.empty()) return read_text();
    // Outside of the root element: white space only.
    const char* p = std::min(steps_->skip_spaces(at_), window_.end());
    text_bytes_ += static_cast<std::uint64_t>(p - at_);
    if (text_bytes_ > options_.limits.text_bytes) {
      return stop_at_limit(offset_of(p) - (text_bytes_ - options_.limits.text_bytes),
                           "G-LIMIT-TEXT",
                           options_.limits.text_bytes);
    }
    at_ = p;
    if (p != window_.end() && *p != '<') {
      return stop(offset_of(p), "wf-document", "wf-document");
    }
  }
}

Token Tokenizer::finish() {
  is_over_ = true;
  if (failure_) return Token::Stopped;
  if (const auto& refusal = window_.refusal()) {
    return stop(refusal->offset, refusal->rule, refusal->key, refusal->params);
  }
  if (!has_root_) return stop(offset_of(at_), "wf-document", "wf-no-root");
  if (!open_.empty()) {
    stop(offset_of(at_), "wf-ended", "wf-ended");
    problem_->name_param = "element";
    problem_->name = open_.back().name->local();
    problem_->tells_open_element = true;
    return Token::Stopped;
  }
  return Token::Finished;
}

// The input is over within a tag or a reference.
Token Tokenizer::ended_in_markup() {
  is_over_ = true;
  if (failure_) return Token::Stopped;
  if (const auto& refusal = window_.refusal()) {
    return stop(refusal->offset, refusal->rule, refusal->key, refusal->params);
  }
  return stop(offset_of(window_.end()), "wf-ended", "wf-ended-in-markup");
}

Token Tokenizer::give_text(const char* begin, const char* end, std::uint64_t offset) {
  text_ = {begin, static_cast<std::size_t>(end - begin)};
  text_offset_ = offset;
  return Token::Text;
}

Token Tokenizer::read_text() {
  const char* begin = at_;
  const char* p = at_;
  for (;;) {
    p = std::min(steps_->text_stop(p), window_.end());
    if (p == window_.end() || *p != ']') break;
    // "]]>" cannot stand in a text. What is not there yet is looked at with what follows.
    if (window_.end() - p < 3) {
      if (p != begin) break;
      if (has(p, 3)) {
        begin = p = at_;
        continue;
      }
      if (failure_) return Token::Stopped;
      begin = p = at_;
    }
    if (window_.end() - p >= 3 && p[1] == ']' && p[2] == '>') {
      if (p == begin) return stop(offset_of(p), "wf-text", "wf-text");
      break;
    }
    ++p;
  }
  if (p == begin) {
    if (*p == '&') return read_reference_in_text();
    // A line end: CR LF and CR are LF (XML 1.0, 2.11).
    if (!has(p, 2) && failure_) return Token::Stopped;
    const bool is_pair = window_.end() - at_ >= 2 && at_[1] == '\n';
    const auto offset = offset_of(at_);
    text_bytes_ += is_pair ? 2U : 1U;
    at_ += is_pair ? 2 : 1;
    if (text_bytes_ > options_.limits.text_bytes) {
      return stop_at_limit(offset, "G-LIMIT-TEXT", options_.limits.text_bytes);
    }
    resolved_ = "\n";
    return give_text(resolved_.data(), resolved_.data() + 1, offset);
  }
  const auto size = static_cast<std::uint64_t>(p - begin);
  text_bytes_ += size;
  if (text_bytes_ > options_.limits.text_bytes) {
    return stop_at_limit(offset_of(p) - (text_bytes_ - options_.limits.text_bytes),
                         "G-LIMIT-TEXT",
                         options_.limits.text_bytes);
  }
  at_ = p;
  return give_text(begin, p, offset_of(begin));
}

Token Tokenizer::read_reference_in_text() {
  resolved_.clear();
  for (;;) {
    const char* p = at_;
    const auto step = scan_reference(p, window_.end(), false, &resolved_);
    if (step == Step::Failed) return Token::Stopped;
    if (step == Step::Done) {
      const auto offset = offset_of(at_);
      text_bytes_ += static_cast<std::uint64_t>(p - at_);
      if (text_bytes_ > options_.limits.text_bytes) {
        return stop_at_limit(offset, "G-LIMIT-TEXT", options_.limits.text_bytes);
      }
      at_ = p;
      return give_text(resolved_.data(), resolved_.data() + resolved_.size(), offset);
    }
    if (!more()) return ended_in_markup();
  }
}

// At '<'. Text stands for: go on.
Token Tokenizer::read_markup() {
  tag_ = offset_of(at_);
  if (!has(at_, 2)) return ended_in_markup();
  if (at_[1] == '/') return read_end_tag();
  if (at_[1] == '?') {
    if (options_.profile == GateProfile::Standard) {
      const bool is_late = has(at_, 6) && std::string_view{at_, 6} == "<?xml ";
      return stop(tag_, "G-PI", is_late ? "gate-declaration" : "gate-pi");
    }
    return read_instruction() ? Token::Text : Token::Stopped;
  }
  if (at_[1] != '!') return read_start_tag();
  if (!has(at_, 3)) return ended_in_markup();
  if (at_[2] == 'D') return stop(tag_, "G-DOCTYPE", "gate-doctype");
  constexpr std::string_view kCdata = "<![CDATA[";
  const auto opening = at_[2] == '-' ? std::string_view{"<!--"} : kCdata;
  for (std::size_t size = 3; size <= opening.size(); ++size) {
    if (!has(at_, size)) return ended_in_markup();
    if (at_[size - 1] != opening[size - 1]) return stop(tag_, "G-MARKUP", "gate-markup");
  }
  if (opening.size() == 4) return read_comment() ? Token::Text : Token::Stopped;
  if (open_.empty()) return stop(tag_, "wf-cdata", "wf-cdata");
  cdata_ = tag_;
  in_cdata_ = true;
  at_ += kCdata.size();
  return Token::Text;
}

// Gives at least one piece, which may be empty.
Token Tokenizer::read_cdata() {
  for (;;) {
    const char* const end = window_.end();
    const std::string_view here{at_, static_cast<std::size_t>(end - at_)};
    const auto stop_at = here.find_first_of("]\r");
    const auto size = std::min(stop_at, here.size());
    const auto used = text_bytes_ + size;
    if (used + (stop_at < here.size() ? 1U : 0U) > options_.limits.text_bytes) {
      return stop_at_limit(cdata_, "G-LIMIT-TEXT", options_.limits.text_bytes);
    }
    if (size > 0) {
      const char* const begin = at_;
      at_ += size;
      text_bytes_ = used;
      return give_text(begin, at_, offset_of(begin));
    }
    if (here.empty()) {
      if (more()) continue;
    } else if (here.front() == '\r') {
      if (!has(at_, 2) && failure_) return Token::Stopped;
      const bool is_pair = window_.end() - at_ >= 2 && at_[1] == '\n';
      const auto offset = offset_of(at_);
      text_bytes_ += is_pair ? 2U : 1U;
      at_ += is_pair ? 2 : 1;
      resolved_ = "\n";
      return give_text(resolved_.data(), resolved_.data() + 1, offset);
    } else if (has(at_, 3)) {
      const bool closes = at_[1] == ']' && at_[2] == '>';
      text_bytes_ += closes ? 3U : 1U;
      if (text_bytes_ > options_.limits.text_bytes) {
        return stop_at_limit(cdata_, "G-LIMIT-TEXT", options_.limits.text_bytes);
      }
      const char* const begin = at_;
      at_ += closes ? 3 : 1;
      in_cdata_ = !closes;
      return give_text(begin, closes ? begin : at_, offset_of(begin));
    }
    if (failure_) return Token::Stopped;
    if (window_.refusal()) return ended_in_markup();
    return stop(cdata_, "wf-cdata", "wf-cdata");
  }
}

// Moves behind `closing`, in bounded memory. False at the end of the input and at the limit.
bool Tokenizer::skip_through(std::string_view closing, std::uint64_t begin) {
  const auto limit = begin + options_.limits.text_bytes;
  for (;;) {
    const std::string_view here{at_, static_cast<std::size_t>(window_.end() - at_)};
    const auto found = here.find(closing);
    const auto size = found == std::string_view::npos
                          ? here.size() - std::min(here.size(), closing.size() - 1)
                          : found + closing.size();
    const auto seen = found == std::string_view::npos ? here.size() : size;
    if (offset_of(at_) + seen > limit) {
      stop_at_limit(begin, "G-LIMIT-TEXT", options_.limits.text_bytes);
      return false;
    }
    at_ += size;
    if (found != std::string_view::npos) return true;
    if (!more()) return false;
  }
}

bool Tokenizer::read_comment() {
  const auto begin = tag_;
  at_ += 4;
  if (!skip_through("--", begin) || !has(at_, 1)) {
    if (problem_ || failure_) return false;
    if (window_.refusal()) {
      ended_in_markup();
    } else {
      stop(begin, "wf-comment", "wf-comment");
    }
    return false;
  }
  if (*at_ != '>') {
    stop(offset_of(at_) - 2, "wf-comment", "wf-comment");
    return false;
  }
  if (offset_of(at_) >= begin + options_.limits.text_bytes) {
    stop_at_limit(begin, "G-LIMIT-TEXT", options_.limits.text_bytes);
    return false;
  }
  ++at_;
  return true;
}

bool Tokenizer::read_instruction() {
  const auto begin = tag_;
  const auto fail = [&](std::string_view rule) {
    if (problem_ || failure_) return false;
    if (window_.refusal()) {
      ended_in_markup();
    } else {
      stop(begin, rule, rule);
    }
    return false;
  };
  std::size_t size = 2;
  while (has(at_, size + 1) && is_name_byte(at_[size])) {
    if (++size > options_.limits.name_bytes + 2) {
      stop_at_limit(begin, "G-LIMIT-NAME", options_.limits.name_bytes);
      return false;
    }
  }
  const std::string target{at_ + 2, size - 2};
  if (!has(at_, size + 2)) return fail("wf-pi");
  std::size_t colon = 0;
  if (name_form(target, colon) == NameForm::NotAName) return fail("wf-pi");
  if (target == "xml") return fail("wf-declaration");
  const bool is_reserved = target.size() == 3 && (target[0] == 'x' || target[0] == 'X') &&
                           (target[1] == 'm' || target[1] == 'M') &&
                           (target[2] == 'l' || target[2] == 'L');
  if (is_reserved) return fail("wf-pi");
  // Namespaces 1.0, section 7: no colon in the target.
  if (colon != std::string_view::npos) return fail("nsc-names");
  const bool is_bare = at_[size] == '?' && at_[size + 1] == '>';
  if (!is_bare && !is_space(at_[size])) return fail("wf-pi");
  at_ += size;
  return skip_through("?>", begin) || fail("wf-pi");
}

// <?xml version="1.0" encoding="..." standalone="..."?>, production 23, at the very beginning.
bool Tokenizer::read_declaration() {
  constexpr std::size_t kMaxBytes = 1024;
  has(at_, kMaxBytes);
  if (failure_) return false;
  const std::string_view here{at_,
                              std::min(kMaxBytes, static_cast<std::size_t>(window_.end() - at_))};
  if (here.substr(0, 5) != "<?xml" || here.size() < 6 || !is_space(here[5])) return true;
  const auto end = here.find("?>");
  const auto begin = offset_of(at_);
  if (end == std::string_view::npos) {
    if (window_.refusal()) return ended_in_markup() != Token::Stopped;
    stop(begin, "wf-declaration", "wf-declaration");
    return false;
  }
  auto rest = here.substr(5, end - 5);
  std::string_view version;
  std::string_view encoding;
  std::string_view standalone;
  bool good = take_pseudo_attribute(rest, "version", version);
  if (good && version != "1.0") {
    stop(begin, "G-VERSION", "gate-version");
    return false;
  }
  if (take_pseudo_attribute(rest, "encoding", encoding)) good = good && is_encoding_name(encoding);
  if (take_pseudo_attribute(rest, "standalone", standalone)) {
    good = good && (standalone == "yes" || standalone == "no");
  }
  good = good && std::all_of(rest.begin(), rest.end(), is_space);
  if (!good) {
    stop(begin, "wf-declaration", "wf-declaration");
    return false;
  }
  at_ += end + 2;
  return true;
}

}  // namespace amparo::xml
