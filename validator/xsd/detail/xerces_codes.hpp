// SPDX-License-Identifier: Apache-2.0
// What each error code of Xerces-C 3.2 is in the specifications' own words: the rule of XML Schema
// or XML 1.0 that is broken, and the key of our sentence for it. Complete: a test walks through
// Xerces' own headers.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace amparo::xsd {

/// Xerces' three sets of codes.
enum class CodeDomain : std::uint8_t { Validity, Markup, Exception };

/// What the reader does with an error before it becomes a finding.
enum class CodeUse : std::uint8_t {
  Tag,         ///< about the start tag that is being read
  Content,     ///< about the content model of the element that ends
  Value,       ///< about a value: of an attribute or of the element
  Element,     ///< about the element that is open
  Identity,    ///< about keys
  Markup,      ///< the document is not well formed
  Schema,      ///< the schema, not the document, is wrong
  Impossible,  ///< cannot happen behind the gate (DTD and entities), or is a fault of the engine
};

struct CodeEntry {
  unsigned code = 0;
  std::string_view rule;  ///< "cvc-elt.3.2.1", "wfc-element-type-match"
  std::string_view key;   ///< of the sentence
  CodeUse use = CodeUse::Impossible;
  std::string_view
      parameters;  ///< names for {0}, {1}... of Xerces' text that we use: "element,type"
};

[[nodiscard]] std::span<const CodeEntry> entries(CodeDomain domain);
/// Never null: an unknown code gives the entry for a fault of the engine.
[[nodiscard]] const CodeEntry& entry(CodeDomain domain, unsigned code);

}  // namespace amparo::xsd
