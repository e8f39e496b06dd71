// SPDX-License-Identifier: Apache-2.0
// What needs no ICU: the blocks as XSD 1.0 names and cuts them, and the name characters of XML.
#include <algorithm>
#include <array>
#include <utility>

#include "text/detail/unicode_sets.hpp"

namespace amparo::text {

namespace {

struct Block {
  std::string_view name;
  CodeRange range;
};

// XSD 1.0 Part 2 second edition, F.1.1 (Unicode 3.1). Specials and PrivateUse have several parts.
constexpr std::array kBlocks{
    Block{"BasicLatin", {0x0000, 0x007F}},
    Block{"Latin-1Supplement", {0x0080, 0x00FF}},
    Block{"LatinExtended-A", {0x0100, 0x017F}},
    Block{"LatinExtended-B", {0x0180, 0x024F}},
    Block{"IPAExtensions", {0x0250, 0x02AF}},
    Block{"SpacingModifierLetters", {0x02B0, 0x02FF}},
    Block{"CombiningDiacriticalMarks", {0x0300, 0x036F}},
    Block{"Greek", {0x0370, 0x03FF}},
    Block{"Cyrillic", {0x0400, 0x04FF}},
    Block{"Armenian", {0x0530, 0x058F}},
    Block{"Hebrew", {0x0590, 0x05FF}},
    Block{"Arabic", {0x0600, 0x06FF}},
    Block{"Syriac", {0x0700, 0x074F}},
    Block{"Thaana", {0x0780, 0x07BF}},
    Block{"Devanagari", {0x0900, 0x097F}},
    Block{"Bengali", {0x0980, 0x09FF}},
    Block{"Gurmukhi", {0x0A00, 0x0A7F}},
    Block{"Gujarati", {0x0A80, 0x0AFF}},
    Block{"Oriya", {0x0B00, 0x0B7F}},
    Block{"Tamil", {0x0B80, 0x0BFF}},
    Block{"Telugu", {0x0C00, 0x0C7F}},
    Block{"Kannada", {0x0C80, 0x0CFF}},
    Block{"Malayalam", {0x0D00, 0x0D7F}},
    Block{"Sinhala", {0x0D80, 0x0DFF}},
    Block{"Thai", {0x0E00, 0x0E7F}},
    Block{"Lao", {0x0E80, 0x0EFF}},
    Block{"Tibetan", {0x0F00, 0x0FFF}},
    Block{"Myanmar", {0x1000, 0x109F}},
    Block{"Georgian", {0x10A0, 0x10FF}},
    Block{"HangulJamo", {0x1100, 0x11FF}},
    Block{"Ethiopic", {0x1200, 0x137F}},
    Block{"Cherokee", {0x13A0, 0x13FF}},
    Block{"UnifiedCanadianAboriginalSyllabics", {0x1400, 0x167F}},
    Block{"Ogham", {0x1680, 0x169F}},
    Block{"Runic", {0x16A0, 0x16FF}},
    Block{"Khmer", {0x1780, 0x17FF}},
    Block{"Mongolian", {0x1800, 0x18AF}},
    Block{"LatinExtendedAdditional", {0x1E00, 0x1EFF}},
    Block{"GreekExtended", {0x1F00, 0x1FFF}},
    Block{"GeneralPunctuation", {0x2000, 0x206F}},
    Block{"SuperscriptsandSubscripts", {0x2070, 0x209F}},
    Block{"CurrencySymbols", {0x20A0, 0x20CF}},
    Block{"CombiningMarksforSymbols", {0x20D0, 0x20FF}},
    Block{"LetterlikeSymbols", {0x2100, 0x214F}},
    Block{"NumberForms", {0x2150, 0x218F}},
    Block{"Arrows", {0x2190, 0x21FF}},
    Block{"MathematicalOperators", {0x2200, 0x22FF}},
    Block{"MiscellaneousTechnical", {0x2300, 0x23FF}},
    Block{"ControlPictures", {0x2400, 0x243F}},
    Block{"OpticalCharacterRecognition", {0x2440, 0x245F}},
    Block{"EnclosedAlphanumerics", {0x2460, 0x24FF}},
    Block{"BoxDrawing", {0x2500, 0x257F}},
    Block{"BlockElements", {0x2580, 0x259F}},
    Block{"GeometricShapes", {0x25A0, 0x25FF}},
    Block{"MiscellaneousSymbols", {0x2600, 0x26FF}},
    Block{"Dingbats", {0x2700, 0x27BF}},
    Block{"BraillePatterns", {0x2800, 0x28FF}},
    Block{"CJKRadicalsSupplement", {0x2E80, 0x2EFF}},
    Block{"KangxiRadicals", {0x2F00, 0x2FDF}},
    Block{"IdeographicDescriptionCharacters", {0x2FF0, 0x2FFF}},
    Block{"CJKSymbolsandPunctuation", {0x3000, 0x303F}},
    Block{"Hiragana", {0x3040, 0x309F}},
    Block{"Katakana", {0x30A0, 0x30FF}},
    Block{"Bopomofo", {0x3100, 0x312F}},
    Block{"HangulCompatibilityJamo", {0x3130, 0x318F}},
    Block{"Kanbun", {0x3190, 0x319F}},
    Block{"BopomofoExtended", {0x31A0, 0x31BF}},
    Block{"EnclosedCJKLettersandMonths", {0x3200, 0x32FF}},
    Block{"CJKCompatibility", {0x3300, 0x33FF}},
    Block{"CJKUnifiedIdeographsExtensionA", {0x3400, 0x4DB5}},
    Block{"CJKUnifiedIdeographs", {0x4E00, 0x9FFF}},
    Block{"YiSyllables", {0xA000, 0xA48F}},
    Block{"YiRadicals", {0xA490, 0xA4CF}},
    Block{"HangulSyllables", {0xAC00, 0xD7A3}},
    Block{"HighSurrogates", {0xD800, 0xDB7F}},
    Block{"HighPrivateUseSurrogates", {0xDB80, 0xDBFF}},
    Block{"LowSurrogates", {0xDC00, 0xDFFF}},
    Block{"PrivateUse", {0xE000, 0xF8FF}},
    Block{"CJKCompatibilityIdeographs", {0xF900, 0xFAFF}},
    Block{"AlphabeticPresentationForms", {0xFB00, 0xFB4F}},
    Block{"ArabicPresentationForms-A", {0xFB50, 0xFDFF}},
    Block{"CombiningHalfMarks", {0xFE20, 0xFE2F}},
    Block{"CJKCompatibilityForms", {0xFE30, 0xFE4F}},
    Block{"SmallFormVariants", {0xFE50, 0xFE6F}},
    Block{"ArabicPresentationForms-B", {0xFE70, 0xFEFE}},
    Block{"Specials", {0xFEFF, 0xFEFF}},
    Block{"HalfwidthandFullwidthForms", {0xFF00, 0xFFEF}},
    Block{"Specials", {0xFFF0, 0xFFFD}},
    Block{"OldItalic", {0x10300, 0x1032F}},
    Block{"Gothic", {0x10330, 0x1034F}},
    Block{"Deseret", {0x10400, 0x1044F}},
    Block{"ByzantineMusicalSymbols", {0x1D000, 0x1D0FF}},
    Block{"MusicalSymbols", {0x1D100, 0x1D1FF}},
    Block{"MathematicalAlphanumericSymbols", {0x1D400, 0x1D7FF}},
    Block{"CJKUnifiedIdeographsExtensionB", {0x20000, 0x2A6D6}},
    Block{"CJKCompatibilityIdeographsSupplement", {0x2F800, 0x2FA1F}},
    Block{"Tags", {0xE0000, 0xE007F}},
    Block{"PrivateUse", {0xF0000, 0xFFFFD}},
    Block{"PrivateUse", {0x100000, 0x10FFFD}},
};

// XML 1.0 fifth edition, productions 4 and 4a.
CodePoints name_start() {
  return CodePoints({{':', ':'},
                     {'A', 'Z'},
                     {'_', '_'},
                     {'a', 'z'},
                     {0xC0, 0xD6},
                     {0xD8, 0xF6},
                     {0xF8, 0x2FF},
                     {0x370, 0x37D},
                     {0x37F, 0x1FFF},
                     {0x200C, 0x200D},
                     {0x2070, 0x218F},
                     {0x2C00, 0x2FEF},
                     {0x3001, 0xD7FF},
                     {0xF900, 0xFDCF},
                     {0xFDF0, 0xFFFD},
                     {0x10000, 0xEFFFF}});
}

CodePoints name_characters() {
  return name_start().united_with(
      CodePoints({{'-', '.'}, {'0', '9'}, {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}}));
}

// F.1.1: all but punctuation, separators and "other".
CodePoints words() {
  CodePoints out;
  for (const std::string_view name : {"P", "Z", "C"})
    out = out.united_with(category(name).value_or(CodePoints()));
  return out.complement();
}

}  // namespace

std::optional<CodePoints> xsd_block(std::string_view name) {
  std::vector<CodeRange> ranges;
  for (const Block& block : kBlocks)
    if (block.name == name) ranges.push_back(block.range);
  if (ranges.empty()) return std::nullopt;
  return CodePoints(std::move(ranges));
}

std::optional<CodePoints> multi_character_escape(char32_t letter) {
  switch (letter) {
    case 's':
      return CodePoints({{'\t', '\n'}, {'\r', '\r'}, {' ', ' '}});
    case 'i':
      return name_start();
    case 'c':
      return name_characters();
    case 'd':
      return category("Nd");
    case 'w':
      return words();
    case 'S':
    case 'I':
    case 'C':
    case 'D':
    case 'W':
      return multi_character_escape(letter - 'A' + 'a')->complement();
    default:
      return std::nullopt;
  }
}

}  // namespace amparo::text
