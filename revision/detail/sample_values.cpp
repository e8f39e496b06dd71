// SPDX-License-Identifier: Apache-2.0
#include "revision/detail/sample_values.hpp"

#include <array>
#include <cassert>
#include <charconv>

#include "revision/detail/recipe.hpp"

namespace amparo::revision {
namespace {

constexpr std::int64_t kMinutesOfDay = 24 * 60;

struct NamedSource {
  std::string_view name;
  ValueKind kind;
  std::string_view SampleCorridor::*office = nullptr;
};

using Corridor = SampleCorridor;
constexpr std::array kSources{
    NamedSource{"case", ValueKind::Case},
    NamedSource{"sibling", ValueKind::Sibling},
    NamedSource{"group", ValueKind::Group},
    NamedSource{"members", ValueKind::Members},
    NamedSource{"id", ValueKind::Id},
    NamedSource{"anchor", ValueKind::Anchor},
    NamedSource{"ref", ValueKind::Reference},
    NamedSource{"name:full", ValueKind::FullName},
    NamedSource{"name:given", ValueKind::GivenName},
    NamedSource{"name:first", ValueKind::FirstSurname},
    NamedSource{"name:second", ValueKind::SecondSurname},
    NamedSource{"name:short", ValueKind::ShortName},
    NamedSource{"name:kin", ValueKind::KinName},
    NamedSource{"sex", ValueKind::Sex},
    NamedSource{"age", ValueKind::Age},
    NamedSource{"birth", ValueKind::Birth},
    NamedSource{"birth-precision", ValueKind::BirthPrecision},
    NamedSource{"language", ValueKind::Language},
    NamedSource{"country:host", ValueKind::Office, &Corridor::host},
    NamedSource{"country:origin", ValueKind::Origin},
    NamedSource{"place:home-subdivision", ValueKind::HomeSubdivision},
    NamedSource{"place:home", ValueKind::Home},
    NamedSource{"place:found", ValueKind::Found},
    NamedSource{"place:found-subdivision", ValueKind::FoundSubdivision},
    NamedSource{"office:detecting", ValueKind::Office, &Corridor::detecting},
    NamedSource{"office:care", ValueKind::Office, &Corridor::care},
    NamedSource{"office:guardian", ValueKind::Office, &Corridor::guardian},
    NamedSource{"office:asylum", ValueKind::Office, &Corridor::asylum},
    NamedSource{"office:consulate", ValueKind::Office, &Corridor::consulate},
    NamedSource{"office:receiving", ValueKind::Office, &Corridor::receiving},
    NamedSource{"office:facility", ValueKind::Office, &Corridor::facility},
    NamedSource{"office:port", ValueKind::Office, &Corridor::port},
    NamedSource{"at", ValueKind::DateTime},
    NamedSource{"on", ValueKind::Date},
    NamedSource{"month", ValueKind::Month},
    NamedSource{"number", ValueKind::Number},
    NamedSource{"decimal", ValueKind::Decimal},
    NamedSource{"text", ValueKind::Text},
    NamedSource{"officer", ValueKind::Officer},
    NamedSource{"serial", ValueKind::Serial},
    NamedSource{"phone", ValueKind::Phone},
    NamedSource{"hex", ValueKind::Hex},
    NamedSource{"phase", ValueKind::Phase},
    NamedSource{"status", ValueKind::Status},
};

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

bool read_number(std::string_view digits, std::int64_t& number) {
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc{} && end == digits.data() + digits.size();
}

bool takes_name(ValueKind kind) {
  return kind == ValueKind::Id || kind == ValueKind::Anchor || kind == ValueKind::Reference ||
         kind == ValueKind::Serial;
}

bool takes_range(ValueKind kind) {
  return kind == ValueKind::DateTime || kind == ValueKind::Date || kind == ValueKind::Month ||
         kind == ValueKind::Number || kind == ValueKind::Decimal || kind == ValueKind::Text;
}

// --- writing

void append_number(std::string& out, std::int64_t number) {
  std::array<char, 20> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  assert(error == std::errc{});
  out.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

void append_digits(std::string& out, std::int64_t number, std::size_t width) {
  std::array<char, 20> digits{};
  for (std::size_t i = width; i > 0; --i) {
    digits[i - 1] = static_cast<char>('0' + number % 10);
    number /= 10;
  }
  out.append(digits.data(), width);
}

struct Day {
  std::int64_t year;
  std::int64_t month;
  std::int64_t day;
};

// Days since 1970 to a date of the Gregorian calendar, with years that begin in March so that the
// leap day comes last. REQUIRES: days >= 0
Day to_day(std::int64_t days) {
  constexpr std::int64_t kDaysOfEra = 146097;  // 400 years
  const std::int64_t shifted = days + 719468;  // since 0000-03-01
  const std::int64_t era = shifted / kDaysOfEra;
  const std::int64_t of_era = shifted % kDaysOfEra;
  const std::int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const std::int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
  const std::int64_t month = (5 * of_year + 2) / 153;
  const std::int64_t day = of_year - (153 * month + 2) / 5 + 1;
  const std::int64_t calendar_month = month < 10 ? month + 3 : month - 9;
  return {year + era * 400 + (calendar_month <= 2 ? 1 : 0), calendar_month, day};
}

enum class Precision : std::uint8_t { Day, Month, Year };

void append_date(std::string& out, std::int64_t days, Precision precision = Precision::Day) {
  const Day date = to_day(days);
  append_digits(out, date.year, 4);
  if (precision == Precision::Year) return;
  out += '-';
  append_digits(out, date.month, 2);
  if (precision == Precision::Month) return;
  out += '-';
  append_digits(out, date.day, 2);
}

void append_date_time(std::string& out, std::int64_t minutes, std::string_view offset) {
  append_date(out, minutes / kMinutesOfDay);
  out += 'T';
  append_digits(out, minutes % kMinutesOfDay / 60, 2);
  out += ':';
  append_digits(out, minutes % 60, 2);
  out += ":00";
  out += offset;
}

void append_kin(std::string& out, CaseFacts& facts) {
  const auto names = facts.random.is_in(60) ? girls_names() : boys_names();
  out += names[facts.random.below(static_cast<std::uint32_t>(names.size()))];
  out += ' ';
  out += facts.random.is_in(50) ? facts.first : facts.second;
  const auto heads = surname_heads();
  const auto tails = surname_tails();
  out += ' ';
  out += heads[facts.random.below(static_cast<std::uint32_t>(heads.size()))];
  out += tails[facts.random.below(static_cast<std::uint32_t>(tails.size()))];
}

// The first syllable or two, as far as whole characters of UTF-8 go.
void append_short_name(std::string& out, std::string_view name) {
  std::size_t end = name.size() < 4 ? name.size() : 4;
  while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U)
    ++end;
  out += name.substr(0, end);
}

void append_text(std::string& out, const SampleValue& value, Random& random) {
  const auto count = static_cast<std::uint32_t>(value.words.size());
  const auto wanted = static_cast<std::uint32_t>(random.between(value.low, value.high));
  const std::uint32_t first = random.below(count);
  for (std::uint32_t i = 0; i < wanted; ++i) {
    if (i > 0) out += ' ';
    out += value.words[(first + i * 5) % count];  // 5 divides no length of ours
  }
}

void append_hex(std::string& out, Random& random) {
  constexpr std::string_view kHex = "0123456789abcdef";
  for (int word = 0; word < 4; ++word) {
    std::uint64_t bits = random.next();
    for (int i = 0; i < 16; ++i) {
      out += kHex[bits & 15U];
      bits >>= 4U;
    }
  }
}

std::string_view phase_of(std::uint8_t flags) {
  return (flags & only::kReturned) != 0 ? "REINTEG" : "CAREHOST";
}

std::string_view status_of(std::uint8_t flags) {
  return (flags & only::kReturned) != 0 ? "REUNIFIED" : "INCARE";
}

}  // namespace

Result<SampleValue> read_source(std::string_view source) {
  SampleValue value;
  if (!source.starts_with('@')) {
    const bool is_ordered = source.starts_with('~');
    value.kind = is_ordered ? ValueKind::Ordered : ValueKind::Words;
    for (const auto word : split(is_ordered ? source.substr(1) : source, '|'))
      value.words.emplace_back(word);
    return value;
  }
  const auto malformed = [&] {
    return fail(ErrorCode::Malformed, "no such source of sample values: " + std::string{source});
  };
  const std::string_view whole = source.substr(1);
  auto arguments = split(whole, ':');
  const NamedSource* found = nullptr;
  for (const NamedSource& one : kSources) {
    if (one.name == whole || (one.name == arguments.front() && one.office == nullptr)) found = &one;
  }
  if (found == nullptr) return malformed();
  value.kind = found->kind;
  value.office = found->office;
  arguments.erase(arguments.begin());
  if (takes_name(value.kind)) {
    if (arguments.size() != 1 || arguments.front().empty()) return malformed();
    value.name = arguments.front();
  }
  if (takes_range(value.kind)) {
    if (value.kind == ValueKind::Text && !arguments.empty()) {
      for (const auto sentence : sentences(arguments.front()))
        value.words.emplace_back(sentence);
      if (value.words.empty()) return malformed();
      arguments.erase(arguments.begin());
    }
    if (arguments.size() < 2 || !read_number(arguments[0], value.low) ||
        !read_number(arguments[1], value.high) || value.low > value.high) {
      return malformed();
    }
    if (arguments.size() > 2 && !read_number(arguments[2], value.step)) return malformed();
  }
  return value;
}

void append_value(const SampleValue& value, CaseFacts& facts, Turn turn, std::string& out) {
  Random& random = facts.random;
  const auto in_range = [&] {
    return random.between(value.low, value.high) + turn.above * value.step;
  };
  switch (value.kind) {
    case ValueKind::Words:
      out += value.words[(turn.start + turn.occurrence) % value.words.size()];
      return;
    case ValueKind::Ordered:
      out += value.words[(turn.above + turn.occurrence) % value.words.size()];
      return;
    case ValueKind::Case:
      return append_id(out, "cx", facts.seed, facts.number, kCaseIdIndex);
    case ValueKind::Sibling:
      return append_id(out, "cx", facts.seed, facts.number ^ 1U, kCaseIdIndex);
    case ValueKind::Group:
      return append_id(out, "gr", facts.seed, facts.number & ~std::uint64_t{1}, kGroupIdIndex);
    case ValueKind::Members:
      return append_id(out, "cx", facts.seed, facts.number ^ (turn.occurrence & 1U), kCaseIdIndex);
    case ValueKind::Id:
      return append_id(out, value.name, facts.seed, facts.number, facts.next_id++);
    case ValueKind::Anchor:
      out += value.name;
      out += '-';
      return append_number(out, turn.occurrence + 1);
    case ValueKind::Reference:
      out += value.name;
      out += '-';
      return append_number(out,
                           1 + random.below(facts.counts[static_cast<std::size_t>(value.slot)]));
    case ValueKind::FullName:
      out += facts.given;
      out += ' ';
      out += facts.first;
      out += ' ';
      out += facts.second;
      return;
    case ValueKind::GivenName:
      out += facts.given;
      return;
    case ValueKind::FirstSurname:
      out += facts.first;
      return;
    case ValueKind::SecondSurname:
      out += facts.second;
      return;
    case ValueKind::ShortName:
      return append_short_name(out, facts.given);
    case ValueKind::KinName:
      return append_kin(out, facts);
    case ValueKind::Sex:
      out += facts.is_girl ? '2' : '1';
      return;
    case ValueKind::Age:
      return append_number(out, facts.age);
    case ValueKind::Birth:
      return append_date(out,
                         facts.born_on,
                         facts.birth_precision == "day"     ? Precision::Day
                         : facts.birth_precision == "month" ? Precision::Month
                                                            : Precision::Year);
    case ValueKind::BirthPrecision:
      out += facts.birth_precision;
      return;
    case ValueKind::Language:
      out += facts.language;
      return;
    case ValueKind::Origin:
      out += facts.corridor->origin;
      return;
    case ValueKind::HomeSubdivision:
      out += facts.home.subdivision;
      return;
    case ValueKind::Home:
      out += facts.home.locality;
      return;
    case ValueKind::Found:
      out += facts.corridor->found.locality;
      return;
    case ValueKind::FoundSubdivision:
      out += facts.corridor->found.subdivision;
      return;
    case ValueKind::Office:
      out += facts.corridor->*value.office;
      return;
    case ValueKind::DateTime:
      return append_date_time(out, facts.found_at + in_range(), facts.corridor->offset);
    case ValueKind::Date:
      return append_date(out, facts.found_at / kMinutesOfDay + in_range());
    case ValueKind::Month:
      return append_date(out, facts.found_at / kMinutesOfDay + in_range(), Precision::Month);
    case ValueKind::Number:
      return append_number(out, in_range());
    case ValueKind::Decimal:
      append_number(out, in_range());
      out += '.';
      return append_digits(out, random.below(10), 1);
    case ValueKind::Text:
      return append_text(out, value, random);
    case ValueKind::Officer:
      out += "SIM-";
      return append_digits(out, random.below(1000), 3);
    case ValueKind::Serial:
      out += value.name;
      out += '-';
      append_digits(out, to_day(facts.found_at / kMinutesOfDay).year, 4);
      out += '-';
      return append_digits(out, random.below(1'000'000), 6);
    case ValueKind::Phone:
      // No network of the region gives out numbers that begin 000.
      out += '+';
      out += facts.origin->dialling;
      out += "0001";
      return append_digits(out, random.below(10'000), 4);
    case ValueKind::Hex:
      return append_hex(out, random);
    case ValueKind::Phase:
      out += phase_of(facts.flags);
      return;
    case ValueKind::Status:
      out += status_of(facts.flags);
      return;
  }
}

}  // namespace amparo::revision
