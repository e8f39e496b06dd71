// SPDX-License-Identifier: Apache-2.0
// Which encoding a document is in, and its bytes as UTF-8. Only what XML 1.0 appendix F can tell
// from the first bytes is told; nothing is guessed from the text. Read next: xml/gate.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace amparo::xml {

enum class Encoding : std::uint8_t { Utf8, Utf16Le, Utf16Be, Latin1, Windows1252, Other };

/// What the first bytes of a document say.
struct DetectedEncoding {
  Encoding encoding = Encoding::Utf8;
  std::size_t mark_bytes = 0;  ///< length of the byte order mark
  std::string label{};         ///< as declared or detected, in capitals: "UTF-8", "ISO-8859-1"
  bool contradicts = false;    ///< the declaration says other than the bytes do
};

/// How many bytes detect_encoding wants to see; fewer only when the input has no more.
inline constexpr std::size_t kDetectionBytes = 1024;

[[nodiscard]] DetectedEncoding detect_encoding(std::string_view first_bytes);

/// Turns bytes that come in pieces into UTF-8.
class Decoder {
 public:
  explicit Decoder(Encoding encoding = Encoding::Utf8) : encoding_{encoding} {}

  /// Appends `bytes` to `out` as UTF-8; what is not a whole character yet waits for the next call.
  /// UTF-8 is passed through unchecked. False when the bytes are not of the encoding: `out` then
  /// holds all characters before.
  [[nodiscard]] bool decode(std::string_view bytes, std::string& out);
  /// False when the input has ended within a character.
  [[nodiscard]] bool is_complete() const noexcept { return !has_odd_byte_ && high_surrogate_ == 0; }

 private:
  [[nodiscard]] bool decode_unit(char16_t unit, std::string& out);

  Encoding encoding_;
  bool has_odd_byte_ = false;  ///< UTF-16: the first half of a unit came last
  unsigned char odd_byte_ = 0;
  char16_t high_surrogate_ = 0;
};

}  // namespace amparo::xml
