// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/date_time.hpp"

#include <string>

#include <catch2/catch.hpp>

namespace amparo::xsd {
namespace {

using enum CalendarType;

Order order(CalendarType type, std::string_view a, std::string_view b) {
  return compare(*parse_calendar(a, type), *parse_calendar(b, type));
}

}  // namespace

TEST_CASE("each type of the calendar has its own form", "[xsd][date-time]") {
  struct Case {
    CalendarType type;
    std::string text;
    bool is_good;
  };
  const auto c = GENERATE(Case{DateTime, "2002-10-10T12:00:00-05:00", true},
                          Case{DateTime, "2002-10-10T12:00:00", true},
                          Case{DateTime, "2002-10-10T12:00:00.123456789012345678901234Z", true},
                          Case{DateTime, "2002-10-10T12:00:00.Z", false},
                          Case{DateTime, "2002-10-10T12:00", false},
                          Case{DateTime, "2002-10-10 12:00:00", false},
                          Case{DateTime, "2002-10-10T24:00:00", true},
                          Case{DateTime, "2002-10-10T24:00:00.000", true},
                          Case{DateTime, "2002-10-10T24:00:00.1", false},
                          Case{DateTime, "2002-10-10T24:00:01", false},
                          Case{DateTime, "2002-10-10T24:01:00", false},
                          Case{DateTime, "2002-10-10T23:59:60", false},
                          Case{DateTime, "2002-10-10T23:60:00", false},
                          Case{Date, "2002-02-29", false},
                          Case{Date, "2004-02-29", true},
                          Case{Date, "1900-02-29", false},
                          Case{Date, "2000-02-29", true},
                          Case{Date, "2001-04-31", false},
                          Case{Date, "2001-13-01", false},
                          Case{Date, "2001-00-01", false},
                          Case{Date, "2001-01-00", false},
                          Case{Date, "0000-01-01", false},
                          Case{Date, "-0001-01-01", true},
                          Case{Date, "-0004-02-29", true},
                          Case{Date, "-0001-02-29", false},
                          Case{Date, "12000-01-01", true},
                          Case{Date, "02000-01-01", false},
                          Case{Date, "999-01-01", false},
                          Case{Date, "+2000-01-01", false},
                          Case{Date, "2000-1-1", false},
                          Case{Date, "20000101", false},
                          Case{Date, "123456789012345678901236-02-29", true},
                          Case{Date, "123456789012345678901234-02-29", false},
                          Case{Date, "2000-01-01Z", true},
                          Case{Date, "2000-01-01+14:00", true},
                          Case{Date, "2000-01-01-14:00", true},
                          Case{Date, "2000-01-01+14:01", false},
                          Case{Date, "2000-01-01+13:59", true},
                          Case{Date, "2000-01-01+13:60", false},
                          Case{Date, "2000-01-01-00:00", true},
                          Case{Date, "2000-01-01z", false},
                          Case{Date, "2000-01-01+5:00", false},
                          Case{Date, "2000-01-01Z ", false},
                          Case{Time, "13:20:00-05:00", true},
                          Case{Time, "24:00:00", true},
                          Case{Time, "25:00:00", false},
                          Case{Time, "1:20:00", false},
                          Case{GYearMonth, "1999-05", true},
                          Case{GYearMonth, "1999-05-01", false},
                          Case{GYear, "1999", true},
                          Case{GYear, "-1999Z", true},
                          Case{GYear, "0000", false},
                          Case{GYear, "99", false},
                          Case{GMonthDay, "--02-29", true},
                          Case{GMonthDay, "--02-30", false},
                          Case{GMonthDay, "--04-31", false},
                          Case{GMonthDay, "-02-29", false},
                          Case{GDay, "---31", true},
                          Case{GDay, "---32", false},
                          Case{GDay, "---31Z", true},
                          Case{GMonth, "--12", true},
                          Case{GMonth, "--12--", false},
                          Case{GMonth, "--13", false},
                          Case{GMonth, "--12+05:00", true});
  CAPTURE(static_cast<int>(c.type), c.text);
  CHECK(parse_calendar(c.text, c.type).has_value() == c.is_good);
}

TEST_CASE("no byte of a date can be left out", "[xsd][date-time]") {
  const std::string whole = "2002-10-10T12:00:00.5-05:00";
  const std::string good_starts = "2002-10-10T12:00:00|2002-10-10T12:00:00.5|" + whole + "|";
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    const auto start = whole.substr(0, size);
    CAPTURE(start);
    const bool is_good = size > 0 && good_starts.find(start + '|') != std::string::npos;
    CHECK(parse_calendar(start, DateTime).has_value() == is_good);
  }
}

