// SPDX-License-Identifier: Apache-2.0
// The outline of a schema, for those who write documents: which elements a type has and in which
// order, which must be there, which may be nil, what their values look like. Read once with
// Xerces (outline.cpp), then plain data.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace amparo::xsd {

inline constexpr std::uint32_t kUnbounded = UINT32_MAX;

struct OutlineAttribute {
  std::string name;
  std::string type;  ///< name of its simple type; empty when anonymous
  bool required = false;
};

struct OutlineElement {
  std::string name;
  std::string type;  ///< name of its type; empty when anonymous
  std::uint32_t least = 1;
  std::uint32_t most = 1;  ///< kUnbounded when there is no bound
  bool nillable = false;
  bool in_choice = false;  ///< stands there in place of others: never required on its own
};

/// A named type. Elements come in the order in which a document must have them.
struct OutlineType {
  std::string name;
  std::vector<OutlineElement> elements{};
  std::vector<OutlineAttribute> attributes{};
  bool has_value = false;     ///< simple content: text, no child elements
  bool has_wildcard = false;  ///< takes elements of other namespaces

  [[nodiscard]] const OutlineElement* element(std::string_view element_name) const;
  [[nodiscard]] const OutlineAttribute* attribute(std::string_view attribute_name) const;
};

class Outline {
 public:
  /// Fails with NotFound or Malformed when the schema cannot be read or is not valid.
  static Result<Outline> read(const std::filesystem::path& schema,
                              const std::string& target_namespace);

  Outline(Outline&&) noexcept;
  Outline& operator=(Outline&&) noexcept;
  Outline(const Outline&) = delete;
  Outline& operator=(const Outline&) = delete;
  ~Outline();

  /// Type of a root element; null when there is no such element.
  [[nodiscard]] const OutlineType* root(std::string_view element_name) const;
  [[nodiscard]] const OutlineType* type(std::string_view type_name) const;
  [[nodiscard]] const std::string& target_namespace() const noexcept { return namespace_; }

  /// Is `value` (after white space handling) a value of the named simple type, or of the simple
  /// content of the named complex type? False as well for a type that has no value.
  [[nodiscard]] bool is_value(std::string_view type_name, std::string_view value) const;

 private:
  struct Grammar;
  Outline();

  std::string namespace_;
  std::map<std::string, std::string, std::less<>> roots_;
  std::map<std::string, OutlineType, std::less<>> types_;
  std::unique_ptr<Grammar> grammar_;
};

}  // namespace amparo::xsd
