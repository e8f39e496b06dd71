// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include "text/letter_case.hpp"
#include "text/utf8.hpp"
#include "validator/rules/calendar.hpp"
#include "validator/rules/machine.hpp"
#include "xml/name_table.hpp"

namespace amparo::rules {
namespace {

using text::XPathPattern;

constexpr std::size_t kMostMadePatterns = 256;

std::size_t character_size(std::string_view text, std::size_t at) {
  const auto decoded = text::decode_utf8(text, at);
  return decoded.length == 0 ? 1 : decoded.length;
}

}  // namespace

std::string_view Machine::string_operand(const Inst& inst, std::size_t index) {
  Item item;
  if (!eval_atomic(operand(inst, index), item)) return {};
  if (!item.is_text()) throw DynamicError{Fault::Type};
  return item.text();
}

// Of the first operand; without one, of the context.
std::string_view Machine::own_string(const Inst& inst) {
  if (inst.b > 0) return string_operand(inst, 0);
  if (!focus_.has_item) throw DynamicError{Fault::Undefined};
  return text_of(focus_.item);
}

void Machine::push_text(std::string_view text) {
  if (arena_->used() > limits_.arena_bytes) throw DynamicError{Fault::Memory};
  push(string_item(text));
}

const XPathPattern& Machine::pattern_of(const Inst& inst, std::size_t flags_at) {
  if (inst.c != kNone) return program_.patterns[inst.c];
  const std::string_view pattern = string_operand(inst, 1);
  const std::string_view flags = inst.b > flags_at ? string_operand(inst, flags_at) : "";
  pattern_key_.assign(pattern);
  pattern_key_ += '\0';
  pattern_key_ += flags;
  auto known = made_patterns_.find(pattern_key_);
  if (known == made_patterns_.end()) {
    if (made_patterns_.size() >= kMostMadePatterns) made_patterns_.clear();
    auto made = XPathPattern::compile(pattern, flags);
    std::optional<XPathPattern> kept;
    if (made) kept = *std::move(made);
    known = made_patterns_.emplace(pattern_key_, std::move(kept)).first;
  }
  if (!known->second) throw DynamicError{Fault::Pattern};
  return *known->second;
}

bool Machine::call_string(const Inst& inst) {
  const std::size_t first = stack_.size();
  switch (static_cast<Function>(inst.detail)) {
    case Function::String:
      if (inst.b == 0) {
        push_text(own_string(inst));
      } else {
        Item item;
        const bool has_item = eval_atomic(operand(inst, 0), item);
        push_text(has_item ? text_of(item) : std::string_view{});
      }
      return true;
    case Function::Concat: {
      // Operands may use scratch_: they are all evaluated before it is filled.
      for (std::size_t i = 0; i < inst.b; ++i) {
        Item item;
        if (eval_atomic(operand(inst, i), item)) push(string_item(text_of(item)));
      }
      scratch_.clear();
      for (std::size_t i = first; i < stack_.size(); ++i)
        scratch_ += stack_[i].text();
      stack_.resize(first);
      push_text(arena_->text(scratch_));
      return true;
    }
    case Function::StringJoin: {
      const std::string_view separator = string_operand(inst, 1);
      const Range range = eval_range(operand(inst, 0));
      atomize(first);
      scratch_.clear();
      for (std::size_t i = 0; i < range.count; ++i) {
        if (!stack_[first + i].is_text()) throw DynamicError{Fault::Type};
        if (i > 0) scratch_ += separator;
        scratch_ += stack_[first + i].text();
      }
      stack_.resize(first);
      push_text(arena_->text(scratch_));
      return true;
    }
    case Function::StringLength:
      push(integer_item(static_cast<std::int64_t>(text::count_code_points(own_string(inst)))));
      return true;
    case Function::NormalizeSpace: {
      const std::string_view text = text::trim(own_string(inst));
      scratch_.clear();
      bool changed = false;
      for (const char c : text) {
        const bool is_space = xml::is_space(c);
        changed =
            changed || (is_space && (c != ' ' || (!scratch_.empty() && scratch_.back() == ' ')));
        if (!is_space) {
          scratch_ += c;
        } else if (scratch_.back() != ' ') {
          scratch_ += ' ';
        }
      }
      push_text(changed ? arena_->text(scratch_) : text);
      return true;
    }
    case Function::UpperCase:
    case Function::LowerCase: {
      const std::string_view text = string_operand(inst, 0);
      scratch_.clear();
      if (static_cast<Function>(inst.detail) == Function::UpperCase) {
        text::append_upper_case(scratch_, text);
      } else {
        text::append_lower_case(scratch_, text);
      }
      push_text(arena_->text(scratch_));
      return true;
    }
    case Function::Compare: {
      Item a;
      Item b;
      if (!eval_atomic(operand(inst, 0), a) || !eval_atomic(operand(inst, 1), b)) return true;
      if (!a.is_text() || !b.is_text()) throw DynamicError{Fault::Type};
      const int order = a.text().compare(b.text());
      push(integer_item(order < 0 ? -1 : order > 0 ? 1 : 0));
      return true;
    }
    case Function::SubstringBefore:
    case Function::SubstringAfter: {
      const std::string_view text = string_operand(inst, 0);
      const std::string_view part = string_operand(inst, 1);
      const std::size_t at = text.find(part);
      const bool is_before = static_cast<Function>(inst.detail) == Function::SubstringBefore;
      if (at == std::string_view::npos) {
        push_text({});
      } else {
        push_text(is_before ? text.substr(0, at) : text.substr(at + part.size()));
      }
      return true;
    }
    case Function::Substring:
      call_substring(inst);
      return true;
    case Function::Translate:
      call_translate(inst);
      return true;
    case Function::Replace:
      call_replace(inst);
      return true;
    case Function::Tokenize:
      call_tokenize(inst);
      return true;
    case Function::StringToCodepoints: {
      const std::string_view text = string_operand(inst, 0);
      for (std::size_t at = 0; at < text.size(); at += character_size(text, at))
        push(integer_item(static_cast<std::int64_t>(text::decode_utf8(text, at).code_point)));
      return true;
    }
    case Function::CodepointsToString: {
      const Range range = eval_range(operand(inst, 0));
      const StaticType integer = static_type("i");
      for (std::size_t i = 0; i < range.count; ++i)
        stack_[first + i] = converted(stack_[first + i], integer);
      scratch_.clear();
      for (std::size_t i = 0; i < range.count; ++i) {
        const std::int64_t c = stack_[first + i].number;
        const bool is_character = c == 9 || c == 10 || c == 13 || (c >= 0x20 && c < 0xD800) ||
                                  (c >= 0xE000 && c < 0xFFFE) || (c > 0xFFFF && c < 0x110000);
        if (!is_character) throw DynamicError{Fault::Cast};
        text::append_utf8(scratch_, static_cast<char32_t>(c));
      }
      stack_.resize(first);
      push_text(arena_->text(scratch_));
      return true;
    }
    default:
      return false;
  }
}

// F&O 7.4.3: positions are rounded doubles, and need not lie in the text.
void Machine::call_substring(const Inst& inst) {
  const std::string_view text = string_operand(inst, 0);
  const StaticType type = static_type("d");
  const auto rounded_operand = [&](std::size_t index) {
    Item item;
    if (!eval_atomic(operand(inst, index), item)) throw DynamicError{Fault::Type};
    return to_double(rounded(converted(item, type), Rounding::HalfUp, 0));
  };
  const double begin = rounded_operand(1);
  const double end =
      inst.b > 2 ? begin + rounded_operand(2) : std::numeric_limits<double>::infinity();
  double position = 1;
  std::size_t first = text.size();
  std::size_t last = 0;
  for (std::size_t at = 0; at < text.size(); ++position) {
    const std::size_t next = at + character_size(text, at);
    if (position >= begin && position < end) {
      first = std::min(first, at);
      last = next;
    }
    at = next;
  }
  push_text(first < last ? text.substr(first, last - first) : std::string_view{});
}

void Machine::call_translate(const Inst& inst) {
  const std::string_view text = string_operand(inst, 0);
  const std::string_view from = string_operand(inst, 1);
  const std::string_view to = string_operand(inst, 2);
  scratch_.clear();
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view character = text.substr(at, character_size(text, at));
    at += character.size();
    std::size_t target = 0;
    std::size_t place = 0;
    bool is_mapped = false;
    while (place < from.size() && !is_mapped) {
      const std::size_t size = character_size(from, place);
      is_mapped = from.substr(place, size) == character;
      if (!is_mapped && target < to.size()) target += character_size(to, target);
      place += size;
    }
    step();
    if (!is_mapped) {
      scratch_ += character;
    } else if (target < to.size()) {
      scratch_ += to.substr(target, character_size(to, target));
    }
  }
  push_text(arena_->text(scratch_));
}

