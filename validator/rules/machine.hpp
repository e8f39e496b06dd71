// SPDX-License-Identifier: Apache-2.0
// Runs expressions of a Program over a tape. Memory is kept from one evaluation to the next: once
// warm, none is taken. Faults of evaluation are values (Fault), never exceptions. One machine for
// each thread. The parts:
//   machine.cpp            the door, sequences, variables, operators
//   machine_paths.cpp      axes, steps, predicates, patterns of contexts, keys
//   machine_values.cpp     atomic values: casts, comparisons, arithmetic
//   machine_calls.cpp      functions over sequences and nodes; aggregates
//   machine_strings.cpp    functions over texts; dates
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "validator/rules/functions.hpp"
#include "validator/rules/program.hpp"
#include "xml/tape.hpp"

namespace amparo::rules {

/// Memory for items and texts that are given back all at once.
class Arena {
 public:
  [[nodiscard]] Item* items(std::size_t count);
  [[nodiscard]] std::string_view text(std::string_view copied);
  void reset();
  [[nodiscard]] std::size_t used() const noexcept { return used_; }

 private:
  [[nodiscard]] char* take(std::size_t bytes);
  struct Block {
    std::unique_ptr<char[]> bytes;
    std::size_t size = 0;
  };
  std::vector<Block> blocks_{};
  std::size_t block_ = 0;  // that is being filled
  std::size_t at_ = 0;     // in it
  std::size_t used_ = 0;
};

struct MachineLimits {
  std::uint64_t steps = 20'000'000;           ///< of one evaluation
  std::uint64_t tape_steps = 2'000'000'000;   ///< of all since begin()
  std::size_t items = std::size_t{1} << 24U;  ///< at one time
  std::size_t arena_bytes = std::size_t{256} << 20U;
};

/// A value, or why there is none.
template <typename T>
struct Outcome {
  T value{};
  std::optional<Fault> fault{};
};

class Machine {
 public:
  /// `program` outlives the machine; so does `around`.
  Machine(const Program& program, const Surroundings& around, MachineLimits limits = {});

  /// Everything from here on is about `tape`, which must not change until the next begin().
  void begin(const xml::Tape& tape);
  /// A new context: values of variables of rules and texts made since the last one are gone.
  void forget();

  /// How a variable gets its value: when it is first asked for.
  enum class Scope : std::uint8_t { Tape, Context };
  void bind(std::uint32_t slot, InstId value, Scope scope);

  /// The effective boolean value. `node` is context and current().
  [[nodiscard]] Outcome<bool> test(InstId expression, xml::TapeId node);
  /// string-join of the value's items with one space between. The view lives until forget().
  [[nodiscard]] Outcome<std::string_view> text(InstId expression, xml::TapeId node);
  /// The items; nodes stay nodes. The view lives until the next call.
  [[nodiscard]] Outcome<std::span<const Item>> value(InstId expression, xml::TapeId node);
  [[nodiscard]] Outcome<bool> matches(const MatchPattern& pattern, xml::TapeId node);

  /// Since begin().
  [[nodiscard]] std::uint64_t steps() const noexcept { return all_steps_ + steps_; }
  [[nodiscard]] const xml::Tape& tape() const noexcept { return *tape_; }

 private:
  struct Focus {
    Item item{};
    bool has_item = false;
    std::uint32_t position = 0;
    std::uint32_t size = 0;
  };
  struct Slot {
    enum class State : std::uint8_t { Unbound, Pending, Running, Ready, Failed };
    State state = State::Unbound;
    Scope scope = Scope::Context;
    Fault fault = Fault::Undefined;
    InstId value = kNone;
    const Item* items = nullptr;
    std::size_t count = 0;
  };
  // Takes nodes one by one; false: no more is wanted.
  struct Sink {
    void* data;
    bool (*take)(void* data, xml::TapeId node);
    bool operator()(xml::TapeId node) const { return take(data, node); }
  };
  // Calls with a lambda that outlives the walk.
  template <typename F>
  static Sink sink(F& f) {
    return {&f, [](void* data, xml::TapeId node) { return (*static_cast<F*>(data))(node); }};
  }
  struct Range {
    std::size_t first = 0;
    std::size_t count = 0;
  };
  struct KeyIndex {
    bool is_built = false;
    std::vector<std::uint32_t> heads{};  // by hash: into entries; kNone
    struct Entry {
      std::string_view value;
      xml::TapeId node;
      std::uint32_t next;
    };
    std::vector<Entry> entries{};
  };

  // machine.cpp
  void step(std::uint64_t count = 1) {
    steps_ += count;
    if (steps_ > limits_.steps) throw DynamicError{Fault::Steps};
  }
  void push(const Item& item);
  void eval(InstId id);
  Range eval_range(InstId id);
  [[nodiscard]] bool eval_boolean(InstId id);
  [[nodiscard]] bool effective_boolean(std::size_t first);
  /// Atomized; false: empty. More than one item is a fault.
  bool eval_atomic(InstId id, Item& item);
  void atomize(std::size_t first);
  void eval_variable(const Inst& inst);
  void eval_list(const Inst& inst);
  void eval_for(const Inst& inst);
  [[nodiscard]] bool eval_quantified(const Inst& inst);
  void eval_range_op(const Inst& inst);
  void eval_set(const Inst& inst);
  void eval_map(const Inst& inst);
  void eval_instance(const Inst& inst);
  [[nodiscard]] bool is_instance(std::size_t first, const StaticType& type, const Inst& kinds);
  void set_slot(std::uint32_t slot, const Item& item, Item& storage);
  template <typename T, typename F>
  Outcome<T> guarded(xml::TapeId node, F&& run);

