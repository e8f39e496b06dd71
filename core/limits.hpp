// SPDX-License-Identifier: Apache-2.0
// How much a document may ask of us. Everything else (children of a batch, findings, size of the
// file) is unlimited: memory is bounded by the largest record, not by the file.
#pragma once

#include <cstddef>
#include <cstdint>

namespace amparo {

struct Limits {
  std::uint32_t depth = 64;        ///< open elements
  std::uint32_t attributes = 128;  ///< of one element, namespace declarations too
  std::uint32_t namespaces = 32;   ///< declarations on one element
  std::size_t name_bytes = 256;    ///< element, attribute, prefix
  std::size_t attribute_value_bytes = 64U << 10U;
  std::size_t text_bytes = 1U << 20U;    ///< one run of character data, comment, CDATA
  std::size_t markup_bytes = 1U << 20U;  ///< one tag from '<' to '>'

  friend bool operator==(const Limits&, const Limits&) = default;
};

/// What no option can exceed.
inline constexpr Limits kHardLimits{.depth = 1024,
                                    .attributes = 4096,
                                    .namespaces = 256,
                                    .name_bytes = 4096,
                                    .attribute_value_bytes = 4U << 20U,
                                    .text_bytes = 64U << 20U,
                                    .markup_bytes = 16U << 20U};

}  // namespace amparo
