// SPDX-License-Identifier: Apache-2.0
// Tags, attributes and references. A tag is read when all of it is in the window: when its end is
// not there, more is read and the tag begun anew.
#include <algorithm>
#include <cstring>
#include <numeric>

#include "text/utf8.hpp"
#include "xml/tokenizer.hpp"

namespace amparo::xml {
namespace {

constexpr std::string_view kXmlns = "xmlns";
// Attributes of one element up to this many are compared each with each.
constexpr std::size_t kFewAttributes = 16;

// Value of "65" or "x41", at most one above Unicode; nothing when it is neither.
std::optional<std::uint32_t> character_of(std::string_view digits) {
  constexpr std::uint32_t kTooLarge = 0x110000;
  const bool hexadecimal = !digits.empty() && digits.front() == 'x';
  if (hexadecimal) digits.remove_prefix(1);
  if (digits.empty()) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : digits) {
    std::uint32_t digit = 16;
    if (c >= '0' && c <= '9') digit = static_cast<std::uint32_t>(c - '0');
    if (hexadecimal && c >= 'a' && c <= 'f') digit = static_cast<std::uint32_t>(c - 'a') + 10;
    if (hexadecimal && c >= 'A' && c <= 'F') digit = static_cast<std::uint32_t>(c - 'A') + 10;
    if (digit == 16 || (digit > 9 && !hexadecimal)) return std::nullopt;
    value = std::min(kTooLarge, value * (hexadecimal ? 16 : 10) + digit);
  }
  return value;
}

char predefined(std::string_view entity) {
  if (entity == "lt") return '<';
  if (entity == "gt") return '>';
  if (entity == "amp") return '&';
  if (entity == "quot") return '"';
  if (entity == "apos") return '\'';
  return 0;
}

bool is_declaration_name(std::string_view name) {
  return name.substr(0, kXmlns.size()) == kXmlns &&
         (name.size() == kXmlns.size() || name[kXmlns.size()] == ':');
}

}  // namespace

// At '&'. `in_value`: of an attribute; what is wrong there is told at its tag, as the gate does.
Tokenizer::Step Tokenizer::scan_reference(const char*& p,
                                          const char* end,
                                          bool in_value,
                                          std::string* out) {
  const char* const begin = p;
  const auto where = in_value ? tag_ : offset_of(begin);
  const auto limit = in_value ? options_.limits.attribute_value_bytes : options_.limits.name_bytes;
  const char* q = begin + 1;
  const bool is_character = q < end && *q == '#';
  if (is_character) ++q;
  while (q < end && is_name_byte(*q)) {
    ++q;
    if (static_cast<std::size_t>(q - begin) > limit) {
      stop_at_limit(where, in_value ? "G-LIMIT-VALUE" : "G-LIMIT-NAME", limit);
      return Step::Failed;
    }
  }
  if (q == end) return Step::NeedsMore;
  const std::string_view name{begin + 1, static_cast<std::size_t>(q - begin - 1)};
  if (*q != ';') {
    if (is_character) {
      stop(offset_of(begin), "wf-character-reference", "wf-character-reference");
    } else {
      stop(offset_of(begin), "wf-entity-reference", "wf-entity-reference");
    }
    return Step::Failed;
  }
  p = q + 1;
  if (is_character) {
    const auto set =
        options_.profile == GateProfile::Standard ? CharacterSet::Strict : CharacterSet::Xml;
    const auto character = character_of(name.substr(1));
    if (!character || !is_allowed(*character, set)) {
      stop(where, "G-CHAR", character ? "gate-char-reference" : "gate-char-reference-form");
      return Step::Failed;
    }
    if (out != nullptr) text::append_utf8(*out, *character);
    return Step::Done;
  }
  const char c = predefined(name);
  if (c == 0) {
    std::size_t colon = 0;
    const bool is_name =
        name_form(name, colon) == NameForm::QName && colon == std::string_view::npos;
    const std::string_view rule = is_name ? "wfc-entity-declared" : "wf-entity-reference";
    stop(offset_of(begin), rule, rule);
    return Step::Failed;
  }
  if (out != nullptr) *out += c;
  return Step::Done;
}