void Machine::call_replace(const Inst& inst) {
  const std::string_view text = string_operand(inst, 0);
  const XPathPattern& pattern = pattern_of(inst, 3);
  const std::string_view replacement = string_operand(inst, 2);
  const auto find = [&](std::string_view in, std::size_t from) {
    const auto answer = pattern.find(in, from, pattern_scratch_);
    if (answer == XPathPattern::Answer::TooLong) throw DynamicError{Fault::Pattern};
    return answer == XPathPattern::Answer::Yes;
  };
  // FORX0003: between any two characters there would be a match.
  if (find("", 0)) throw DynamicError{Fault::Pattern};
  scratch_.clear();
  std::size_t at = 0;
  while (at <= text.size() && find(text, at)) {
    step();
    const auto& groups = pattern_scratch_.groups;
    scratch_ += text.substr(at, groups[0] - at);
    for (std::size_t i = 0; i < replacement.size(); ++i) {
      const char c = replacement[i];
      if (c != '\\' && c != '$') {
        scratch_ += c;
        continue;
      }
      const char next = i + 1 < replacement.size() ? replacement[i + 1] : '\0';
      if (c == '\\') {
        if (next != '\\' && next != '$') throw DynamicError{Fault::Pattern};
        scratch_ += next;
        ++i;
        continue;
      }
      if (next < '0' || next > '9') throw DynamicError{Fault::Pattern};
      // As many digits as still name a group.
      std::size_t group = 0;
      bool is_first = true;
      for (; i + 1 < replacement.size(); ++i) {
        const char digit = replacement[i + 1];
        const std::size_t larger = group * 10 + static_cast<std::size_t>(digit - '0');
        if (digit < '0' || digit > '9' || (!is_first && larger > pattern.groups())) break;
        group = larger;
        is_first = false;
      }
      if (group > pattern.groups()) continue;
      const std::size_t begin = groups[group * 2];
      if (begin != XPathPattern::kNoMatch && groups[group * 2 + 1] != XPathPattern::kNoMatch)
        scratch_ += text.substr(begin, groups[group * 2 + 1] - begin);
    }
    at = groups[1];
  }
  if (at < text.size()) scratch_ += text.substr(at);
  push_text(arena_->text(scratch_));
}

