// SPDX-License-Identifier: Apache-2.0
// Glushkov's construction: every place where a symbol stands in the (partly written out) particle
// tree is a position; what may follow it is a list of sets of positions, shared by many. For
// content_model.cpp only.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "validator/xsd/content_model.hpp"

namespace amparo::xsd {

/// Which particles are counted, and not written out: all that occur often; only elements and
/// wildcards that occur often and always the same number of times; none.
enum class Counting : std::uint8_t { Large, Fixed, Never };

using OpList = std::vector<CounterOp>;
using OpListId = std::uint32_t;  ///< 0: no ops

/// Thrown when the model exceeds its bounds; caught in build_model().
struct ModelTooLarge {};

/// One position that may come next, and what its coming does to counters that it enters.
struct Entry {
  std::uint32_t position = 0;
  OpListId ops = 0;
  friend auto operator<=>(const Entry&, const Entry&) = default;
};
/// A set of positions that may come next, and what that does to counters left or increased.
struct FollowRef {
  std::uint32_t set = 0;
  OpListId ops = 0;
  friend auto operator<=>(const FollowRef&, const FollowRef&) = default;
};

struct Position {
  const Particle* leaf = nullptr;  ///< in the tree that was built from
  std::vector<FollowRef> follow{};
  std::vector<OpListId> ends{};  ///< how the content may end here
};

struct Counter {
  CounterRow row{};
  bool has_nullable_body = false;
};

class Glushkov {
 public:
  Glushkov(Counting counting, std::uint32_t max_states);

  /// Once. `root` outlives this. Throws ModelTooLarge.
  void build(const Particle& root);

  [[nodiscard]] const std::vector<Position>& positions() const { return positions_; }
  [[nodiscard]] const std::vector<Entry>& set(std::uint32_t id) const { return *sets_[id]; }
  [[nodiscard]] const std::vector<Counter>& counters() const { return counters_; }
  [[nodiscard]] const OpList& ops(OpListId id) const { return op_lists_[id]; }
  [[nodiscard]] bool is_nullable() const { return is_nullable_; }
  [[nodiscard]] std::optional<std::uint32_t> start_set() const { return start_set_; }

  [[nodiscard]] OpListId joined(OpListId a, OpListId b);
  /// Counts what grows faster than the states. Throws ModelTooLarge.
  void work(std::size_t amount);

 private:
  // What is known of a part of the tree.
  struct Part {
    bool is_nullable = true;
    std::vector<Entry> first{};
    std::vector<Entry> last{};
  };

  OpListId intern(OpList list);
  OpListId one(CounterOp::Kind kind, std::uint16_t counter);
  std::uint32_t add_set(std::vector<Entry> set);
  // After any of `from` comes any of `to`.
  void connect(const std::vector<Entry>& from, const std::vector<Entry>& to, OpListId between);
  Part build_particle(const Particle& particle);
  // Positions of one occurrence; saturates, and ignores how often parts of it occur.
  static std::uint64_t size_of(const Particle& particle);
  [[nodiscard]] bool is_counted(const Particle& particle, std::uint64_t copies) const;
  std::uint16_t counter_of(const Particle& particle);
  Part build_counted(const Particle& particle);
  // P{2,4} as (P, (P, (P, P?)?)), P{2,} as (P, P+): each copy follows the one before it only.
  Part build_copies(const Particle& particle);
  Part build_term(const Particle& particle);
  Part build_choice(const Particle& particle);
  Part build_sequence(const Particle& particle);

  Counting counting_;
  std::size_t max_positions_;
  std::size_t max_work_;
  std::size_t work_ = 0;
  std::vector<Position> positions_{};
  std::map<std::vector<Entry>, std::uint32_t> set_ids_{};
  std::vector<const std::vector<Entry>*> sets_{};  // into the keys of set_ids_
  std::vector<Counter> counters_{};
  std::map<const Particle*, std::uint16_t> fixed_counters_{};
  std::vector<OpList> op_lists_{};
  std::map<OpList, std::size_t> op_ids_{};
  bool is_nullable_ = true;
  std::optional<std::uint32_t> start_set_{};
};

}  // namespace amparo::xsd