Tokenizer::Step Tokenizer::scan_value(const char*& p, char quote, RawAttribute& attribute) {
  const char* const end = window_.end();
  const char* const begin = p;
  const auto limit = options_.limits.attribute_value_bytes;
  const auto is_too_long = [&](const char* q) {
    return static_cast<std::size_t>(q - begin) > limit;
  };
  attribute.value_at = static_cast<std::uint32_t>(offset_of(begin) - tag_);
  attribute.is_plain = true;
  for (;;) {
    p = std::min(steps_->value_stop(p, quote), end);
    if (is_too_long(p)) {
      stop_at_limit(tag_, "G-LIMIT-VALUE", limit);
      return Step::Failed;
    }
    if (p == end) return Step::NeedsMore;
    if (*p == quote) break;
    attribute.is_plain = false;
    if (*p == '<') {
      stop(offset_of(p), "wfc-no-lt-in-attribute", "wfc-no-lt-in-attribute");
      return Step::Failed;
    }
    if (*p == '&') {
      const auto step = scan_reference(p, end, true, nullptr);
      if (step != Step::Done) return step;
      continue;
    }
    ++p;
  }
  attribute.value_size = static_cast<std::uint32_t>(p - begin);
  ++p;
  return Step::Done;
}

// At the first character of an attribute's name.
Tokenizer::Step Tokenizer::scan_attribute(const char*& p) {
  const char* const end = window_.end();
  const char* const begin = p;
  if (raw_.size() == options_.limits.attributes) {
    stop_at_limit(tag_, "G-LIMIT-ATTRIBUTES", options_.limits.attributes);
    return Step::Failed;
  }
  while (is_name_byte(*p))
    ++p;
  const auto size = static_cast<std::size_t>(p - begin);
  if (size > options_.limits.name_bytes) {
    stop_at_limit(tag_, "G-LIMIT-NAME", options_.limits.name_bytes);
    return Step::Failed;
  }
  if (p >= end) return Step::NeedsMore;
  const auto fail = [&](const char* where, std::string_view key) {
    stop(offset_of(where), "wf-attribute", key);
    return Step::Failed;
  };
  if (size == 0) return fail(p, "wf-attribute-name");
  RawAttribute attribute{static_cast<std::uint32_t>(offset_of(begin) - tag_),
                         static_cast<std::uint32_t>(size),
                         0,
                         0,
                         true,
                         is_declaration_name({begin, size})};
  p = std::min(steps_->skip_spaces(p), end);
  if (p == end) return Step::NeedsMore;
  if (*p != '=') return fail(p, "wf-attribute-value");
  p = std::min(steps_->skip_spaces(p + 1), end);
  if (p == end) return Step::NeedsMore;
  if (*p != '"' && *p != '\'') return fail(p, "wf-attribute-value");
  if (attribute.is_declaration) {
    const auto declared = std::count_if(
        raw_.begin(), raw_.end(), [](const RawAttribute& a) { return a.is_declaration; });
    if (static_cast<std::size_t>(declared) == options_.limits.namespaces) {
      stop_at_limit(tag_, "G-LIMIT-NAMESPACES", options_.limits.namespaces);
      return Step::Failed;
    }
  }
  const char quote = *p++;
  const auto step = scan_value(p, quote, attribute);
  if (step == Step::Done) raw_.push_back(attribute);
  return step;
}

