// SPDX-License-Identifier: Apache-2.0
// What two spellings of the same word have in common, for looking values up; and the NFC form in
// which the standard carries text. ICU does the work, inside fold.cpp only.
#pragma once

#include <string>
#include <string_view>

namespace amparo::text {

/// Which differences do not count. A mapping states them; nothing is folded by default.
struct Folding {
  bool case_of_letters = false;  ///< "Brother" and "BROTHER" (full Unicode case folding).
  bool accents = false;          ///< "Méjico" and "Mejico" (combining marks are left out).
  bool spaces = false;           ///< Runs of white space as one space, none at the ends.
  bool apostrophes = false;      ///< U+2018, U+2019, U+02BC, grave and acute as U+0027.
  friend bool operator==(const Folding&, const Folding&) = default;
};

/// `utf8` without the differences that `folding` names. Equal results: the same key.
/// REQUIRES: well-formed UTF-8
[[nodiscard]] std::string fold(std::string_view utf8, Folding folding);

/// Unicode normalisation form C. REQUIRES: well-formed UTF-8
[[nodiscard]] std::string to_nfc(std::string_view utf8);

}  // namespace amparo::text
