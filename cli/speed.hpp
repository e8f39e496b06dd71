// SPDX-License-Identifier: Apache-2.0
// How long a run took and how fast it was: for people, on standard error, never in a report.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "cli/command.hpp"

namespace amparo::cli {

/// "2 documents, 12.3 MB in 0.41 s (30.0 MB/s)". MB: 10^6 bytes.
[[nodiscard]] std::string speed_line(std::uint64_t inputs,
                                     std::uint64_t bytes,
                                     std::chrono::nanoseconds time,
                                     const Console& console);

}  // namespace amparo::cli