// From '<' to behind '>'.
Tokenizer::Step Tokenizer::scan_start_tag(const char*& p) {
  const char* const end = window_.end();
  raw_.clear();
  const char* const name = ++p;
  while (is_name_byte(*p))
    ++p;
  const auto name_size = static_cast<std::size_t>(p - name);
  if (name_size > options_.limits.name_bytes) {
    stop_at_limit(tag_, "G-LIMIT-NAME", options_.limits.name_bytes);
    return Step::Failed;
  }
  if (p >= end) return Step::NeedsMore;
  std::size_t colon = 0;
  if (name_size == 0 || (byte_kind(*name) & kNameStartByte) == 0) {
    stop(tag_, "wf-element-name", "wf-element-name");
    return Step::Failed;
  }
  for (;;) {
    const char* const before = p;
    p = std::min(steps_->skip_spaces(p), end);
    const auto size = static_cast<std::size_t>(offset_of(p) - tag_);
    if (size >= options_.limits.markup_bytes) {
      stop_at_limit(tag_, "G-LIMIT-MARKUP", options_.limits.markup_bytes);
      return Step::Failed;
    }
    if (p == end) return Step::NeedsMore;
    if (*p == '>') {
      is_empty_tag_ = false;
      ++p;
      break;
    }
    if (*p == '/') {
      if (p + 1 == end) return Step::NeedsMore;
      if (p[1] == '>') {
        is_empty_tag_ = true;
        p += 2;
        break;
      }
    }
    if (p == before) {
      const bool is_next = is_name_byte(*p) && !raw_.empty();
      if (!is_next && raw_.empty()) {
        // A character that is in no name: the name is none, or the tag not closed.
        const std::string_view text{name, name_size};
        const bool is_name = name_form(text, colon) != NameForm::NotAName;
        if (is_name && *p == '<') {
          stop(tag_, "wf-start-tag", "wf-start-tag");
          problem_->name_param = "element";
          problem_->name = text;
        } else {
          stop(tag_, "wf-element-name", "wf-element-name");
        }
        return Step::Failed;
      }
      if (is_next) {
        stop(offset_of(p), "wf-space", "wf-space-missing");
        return Step::Failed;
      }
    }
    if (const auto step = scan_attribute(p); step != Step::Done) return step;
  }
  return resolve_names(name_size) ? Step::Done : Step::Failed;
}

Token Tokenizer::read_start_tag() {
  if (open_.empty() && has_root_) return stop(tag_, "wf-document", "wf-document");
  for (;;) {
    const char* p = at_;
    const auto step = scan_start_tag(p);
    if (step == Step::Failed) return Token::Stopped;
    if (step == Step::Done) {
      if (open_.size() > options_.limits.depth) {
        return stop_at_limit(tag_, "G-LIMIT-DEPTH", options_.limits.depth);
      }
      has_root_ = true;
      open_.back().content = offset_of(p);
      at_ = p;
      text_bytes_ = 0;
      pending_end_ = is_empty_tag_;
      if (tag_ >= window_.next_mark()) window_.mark(tag_);
      return Token::Start;
    }
    if (!more()) return ended_in_markup();
  }
}

bool Tokenizer::name_fault(NameScope::Fault fault,
                           std::string_view raw,
                           std::uint64_t offset,
                           bool element) {
  using Fault = NameScope::Fault;
  switch (fault) {
    case Fault::None:
      return true;
    case Fault::NotAName:
      if (element) {
        stop(tag_, "wf-element-name", "wf-element-name");
      } else {
        stop(offset, "wf-attribute", "wf-attribute-name");
      }
      break;
    case Fault::NotQualified:
      stop(offset, "nsc-names", "nsc-names");
      break;
    case Fault::PrefixUnknown:
      stop(offset, "nsc-prefix-declared", "nsc-prefix-declared");
      problem_->name_param = "prefix";
      problem_->name = raw.substr(0, raw.find(':'));
      break;
    case Fault::PrefixReserved:
      stop(offset, "nsc-reserved-prefixes", "nsc-reserved-prefixes");
      break;
    case Fault::TooManyNames:
      stop(tag_,
           "G-LIMIT-NAMES",
           "gate-limit-unknown",
           {{"limit", {std::to_string(kMaxUnknownNames)}}});
      break;
    case Fault::TooManyNamespaces:
      stop(tag_,
           "G-LIMIT-NAMES",
           "gate-limit-all-namespaces",
           {{"limit", {std::to_string(kMaxNamespaces)}}});
      break;
  }
  return false;
}

