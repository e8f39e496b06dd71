// SPDX-License-Identifier: Apache-2.0
// What all inputs of one run come to.
#pragma once

#include <array>
#include <cstdint>

#include "core/report.hpp"

namespace amparo::report {

struct Totals {
  std::uint64_t inputs = 0;
  std::uint64_t unread = 0;  ///< could not be read: there is no report of them
  std::uint64_t records = 0;
  std::uint64_t bytes = 0;
  std::array<std::uint64_t, 4> verdicts{};  ///< by Verdict
  std::array<std::uint64_t, kSeverityCount> counts{};
  Ledger ledger{};  ///< entries of all inputs, each with its worst state
  bool revealed = false;

  void add(const Report& report);
  void add_unread();

  [[nodiscard]] std::uint64_t of(Verdict verdict) const noexcept {
    return verdicts.at(static_cast<std::size_t>(verdict));
  }
  /// Indeterminate when any input is, or was not read.
  [[nodiscard]] Verdict verdict() const noexcept;
};

}  // namespace amparo::report
