// SPDX-License-Identifier: Apache-2.0
// The tokens of XPath 2.0 (A.2). Names and keywords look alike: the parser tells them apart by
// where they stand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "validator/rules/xpath.hpp"

namespace amparo::rules {

struct XPathToken {
  enum class Kind : std::uint8_t {
    End,
    Integer,
    Decimal,
    Double,
    Literal,    ///< `text`: what is between the quotes, as written
    Name,       ///< NCName or QName: `prefix`, `text`
    Star,       ///< *
    SpaceStar,  ///< p:*
    StarLocal,  ///< *:n
    Symbol      ///< ( ) [ ] , . .. / // @ | + - = != < <= > >= << >> :: $ ?
  };
  Kind kind = Kind::End;
  std::size_t at = 0;
  std::string_view prefix{};  ///< of a Literal: its quote
  std::string_view text{};
};

/// Ends with a token of kind End.
[[nodiscard]] Result<std::vector<XPathToken>, XPathFault> tokenize_xpath(std::string_view text);

}  // namespace amparo::rules
