// SPDX-License-Identifier: Apache-2.0
// How far an expression looks: decided from the program alone, before any document is seen. A path
// is followed through the places of a batch (its root, what stands before the records, one record,
// all others); where it can lead to another record, the record alone does not decide the rule.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "validator/rules/program.hpp"

namespace amparo::rules {

/// Places in a batch, as bits.
using Places = std::uint8_t;
inline constexpr Places kDocumentPlace = 1;
inline constexpr Places kRootPlace = 2;
inline constexpr Places kFramePlace = 4;    ///< in the root, not in a record
inline constexpr Places kRecordPlace = 8;   ///< the element of the record itself
inline constexpr Places kInsidePlace = 16;  ///< below it
inline constexpr Places kOthersPlace = 32;  ///< in or below any record, perhaps another one

struct ReachFound {
  Reach reach = Reach::Record;
  std::string reason{};      ///< the step that leads out, for the dump; empty for Record
  bool reads_frame = false;  ///< looks at what stands in the root beside the records
};

class ReachAnalysis {
 public:
  /// `records`: local names of the elements that are records.
  ReachAnalysis(const Program& program, const std::vector<std::string>& records);

  /// A variable that has its value from a let: seen from the document, or from the context.
  void bind(std::uint32_t slot, InstId value, bool from_document);
  /// Where nodes that `pattern` matches can be; what its predicates look at goes into `found`.
  Places of_pattern(const MatchPattern& pattern, ReachFound& found);
  /// Adds what `expression` looks at, seen from nodes in `context`.
  Places of(InstId expression, Places context, ReachFound& found);

 private:
  struct Bound {
    InstId value = kNone;
    bool from_document = false;
    bool is_node = false;  // of for, some, every: in `places`
    Places places = 0;
  };
  Places visit(InstId id, Places context, bool is_aggregated);
  Places visit_steps(const Inst& inst, Places places, bool is_aggregated);
  [[nodiscard]] Places step(const Step& step, Places from) const;
  [[nodiscard]] bool is_record(const Step& step) const;
  void note(Places places, bool is_aggregated, const Step& step);
  void raise(Reach reach, std::string reason);

  const Program& program_;
  std::vector<bool> is_record_{};  // by name
  std::unordered_map<std::uint32_t, Bound> slots_{};
  ReachFound* found_ = nullptr;
  Places current_ = 0;
  std::uint32_t depth_ = 0;
};

}  // namespace amparo::rules
