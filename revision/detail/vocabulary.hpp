// SPDX-License-Identifier: Apache-2.0
// The words of the sample: invented names, corridors with their offices and places, sentences.
// Surnames are composed of parts, and are nobody's; offices, facilities and ports are those of
// schema/registry/seed.xml; shares are those of the region's published figures, rounded.
// No word here holds a character that XML would have escaped (tests/revision holds it to that).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace amparo::revision {

struct SamplePlace {
  std::string_view subdivision;  ///< ISO 3166-2
  std::string_view locality;
};

struct SampleCountry {
  std::string_view code;      ///< ISO 3166-1 alpha-2
  std::string_view dialling;  ///< "502"
  std::span<const SamplePlace> places;
  std::span<const std::string_view> languages;  ///< of its indigenous peoples; ISO 639-3
};

/// Where children are found, where they are from, and who deals with it.
struct SampleCorridor {
  std::string_view host;
  std::string_view origin;
  std::uint32_t weight;               ///< cases of a year, in tens
  std::array<std::uint32_t, 4> ages;  ///< per cent aged 0-5, 6-11, 12-14, 15-17
  std::uint32_t boys;                 ///< per cent
  std::uint32_t fear;                 ///< per cent with a fear of return
  std::uint32_t indigenous;           ///< per cent with an indigenous first language
  std::string_view offset;            ///< of the host's clock: "-06:00"
  std::string_view detecting;         ///< offices, by their registry codes
  std::string_view care;
  std::string_view guardian;
  std::string_view asylum;
  std::string_view consulate;
  std::string_view receiving;
  std::string_view facility;
  std::string_view port;
  SamplePlace found;
};

[[nodiscard]] std::span<const SampleCorridor> sample_corridors();
/// REQUIRES: a country of sample_corridors()
[[nodiscard]] const SampleCountry& sample_country(std::string_view code);
[[nodiscard]] std::span<const std::string_view> girls_names();
[[nodiscard]] std::span<const std::string_view> boys_names();
/// A surname is one of the first and one of the second.
[[nodiscard]] std::span<const std::string_view> surname_heads();
[[nodiscard]] std::span<const std::string_view> surname_tails();
/// Sentences for one purpose: "interview", "voice", "rationale" ...; empty: no such purpose.
[[nodiscard]] std::span<const std::string_view> sentences(std::string_view purpose);

}  // namespace amparo::revision
