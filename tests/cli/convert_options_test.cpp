// SPDX-License-Identifier: Apache-2.0
#include "cli/convert_options.hpp"

#include <catch2/catch.hpp>

namespace amparo::cli {
namespace {

Result<ConvertOptions, UsageError> read(std::string_view option, const std::string& value) {
  Arguments arguments;
  arguments.add("mapping", "hhs-releases");
  arguments.add("out", "out.xml");
  arguments.add_operand("in.csv");
  arguments.add(option, value);
  return read_convert_options(arguments);
}

TEST_CASE("a limit of rejects is a number of rows or a share", "[cli][convert]") {
  struct Case {
    std::string value;
    std::uint64_t rows, allowed;
  };
  const auto c = GENERATE(Case{"0", 1000, 0},
                          Case{"12", 1000, 12},
                          Case{"0%", 1000, 0},
                          Case{"5%", 1000, 50},
                          Case{"5.5%", 1000, 55},
                          Case{"5,5%", 1000, 55},
                          Case{"0.0001%", 1'000'000, 1},
                          Case{"29%", 100, 29},
                          Case{"57%", 100, 57},
                          Case{"50%", 3, 1},
                          Case{"100%", 7, 7},
                          Case{"100.0%", 7, 7});
  CAPTURE(c.value);
  const auto options = read("max-rejects", c.value);
  REQUIRE(options);
  CHECK(options->max_rejects.of(c.rows) == c.allowed);
}

TEST_CASE("what an option does not take is a usage error", "[cli][convert]") {
  struct Case {
    std::string option, value;
  };
  const auto c = GENERATE(Case{"max-rejects", ""},
                          Case{"max-rejects", "%"},
                          Case{"max-rejects", "-1"},
                          Case{"max-rejects", "5.5"},
                          Case{"max-rejects", ".5%"},
                          Case{"max-rejects", "5.%"},
                          Case{"max-rejects", "5.00001%"},
                          Case{"max-rejects", "100.1%"},
                          Case{"max-rejects", "1e1%"},
                          Case{"delimiter", "x"},
                          Case{"delimiter", " "},
                          Case{"delimiter", "\""},
                          Case{"delimiter", ""},
                          Case{"delimiter", ",;"},
                          Case{"stamp", ""},
                          Case{"stamp", "2026-01-31"},
                          Case{"stamp", "2026-01-31T08:00:00"},
                          Case{"stamp", "2026-02-29T08:00:00Z"},
                          Case{"stamp", "2026-01-31T24:00:00Z"},
                          Case{"stamp", "2026-01-31T08:60:00Z"},
                          Case{"stamp", "2026-01-31T08:00:00+15:00"},
                          Case{"stamp", "2026-01-31T08:00:00.Z"},
                          Case{"stamp", "2026-01-31T08:00:00Z "});
  CAPTURE(c.option, c.value);
  const auto options = read(c.option, c.value);
  REQUIRE_FALSE(options);
  CHECK(options.error().key == "convert-bad-option");
}

TEST_CASE("delimiters and stamps that are taken", "[cli][convert]") {
  for (const std::string value : {",", ";", "|"})
    CHECK(read("delimiter", value)->delimiter == value.front());
  CHECK(read("delimiter", "tab")->delimiter == '\t');
  for (const std::string value :
       {"2026-01-31T08:00:00Z", "2026-01-31T08:00:00.25-06:00", "2024-02-29T23:59:59+14:00"})
    CHECK(read("stamp", value)->created_at == value);
}

}  // namespace
}  // namespace amparo::cli
