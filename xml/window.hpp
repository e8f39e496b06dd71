// SPDX-License-Identifier: Apache-2.0
// The stretch of a document that is in memory: UTF-8, checked, with some of what went before, so
// that findings can show their line. Memory is bounded by the chunk, the history and the largest
// token. Used by the tokenizer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/finding.hpp"
#include "core/source.hpp"
#include "xml/character_check.hpp"
#include "xml/encoding.hpp"
#include "xml/gate.hpp"
#include "xml/scan.hpp"

namespace amparo::xml {

/// Bytes read at once. What is found does not depend on it.
inline constexpr std::size_t kChunkBytes = std::size_t{128} << 10U;
/// How far back an excerpt can reach from where the reader is.
inline constexpr std::uint64_t kHistoryBytes = std::uint64_t{32} << 10U;

class Window {
 public:
  struct Options {
    GateProfile profile = GateProfile::Standard;
    ScanPath path = ScanPath::Best;
    std::size_t chunk_bytes = kChunkBytes;
  };

  Window(Source& source, Options options) : source_{&source}, options_{options} {}

  /// Reads the first bytes and tells the encoding. Fails when the input cannot be read.
  Status begin();

  /// Characters [data(), end()) are good; kScanPadding bytes of '<' follow.
  [[nodiscard]] const char* data() const noexcept { return buffer_.data(); }
  [[nodiscard]] const char* end() const noexcept { return buffer_.data() + size_; }
  [[nodiscard]] std::uint64_t offset_of(const char* p) const noexcept {
    return base_ + static_cast<std::uint64_t>(p - buffer_.data());
  }
  /// REQUIRES: begin_offset() <= offset <= offset_of(end())
  [[nodiscard]] const char* pointer_to(std::uint64_t offset) const noexcept {
    return buffer_.data() + (offset - base_);
  }
  [[nodiscard]] std::uint64_t begin_offset() const noexcept { return base_; }

  /// Where more() would let the window begin, if all before `at` but the history may go.
  [[nodiscard]] std::uint64_t release_point(const char* at) const noexcept;
  /// Adds good characters after end(); false when there are none to come. All pointers into the
  /// window are gone, `at` goes with its character. Bytes before release_point(at) may go.
  Result<bool> more(const char*& at);

  /// Why nothing comes after end() though the input goes on: an encoding, a character.
  [[nodiscard]] const std::optional<Refusal>& refusal() const noexcept { return refusal_; }
  /// Bytes of the input read so far.
  [[nodiscard]] std::uint64_t bytes_read() const noexcept { return bytes_read_; }

  /// REQUIRES: begin_offset() <= offset <= offset_of(end())
  [[nodiscard]] Place place_at(std::uint64_t offset);

  /// The tokenizer tells where tags begin, now and then: from there on an excerpt knows what is
  /// markup. Rising offsets.
  [[nodiscard]] std::uint64_t next_mark() const noexcept { return next_mark_; }
  void mark(std::uint64_t tag);

  [[nodiscard]] const std::vector<std::uint64_t>& marks() const noexcept { return marks_; }
  /// Of data().
  [[nodiscard]] const Place& begin_place() const noexcept { return base_place_.place; }
  /// Offsets are those of the input itself.
  [[nodiscard]] bool is_as_written() const noexcept { return !decodes_; }

  /// Where a reader goes on that leaves out bytes which somebody else has read.
  struct Resumption {
    Place place{};                       ///< of the next byte that the source gives
    Place history{};                     ///< of the first of `before`
    std::string before{};                ///< good characters, up to `place`
    std::vector<std::uint64_t> marks{};  ///< in `before`, rising
  };
  /// Nothing of what was in memory stays. REQUIRES: is_as_written(), no refusal()
  void resume(Resumption from);
  /// Reads on, for the number alone, until bytes_read() is `total` or the input ends. Does nothing
  /// where it might have to wait: where the input has no places.
  void count_up_to(std::uint64_t total);

  /// The line around `where`, or nothing when it is too far behind `at`. Asks for bytes after
  /// `where` to be in memory: `at` as in more().
  Result<std::optional<Excerpt>> excerpt(const Place& where,
                                         const char*& at,
                                         const KnownName& is_known,
                                         Reveal reveal);

 private:
  Result<std::size_t> read_once(std::uint64_t here, std::size_t wanted);
  void take_tail();
  void check();
  void slide(std::uint64_t to);
  void refuse(std::uint64_t offset, std::string_view rule, std::string_view key, Params params);

  Source* source_;
  Options options_;
  Decoder decoder_{};
  std::string buffer_{};
  std::size_t size_ = 0;     ///< good bytes in buffer_
  std::size_t checked_ = 0;  ///< the same, while size_ goes ahead
  std::uint64_t base_ = 0;   ///< offset of buffer_[0]
  bool decodes_ = false;     ///< the input is not UTF-8
  std::string tail_{};       ///< bytes after end() that are not good, or not yet
  bool decoded_all_ = true;  ///< the bytes were of the declared encoding
  bool at_end_ = false;
  std::uint64_t bytes_read_ = 0;
  std::optional<Refusal> refusal_{};

  struct Known {
    Place place{0, 1, 1};
    bool after_return = false;
  };
  void advance(Known& known, std::uint64_t offset) const;
  Known base_place_{};
  Known last_place_{};  ///< the furthest that was asked for
  Known late_place_{};  ///< the last one before it

  std::vector<std::uint64_t> marks_{};
  std::uint64_t next_mark_ = 0;
};

}  // namespace amparo::xml
