// SPDX-License-Identifier: Apache-2.0
// What one case is about, drawn before a byte of it is written, so that what its parts say agrees:
// the corridor, the child, when the child was found, how far the case has come.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "revision/detail/random.hpp"
#include "revision/detail/vocabulary.hpp"

namespace amparo::revision {

inline constexpr std::size_t kMaxSlots = 64;

struct CaseFacts {
  std::uint64_t seed = 0;
  std::uint64_t number = 0;  ///< of the case in its batch, from 0
  Random random{0};
  const SampleCorridor* corridor = nullptr;
  const SampleCountry* origin = nullptr;
  SamplePlace home{};
  std::string_view language = "spa";
  std::uint8_t flags = 0;  ///< bits of revision::only
  bool is_girl = false;
  std::uint32_t age = 0;
  std::int64_t found_at = 0;  ///< minutes since 1970 on the host's clock
  std::int64_t born_on = 0;   ///< days since 1970
  std::string_view birth_precision = "day";
  std::string_view given{};
  std::string first{};
  std::string second{};
  std::uint32_t next_id = 0;                     ///< of the case's own identifiers
  std::array<std::uint8_t, kMaxSlots> counts{};  ///< occurrences by slot of the plan
};

/// The facts of case `number`. `attempt`: another child in the same place, for a case that came out
/// too long or too short. Siblings (numbers 2n and 2n+1) share corridor, home, surnames and time.
[[nodiscard]] CaseFacts draw_facts(std::uint64_t seed, std::uint64_t number, std::uint32_t attempt);

/// Appends an identifier of the form `prefix`-TEST and 22 characters of Crockford's base 32. Two
/// pairs of (case, index) never give the same one under one seed. REQUIRES: index < 256
void append_id(std::string& out,
               std::string_view prefix,
               std::uint64_t seed,
               std::uint64_t number,
               std::uint32_t index);

inline constexpr std::uint32_t kCaseIdIndex = 0;
inline constexpr std::uint32_t kGroupIdIndex = 1;
inline constexpr std::uint32_t kFirstFreeIdIndex = 2;

}  // namespace amparo::revision
