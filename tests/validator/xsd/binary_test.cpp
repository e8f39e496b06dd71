// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/binary.hpp"

#include <string>

#include <catch2/catch.hpp>

namespace amparo::xsd {

TEST_CASE("hexadecimal digits come in pairs", "[xsd][binary]") {
  CHECK(hex_binary_length("") == 0U);
  CHECK(hex_binary_length("0FB7") == 2U);
  CHECK(hex_binary_length("0fb7") == 2U);
  CHECK_FALSE(hex_binary_length("0"));
  CHECK_FALSE(hex_binary_length("0G"));
  CHECK_FALSE(hex_binary_length("0F B7"));
  std::string octets;
  append_hex_binary(octets, "00fFA1");
  CHECK(octets == std::string("\x00\xFF\xA1", 3));
}

TEST_CASE("base64 comes in fours, and padding leaves no bits", "[xsd][binary]") {
  struct Case {
    std::string text;
    std::optional<std::size_t> length;
  };
  const auto c = GENERATE(Case{"", 0},
                          Case{"AAAA", 3},
                          Case{"AAA=", 2},
                          Case{"AA==", 1},
                          Case{"+/9z", 3},
                          Case{"AA = =", 1},
                          Case{"A A A A", 3},
                          Case{"AAAA BBBB", 6},
                          Case{"A", std::nullopt},
                          Case{"AA=", std::nullopt},
                          Case{"A===", std::nullopt},
                          Case{"====", std::nullopt},
                          Case{"AAAAA", std::nullopt},
                          Case{"AA==AAAA", std::nullopt},
                          Case{"AB==", std::nullopt},
                          Case{"AAB=", std::nullopt},
                          Case{"AAE=", 2},
                          Case{"AQ==", 1},
                          Case{"AA  AA", std::nullopt},
                          Case{" AAAA", std::nullopt},
                          Case{"AAAA ", std::nullopt},
                          Case{"AA-_", std::nullopt},
                          Case{"AAA\xC3\xB1", std::nullopt});
  CAPTURE(c.text);
  CHECK(base64_binary_length(c.text) == c.length);
}

TEST_CASE("base64 stands for octets whatever its spaces", "[xsd][binary]") {
  std::string octets;
  append_base64_binary(octets, "Y W 1 w Y X J v Cg = =");
  CHECK(octets == "amparo\n");
}

}  // namespace amparo::xsd