  // machine_paths.cpp
  void eval_path(const Inst& inst);
  bool walk_path(const Inst& inst, Sink sink);
  bool walk(std::span<const Step> steps, xml::TapeId node, Sink sink);
  bool walk_axis(const Step& step, xml::TapeId node, Sink sink);
  [[nodiscard]] bool is_match(const Step& step, const xml::TapeNode& node) const;
  [[nodiscard]] bool is_match(const Step& step, xml::TapeId node) const {
    return is_match(step, (*tape_)[node]);
  }
  bool passes(std::span<const Predicate> predicates, xml::TapeId node);
  void filter(const Predicate& predicate, std::size_t first);
  void gather(const Step& step, xml::TapeId node);
  void filter_candidates(const Predicate& predicate, std::size_t first);
  [[nodiscard]] bool holds_at(const Predicate& predicate, std::uint32_t position);
  void eval_filter(const Inst& inst);
  void sort_nodes(std::size_t first);
  [[nodiscard]] bool match_pattern(const MatchPattern& pattern, xml::TapeId node);
  [[nodiscard]] bool match_steps(const MatchPattern& pattern,
                                 std::uint32_t index,
                                 xml::TapeId node);
  [[nodiscard]] bool match_step(const Step& step, xml::TapeId node);
  [[nodiscard]] xml::TapeId context_node();
  void eval_key(const Inst& inst);
  void build_key(std::size_t index);

  // machine_values.cpp
  [[nodiscard]] Item atomic(const Item& item) const;
  [[nodiscard]] Item cast(const Item& item, ItemType type);
  [[nodiscard]] bool is_castable(const Item& item, ItemType type);
  [[nodiscard]] bool compare(Comparison comparison, const Item& a, const Item& b);
  [[nodiscard]] bool compare_general(Comparison comparison, const Item& a, const Item& b);
  [[nodiscard]] bool eval_general(const Inst& inst);
  void eval_value_comparison(const Inst& inst);
  void eval_identity(const Inst& inst);
  void eval_arithmetic(const Inst& inst);
  [[nodiscard]] Item arithmetic(Arithmetic operation, const Item& a, const Item& b);
  void eval_negate(const Inst& inst);
  [[nodiscard]] Item number_of(const Item& item);
  [[nodiscard]] std::string_view text_of(const Item& item);
  [[nodiscard]] bool equals(const Item& a, const Item& b);  ///< as eq; false when not comparable
  [[nodiscard]] Item converted(const Item& item, const StaticType& wanted);

  // machine_calls.cpp
  [[nodiscard]] bool call_boolean(const Inst& inst);
  void call(const Inst& inst);
  bool call_string(const Inst& inst);
  bool call_calendar(const Inst& inst);
  void call_sequence(const Inst& inst);
  void call_number(const Inst& inst);
  void call_extension(const Inst& inst);
  void call_aggregate(const Inst& inst);
  void call_distinct(const Inst& inst);
  void call_subsequence(const Inst& inst);
  [[nodiscard]] std::size_t count(InstId id);
  [[nodiscard]] bool is_nonempty(InstId id);
  [[nodiscard]] bool deep_equal(Range a, Range b);
  [[nodiscard]] bool deep_equal_nodes(xml::TapeId a, xml::TapeId b);
  void call_round(const Inst& inst);
  void name_of(const Inst& inst);
  [[nodiscard]] InstId operand(const Inst& inst, std::size_t index) const {
    return program_.operands[inst.a + index];
  }
  /// "" for the empty sequence.
  [[nodiscard]] std::string_view string_operand(const Inst& inst, std::size_t index);
  [[nodiscard]] std::string_view own_string(const Inst& inst);
  void push_text(std::string_view text);
  [[nodiscard]] const text::XPathPattern& pattern_of(const Inst& inst, std::size_t flags_at);
  void call_replace(const Inst& inst);
  void call_tokenize(const Inst& inst);
  void call_substring(const Inst& inst);
  void call_translate(const Inst& inst);
  [[nodiscard]] Item now(ItemType type);

  const Program& program_;
  const Surroundings& around_;
  MachineLimits limits_;
  const xml::Tape* tape_ = nullptr;
  std::uint64_t steps_ = 0;      // of this evaluation
  std::uint64_t all_steps_ = 0;  // of those before it, on this tape
  std::uint32_t depth_ = 0;
  Focus focus_{};
  xml::TapeId current_ = 0;
  std::vector<Item> stack_{};
  std::vector<xml::TapeId> candidates_{};  // nodes that a walk still has to look at
  std::vector<xml::TapeId> siblings_{};
  std::vector<Slot> slots_{};
  std::vector<std::uint32_t> tape_slots_{};     // bound with Scope::Tape
  std::vector<std::uint32_t> context_slots_{};  // bound with Scope::Context
  Arena tape_arena_{};
  Arena context_arena_{};
  Arena* arena_ = &context_arena_;
  std::string scratch_{};
  std::string extension_text_{};
  text::PatternScratch pattern_scratch_{};
  std::string pattern_key_{};
  std::unordered_map<std::string, std::optional<text::XPathPattern>> made_patterns_{};
  std::vector<std::uint32_t> table_{};  // of call_distinct()
  std::vector<KeyIndex> keys_{};
};

}  // namespace amparo::rules