// The whole tag is in the window and good as bytes: what do its names stand for?
bool Tokenizer::resolve_names(std::size_t name_size) {
  bool has_scope = false;
  if (std::any_of(
          raw_.begin(), raw_.end(), [](const RawAttribute& a) { return a.is_declaration; })) {
    if (!declare_namespaces()) return false;
    has_scope = true;
  }
  const auto raw = bytes(1, static_cast<std::uint32_t>(name_size));
  const auto found = scope_.element(raw);
  if (!name_fault(found.fault, raw, tag_, true)) return false;
  if (!resolve_attributes()) return false;
  open_.push_back({found.name, tag_, 0, {}, has_scope});
  return true;
}

bool Tokenizer::declare_namespaces() {
  declarations_.clear();
  uris_.clear();
  uris_.reserve(raw_.size());
  for (const RawAttribute& each : raw_) {
    if (!each.is_declaration) continue;
    const auto name = bytes(each.at, each.name_size);
    const auto prefix = name.substr(std::min(name.size(), kXmlns.size() + 1));
    const auto offset = tag_ + each.at;
    if (name.size() > kXmlns.size()) {
      std::size_t colon = 0;
      const auto form = name_form(prefix, colon);
      if (form == NameForm::NotAName && !prefix.empty()) {
        return name_fault(NameScope::Fault::NotAName, name, offset, false);
      }
      if (form != NameForm::QName || colon != std::string_view::npos) {
        return name_fault(NameScope::Fault::NotQualified, name, offset, false);
      }
    }
    const auto raw = bytes(each.value_at, each.value_size);
    uris_.push_back(each.is_plain ? std::string{raw} : normalised(raw));
    const bool is_twice = std::any_of(declarations_.begin(),
                                      declarations_.end(),
                                      [&](const Declaration& d) { return d.prefix == prefix; });
    if (is_twice) {
      stop(tag_, "wfc-unique-attribute", "wfc-unique-attribute");
      problem_->name_param = "attribute";
      problem_->name = name;
      return false;
    }
    if (!check_declaration(prefix, uris_.back(), offset)) return false;
    declarations_.push_back({prefix, uris_.back()});
  }
  // "xml" may be declared to be what it is; it needs no binding.
  std::erase_if(declarations_, [](const Declaration& d) { return d.prefix == "xml"; });
  return name_fault(scope_.open(declarations_), {}, tag_, true);
}

// Namespaces 1.0: "Reserved Prefixes and Namespace Names" and "No Prefix Undeclaring".
bool Tokenizer::check_declaration(std::string_view prefix,
                                  std::string_view uri,
                                  std::uint64_t offset) {
  const bool is_reserved =
      prefix == kXmlns || uri == kXmlnsNamespace || ((prefix == "xml") != (uri == kXmlNamespace));
  if (is_reserved) {
    stop(offset, "nsc-reserved-prefixes", "nsc-reserved-prefixes");
    return false;
  }
  if (!prefix.empty() && uri.empty()) {
    stop(offset, "nsc-no-prefix-undeclaring", "nsc-no-prefix-undeclaring");
    return false;
  }
  return true;
}

bool Tokenizer::resolve_attributes() {
  attributes_.clear();
  if (raw_.empty()) return true;
  scope_.forget_attributes();
  for (const RawAttribute& each : raw_) {
    if (each.is_declaration) continue;
    const auto raw = bytes(each.at, each.name_size);
    const auto found = scope_.attribute(raw);
    if (!name_fault(found.fault, raw, tag_ + each.at, false)) return false;
    attributes_.push_back({found.name, each.at, each.value_at, each.value_size, each.is_plain});
  }
  return check_unique();
}

