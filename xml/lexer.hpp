// SPDX-License-Identifier: Apache-2.0
// Finds where tags begin and end, and holds markup to its limits, in text that comes in pieces.
// Used by the gate alone. It follows XML's own states so closely that it and a parser agree on
// every tag of a well-formed document; in any other document it only has to stay within its bounds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/finding.hpp"
#include "core/limits.hpp"

namespace amparo::xml {

enum class TagKind : std::uint8_t { Start, Empty, End };

/// One tag: where it is, and where what follows it begins.
struct TagMark {
  TagKind kind = TagKind::Start;
  Place tag{};      ///< of the '<'
  Place content{};  ///< of the character after the '>'
};

/// Turns offsets, asked for in rising order, into lines and columns. A line ends at LF, CR LF or
/// CR.
class PlaceCounter {
 public:
  PlaceCounter() = default;
  explicit PlaceCounter(const Place& start) : last_{start} {}
  [[nodiscard]] const Place& last() const noexcept { return last_; }

  /// `text` begins at offset `begin`. REQUIRES: begin <= last asked <= offset <= end of text
  Place at(std::uint64_t offset, std::string_view text, std::uint64_t begin);
  void skip_to(std::uint64_t offset) { last_.offset = offset; }

 private:
  Place last_{0, 1, 1};
  bool after_return_ = false;
};

/// What the lexer would not let pass.
struct Refusal {
  std::uint64_t offset = 0;
  std::string_view rule;  ///< "G-DOCTYPE"
  std::string_view key;   ///< of the message
  Params params{};
};

class Lexer {
 public:
  struct Options {
    bool instructions_allowed = false;
    bool controls_allowed = false;  ///< C1 controls and non-characters by reference
  };
  struct Tag {
    TagKind kind;
    std::uint64_t begin, end;
  };

  Lexer(const Limits& limits, Options options) : limits_{limits}, options_{options} {}

  /// The bytes before `offset` (mark, declaration) are not looked at.
  void start_at(std::uint64_t offset) { at_ = offset; }
  /// Goes on from where it is until it has passed one tag, reached the end of `text`, or refused.
  /// `text` begins at offset `begin`, which is at most position().
  std::optional<Tag> next(std::string_view text, std::uint64_t begin);

  [[nodiscard]] const std::optional<Refusal>& refusal() const noexcept { return refusal_; }
  /// Bytes before are decided: no refusal will point before. Never behind a "<" that may yet turn
  /// out to open a DOCTYPE.
  [[nodiscard]] std::uint64_t decided() const noexcept;
  /// The earliest place that a later refusal can point to.
  [[nodiscard]] std::uint64_t pending() const noexcept;

 private:
  enum class State : std::uint8_t {
    Text,
    Open,         // after "<"
    Bang,         // after "<!"
    StartName,    // in the name of a start tag
    InTag,        // between attributes
    AttrName,     // in an attribute's name
    BeforeValue,  // after it, up to the quote
    Value,        // between the quotes
    EndTag,       // after "</"
    Comment,
    Cdata,
    Instruction,
    Reference,  // after "&"
  };

  void step(char c);
  void step_text(char c);
  void step_open(char c);
  void step_bang(char c);
  void step_start_name(char c);
  void step_in_tag(char c);
  void step_attr_name(char c);
  void step_before_value(char c);
  void step_value(char c);
  void step_end_tag(char c);
  void step_delimited(char c, std::string_view closing);
  void step_reference(char c);

  [[nodiscard]] std::size_t skip_plain(std::string_view rest);
  void begin_attribute();
  void end_attribute_name();
  void end_start_tag(TagKind kind);
  void check_reference();
  void check_length(std::uint64_t begin, std::size_t limit, std::string_view rule);
  void refuse(std::uint64_t offset, std::string_view rule, std::string_view key, Params params);
  void refuse_limit(std::uint64_t offset, std::string_view rule, std::uint64_t limit);

  Limits limits_;
  Options options_;
  State state_ = State::Text;
  State after_reference_ = State::Text;
  std::uint64_t at_ = 0;            // offset of the next character
  std::uint64_t markup_begin_ = 0;  // of the "<" we are behind
  std::uint64_t part_begin_ = 0;    // of the name, value or reference we are in
  std::uint64_t text_bytes_ = 0;    // character data since the last tag
  std::uint32_t depth_ = 0;
  std::uint32_t attributes_ = 0;
  std::uint32_t namespaces_ = 0;
  std::uint32_t matched_ = 0;  // characters of a closing delimiter seen
  char quote_ = '"';
  bool slash_ = false;  // the last character in a tag was "/"
  std::string part_{};  // first characters of a name or reference
  std::optional<Tag> tag_{};
  std::optional<Refusal> refusal_{};
};

}  // namespace amparo::xml
