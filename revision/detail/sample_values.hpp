// SPDX-License-Identifier: Apache-2.0
// Sources of values: read from the recipe once, then written for every case.
//
//   A|B|C  ~A|B|C      words; with ~ one after another
//   @case @sibling @group @members @id:PREFIX @anchor:KIND @ref:KIND
//   @name:full|given|first|second|short|kin  @sex @age @birth @birth-precision @language
//   @country:host|origin  @place:home|home-subdivision|found|found-subdivision
//   @office:detecting|care|guardian|asylum|consulate|receiving|facility|port
//   @at:LOW:HIGH[:STEP] @on:LOW:HIGH[:STEP] @month:LOW:HIGH     (see recipe.cpp)
//   @number:LOW:HIGH @decimal:LOW:HIGH @text:PURPOSE:LOW:HIGH
//   @officer @serial:PREFIX @phone @hex @phase @status
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "revision/detail/case_facts.hpp"

namespace amparo::revision {

enum class ValueKind : std::uint8_t {
  Words,
  Ordered,
  Case,
  Sibling,
  Group,
  Members,
  Id,
  Anchor,
  Reference,
  FullName,
  GivenName,
  FirstSurname,
  SecondSurname,
  ShortName,
  KinName,
  Sex,
  Age,
  Birth,
  BirthPrecision,
  Language,
  Origin,
  HomeSubdivision,
  Home,
  Found,
  FoundSubdivision,
  Office,
  DateTime,
  Date,
  Month,
  Number,
  Decimal,
  Text,
  Officer,
  Serial,
  Phone,
  Hex,
  Phase,
  Status
};

struct SampleValue {
  ValueKind kind = ValueKind::Words;
  std::vector<std::string> words{};  ///< Words, Ordered, Text: what to choose from
  std::string name{};                ///< prefix of an identifier, kind of an anchor
  std::int64_t low = 0;
  std::int64_t high = 0;
  std::int64_t step = 0;
  std::string_view SampleCorridor::*office = nullptr;
  int slot = -1;  ///< Reference: whose occurrences it may name; set by the plan
};

/// Fails with Malformed when the source is none of the above.
[[nodiscard]] Result<SampleValue> read_source(std::string_view source);

/// Which of several is being written.
struct Turn {
  std::uint32_t occurrence = 0;  ///< of the element itself
  std::uint32_t above = 0;       ///< of the nearest element above that may be repeated
  std::uint32_t start = 0;       ///< Words: drawn once for all occurrences, so that they differ
};

/// REQUIRES: a Reference has something to name
void append_value(const SampleValue& value, CaseFacts& facts, Turn turn, std::string& out);

}  // namespace amparo::revision