// WFC: Unique Att Spec, and Namespaces 1.0, "Attributes Unique".
bool Tokenizer::check_unique() {
  const Attribute* twice = nullptr;
  const auto count = attributes_.size();
  if (count <= kFewAttributes) {
    for (std::size_t i = 1; i < count && twice == nullptr; ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        if (attributes_[k].name->is_same(*attributes_[i].name)) twice = &attributes_[i];
      }
    }
  } else {
    std::vector<const Attribute*> sorted(count);
    std::transform(attributes_.begin(), attributes_.end(), sorted.begin(), [](const Attribute& a) {
      return &a;
    });
    const auto key = [](const Attribute* a) { return std::pair{a->name->space, a->name->local()}; };
    std::sort(sorted.begin(), sorted.end(), [&](const Attribute* a, const Attribute* b) {
      return key(a) != key(b) ? key(a) < key(b) : a->at < b->at;
    });
    for (std::size_t i = 1; i < count; ++i) {
      const bool is_same = sorted[i]->name->is_same(*sorted[i - 1]->name);
      if (is_same && (twice == nullptr || sorted[i]->at < twice->at)) twice = sorted[i];
    }
  }
  if (twice == nullptr) return true;
  stop(tag_, "wfc-unique-attribute", "wfc-unique-attribute");
  problem_->name_param = "attribute";
  problem_->name = twice->name->raw;
  return false;
}

std::string_view Tokenizer::value(const Attribute& attribute, std::string& scratch) const {
  const std::string_view raw{window_.pointer_to(open_.back().tag) + attribute.value_at,
                             attribute.value_size};
  if (attribute.is_plain) return raw;
  scratch = normalised(raw);
  return scratch;
}

// XML 1.0, 3.3.3, for attributes without a DTD: CDATA. Line ends are normalised before (2.11).
std::string Tokenizer::normalised(std::string_view raw) const {
  std::string out;
  out.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const char c = raw[i];
    if (c == '&') {
      const auto end = raw.find(';', i);
      const auto name = raw.substr(i + 1, end - i - 1);
      if (name.front() == '#') {
        text::append_utf8(out, character_of(name.substr(1)).value_or(0xFFFD));
      } else {
        out += predefined(name);
      }
      i = end;
    } else if (is_space(c)) {
      if (c == '\r' && i + 1 < raw.size() && raw[i + 1] == '\n') ++i;
      out += ' ';
    } else {
      out += c;
    }
  }
  return out;
}

Token Tokenizer::read_end_tag() {
  const auto limits = options_.limits;
  for (;;) {
    const char* const end = window_.end();
    const char* p = at_ + 2;
    while (is_name_byte(*p))
      ++p;
    const auto size = static_cast<std::size_t>(p - at_ - 2);
    if (size > limits.name_bytes) return stop_at_limit(tag_, "G-LIMIT-NAME", limits.name_bytes);
    const bool has_name = p < end;
    if (has_name) {
      const std::string_view name{at_ + 2, size};
      if (open_.empty()) {
        return stop(tag_, "wfc-element-type-match", "wf-end-without-start");
      }
      p = std::min(steps_->skip_spaces(p), end);
      if (static_cast<std::size_t>(p - at_) >= limits.markup_bytes) {
        return stop_at_limit(tag_, "G-LIMIT-MARKUP", limits.markup_bytes);
      }
      if (p != end) {
        if (*p != '>' || name != open_.back().name->text()) {
          stop(tag_, "wfc-element-type-match", "wfc-element-type-match");
          problem_->name_param = "element";
          problem_->name = open_.back().name->local();
          problem_->tells_open_element = true;
          return Token::Stopped;
        }
        at_ = p + 1;
        text_bytes_ = 0;
        has_ended_ = true;
        end_tag_ = tag_;
        return Token::End;
      }
    }
    if (!more()) return ended_in_markup();
  }
}

}  // namespace amparo::xml
