// SPDX-License-Identifier: Apache-2.0
#include "validator/rules/item.hpp"

#include <array>

namespace amparo::rules {

std::string_view name(ItemType type) noexcept {
  static constexpr std::array<std::string_view, kItemTypeCount> kNames{"node()",
                                                                       "xs:untypedAtomic",
                                                                       "xs:string",
                                                                       "xs:boolean",
                                                                       "xs:integer",
                                                                       "xs:decimal",
                                                                       "xs:double",
                                                                       "xs:date",
                                                                       "xs:dateTime",
                                                                       "xs:time",
                                                                       "xs:duration",
                                                                       "xs:yearMonthDuration",
                                                                       "xs:dayTimeDuration"};
  return kNames.at(static_cast<std::size_t>(type));
}

std::string_view name(Fault fault) noexcept {
  static constexpr std::array<std::string_view, kFaultCount> kNames{"type",
                                                                    "cast",
                                                                    "divide-by-zero",
                                                                    "overflow",
                                                                    "pattern",
                                                                    "steps",
                                                                    "memory",
                                                                    "undefined",
                                                                    "extension",
                                                                    "time-zone",
                                                                    "clock",
                                                                    "data"};
  return kNames.at(static_cast<std::size_t>(fault));
}

}  // namespace amparo::rules
