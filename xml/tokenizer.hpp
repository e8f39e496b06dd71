// SPDX-License-Identifier: Apache-2.0
// XML 1.0 (fifth edition) and Namespaces in XML 1.0 (third edition) as tokens: every constraint of
// well-formedness that a document without a DTD can break, and the limits of the gate. What it
// gives does not depend on the size of the window nor on the instructions of the machine.
//
// Pull: next() until Finished or Stopped. An engine that predicts what comes may look at the bytes
// itself and take whole elements before next() sees them: see the second half of the class.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/finding.hpp"
#include "core/limits.hpp"
#include "core/source.hpp"
#include "xml/name_scope.hpp"
#include "xml/window.hpp"

namespace amparo::xml {

/// Why a document is not read further: it is not let through, or not well formed.
struct Problem {
  Layer layer = Layer::WellFormed;
  std::string_view rule;  ///< "wfc-unique-attribute", "G-DOCTYPE"
  std::string_view key;   ///< of the message
  Place where{};
  Params params{};
  /// A name of the document that the message wants, with its parameter; not for everybody's eyes.
  std::string_view name_param{};
  std::string name{};
  bool tells_open_element = false;  ///< say where the innermost open element began
};

/// An element whose end has not come.
struct OpenTag {
  const Name* name = nullptr;
  std::uint64_t tag = 0;      ///< offset of '<'
  std::uint64_t content = 0;  ///< offset of what follows the tag
  Place place{};              ///< of '<'; line 0 as long as nobody asked
  bool has_scope = false;     ///< it declares namespaces
};

/// An attribute, its positions counted from the '<' of its tag.
struct Attribute {
  const Name* name = nullptr;
  std::uint32_t at = 0;
  std::uint32_t value_at = 0;
  std::uint32_t value_size = 0;
  bool is_plain = true;  ///< the value is as it stands there: no reference, no white space but ' '
};

enum class Token : std::uint8_t {
  Start,     ///< a start tag, or an empty tag: an End follows that
  End,       ///< of the innermost element
  Text,      ///< a piece of character data; one text may come in many pieces
  Finished,  ///< the document is over and well formed
  Stopped    ///< see problem() and failure()
};

class Tokenizer {
 public:
  struct Options {
    GateProfile profile = GateProfile::Standard;
    Limits limits{};
    ScanPath path = ScanPath::Best;
    std::size_t chunk_bytes = kChunkBytes;
  };

  /// `resolver`: null: names have no numbers. Both outlive the tokenizer.
  Tokenizer(Source& source, const NameResolver* resolver, const Options& options);

  Token next();

  /// Stopped: what is wrong with the document; nothing when the input could not be read.
  [[nodiscard]] const std::optional<Problem>& problem() const noexcept { return problem_; }
  [[nodiscard]] const std::optional<Error>& failure() const noexcept { return failure_; }

  /// Open elements, the root first. After Start the new one is the last; after End it is still
  /// there, and goes with the next call.
  [[nodiscard]] std::span<OpenTag> open_tags() noexcept { return open_; }
  [[nodiscard]] OpenTag& top() noexcept { return open_.back(); }

  /// After Start. Without namespace declarations.
  [[nodiscard]] std::span<const Attribute> attributes() const noexcept { return attributes_; }
  [[nodiscard]] bool is_empty_tag() const noexcept { return is_empty_tag_; }
  /// After Start, until the window moves; or in `scratch`, normalised (XML 1.0, 3.3.3).
  [[nodiscard]] std::string_view value(const Attribute& attribute, std::string& scratch) const;

  /// After Text: line ends normalised, references resolved.
  [[nodiscard]] std::string_view text() const noexcept { return text_; }
  [[nodiscard]] std::uint64_t text_offset() const noexcept { return text_offset_; }
  /// After End: offset of its "</", or of the '<' of an empty tag.
  [[nodiscard]] std::uint64_t end_tag() const noexcept { return end_tag_; }

  [[nodiscard]] const NameScope& scope() const noexcept { return scope_; }
  [[nodiscard]] Window& window() noexcept { return window_; }
  [[nodiscard]] const Window& window() const noexcept { return window_; }
  const Place& place_of(OpenTag& tag);
  [[nodiscard]] std::uint64_t bytes_read() const noexcept { return window_.bytes_read(); }

  // For an engine that reads ahead of next(). It may move at() over a whole element without
  // attributes and with plain text, with take_start() over a start tag
  // without attributes, or with take_end() and pop() over an end tag, if all of it is in the
  // window.

