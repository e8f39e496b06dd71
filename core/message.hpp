// SPDX-License-Identifier: Apache-2.0
// Texts for people. A finding carries a key and parameters, never a sentence; the sentence is made
// here, in the reader's language, when a report is written. Each module that makes findings has one
// table of MessageText; the program puts the tables into one MessageBook.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/language.hpp"

namespace amparo {

/// A value for a placeholder. More than one value is a list ("a, b or c"). Parameters hold names
/// and numbers of the standard, never a value of the document.
struct Param {
  std::string name;
  std::vector<std::string> values{};

  friend bool operator==(const Param&, const Param&) = default;
};

using Params = std::vector<Param>;

/// One sentence in the three languages, with {placeholders}. All three are always given.
struct MessageText {
  std::string_view key;  ///< "cvc-pattern-valid", "csv-row-too-long"
  std::string_view es;
  std::string_view en;
  std::string_view fr;

  [[nodiscard]] constexpr std::string_view in(Language language) const noexcept {
    return language == Language::Spanish ? es : language == Language::French ? fr : en;
  }
};

/// "a", "a or b", "a, b or c" in the given language.
[[nodiscard]] std::string join_list(std::span<const std::string> values, Language language);

/// Fills the {placeholders} of `text`. A placeholder without a parameter stays as it is, which a
/// test of the tables finds.
[[nodiscard]] std::string fill(std::string_view text, const Params& params, Language language);

/// All sentences that a program can say. Const is safe from many threads.
class MessageBook {
 public:
  /// Adds a table. `texts` must outlive the book: tables are constexpr arrays.
  void add(std::span<const MessageText> texts);

  /// Null when no table has the key.
  [[nodiscard]] const MessageText* find(std::string_view key) const;

  /// The sentence, or the key itself in angle brackets when no table has it.
  [[nodiscard]] std::string sentence(std::string_view key,
                                     const Params& params,
                                     Language language) const;

 private:
  std::unordered_map<std::string_view, const MessageText*> texts_;
};

}  // namespace amparo
