// SPDX-License-Identifier: Apache-2.0
#include "converter/date_pattern.hpp"

#include <catch2/catch.hpp>

namespace amparo::converter {
namespace {

DatePattern pattern(const std::string& text) {
  auto parsed = DatePattern::parse(text);
  REQUIRE(parsed);
  return *parsed;
}

TEST_CASE("a date is read by its pattern or not at all", "[converter][date]") {
  struct Case {
    std::string pattern, text, iso;
  };
  const auto c = GENERATE(Case{"M/d/yy", "3/26/16", "2016-03-26"},
                          Case{"M/d/yy", "12/1/16", "2016-12-01"},
                          Case{"M/d/yy", "03/05/16", "2016-03-05"},
                          Case{"M/d/yy", "26/3/16", ""},  // no month 26
                          Case{"M/d/yy", "2/29/16", "2016-02-29"},
                          Case{"M/d/yy", "2/29/15", ""},  // no such day
                          Case{"M/d/yy", "2/30/16", ""},
                          Case{"M/d/yy", "0/1/16", ""},
                          Case{"M/d/yy", "1/0/16", ""},
                          Case{"M/d/yy", "3/26/2016", ""},  // four digits are another pattern
                          Case{"M/d/yy", "3/26/1", ""},
                          Case{"M/d/yy", "3/26/16 ", ""},
                          Case{"M/d/yy", " 3/26/16", ""},
                          Case{"M/d/yy", "3-26-16", ""},
                          Case{"M/d/yy", "", ""},
                          Case{"M/d/yy", "42455", ""},
                          Case{"dd.MM.yyyy", "05.03.2016", "2016-03-05"},
                          Case{"dd.MM.yyyy", "5.3.2016", ""},
                          Case{"yyyy-MM-dd", "2016-03-05", "2016-03-05"},
                          Case{"yyyyMMdd", "20160305", "2016-03-05"});
  CAPTURE(c.pattern, c.text);
  const auto date = pattern(c.pattern).read(c.text, 2000);
  CHECK((date ? to_iso(*date) : "") == c.iso);
}

TEST_CASE("a text can have the form of a date and be no day", "[converter][date]") {
  struct Case {
    std::string text;
    bool has_form;
  };
  const auto c = GENERATE(Case{"2/30/15", true},
                          Case{"13/1/15", true},
                          Case{"0/0/00", true},
                          Case{"3/26/16", true},
                          Case{"3/26/2016", false},
                          Case{"3/26", false},
                          Case{"", false},
                          Case{"100/1/15", false});
  CAPTURE(c.text);
  CHECK(pattern("M/d/yy").has_form(c.text) == c.has_form);
}

TEST_CASE("two digits mean the one year of the window", "[converter][date]") {
  struct Case {
    std::string text;
    int window;
    std::string iso;
  };
  const auto c = GENERATE(Case{"1/1/00", 2000, "2000-01-01"},
                          Case{"1/1/99", 2000, "2099-01-01"},
                          Case{"1/1/29", 1930, "2029-01-01"},
                          Case{"1/1/30", 1930, "1930-01-01"},
                          Case{"1/1/99", 1930, "1999-01-01"});
  CAPTURE(c.text, c.window);
  CHECK(to_iso(*pattern("M/d/yy").read(c.text, c.window)) == c.iso);
}

TEST_CASE("every day that a pattern writes it reads again", "[converter][date]") {
  const auto text = GENERATE(as<std::string>{}, "M/d/yy", "dd/MM/yyyy", "yyyy-MM-dd", "d.M.yy");
  const DatePattern p = pattern(text);
  for (auto day = std::chrono::sys_days{std::chrono::year{2000} / 1 / 1};
       day < std::chrono::sys_days{std::chrono::year{2030} / 1 / 1};
       day += std::chrono::days{1}) {
    const std::chrono::year_month_day date{day};
    if (p.read(p.write(date), 2000) != date) {
      CAPTURE(text, to_iso(date));
      FAIL("came back differently");
    }
  }
}

TEST_CASE("patterns that no date follows are refused", "[converter][date]") {
  const auto text = GENERATE(as<std::string>{},
                             "",
                             "M/d",
                             "d/d/yy",
                             "M/d/y",
                             "M/d/yyy",
                             "MMM d yy",
                             "M/d/yy HH",
                             "ddd/M/yy");
  CAPTURE(text);
  const auto parsed = DatePattern::parse(text);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().code == ErrorCode::Malformed);
}

TEST_CASE("two patterns that read one text as two dates are in conflict", "[converter][date]") {
  struct Case {
    std::string one, two;
    bool conflict;
  };
  const auto c = GENERATE(Case{"M/d/yy", "d/M/yy", true},
                          Case{"M/d/yyyy", "d/M/yyyy", true},
                          Case{"yy/M/d", "d/M/yy", true},
                          Case{"MM/dd/yy", "M/d/yy", false},  // one date, two ways to write it
                          Case{"M/d/yyyy", "d.M.yyyy", false},
                          Case{"M/d/yy", "M/d/yyyy", false},
                          Case{"yyyy-MM-dd", "M/d/yy", false});
  CAPTURE(c.one, c.two);
  CHECK(pattern(c.one).conflicts_with(pattern(c.two)) == c.conflict);
  CHECK(pattern(c.two).conflicts_with(pattern(c.one)) == c.conflict);
}

}  // namespace
}  // namespace amparo::converter
