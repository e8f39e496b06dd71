// SPDX-License-Identifier: Apache-2.0
// From the text of an XPath 2.0 expression to instructions of a Program. The subset, and what each
// part of it does where the specification leaves freedom: spec/formats/schematron.md.
// Read next: program.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/message.hpp"
#include "core/result.hpp"
#include "validator/rules/program.hpp"

namespace amparo::rules {

/// What is wrong with an expression, and where.
struct XPathFault {
  std::size_t at = 0;  ///< byte of the expression, from 0
  std::string key;     ///< in the MessageBook: "xpath-..."
  Params params{};
};

/// What an expression can see.
struct StaticContext {
  struct Variable {
    std::string name;
    std::uint32_t slot = 0;
    StaticType type{};
  };
  std::map<std::string, std::string, std::less<>> namespaces{};  ///< prefix to name
  std::vector<Variable> variables{};                             ///< the innermost last
};

/// Adds `text` to `program`.
[[nodiscard]] Result<InstId, XPathFault> compile_expression(Program& program,
                                                            const StaticContext& context,
                                                            std::string_view text);

struct PatternRange {
  std::uint32_t first = 0;  ///< into Program::match_patterns
  std::uint32_t count = 0;
};
/// The same for a pattern of XSLT 2.0 (5.5.2): "a/b[@c]|//d|/|key('k', 'v')/e".
[[nodiscard]] Result<PatternRange, XPathFault> compile_pattern(Program& program,
                                                               const StaticContext& context,
                                                               std::string_view text);

/// "line 1" and column 7 of a fault: counted from 1, columns in code points.
struct TextPlace {
  std::size_t line = 1;
  std::size_t column = 1;
};
[[nodiscard]] TextPlace place_in(std::string_view text, std::size_t at);

}  // namespace amparo::rules
