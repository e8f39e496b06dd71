// SPDX-License-Identifier: Apache-2.0
#include "validator/rules/functions.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace amparo::rules {
namespace {

// In the order of the enumeration, which is that of their names as identifiers.
constexpr FunctionInfo kFunctions[] = {
    {Function::Abs, "abs", "n?", 1, "n?"},
    {Function::AdjustDate, "adjust-date-to-timezone", "D?,Z?", 1, "D?"},
    {Function::AdjustDateTime, "adjust-dateTime-to-timezone", "T?,Z?", 1, "T?"},
    {Function::AdjustTime, "adjust-time-to-timezone", "t?,Z?", 1, "t?"},
    {Function::Avg, "avg", "a*", 1, "a?"},
    {Function::Boolean, "boolean", "I*", 1, "b"},
    {Function::Ceiling, "ceiling", "n?", 1, "n?"},
    {Function::CodepointsToString, "codepoints-to-string", "i*", 1, "s"},
    {Function::Compare, "compare", "s?,s?", 2, "i?"},
    {Function::Concat, "concat", "a?...", 2, "s"},
    {Function::Contains, "contains", "s?,s?", 2, "b"},
    {Function::Count, "count", "I*", 1, "i"},
    {Function::Current, "current", "", 0, "I"},
    {Function::CurrentDate, "current-date", "", 0, "D"},
    {Function::CurrentDateTime, "current-dateTime", "", 0, "T"},
    {Function::CurrentTime, "current-time", "", 0, "t"},
    {Function::Data, "data", "I*", 1, "a*"},
    {Function::DateTime, "dateTime", "D?,t?", 2, "T?"},
    {Function::DayFromDate, "day-from-date", "D?", 1, "i?"},
    {Function::DayFromDateTime, "day-from-dateTime", "T?", 1, "i?"},
    {Function::DaysFromDuration, "days-from-duration", "U?", 1, "i?"},
    {Function::DeepEqual, "deep-equal", "I*,I*", 2, "b"},
    {Function::DistinctValues, "distinct-values", "a*", 1, "a*"},
    {Function::Empty, "empty", "I*", 1, "b"},
    {Function::EndsWith, "ends-with", "s?,s?", 2, "b"},
    {Function::ExactlyOne, "exactly-one", "I*", 1, "I"},
    {Function::Exists, "exists", "I*", 1, "b"},
    {Function::False, "false", "", 0, "b"},
    {Function::Floor, "floor", "n?", 1, "n?"},
    {Function::HoursFromDateTime, "hours-from-dateTime", "T?", 1, "i?"},
    {Function::HoursFromDuration, "hours-from-duration", "U?", 1, "i?"},
    {Function::HoursFromTime, "hours-from-time", "t?", 1, "i?"},
    {Function::ImplicitTimezone, "implicit-timezone", "", 0, "Z"},
    {Function::IndexOf, "index-of", "a*,a", 2, "i*"},
    {Function::InsertBefore, "insert-before", "I*,i,I*", 3, "I*"},
    {Function::Key, "key", "s,a*", 2, "N*"},
    {Function::Last, "last", "", 0, "i"},
    {Function::LocalName, "local-name", "N?", 0, "s"},
    {Function::LowerCase, "lower-case", "s?", 1, "s"},
    {Function::Matches, "matches", "s?,s,s", 2, "b"},
    {Function::Max, "max", "a*", 1, "a?"},
    {Function::Min, "min", "a*", 1, "a?"},
    {Function::MinutesFromDateTime, "minutes-from-dateTime", "T?", 1, "i?"},
    {Function::MinutesFromDuration, "minutes-from-duration", "U?", 1, "i?"},
    {Function::MinutesFromTime, "minutes-from-time", "t?", 1, "i?"},
    {Function::MonthFromDate, "month-from-date", "D?", 1, "i?"},
    {Function::MonthFromDateTime, "month-from-dateTime", "T?", 1, "i?"},
    {Function::MonthsFromDuration, "months-from-duration", "U?", 1, "i?"},
    {Function::Name, "name", "N?", 0, "s"},
    {Function::NamespaceUri, "namespace-uri", "N?", 0, "s"},
    {Function::NormalizeSpace, "normalize-space", "s?", 0, "s"},
    {Function::Not, "not", "I*", 1, "b"},
    {Function::Number, "number", "a?", 0, "d"},
    {Function::OneOrMore, "one-or-more", "I*", 1, "I+"},
    {Function::Position, "position", "", 0, "i"},
    {Function::Remove, "remove", "I*,i", 2, "I*"},
    {Function::Replace, "replace", "s?,s,s,s", 3, "s"},
    {Function::Reverse, "reverse", "I*", 1, "I*"},
    {Function::Root, "root", "N?", 0, "N?"},
    {Function::Round, "round", "n?", 1, "n?"},
    {Function::RoundHalfToEven, "round-half-to-even", "n?,i", 1, "n?"},
    {Function::SecondsFromDateTime, "seconds-from-dateTime", "T?", 1, "m?"},
    {Function::SecondsFromDuration, "seconds-from-duration", "U?", 1, "m?"},
    {Function::SecondsFromTime, "seconds-from-time", "t?", 1, "m?"},
    {Function::StartsWith, "starts-with", "s?,s?", 2, "b"},
    {Function::String, "string", "I?", 0, "s"},
    {Function::StringJoin, "string-join", "s*,s", 2, "s"},
    {Function::StringLength, "string-length", "s?", 0, "i"},
    {Function::StringToCodepoints, "string-to-codepoints", "s?", 1, "i*"},
    {Function::Subsequence, "subsequence", "I*,d,d", 2, "I*"},
    {Function::Substring, "substring", "s?,d,d", 2, "s"},
    {Function::SubstringAfter, "substring-after", "s?,s?", 2, "s"},
    {Function::SubstringBefore, "substring-before", "s?,s?", 2, "s"},
    {Function::Sum, "sum", "a*,a?", 1, "a?"},
    {Function::TimezoneFromDate, "timezone-from-date", "D?", 1, "Z?"},
    {Function::TimezoneFromDateTime, "timezone-from-dateTime", "T?", 1, "Z?"},
    {Function::TimezoneFromTime, "timezone-from-time", "t?", 1, "Z?"},
    {Function::Tokenize, "tokenize", "s?,s,s", 2, "s*"},
    {Function::Translate, "translate", "s?,s,s", 3, "s"},
    {Function::True, "true", "", 0, "b"},
    {Function::Unordered, "unordered", "I*", 1, "I*"},
    {Function::UpperCase, "upper-case", "s?", 1, "s"},
    {Function::YearFromDate, "year-from-date", "D?", 1, "i?"},
    {Function::YearFromDateTime, "year-from-dateTime", "T?", 1, "i?"},
    {Function::YearsFromDuration, "years-from-duration", "U?", 1, "i?"},
    {Function::ZeroOrOne, "zero-or-one", "I*", 1, "I?"},
};

constexpr std::size_t kAnyNumber = 0xFFFF;

}  // namespace

