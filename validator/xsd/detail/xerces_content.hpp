// SPDX-License-Identifier: Apache-2.0
// Where the children of an element leave its content model, and what could have stood there. For
// the oracle_xerces files only.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <xercesc/framework/XMLElementDecl.hpp>
#include <xercesc/validators/schema/ComplexTypeInfo.hpp>

#include "core/finding.hpp"

namespace amparo::xsd {

/// Equal children in a row: a batch of a million cases is two of these.
struct ChildRun {
  const xercesc::XMLElementDecl* child = nullptr;
  std::uint64_t count = 0;
  Place first{};
  Place last{};
};

struct ContentProblem {
  enum class Kind : std::uint8_t {
    None,        ///< the model accepts the children
    Unexpected,  ///< `run` begins (or goes on) where something else had to come
    Incomplete,  ///< the end came too early
    NotEmpty,    ///< no children are allowed at all
  };
  Kind kind = Kind::None;
  std::size_t run = 0;
  bool is_first_of_run = true;
  std::vector<std::string> expected{};  ///< "<Child>", or "</Case>" for the end; at most 12
};

/// Checks `children` against the model of `type`; `parent` is the parent's name, to say "</Case>".
[[nodiscard]] ContentProblem diagnose_content(xercesc::ComplexTypeInfo& type,
                                              std::span<const ChildRun> children,
                                              const std::string& parent);

}  // namespace amparo::xsd
