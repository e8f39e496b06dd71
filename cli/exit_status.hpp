// SPDX-License-Identifier: Apache-2.0
// Exit statuses. Fixed, documented in every man page, the same for every verb; counts are in the
// report, never here.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

namespace amparo::cli {

enum class ExitStatus : std::uint8_t {
  Ok = 0,
  Findings = 1,       ///< at or above --fail-on
  Usage = 2,          ///< the command line is not understood
  CannotRun = 3,      ///< could not read, write or configure
  Indeterminate = 4,  ///< a layer or rule could not be completed
  BadSignature = 5,
  Incompatible = 6,
  OurBug = 70,
};

/// Of two statuses the one that wins: 70, 3, 4, 5, 6, 1, 0. Usage ends a run before it begins.
[[nodiscard]] constexpr ExitStatus worst(ExitStatus a, ExitStatus b) noexcept {
  constexpr std::array kOrder{ExitStatus::OurBug,
                              ExitStatus::Usage,
                              ExitStatus::CannotRun,
                              ExitStatus::Indeterminate,
                              ExitStatus::BadSignature,
                              ExitStatus::Incompatible,
                              ExitStatus::Findings};
  for (const ExitStatus status : kOrder) {
    if (a == status || b == status) return status;
  }
  return ExitStatus::Ok;
}

[[nodiscard]] constexpr int to_int(ExitStatus status) noexcept {
  return static_cast<int>(status);
}

}  // namespace amparo::cli
