// SPDX-License-Identifier: Apache-2.0
// The patterns of XML Schema whose texts all have one length and one class of ASCII characters at
// each place: "[A-Z]{2}-[0-9]{4}". They are matched without an automaton.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "validator/xsd/simple_types.hpp"

namespace amparo::xsd {

/// The class at each place, at most 64; nothing for all other patterns. For a text of ASCII
/// characters alone the shape decides; characters beyond may match where it does not ("\d").
[[nodiscard]] std::optional<std::vector<ByteClass>> parse_shape(std::string_view pattern);

}  // namespace amparo::xsd
