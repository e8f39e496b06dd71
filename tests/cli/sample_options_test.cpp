// SPDX-License-Identifier: Apache-2.0
#include "cli/sample_options.hpp"

#include <catch2/catch.hpp>

using namespace amparo::cli;

TEST_CASE("A size is a number with a unit of powers of 1000", "[cli][sample]") {
  struct Case {
    std::string_view text;
    std::optional<std::uint64_t> bytes;
  };
  const auto c = GENERATE(Case{"1", 1},
                          Case{"500", 500},
                          Case{"7B", 7},
                          Case{"500KB", 500'000},
                          Case{"100MB", 100'000'000},
                          Case{"100 MB", 100'000'000},
                          Case{"1GB", 1'000'000'000},
                          Case{"9223372036854775807", INT64_MAX},
                          Case{"9223372036854775808", std::nullopt},
                          Case{"9223372037GB", std::nullopt},
                          Case{"", std::nullopt},
                          Case{"MB", std::nullopt},
                          Case{"0MB", std::nullopt},
                          Case{"-1MB", std::nullopt},
                          Case{"1.5MB", std::nullopt},
                          Case{"1mb", std::nullopt},
                          Case{"1MiB", std::nullopt},
                          Case{"1TB", std::nullopt},
                          Case{"1 000", std::nullopt},
                          Case{" 1", std::nullopt});
  CAPTURE(c.text);
  CHECK(read_size(c.text) == c.bytes);
}
