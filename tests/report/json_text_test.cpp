// SPDX-License-Identifier: Apache-2.0
#include "report/json_text.hpp"

#include <catch2/catch.hpp>

using namespace amparo::report;

TEST_CASE("JSON is indented, with empty brackets closed at once", "[report][json]") {
  JsonText json;
  json.begin_object();
  json.member("a", std::uint64_t{18446744073709551615U});
  json.key("b");
  json.begin_array();
  json.value(true);
  json.value(std::string_view{"x"});
  json.begin_object();
  json.end_object();
  json.begin_array();
  json.end_array();
  json.end_array();
  json.end_object();
  CHECK(json.take() ==
        "{\n"
        "  \"a\": 18446744073709551615,\n"
        "  \"b\": [\n"
        "    true,\n"
        "    \"x\",\n"
        "    {},\n"
        "    []\n"
        "  ]\n"
        "}\n");
}

TEST_CASE("JSON strings are escaped so that they parse and cannot steer a terminal",
          "[report][json]") {
  struct Case {
    std::string text, json;
  };
  const auto c = GENERATE(Case{"", R"("")"},
                          Case{"say \"hi\" \\ /", R"("say \"hi\" \\ /")"},
                          Case{"a\nb\x1b", R"("a\u000ab\u001b")"},
                          Case{"\u202e\u009b", R"("\u202e\u009b")"},
                          Case{"Ni\u00f1a \U0001F600", "\"Ni\u00f1a \U0001F600\""},
                          Case{"\xff", R"("\ufffd")"});
  CAPTURE(c.text);
  JsonText json;
  json.value(std::string_view{c.text});
  CHECK(json.take() == c.json);
}

TEST_CASE("JSON may be taken piece by piece", "[report][json]") {
  JsonText json;
  json.begin_array();
  json.value(std::uint64_t{1});
  std::string all = json.take();
  json.value(std::uint64_t{2});
  all += json.take();
  json.end_array();
  all += json.take();
  CHECK(all == "[\n  1,\n  2\n]\n");
}
