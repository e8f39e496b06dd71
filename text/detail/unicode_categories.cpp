// SPDX-License-Identifier: Apache-2.0
// What ICU knows: categories, and the blocks that came after XSD 1.0.
#include <array>
#include <string>
#include <utility>

#include <unicode/uchar.h>

#include "text/detail/unicode_sets.hpp"

namespace amparo::text {

namespace {

struct Category {
  std::string_view name;
  std::uint32_t mask;
};

// XSD 1.0 Part 2, F.1.1. \p{C} is "other" without surrogates, which CodePoints cannot hold anyway.
constexpr std::array kCategories{
    Category{"L", U_GC_L_MASK},   Category{"Lu", U_GC_LU_MASK}, Category{"Ll", U_GC_LL_MASK},
    Category{"Lt", U_GC_LT_MASK}, Category{"Lm", U_GC_LM_MASK}, Category{"Lo", U_GC_LO_MASK},
    Category{"M", U_GC_M_MASK},   Category{"Mn", U_GC_MN_MASK}, Category{"Mc", U_GC_MC_MASK},
    Category{"Me", U_GC_ME_MASK}, Category{"N", U_GC_N_MASK},   Category{"Nd", U_GC_ND_MASK},
    Category{"Nl", U_GC_NL_MASK}, Category{"No", U_GC_NO_MASK}, Category{"P", U_GC_P_MASK},
    Category{"Pc", U_GC_PC_MASK}, Category{"Pd", U_GC_PD_MASK}, Category{"Ps", U_GC_PS_MASK},
    Category{"Pe", U_GC_PE_MASK}, Category{"Pi", U_GC_PI_MASK}, Category{"Pf", U_GC_PF_MASK},
    Category{"Po", U_GC_PO_MASK}, Category{"Z", U_GC_Z_MASK},   Category{"Zs", U_GC_ZS_MASK},
    Category{"Zl", U_GC_ZL_MASK}, Category{"Zp", U_GC_ZP_MASK}, Category{"S", U_GC_S_MASK},
    Category{"Sm", U_GC_SM_MASK}, Category{"Sc", U_GC_SC_MASK}, Category{"Sk", U_GC_SK_MASK},
    Category{"So", U_GC_SO_MASK}, Category{"C", U_GC_C_MASK},   Category{"Cc", U_GC_CC_MASK},
    Category{"Cf", U_GC_CF_MASK}, Category{"Co", U_GC_CO_MASK}, Category{"Cn", U_GC_CN_MASK},
};

struct Collected {
  std::uint32_t mask = 0;
  std::vector<CodeRange> ranges;
};

UBool collect(const void* context, UChar32 start, UChar32 limit, UCharCategory type) {
  // ICU's callback passes its context as const void*; it is the Collected below.
  auto& collected = *static_cast<Collected*>(const_cast<void*>(context));  // NOLINT
  if ((collected.mask & U_MASK(type)) != 0)
    collected.ranges.push_back(
        {static_cast<char32_t>(start), static_cast<char32_t>(limit) - U'\1'});
  return 1;
}

CodePoints of_categories(std::uint32_t mask) {
  Collected collected{mask, {}};
  u_enumCharTypes(&collect, &collected);
  return CodePoints(std::move(collected.ranges));
}

// Unicode's "Superscripts and Subscripts", which ICU calls "Superscripts_And_Subscripts"; hyphens
// and spaces are both '_' there, so that the comparison goes without either.
std::string block_key(std::string_view icu_name) {
  std::string out;
  for (std::size_t i = 0; i < icu_name.size(); ++i) {
    if (icu_name[i] == '_') continue;
    const std::string_view rest = icu_name.substr(i);
    const bool is_small_word =
        i > 0 && icu_name[i - 1] == '_' && (rest.starts_with("And_") || rest.starts_with("For_"));
    out += is_small_word ? (icu_name[i] == 'A' ? 'a' : 'f') : icu_name[i];
  }
  return out;
}

std::optional<UProperty> block_value(std::string_view name, std::int32_t& value) {
  std::string wanted;
  for (const char c : name)
    if (c != '-') wanted += c;
  const std::int32_t last = u_getIntPropertyMaxValue(UCHAR_BLOCK);
  for (value = 1; value <= last; ++value) {
    const char* long_name = u_getPropertyValueName(UCHAR_BLOCK, value, U_LONG_PROPERTY_NAME);
    if (long_name != nullptr && block_key(long_name) == wanted) return UCHAR_BLOCK;
  }
  return std::nullopt;
}

}  // namespace

std::optional<CodePoints> category(std::string_view name) {
  for (const Category& known : kCategories)
    if (known.name == name) return of_categories(known.mask);
  return std::nullopt;
}

std::optional<CodePoints> current_block(std::string_view name) {
  std::int32_t value = 0;
  if (!block_value(name, value)) return std::nullopt;
  // Blocks begin and end at multiples of 16.
  std::vector<CodeRange> ranges;
  for (char32_t at = 0; at <= 0x10FFFF; at += 16)
    if (u_getIntPropertyValue(static_cast<UChar32>(at), UCHAR_BLOCK) == value)
      ranges.push_back({at, at + 15});
  return CodePoints(std::move(ranges));
}

}  // namespace amparo::text