StaticType static_type(std::string_view code) {
  StaticType type;
  type.may_be_empty = code.ends_with('?') || code.ends_with('*');
  type.may_be_many = code.ends_with('*') || code.ends_with('+');
  constexpr std::string_view kCodes = "NusbimdDTtUYZ";
  if (code.starts_with('I')) {
    type.types = StaticType::kAnyItem;
  } else if (code.starts_with('a')) {
    type.types = StaticType::kAnyAtomic;
  } else if (code.starts_with('n')) {
    type.types = StaticType::kNumeric;
  } else if (code.starts_with('U')) {
    type.types = StaticType::kDurations;
  } else {
    const std::size_t place = kCodes.find(code.empty() ? '\0' : code.front());
    type.types = place == std::string_view::npos ? StaticType::kAnyItem
                                                 : StaticType::bit(static_cast<ItemType>(place));
  }
  return type;
}

std::string StaticType::text() const {
  std::string out;
  if (types == kAnyItem) {
    out = "item()";
  } else if (types == kAnyAtomic) {
    out = "xs:anyAtomicType";
  } else if (types == kNumeric) {
    out = "numeric";
  } else if (types == 0) {
    return "empty-sequence()";
  } else {
    for (std::size_t i = 0; i < kItemTypeCount; ++i) {
      if ((types >> i & 1U) == 0) continue;
      if (!out.empty()) out += "|";
      out += name(static_cast<ItemType>(i));
    }
  }
  if (may_be_many) return out + (may_be_empty ? "*" : "+");
  return may_be_empty ? out + "?" : out;
}

std::span<const FunctionInfo> all_functions() {
  return kFunctions;
}

const FunctionInfo& info_of(Function function) {
  return kFunctions[static_cast<std::size_t>(function)];
}

const FunctionInfo* find_function(std::string_view local, std::size_t arguments) {
  const auto* const found =
      std::find_if(std::begin(kFunctions), std::end(kFunctions), [&](const FunctionInfo& info) {
        return info.name == local;
      });
  if (found == std::end(kFunctions)) return nullptr;
  const bool fits = arguments >= found->least && arguments <= most_parameters(found->parameters);
  return fits ? found : nullptr;
}

std::size_t most_parameters(std::string_view parameters) {
  if (parameters.empty()) return 0;
  if (parameters.ends_with("...")) return kAnyNumber;
  return static_cast<std::size_t>(std::count(parameters.begin(), parameters.end(), ',')) + 1;
}

StaticType parameter_type(std::string_view parameters, std::size_t index) {
  for (; index > 0; --index) {
    const std::size_t comma = parameters.find(',');
    if (comma == std::string_view::npos) break;
    parameters.remove_prefix(comma + 1);
  }
  parameters = parameters.substr(0, parameters.find(','));
  if (parameters.ends_with("...")) parameters.remove_suffix(3);
  return static_type(parameters);
}

std::string_view name(Reach reach) noexcept {
  static constexpr std::array<std::string_view, 3> kNames{"record", "batch", "whole"};
  return kNames.at(static_cast<std::size_t>(reach));
}

void FunctionLibrary::add(ExtensionFunction function) {
  const std::uint32_t known =
      find(function.uri, function.local, most_parameters(function.parameters));
  if (known != xml::kNoName) {
    functions_[known] = std::move(function);
    return;
  }
  functions_.push_back(std::move(function));
}

std::uint32_t FunctionLibrary::find(std::string_view uri,
                                    std::string_view local,
                                    std::size_t arguments) const {
  for (std::uint32_t i = 0; i < functions_.size(); ++i) {
    const ExtensionFunction& function = functions_[i];
    if (function.uri == uri && function.local == local &&
        most_parameters(function.parameters) == arguments) {
      return i;
    }
  }
  return xml::kNoName;
}

}  // namespace amparo::rules
