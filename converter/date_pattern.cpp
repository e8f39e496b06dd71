// SPDX-License-Identifier: Apache-2.0
#include "converter/date_pattern.hpp"

#include <algorithm>
#include <array>

#include "converter/messages.hpp"

namespace amparo::converter {

namespace {

constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}
constexpr bool is_letter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Between `least` and `most` digits at the front of `text`, taken away from it.
std::optional<int> take_number(std::string_view& text, std::size_t least, std::size_t most) {
  std::size_t count = 0;
  int value = 0;
  while (count < most && count < text.size() && is_digit(text[count])) {
    value = value * 10 + (text[count] - '0');
    ++count;
  }
  if (count < least) return std::nullopt;
  text.remove_prefix(count);
  return value;
}

std::string padded(unsigned value, std::size_t width) {
  std::string digits = std::to_string(value);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return digits;
}

}  // namespace

Result<DatePattern> DatePattern::parse(std::string_view pattern, Language language) {
  DatePattern out;
  out.text_ = pattern;
  std::array<int, 3> seen{};  // day, month, year
  for (std::size_t i = 0; i < pattern.size();) {
    const char c = pattern[i];
    const std::size_t run = std::min(pattern.find_first_not_of(c, i), pattern.size()) - i;
    Piece piece;
    if (c == 'd' && run <= 2) {
      piece = {Part::Day, run == 2, '\0'};
      ++seen[0];
    } else if (c == 'M' && run <= 2) {
      piece = {Part::Month, run == 2, '\0'};
      ++seen[1];
    } else if (c == 'y' && (run == 2 || run == 4)) {
      piece = {run == 2 ? Part::Year2 : Part::Year4, true, '\0'};
      ++seen[2];
    } else if (is_letter(c)) {
      return fail(ErrorCode::Malformed,
                  error_text("map-date-letter",
                             language,
                             {{"pattern", {out.text_}}, {"part", {std::string(run, c)}}}));
    } else {
      piece.literal = c;
    }
    out.pieces_.push_back(piece);
    i += piece.part == Part::Literal ? 1 : run;
  }
  if (seen != std::array{1, 1, 1}) {
    return fail(ErrorCode::Malformed,
                error_text("map-date-parts", language, {{"pattern", {out.text_}}}));
  }
  return out;
}

std::optional<DatePattern::Numbers> DatePattern::numbers(std::string_view text,
                                                         int window_begin) const {
  Numbers out;
  for (const Piece& piece : pieces_) {
    std::optional<int> number;
    switch (piece.part) {
      case Part::Literal:
        if (text.empty() || text.front() != piece.literal) return std::nullopt;
        text.remove_prefix(1);
        continue;
      case Part::Day:
        number = take_number(text, piece.padded ? 2 : 1, 2);
        out.day = number.value_or(0);
        break;
      case Part::Month:
        number = take_number(text, piece.padded ? 2 : 1, 2);
        out.month = number.value_or(0);
        break;
      case Part::Year2:
        number = take_number(text, 2, 2);
        // The one year of the window with these two last digits.
        out.year = window_begin + (number.value_or(0) - window_begin % 100 + 100) % 100;
        break;
      case Part::Year4:
        number = take_number(text, 4, 4);
        out.year = number.value_or(0);
        break;
    }
    if (!number) return std::nullopt;
  }
  if (!text.empty()) return std::nullopt;
  return out;
}

bool DatePattern::has_form(std::string_view text) const {
  return numbers(text, 0).has_value();
}

std::optional<std::chrono::year_month_day> DatePattern::read(std::string_view text,
                                                             int window_begin) const {
  const auto found = numbers(text, window_begin);
  if (!found) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{found->year},
                                         std::chrono::month{static_cast<unsigned>(found->month)},
                                         std::chrono::day{static_cast<unsigned>(found->day)}};
  if (!date.ok()) return std::nullopt;
  return date;
}

std::string DatePattern::write(std::chrono::year_month_day date) const {
  const auto year = static_cast<unsigned>(static_cast<int>(date.year()));
  std::string out;
  for (const Piece& piece : pieces_) {
    switch (piece.part) {
      case Part::Literal:
        out += piece.literal;
        break;
      case Part::Day:
        out += padded(static_cast<unsigned>(date.day()), piece.padded ? 2 : 1);
        break;
      case Part::Month:
        out += padded(static_cast<unsigned>(date.month()), piece.padded ? 2 : 1);
        break;
      case Part::Year2:
        out += padded(year % 100, 2);
        break;
      case Part::Year4:
        out += padded(year, 4);
        break;
    }
  }
  return out;
}

bool DatePattern::has_two_digit_year() const noexcept {
  return std::any_of(
      pieces_.begin(), pieces_.end(), [](const Piece& piece) { return piece.part == Part::Year2; });
}

bool DatePattern::conflicts_with(const DatePattern& other) const {
  // Numbers from 1 to 12 can be days, months and two-digit years alike; three different ones show
  // every way in which two patterns can disagree about the same text.
  static constexpr std::array<std::array<unsigned, 3>, 6> kOrders{
      {{1, 2, 3}, {11, 12, 10}, {2, 11, 12}, {12, 3, 10}, {10, 1, 11}, {3, 12, 1}}};
  constexpr int kWindow = 2000;
  for (const auto& [day, month, year] : kOrders) {
    const std::chrono::year_month_day date{std::chrono::year{kWindow + static_cast<int>(year)},
                                           std::chrono::month{month},
                                           std::chrono::day{day}};
    for (const auto* writer : {this, &other}) {
      const std::string sample = writer->write(date);
      const auto one = read(sample, kWindow);
      const auto two = other.read(sample, kWindow);
      if (one && two && *one != *two) return true;
    }
  }
  return false;
}

std::string to_iso(std::chrono::year_month_day date) {
  return padded(static_cast<unsigned>(static_cast<int>(date.year())), 4) + '-' +
         padded(static_cast<unsigned>(date.month()), 2) + '-' +
         padded(static_cast<unsigned>(date.day()), 2);
}

std::optional<std::chrono::year_month_day> read_iso_date(std::string_view text) {
  static const auto kIso = DatePattern::parse("yyyy-MM-dd");
  return kIso->read(text, 0);
}

}  // namespace amparo::converter
