// SPDX-License-Identifier: Apache-2.0
// One schema document, looked through before Xerces reads it: what Xerces lets pass is found, and
// what is not meant for a processor of version 1.0 is taken out. For xerces_schema_files.cpp only.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/limits.hpp"
#include "core/report.hpp"

namespace amparo::xsd {

/// By prefix, the empty one too: the namespaces that it stands for.
using PrefixNamespaces = std::map<std::string, std::set<std::string>, std::less<>>;

struct SchemaDocument {
  /// As Xerces is to read it. What was taken out is white space now: lines and columns stay.
  std::string bytes{};
  std::vector<Finding> faults{};
  /// As they are where xs:enumeration stands, of the prefixes that its values have.
  PrefixNamespaces value_prefixes{};
  /// Whether a group redefines another without referring to it (src-redefine 6.2).
  bool restricts_groups = false;
  /// By the name of an element: the fixed values that declarations of that name have, or none.
  std::map<std::string, std::set<std::optional<std::string>>> fixed_values{};
  /// Of complex types: by name, and those without by "element NAME".
  std::multimap<std::string, Place> type_places{};
};

/// Patterns that Xerces does not take, and what stands in their place for it.
class PatternStore {
 public:
  /// Something that every text matches and that no schema says.
  [[nodiscard]] std::string put(std::string pattern);
  /// A pattern as Xerces keeps it, with those of put() in it as they were.
  [[nodiscard]] std::string restored(std::string pattern) const;

 private:
  std::vector<std::string> patterns_{};
};

/// How patterns are read.
struct PatternReading {
  /// Whether Xerces takes it; null: none is replaced.
  std::function<bool(std::string_view)> is_taken{};
  PatternStore* store = nullptr;
};

/// `file`: for findings. A document that is not well formed comes back as it is, without faults:
/// that is for its gate to say.
///
/// Finds references to a namespace that this document does not import (Part 1, src-resolve 4),
/// notations without an identifier (3.12.1), and languages of documentation that are none.
/// Patterns that are right and that Xerces does not take are put into the store of `patterns`.
/// minOccurs and maxOccurs above 2,147,483,647, which Xerces cannot read, become that. Takes out
/// elements that vc:minVersion and its companions give to other processors (XML Schema
/// 1.1 Part 1, 4.2.2, which is made to be followed by processors of version 1.0).
[[nodiscard]] SchemaDocument look_through(const std::string& bytes,
                                          const std::string& file,
                                          const Limits& limits,
                                          const PatternReading& patterns = {});

/// A schema of the attributes xml:lang, xml:space, xml:base and xml:id, and of the attribute group
/// xml:specialAttrs, for schemas that import their namespace without having it.
[[nodiscard]] std::string_view schema_of_xml_attributes();

}  // namespace amparo::xsd
