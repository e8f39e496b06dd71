// SPDX-License-Identifier: Apache-2.0
// A small XML file of our own (a mapping, a list of settings) as a tree in memory, with the place
// of each element for error messages. Not for documents that come from elsewhere: those are
// streamed, see validate.hpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace amparo::xsd {

struct TreeAttribute {
  std::string name;  ///< as written; "xml:lang" keeps its prefix
  std::string value;
};

struct TreeElement {
  std::string name_space;
  std::string name;  ///< local name
  std::uint64_t line = 0;
  std::uint64_t column = 0;  ///< of the end of its start tag, where Xerces stands when it tells
  std::vector<TreeAttribute> attributes{};  ///< without namespace declarations
  std::vector<TreeElement> children{};
  std::string text{};  ///< all character data directly inside
  /// Namespace declarations in force here, outermost first: prefix, then name.
  std::vector<TreeAttribute> namespaces{};

  [[nodiscard]] const std::string* attribute(std::string_view attribute_name) const;
};

/// Reads the file. DTDs are refused, nothing outside the file is read. Fails with NotFound,
/// Unreadable, TooLarge (above 4 MiB, or nested deeper than 64) or, with file, line and reason,
/// Malformed.
Result<TreeElement> read_tree(const std::filesystem::path& file);
/// The same for bytes; `name` stands for the file in messages.
Result<TreeElement> read_tree(std::string_view bytes, const std::string& name);

}  // namespace amparo::xsd