void Machine::call_tokenize(const Inst& inst) {
  const std::string_view text = string_operand(inst, 0);
  const XPathPattern& pattern = pattern_of(inst, 2);
  const auto find = [&](std::string_view in, std::size_t from) {
    const auto answer = pattern.find(in, from, pattern_scratch_);
    if (answer == XPathPattern::Answer::TooLong) throw DynamicError{Fault::Pattern};
    return answer == XPathPattern::Answer::Yes;
  };
  if (find("", 0)) throw DynamicError{Fault::Pattern};
  if (text.empty()) return;
  std::size_t at = 0;
  while (at <= text.size() && find(text, at)) {
    step();
    push_text(text.substr(at, pattern_scratch_.groups[0] - at));
    at = pattern_scratch_.groups[1];
  }
  push_text(text.substr(at));
}

Item Machine::now(ItemType type) {
  if (!around_.now) throw DynamicError{Fault::Clock};
  const auto value = cast_calendar(*around_.now, type);
  const bool is_day = around_.now->type == ItemType::Date;
  if (!value || (is_day && type != ItemType::Date)) throw DynamicError{Fault::Clock};
  return *value;
}

bool Machine::call_calendar(const Inst& inst) {
  const auto function = static_cast<Function>(inst.detail);
  Item item;
  const auto part = [&](Component of) {
    const StaticType wanted = parameter_type(info_of(function).parameters, 0);
    if (eval_atomic(operand(inst, 0), item)) push(component(converted(item, wanted), of));
    return true;
  };
  switch (function) {
    case Function::YearFromDate:
    case Function::YearFromDateTime:
    case Function::YearsFromDuration:
      return part(Component::Year);
    case Function::MonthFromDate:
    case Function::MonthFromDateTime:
    case Function::MonthsFromDuration:
      return part(Component::Month);
    case Function::DayFromDate:
    case Function::DayFromDateTime:
    case Function::DaysFromDuration:
      return part(Component::Day);
    case Function::HoursFromDateTime:
    case Function::HoursFromTime:
    case Function::HoursFromDuration:
      return part(Component::Hours);
    case Function::MinutesFromDateTime:
    case Function::MinutesFromTime:
    case Function::MinutesFromDuration:
      return part(Component::Minutes);
    case Function::SecondsFromDateTime:
    case Function::SecondsFromTime:
    case Function::SecondsFromDuration:
      return part(Component::Seconds);
    case Function::TimezoneFromDate:
    case Function::TimezoneFromDateTime:
    case Function::TimezoneFromTime: {
      if (!eval_atomic(operand(inst, 0), item)) return true;
      item = converted(item, parameter_type(info_of(function).parameters, 0));
      if (item.has_timezone) push(minutes_item(item.timezone));
      return true;
    }
    case Function::AdjustDate:
    case Function::AdjustDateTime:
    case Function::AdjustTime: {
      if (!eval_atomic(operand(inst, 0), item)) return true;
      item = converted(item, parameter_type(info_of(function).parameters, 0));
      Item zone;
      if (inst.b == 1) {
        if (!around_.implicit_timezone) throw DynamicError{Fault::TimeZone};
        push(adjusted(item, around_.implicit_timezone));
      } else if (!eval_atomic(operand(inst, 1), zone)) {
        push(adjusted(item, std::nullopt));
      } else {
        zone = converted(zone, static_type("Z"));
        constexpr std::int64_t kMinute = 60;
        constexpr std::int64_t kMost = 14 * 60 * kMinute;
        if (zone.high % kMinute != 0 || zone.size != 0 || zone.high > kMost || zone.high < -kMost)
          throw DynamicError{Fault::Cast};
        push(adjusted(item, static_cast<std::int16_t>(zone.high / kMinute)));
      }
      return true;
    }
    case Function::DateTime: {
      Item time;
      const bool has_date = eval_atomic(operand(inst, 0), item);
      const bool has_time = eval_atomic(operand(inst, 1), time);
      if (has_date && has_time)
        push(combined(converted(item, static_type("D")), converted(time, static_type("t"))));
      return true;
    }
    case Function::CurrentDate:
      push(now(ItemType::Date));
      return true;
    case Function::CurrentDateTime:
      push(now(ItemType::DateTime));
      return true;
    case Function::CurrentTime:
      push(now(ItemType::Time));
      return true;
    case Function::ImplicitTimezone:
      if (!around_.implicit_timezone) throw DynamicError{Fault::TimeZone};
      push(minutes_item(*around_.implicit_timezone));
      return true;
    default:
      return false;
  }
}

}  // namespace amparo::rules
