// SPDX-License-Identifier: Apache-2.0
#include "xml/encoding.hpp"

#include <algorithm>
#include <array>

#include "text/utf8.hpp"

namespace amparo::xml {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::string_view bytes;
  Encoding encoding;
  std::size_t mark_bytes;
  std::string_view label;
};

// XML 1.0 appendix F.1. Longer signatures come before their prefixes.
constexpr std::array kSignatures{
    Signature{"\x00\x00\xFE\xFF"sv, Encoding::Other, 4, "UTF-32"},
    Signature{"\xFF\xFE\x00\x00"sv, Encoding::Other, 4, "UTF-32"},
    Signature{"\x00\x00\x00<"sv, Encoding::Other, 0, "UTF-32"},
    Signature{"<\x00\x00\x00"sv, Encoding::Other, 0, "UTF-32"},
    Signature{"\x4C\x6F\xA7\x94"sv, Encoding::Other, 0, "EBCDIC"},
    Signature{"+/v"sv, Encoding::Other, 0, "UTF-7"},
    Signature{"\xEF\xBB\xBF"sv, Encoding::Utf8, 3, "UTF-8"},
    Signature{"\xFE\xFF"sv, Encoding::Utf16Be, 2, "UTF-16"},
    Signature{"\xFF\xFE"sv, Encoding::Utf16Le, 2, "UTF-16"},
    Signature{"\x00<"sv, Encoding::Utf16Be, 0, "UTF-16"},
    Signature{"<\x00"sv, Encoding::Utf16Le, 0, "UTF-16"},
};

struct Label {
  std::string_view label;
  Encoding encoding;
};

// Names of the IANA registry. windows-1252 is what files that say ISO-8859-1 often hold; the two
// are kept apart all the same: nothing is guessed.
constexpr std::array kLabels{
    Label{"UTF-8", Encoding::Utf8},
    Label{"UTF8", Encoding::Utf8},
    Label{"US-ASCII", Encoding::Utf8},
    Label{"ASCII", Encoding::Utf8},
    Label{"UTF-16", Encoding::Utf16Be},
    Label{"UTF-16LE", Encoding::Utf16Le},
    Label{"UTF-16BE", Encoding::Utf16Be},
    Label{"ISO-8859-1", Encoding::Latin1},
    Label{"ISO_8859-1", Encoding::Latin1},
    Label{"LATIN1", Encoding::Latin1},
    Label{"WINDOWS-1252", Encoding::Windows1252},
    Label{"CP1252", Encoding::Windows1252},
};

// The 32 code points of Windows-1252 that Latin-1 does not have; 0 where it has none either.
constexpr std::array<char16_t, 32> kWindows1252{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// Value of encoding="..." in an XML declaration at the start of `text`; empty when there is none.
std::string declared_label(std::string_view text) {
  if (text.substr(0, 5) != "<?xml" || text.size() < 6 || !is_space(text[5])) return {};
  text = text.substr(0, text.find("?>"));
  const auto word = text.find("encoding");
  if (word == std::string_view::npos) return {};
  auto at = word + "encoding"sv.size();
  const auto skip_spaces = [&] {
    while (at < text.size() && is_space(text[at]))
      ++at;
  };
  skip_spaces();
  if (at >= text.size() || text[at] != '=') return {};
  ++at;
  skip_spaces();
  if (at >= text.size() || (text[at] != '"' && text[at] != '\'')) return {};
  const auto end = text.find(text[at], at + 1);
  if (end == std::string_view::npos) return {};
  std::string label;
  for (const char c : text.substr(at + 1, std::min<std::size_t>(end - at - 1, 40))) {
    label += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return label;
}

// UTF-16 of the declaration as the ASCII that it is made of.
std::string ascii_of_utf16(std::string_view bytes, bool little_endian) {
  std::string ascii;
  for (std::size_t i = little_endian ? 0 : 1; i < bytes.size(); i += 2)
    ascii += bytes[i];
  return ascii;
}

Encoding encoding_of(std::string_view label) {
  const auto known = std::find_if(
      kLabels.begin(), kLabels.end(), [&](const Label& l) { return l.label == label; });
  return known == kLabels.end() ? Encoding::Other : known->encoding;
}

bool is_utf16(Encoding e) {
  return e == Encoding::Utf16Be || e == Encoding::Utf16Le;
}

}  // namespace

DetectedEncoding detect_encoding(std::string_view first_bytes) {
  const auto signature =
      std::find_if(kSignatures.begin(), kSignatures.end(), [&](const Signature& s) {
        return first_bytes.substr(0, s.bytes.size()) == s.bytes;
      });
  DetectedEncoding found;
  found.label = "UTF-8";
  if (signature != kSignatures.end()) {
    found.encoding = signature->encoding;
    found.mark_bytes = signature->mark_bytes;
    found.label = signature->label;
    if (found.encoding == Encoding::Other) return found;
  }
  auto text = first_bytes.substr(found.mark_bytes);
  std::string narrowed;
  if (is_utf16(found.encoding)) {
    narrowed = ascii_of_utf16(text, found.encoding == Encoding::Utf16Le);
    text = narrowed;
  }
  const auto declared = declared_label(text);
  if (declared.empty()) return found;
  const auto meant = encoding_of(declared);
  found.label = declared;
  if (is_utf16(found.encoding)) {
    // "UTF-16" leaves the order of bytes to the mark.
    found.contradicts = !is_utf16(meant) || (declared != "UTF-16" && meant != found.encoding);
  } else if (found.mark_bytes > 0 || is_utf16(meant)) {
    found.contradicts = meant != Encoding::Utf8;
  } else {
    found.encoding = meant;
  }
  return found;
}

bool Decoder::decode_unit(char16_t unit, std::string& out) {
  const bool is_high = unit >= 0xD800 && unit <= 0xDBFF;
  const bool is_low = unit >= 0xDC00 && unit <= 0xDFFF;
  if (high_surrogate_ != 0) {
    if (!is_low) return false;
    const auto high = static_cast<char32_t>(high_surrogate_ - 0xD800);
    text::append_utf8(out, 0x10000 + (high << 10U) + static_cast<char32_t>(unit - 0xDC00));
    high_surrogate_ = 0;
    return true;
  }
  if (is_low) return false;
  if (is_high) {
    high_surrogate_ = unit;
  } else {
    text::append_utf8(out, unit);
  }
  return true;
}

bool Decoder::decode(std::string_view bytes, std::string& out) {
  if (encoding_ == Encoding::Utf8) {
    out += bytes;
    return true;
  }
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_utf16(encoding_)) {
      if (!has_odd_byte_) {
        odd_byte_ = byte;
        has_odd_byte_ = true;
        continue;
      }
      has_odd_byte_ = false;
      const bool little = encoding_ == Encoding::Utf16Le;
      const unsigned high = little ? byte : odd_byte_;
      const unsigned low = little ? odd_byte_ : byte;
      if (!decode_unit(static_cast<char16_t>(high << 8U | low), out)) return false;
    } else if (encoding_ == Encoding::Windows1252 && byte >= 0x80 && byte < 0xA0) {
      const char16_t unit = kWindows1252.at(byte - 0x80U);
      if (unit == 0) return false;
      text::append_utf8(out, unit);
    } else {
      text::append_utf8(out, byte);
    }
  }
  return true;
}

}  // namespace amparo::xml