  /// After End: the element goes now and not with next().
  void settle() {
    if (!has_ended_) return;
    has_ended_ = false;
    pop();
  }
  [[nodiscard]] bool in_content() const noexcept {
    return !open_.empty() && !has_ended_ && !pending_end_ && !is_over_ && !in_cdata_;
  }
  [[nodiscard]] const char* at() const noexcept { return at_; }
  /// Behind a tag: character data is counted anew.
  void move_to(const char* p) noexcept {
    at_ = p;
    text_bytes_ = 0;
  }
  /// Up to `p` stands white space that nobody wants to see; nothing moves beyond the limit.
  void skip_space(const char* p) noexcept {
    const auto bytes = static_cast<std::uint64_t>(p - at_);
    if (text_bytes_ + bytes > options_.limits.text_bytes) return;
    text_bytes_ += bytes;
    at_ = p;
  }
  /// From `tag` to `next` a start tag stands without attributes.
  void take_start(const Name* name, const char* tag, const char* next) {
    open_.push_back({name, window_.offset_of(tag), window_.offset_of(next), {}, false});
    move_to(next);
  }
  /// From `tag` to `next` the end tag of the innermost element stands; pop() has to follow.
  void take_end(const char* tag, const char* next) {
    end_tag_ = window_.offset_of(tag);
    move_to(next);
  }
  void pop() {
    if (open_.back().has_scope) scope_.close();
    open_.pop_back();
  }
  /// Called before bytes leave the window, with the offset of the first that stays.
  void on_release(std::function<void(std::uint64_t)> listener) {
    on_release_ = std::move(listener);
  }
  [[nodiscard]] const Limits& limits() const noexcept { return options_.limits; }
  /// What somebody else has read is left out: at() is `from.place` now, in the content of the
  /// innermost open element. Also after Stopped, when that was for the end of the input alone.
  void resume(Window::Resumption from);
  /// Before resume(): works out the places that may be asked for later.
  void settle_places();
  /// The excerpt of a place; at() goes with its character.
  [[nodiscard]] std::optional<Excerpt> excerpt(const Place& where,
                                               const KnownName& is_known,
                                               Reveal reveal);

 private:
  // What reading one piece of markup came to.
  enum class Step : std::uint8_t { Done, NeedsMore, Failed };
  struct RawAttribute {
    std::uint32_t at, name_size, value_at, value_size;
    bool is_plain, is_declaration;
  };

  void begin();
  Token read_text();
  Token give_text(const char* begin, const char* end, std::uint64_t offset);
  Token read_reference_in_text();
  Token read_markup();
  Token read_start_tag();
  Token read_end_tag();
  Token read_cdata();
  bool read_comment();
  bool read_instruction();
  bool read_declaration();
  Token finish();
  Token ended_in_markup();

  Step scan_start_tag(const char*& p);
  Step scan_attribute(const char*& p);
  Step scan_value(const char*& p, char quote, RawAttribute& attribute);
  Step scan_reference(const char*& p, const char* end, bool in_value, std::string* out);
  bool resolve_names(std::size_t name_size);
  bool declare_namespaces();
  bool check_declaration(std::string_view prefix, std::string_view uri, std::uint64_t offset);
  bool resolve_attributes();
  bool check_unique();
  bool name_fault(NameScope::Fault fault, std::string_view raw, std::uint64_t offset, bool element);
  [[nodiscard]] std::string normalised(std::string_view raw) const;

  void before_release();
  bool more();
  bool has(const char* p, std::size_t bytes);
  bool skip_through(std::string_view closing, std::uint64_t begin);
  Token stop(std::uint64_t offset, std::string_view rule, std::string_view key, Params params = {});
  Token stop_at_limit(std::uint64_t offset, std::string_view rule, std::uint64_t limit);
  [[nodiscard]] std::uint64_t offset_of(const char* p) const { return window_.offset_of(p); }
  [[nodiscard]] std::string_view bytes(std::uint32_t at, std::uint32_t size) const {
    return {window_.pointer_to(tag_) + at, size};
  }

  Options options_;
  const ScanSteps* steps_;
  Window window_;
  NameScope scope_;
  const char* at_ = nullptr;
  bool has_begun_ = false;
  bool is_over_ = false;      // Finished or Stopped
  bool pending_end_ = false;  // of an empty tag
  bool has_ended_ = false;    // End was given: the innermost element goes next
  bool has_root_ = false;
  bool in_cdata_ = false;
  std::uint64_t cdata_ = 0;  // offset of its '<'
  Place begun_{};  // of the comment, instruction or section that began before the window does
  std::uint64_t text_bytes_ = 0;  // character data since the last tag
  std::uint64_t tag_ = 0;         // offset of the '<' of the tag that is being read
  std::uint64_t end_tag_ = 0;
  std::vector<OpenTag> open_{};
  std::vector<RawAttribute> raw_{};
  std::vector<Declaration> declarations_{};
  std::vector<std::string> uris_{};
  std::vector<Attribute> attributes_{};
  bool is_empty_tag_ = false;
  std::string_view text_{};
  std::uint64_t text_offset_ = 0;
  std::string resolved_{};  // of a reference
  std::function<void(std::uint64_t)> on_release_{};
  std::optional<Problem> problem_{};
  std::optional<Error> failure_{};
};

}  // namespace amparo::xml
