// SPDX-License-Identifier: Apache-2.0
#include "core/finding.hpp"

#include <array>

namespace amparo {
namespace {

constexpr std::size_t kMaskedCharacters = 40;

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

char masked(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (c >= '0' && c <= '9') return '9';
  if (c >= 'A' && c <= 'Z') return 'X';
  if ((c >= 'a' && c <= 'z') || byte >= 0x80) return 'x';
  return byte < 0x20 || byte == 0x7F ? ' ' : c;
}

// FNV-1a: a fingerprint has to be the same on every machine and version; nobody attacks it.
class Fnv {
 public:
  void add(std::string_view bytes) {
    for (const char c : bytes)
      step(static_cast<unsigned char>(c));
    step(0xFF);  // not a byte of UTF-8: keeps {"a","b"} apart from {"ab"}
  }
  [[nodiscard]] std::string hex() const {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (int shift = 60; shift >= 0; shift -= 4) {
      text += kDigits[static_cast<std::size_t>((hash_ >> static_cast<unsigned>(shift)) & 0xFU)];
    }
    return text;
  }

 private:
  void step(unsigned char byte) { hash_ = (hash_ ^ byte) * 0x100000001B3ULL; }
  std::uint64_t hash_ = 0xCBF29CE484222325ULL;
};

std::string without_positions(std::string_view xpath) {
  std::string plain;
  bool inside = false;
  for (const char c : xpath) {
    if (c == '[') inside = true;
    if (!inside) plain += c;
    if (c == ']') inside = false;
  }
  return plain;
}

}  // namespace

std::string_view name(Severity severity) noexcept {
  constexpr std::array<std::string_view, kSeverityCount> kNames{"error", "warning", "info"};
  return kNames.at(static_cast<std::size_t>(severity));
}

std::string_view name(Layer layer) noexcept {
  constexpr std::array<std::string_view, 8> kNames{
      "gate", "well-formed", "grammar", "codes", "rules", "references", "signature", "conversion"};
  return kNames.at(static_cast<std::size_t>(layer));
}

std::string mask(std::string_view utf8) {
  std::string text;
  text.reserve(utf8.size());
  for (const char c : utf8) {
    if (!is_continuation(c)) text += masked(c);
  }
  return text;
}

ValueShape shape_of(std::string_view utf8) {
  ValueShape shape;
  for (const char c : utf8) {
    if (is_continuation(c)) continue;
    if (shape.length < kMaskedCharacters) shape.mask += masked(c);
    ++shape.length;
  }
  if (shape.length > kMaskedCharacters) shape.mask += "...";
  return shape;
}

std::string fingerprint(const Finding& finding) {
  Fnv hash;
  hash.add(finding.rule);
  hash.add(finding.message);
  hash.add(without_positions(finding.xpath));
  for (const Param& param : finding.params) {
    hash.add(param.name);
    for (const std::string& value : param.values)
      hash.add(value);
  }
  if (finding.shape) hash.add(finding.shape->mask);
  return hash.hex();
}

}  // namespace amparo
