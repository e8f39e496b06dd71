// SPDX-License-Identifier: Apache-2.0
#include "cli/exit_status.hpp"

#include <catch2/catch.hpp>

using namespace amparo::cli;

TEST_CASE("Of two statuses the one that says more wins: 70, 3, 4, 5, 6, 1, 0", "[cli][status]") {
  constexpr std::array kOrder{ExitStatus::OurBug,
                              ExitStatus::CannotRun,
                              ExitStatus::Indeterminate,
                              ExitStatus::BadSignature,
                              ExitStatus::Incompatible,
                              ExitStatus::Findings,
                              ExitStatus::Ok};
  for (std::size_t a = 0; a < kOrder.size(); ++a) {
    for (std::size_t b = 0; b < kOrder.size(); ++b) {
      CAPTURE(a, b);
      CHECK(worst(kOrder.at(a), kOrder.at(b)) == kOrder.at(std::min(a, b)));
    }
  }
  CHECK(to_int(ExitStatus::OurBug) == 70);
  CHECK(to_int(ExitStatus::Indeterminate) == 4);
}
