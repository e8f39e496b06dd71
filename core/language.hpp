// SPDX-License-Identifier: Apache-2.0
// The three languages of the standard. Every text a person reads exists in all three.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace amparo {

enum class Language : std::uint8_t { Spanish, English, French };

inline constexpr std::array kLanguages{Language::Spanish, Language::English, Language::French};

/// "es", "en", "fr" (BCP 47 primary subtags).
[[nodiscard]] constexpr std::string_view tag(Language language) noexcept {
  switch (language) {
    case Language::Spanish:
      return "es";
    case Language::English:
      return "en";
    case Language::French:
      return "fr";
  }
  return "en";
}

/// Reads "es", "es_MX.UTF-8", "fr-CA"; nothing for a language we do not speak.
[[nodiscard]] constexpr std::optional<Language> language_from_tag(std::string_view text) noexcept {
  const auto end = text.find_first_of("_-.@");
  const auto primary = text.substr(0, end);
  for (const Language language : kLanguages) {
    if (primary == tag(language)) return language;
  }
  return std::nullopt;
}

}  // namespace amparo