TEST_CASE("the examples of 3.2.7.4 are in the order that it gives", "[xsd][date-time]") {
  struct Case {
    std::string a, b;
    Order expected;
  };
  const auto c = GENERATE(Case{"2000-01-15T00:00:00", "2000-02-15T00:00:00", Order::Less},
                          Case{"2000-01-15T12:00:00", "2000-01-16T12:00:00Z", Order::Less},
                          Case{"2000-01-01T12:00:00", "1999-12-31T23:00:00Z", Order::Incomparable},
                          Case{"2000-01-16T12:00:00", "2000-01-16T12:00:00Z", Order::Incomparable},
                          Case{"2000-01-16T00:00:00", "2000-01-16T12:00:00Z", Order::Incomparable});
  CAPTURE(c.a, c.b);
  CHECK(order(DateTime, c.a, c.b) == c.expected);
  CHECK(order(DateTime, c.b, c.a) == reversed(c.expected));
}

TEST_CASE("without a time zone on one side, 14 hours decide", "[xsd][date-time]") {
  const std::string local = "2000-01-01T00:00:00";
  CHECK(order(DateTime, local, "2000-01-01T14:00:01Z") == Order::Less);
  CHECK(order(DateTime, local, "2000-01-01T14:00:00Z") == Order::Incomparable);
  CHECK(order(DateTime, local, "2000-01-01T14:00:00.5Z") == Order::Less);
  CHECK(order(DateTime, local, "1999-12-31T10:00:00Z") == Order::Incomparable);
  CHECK(order(DateTime, local, "1999-12-31T09:59:59Z") == Order::Greater);
}

TEST_CASE("values are compared where they begin in UTC", "[xsd][date-time]") {
  struct Case {
    CalendarType type;
    std::string a, b;
    Order expected;
  };
  const auto c = GENERATE(
      Case{DateTime, "2002-10-10T12:00:00-05:00", "2002-10-10T17:00:00Z", Order::Equal},
      Case{DateTime, "1999-12-31T24:00:00", "2000-01-01T00:00:00", Order::Equal},
      Case{DateTime, "2000-02-28T24:00:00Z", "2000-02-29T00:00:00Z", Order::Equal},
      Case{DateTime, "2000-01-01T00:00:00.10", "2000-01-01T00:00:00.1", Order::Equal},
      Case{DateTime, "2000-01-01T00:00:00.09", "2000-01-01T00:00:00.1", Order::Less},
      Case{DateTime, "2000-01-01T00:00:00", "2000-01-01T00:00:00.0001", Order::Less},
      Case{DateTime, "-0001-12-31T24:00:00", "0001-01-01T00:00:00", Order::Equal},
      Case{DateTime, "-0002-01-01T00:00:00", "-0001-01-01T00:00:00", Order::Less},
      Case{DateTime, "-0001-12-31T23:59:59Z", "0001-01-01T00:00:00+00:01", Order::Greater},
      Case{Date, "2002-10-10+13:00", "2002-10-09-11:00", Order::Equal},
      Case{Date, "2002-10-10", "2002-10-11", Order::Less},
      Case{Date, "9999-12-31", "10000-01-01", Order::Less},
      Case{Date, "99999999999999999999-01-01", "100000000000000000000-01-01", Order::Less},
      Case{Date, "-99999999999999999999-01-01", "-100000000000000000000-01-01", Order::Greater},
      Case{Date, "-99999999999999999999-01-01", "99999999999999999999-01-01", Order::Less},
      Case{Date, "99999999999999999999-01-01", "2000-01-01", Order::Greater},
      Case{Date, "99999999999999999999-01-01", "99999999999999999999-01-02", Order::Less},
      Case{Date, "99999999999999990000-01-01", "99999999999999999999-01-01", Order::Less},
      Case{Time, "24:00:00", "00:00:00", Order::Equal},
      Case{Time, "12:00:00+01:00", "11:00:00Z", Order::Equal},
      Case{GYear, "1999", "2000", Order::Less},
      Case{GYearMonth, "1999-12", "2000-01", Order::Less},
      Case{GMonthDay, "--02-28", "--02-29", Order::Less},
      Case{GDay, "---01", "---31", Order::Less},
      Case{GMonth, "--01Z", "--12Z", Order::Less},
      Case{GDay, "---15", "---15-14:00", Order::Incomparable});
  CAPTURE(c.a, c.b);
  CHECK(order(c.type, c.a, c.b) == c.expected);
  CHECK(order(c.type, c.b, c.a) == reversed(c.expected));
}

TEST_CASE("every day of 800 years follows the one before", "[xsd][date-time]") {
  std::int64_t last = parse_calendar("1599-12-31", Date)->day;
  const auto two = [](int n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
  for (int year = 1600; year < 2400; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= 31; ++day) {
        const auto text = std::to_string(year) + '-' + two(month) + '-' + two(day);
        const auto value = parse_calendar(text, Date);
        if (!value) continue;
        if (value->day != last + 1) FAIL(text);
        last = value->day;
      }
    }
  }
  // 400 years have 146097 days.
  CHECK(last - parse_calendar("1599-12-31", Date)->day == 2 * 146097);
}

}  // namespace amparo::xsd
