// SPDX-License-Identifier: Apache-2.0
// The open elements of a document while Xerces reads it: what each one is, where it began, what it
// has held so far, and the path that leads to it. For the oracle_xerces files only.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <xercesc/framework/XMLElementDecl.hpp>
#include <xercesc/validators/datatype/DatatypeValidator.hpp>
#include <xercesc/validators/schema/ComplexTypeInfo.hpp>

#include "validator/xsd/detail/xerces_content.hpp"
#include "xml/gate.hpp"

namespace amparo::xsd {

struct Frame {
  const xercesc::XMLElementDecl* element = nullptr;
  xercesc::ComplexTypeInfo* type = nullptr;      ///< null for a simple type and for an unknown one
  xercesc::DatatypeValidator* simple = nullptr;  ///< null unless the content is a value
  xml::TagMark tag{};
  std::uint64_t number = 1;  ///< among its siblings of the same name; 0 when not counted
  bool is_known = false;     ///< the schema declares it
  bool is_nil = false;
  bool is_wanted = false;            ///< a listener wants its value
  bool has_content_finding = false;  ///< a child has been reported: the model is not reported again
  bool has_value_finding = false;
  bool lacks_attribute = false;  ///< one that is required
  std::string type_name{};
  std::string list_version{};
  std::vector<ChildRun> children{};

  void add_child(const xercesc::XMLElementDecl* child, const Place& where);
  [[nodiscard]] std::uint64_t count_child(const xercesc::XMLElementDecl* child);
  void reset();

 private:
  std::vector<std::pair<const xercesc::XMLElementDecl*, std::uint64_t>> counts_{};
};

/// Frames are kept when they are left, so that their memory is used again.
class Frames {
 public:
  Frame& push();
  void pop() { --depth_; }
  void clear() { depth_ = 0; }
  [[nodiscard]] std::size_t depth() const noexcept { return depth_; }
  [[nodiscard]] bool empty() const noexcept { return depth_ == 0; }
  /// REQUIRES: !empty()
  Frame& top() { return frames_[depth_ - 1]; }
  Frame& at(std::size_t i) { return frames_[i]; }

  /// "/Batch/Case[17]/Child". A number is given when it is not 1, and for records always. `shown`
  /// makes of each name what may be shown of it.
  using Shown = std::function<std::string(std::string)>;
  [[nodiscard]] std::string path(std::size_t record_depth, const Shown& shown) const;

 private:
  std::vector<Frame> frames_{};
  std::size_t depth_ = 0;
};

/// Local name of a declaration.
[[nodiscard]] std::string local_name(const xercesc::XMLElementDecl& element);

}  // namespace amparo::xsd
