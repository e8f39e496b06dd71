// SPDX-License-Identifier: Apache-2.0
#include "revision/detail/case_facts.hpp"

#include <cassert>

#include "revision/detail/recipe.hpp"

namespace amparo::revision {
namespace {

constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::int64_t kMinutesOfDay = 24 * 60;
constexpr std::int64_t kFirstDay = 17897;  // 2019-01-01
constexpr std::int64_t kDays = 2350;       // to the middle of 2025
constexpr std::uint32_t kSiblingPercent = 15;
constexpr std::uint32_t kReturnedPercent = 45;
constexpr std::uint32_t kVictimPercent = 4;

template <typename T>
const T& one_of(std::span<const T> all, Random& random) {
  return all[random.below(static_cast<std::uint32_t>(all.size()))];
}

const SampleCorridor& draw_corridor(Random& random) {
  const auto all = sample_corridors();
  std::uint32_t total = 0;
  for (const SampleCorridor& one : all)
    total += one.weight;
  std::uint32_t left = random.below(total);
  for (const SampleCorridor& one : all) {
    if (left < one.weight) return one;
    left -= one.weight;
  }
  return all.front();
}

std::uint32_t draw_age(const SampleCorridor& corridor, Random& random) {
  // Below 2 a child travels with somebody; the bands are those of SampleCorridor::ages.
  constexpr std::array<std::array<std::uint32_t, 2>, 4> kBands{
      {{2, 5}, {6, 11}, {12, 14}, {15, 17}}};
  std::uint32_t left = random.below(100);
  std::size_t band = 0;
  while (band + 1 < kBands.size() && left >= corridor.ages[band])
    left -= corridor.ages[band++];
  return static_cast<std::uint32_t>(random.between(kBands[band][0], kBands[band][1]));
}

std::string draw_surname(Random& random) {
  std::string name{one_of(surname_heads(), random)};
  name += one_of(surname_tails(), random);
  return name;
}

// What siblings have in common.
void draw_family(CaseFacts& facts, Random random) {
  facts.corridor = &draw_corridor(random);
  facts.origin = &sample_country(facts.corridor->origin);
  facts.home = one_of(facts.origin->places, random);
  if (random.is_in(facts.corridor->indigenous)) {
    facts.language = one_of(facts.origin->languages, random);
    facts.flags |= only::kIndigenous;
  }
  facts.first = draw_surname(random);
  facts.second = draw_surname(random);
  facts.found_at =
      (kFirstDay + random.between(0, kDays)) * kMinutesOfDay + random.between(300, 1320);
}

void draw_course(CaseFacts& facts) {
  Random& random = facts.random;
  if (random.is_in(facts.corridor->fear)) {
    facts.flags |= only::kFear;
  } else if (random.is_in(kReturnedPercent)) {
    facts.flags |= only::kReturned;
  } else {
    facts.flags |= only::kStaying;
  }
  const bool has_returned = (facts.flags & only::kReturned) != 0;
  if (!has_returned && random.is_in(kVictimPercent)) facts.flags |= only::kVictim;
}

void append_base32(std::string& out, std::uint64_t value, std::uint32_t digits) {
  for (std::uint32_t i = 0; i < digits; ++i) {
    out += kCrockford[value & 31U];
    value >>= 5U;
  }
}

}  // namespace

CaseFacts draw_facts(std::uint64_t seed, std::uint64_t number, std::uint32_t attempt) {
  CaseFacts facts;
  facts.seed = seed;
  facts.number = number;
  facts.random = Random{scramble(scramble(seed) + number) + attempt * 0xD1342543DE82EF95U};
  Random pair{scramble(~seed) ^ scramble(number / 2)};
  if (pair.is_in(kSiblingPercent)) {
    facts.flags |= only::kSibling;
    draw_family(facts, pair);
  } else {
    draw_family(facts, Random{facts.random.next()});
  }
  Random& random = facts.random;
  facts.is_girl = !random.is_in(facts.corridor->boys);
  facts.given = one_of(facts.is_girl ? girls_names() : boys_names(), random);
  facts.age = draw_age(*facts.corridor, random);
  // The birthday lies 2 to 361 days further back than `age` years, so the age is exactly that.
  facts.born_on =
      facts.found_at / kMinutesOfDay - (facts.age * 36525 / 100 + random.between(2, 361));
  constexpr std::array<std::string_view, 4> kPrecisions{"day", "day", "month", "year"};
  facts.birth_precision = kPrecisions[random.below(4)];
  draw_course(facts);
  facts.next_id = kFirstFreeIdIndex;
  return facts;
}

void append_id(std::string& out,
               std::string_view prefix,
               std::uint64_t seed,
               std::uint64_t number,
               std::uint32_t index) {
  assert(index < 256);
  // scramble() is a bijection: different places give different first halves.
  const std::uint64_t place = scramble((number << 8U | index) ^ scramble(seed));
  out += prefix;
  out += "-TEST";
  append_base32(out, place, 13);
  append_base32(out, scramble(place), 9);
}

}  // namespace amparo::revision
