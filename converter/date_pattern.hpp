// SPDX-License-Identifier: Apache-2.0
// Dates as a source writes them, read by a stated pattern and nothing else: no guessing of the
// order, no default day. Letters as in CLDR: d dd M MM yy yyyy; everything else stands for itself.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/language.hpp"
#include "core/result.hpp"

namespace amparo::converter {

class DatePattern {
 public:
  /// Fails with Malformed for a pattern without day, month or year, with one of them twice, or with
  /// a letter that means something else in CLDR.
  static Result<DatePattern> parse(std::string_view pattern, Language language = Language::English);

  /// The date, or nothing when `text` is not wholly of this pattern or is no day of the calendar
  /// (30 February). `window_begin`: the first of the hundred years that `yy` may mean.
  [[nodiscard]] std::optional<std::chrono::year_month_day> read(std::string_view text,
                                                                int window_begin) const;
  /// True when `text` is wholly of this pattern, be it a day of the calendar or not.
  [[nodiscard]] bool has_form(std::string_view text) const;
  /// The inverse of read().
  [[nodiscard]] std::string write(std::chrono::year_month_day date) const;

  [[nodiscard]] bool has_two_digit_year() const noexcept;
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  /// True when some text is a date in both, and a different one: M/d/yy and d/M/yy.
  [[nodiscard]] bool conflicts_with(const DatePattern& other) const;

 private:
  struct Numbers {
    int day = 0;
    int month = 0;
    int year = 0;
  };
  enum class Part : std::uint8_t { Literal, Day, Month, Year2, Year4 };
  struct Piece {
    Part part = Part::Literal;
    bool padded = false;  ///< dd and MM: exactly two digits
    char literal = '\0';
  };

  [[nodiscard]] std::optional<Numbers> numbers(std::string_view text, int window_begin) const;

  std::string text_;
  std::vector<Piece> pieces_;
};

/// "2016-03-26".
[[nodiscard]] std::string to_iso(std::chrono::year_month_day date);
/// Reads exactly YYYY-MM-DD.
[[nodiscard]] std::optional<std::chrono::year_month_day> read_iso_date(std::string_view text);

}  // namespace amparo::converter
