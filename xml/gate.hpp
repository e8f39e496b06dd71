// SPDX-License-Identifier: Apache-2.0
// The gate: a bounded pre-scanner of bytes in front of every parser. It lets through only UTF-8,
// only XML 1.0, no DOCTYPE, and nothing larger than the limits; what it refuses, no parser sees. It
// keeps a stretch of what went through, so that findings can show their line, masked.
//
// It is not a parser: a document that it lets through may still not be well formed.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/finding.hpp"
#include "core/limits.hpp"
#include "core/source.hpp"
#include "xml/encoding.hpp"
#include "xml/lexer.hpp"

namespace amparo::xml {

/// Standard: documents of the standard; UTF-8 only, no processing instructions, no control or
/// non-characters. General: any other XML 1.0; UTF-16 and declared Latin-1 or Windows-1252 are
/// turned into UTF-8.
enum class GateProfile : std::uint8_t { Standard, General };

/// Whether an excerpt shows what the document says, or the shape of it.
enum class Reveal : std::uint8_t { Nothing, Values };

/// Which element and attribute names may be shown in an excerpt: those of the schema.
using KnownName = std::function<bool(std::string_view local_name)>;

class Gate {
 public:
  Gate(Source& source, GateProfile profile, const Limits& limits);

  /// Fills `into` with the next bytes that passed, as UTF-8; 0 at the end, and after a refusal.
  /// Fails when the input cannot be read.
  Result<std::size_t> read(std::span<char> into);

  /// Why the document was not let through to its end. Read after read() gave 0.
  [[nodiscard]] const std::optional<Finding>& refusal() const noexcept { return refusal_; }

  /// The next tag in document order whose turn has not come. Null when there is none: the reader is
  /// then at the end of what was handed out, or the document is not well formed.
  [[nodiscard]] const TagMark* peek_tag() const noexcept;
  void pop_tag();

  /// Bytes of the input read so far.
  [[nodiscard]] std::uint64_t bytes_read() const noexcept { return bytes_read_; }

  /// Where a line and column are that a parser told; near the next tag when they are not in memory.
  [[nodiscard]] Place locate(std::uint64_t line, std::uint64_t column) const;
  /// The first place at or after `where` that is no white space.
  [[nodiscard]] Place skip_spaces(const Place& where) const;
  /// Where attribute `name` (as written, with its prefix) stands in a tag; the tag when not found.
  [[nodiscard]] Place attribute_place(const TagMark& tag, std::string_view name) const;

  /// The source line around `where`, or nothing when it has gone from memory.
  [[nodiscard]] std::optional<Excerpt> excerpt(const Place& where,
                                               const KnownName& is_known,
                                               Reveal reveal) const;

 private:
  Status begin();
  Status fill();
  void take(std::string_view raw);
  void check_characters();
  void lex();
  void start_lexer();
  void refuse(std::uint64_t offset, std::string_view rule, std::string_view key, Params params);
  void forget();
  [[nodiscard]] std::uint64_t handable() const noexcept;
  [[nodiscard]] std::uint64_t end() const noexcept { return begin_ + text_.size(); }
  [[nodiscard]] std::string_view text_from(std::uint64_t offset) const noexcept {
    return std::string_view{text_}.substr(static_cast<std::size_t>(offset - begin_));
  }

  Source* source_;
  GateProfile profile_;
  Limits limits_;
  Decoder decoder_{};
  bool has_begun_ = false;
  bool at_end_ = false;
  std::uint64_t bytes_read_ = 0;

  std::string text_{};         ///< UTF-8 of the document from begin_ on
  std::uint64_t begin_ = 0;    ///< offset of text_[0]
  std::uint64_t checked_ = 0;  ///< characters before are good
  std::uint64_t handed_ = 0;   ///< bytes before have been given to the parser
  std::optional<Refusal> bad_character_{};
  PlaceCounter places_{};
  Lexer lexer_;
  std::deque<TagMark> tags_{};  ///< of the text in memory; the first next_tag_ have been taken
  std::size_t next_tag_ = 0;
  std::optional<Finding> refusal_{};
};

}  // namespace amparo::xml
