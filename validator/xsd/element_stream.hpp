// SPDX-License-Identifier: Apache-2.0
// One of our own XML files (a code list, a catalog) as events, in constant memory. Behind the same
// gate as documents. See element_tree.hpp for small files that are easier to read as a tree.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace amparo::xsd {

using ElementAttributes = std::map<std::string, std::string, std::less<>>;

class ElementHandler {
 public:
  ElementHandler() = default;
  ElementHandler(const ElementHandler&) = delete;
  ElementHandler& operator=(const ElementHandler&) = delete;
  ElementHandler(ElementHandler&&) = delete;
  ElementHandler& operator=(ElementHandler&&) = delete;
  virtual ~ElementHandler() = default;

  /// Local names; attributes without a namespace.
  virtual void on_start(std::string_view element, const ElementAttributes& attributes) = 0;
  /// `text`: the characters since the last tag.
  virtual void on_end(std::string_view element, std::string_view text) = 0;
};

/// Fails with NotFound, Unreadable, or Malformed with the line.
[[nodiscard]] Status stream_elements(const std::filesystem::path& file, ElementHandler& handler);

}  // namespace amparo::xsd
