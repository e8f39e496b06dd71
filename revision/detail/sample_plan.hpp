// SPDX-License-Identifier: Apache-2.0
// A plan: a recipe held against a schema. Made once; what is left is a tree in the schema's own
// order whose tags are ready as bytes, walked once for every case. Everything that can be wrong
// with a recipe is found when the plan is made.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "revision/detail/case_facts.hpp"
#include "revision/detail/recipe.hpp"
#include "revision/detail/sample_values.hpp"
#include "validator/codes.hpp"
#include "validator/xsd/outline.hpp"

namespace amparo::revision {

struct SampleAttribute {
  std::string open;  ///< ` precision="`
  SampleValue value;
};

/// One element of the record.
struct SampleNode {
  std::string open;   ///< line break, indentation, "<Name"
  std::string close;  ///< all of the end tag; empty: "/>" does
  std::string nil;    ///< up to the reason; empty: may not be nil
  std::vector<SampleAttribute> attributes{};
  std::vector<SampleNode> children{};
  SampleValue value{};  ///< of a leaf
  bool is_leaf = false;
  bool is_required = true;
  bool may_repeat = false;
  std::uint32_t percent = 100;
  std::uint32_t least = 1;
  std::uint32_t most = 1;
  std::uint8_t needs = only::kAlways;
  int slot = -1;        ///< where its number of occurrences is kept; -1: drawn on the way
  int needs_slot = -1;  ///< it refers to what has this slot
};

/// How often the parts of one case occur is drawn before it is written: a reference may come before
/// what it names, and a case must come out at the size that was asked for.
struct SampleSlot {
  const SampleNode* node = nullptr;
  int parent = -1;               ///< slot of the nearest element above that has one
  bool is_section = false;       ///< an optional part of the case as a whole
  std::uint32_t mean_bytes = 0;  ///< of one occurrence
  std::vector<int> pulls{};      ///< sections that something in it refers to
};

class SamplePlan {
 public:
  /// Fails with Unsupported or Malformed when recipe and schema do not fit one another.
  static Result<SamplePlan> make(const xsd::Outline& outline, const CodeLists& codes);

  SamplePlan(SamplePlan&&) noexcept = default;
  SamplePlan& operator=(SamplePlan&&) noexcept = default;
  SamplePlan(const SamplePlan&) = delete;
  SamplePlan& operator=(const SamplePlan&) = delete;
  ~SamplePlan() = default;

  /// Up to the first case, and after the last.
  [[nodiscard]] const std::string& head() const noexcept { return head_; }
  [[nodiscard]] const std::string& tail() const noexcept { return tail_; }

  /// Appends the case of `facts`, about `wanted_bytes` long.
  void append_case(CaseFacts& facts, std::uint32_t wanted_bytes, std::string& out) const;

 private:
  SamplePlan() = default;

  void draw_counts(CaseFacts& facts, std::uint32_t wanted_bytes) const;
  void draw_nested_counts(CaseFacts& facts) const;
  void measure();

  std::string head_;
  std::string tail_;
  std::vector<SampleNode> case_;  ///< one; slots point into it, and a vector keeps it where it is
  std::vector<SampleSlot> slots_;
  std::uint32_t bare_bytes_ = 0;  ///< of a case without sections
};

}  // namespace amparo::revision
