// SPDX-License-Identifier: Apache-2.0
#include "text/detail/pattern_program.hpp"

namespace amparo::text {

namespace {

constexpr std::uint32_t kUnbounded = PatternStep::kUnbounded;

// Nodes are written from the last to the first: each is told where it goes on.
class Writer {
 public:
  Writer(const PatternTree& tree, Repetitions repetitions, std::uint32_t most_steps)
      : tree_{tree}, repetitions_{repetitions}, most_steps_{most_steps} {
    // Children come before their parents.
    for (const PatternNode& node : tree.nodes)
      is_nullable_.push_back(nullable(node));
  }

  std::optional<PatternProgram> write(std::uint32_t root) {
    const std::uint32_t accept = add({});
    program_.entry = write(root, accept);
    if (is_full_) return std::nullopt;
    return std::move(program_);
  }

 private:
  [[nodiscard]] bool nullable(const PatternNode& node) const {
    bool all = true;
    bool any = false;
    for (const std::uint32_t child : node.children) {
      all = all && is_nullable_[child];
      any = any || is_nullable_[child];
    }
    switch (node.kind) {
      case PatternNode::Kind::Set:
        return false;
      case PatternNode::Kind::Sequence:
        return all;
      case PatternNode::Kind::Choice:
        return any;
      case PatternNode::Kind::Repeat:
        return any || node.min == 0;
    }
    return false;
  }

  std::uint32_t add(PatternStep step) {
    if (program_.steps.size() >= most_steps_) is_full_ = true;
    if (is_full_) return 0;
    program_.steps.push_back(step);
    return static_cast<std::uint32_t>(program_.steps.size() - 1);
  }

  std::uint32_t split(std::uint32_t next, std::uint32_t other) {
    return add({PatternStep::Kind::Split, 0, next, other, 0, 0});
  }

  std::uint32_t write(std::uint32_t index, std::uint32_t next) {
    if (is_full_) return 0;
    const PatternNode& node = tree_.nodes[index];
    switch (node.kind) {
      case PatternNode::Kind::Set:
        return add({PatternStep::Kind::Set, node.set, next, 0, 0, 0});
      case PatternNode::Kind::Sequence:
        for (std::size_t i = node.children.size(); i-- > 0;)
          next = write(node.children[i], next);
        return next;
      case PatternNode::Kind::Choice:
        return write_choice(node, next);
      case PatternNode::Kind::Repeat:
        return write_repeat(node, next);
    }
    return next;
  }

  std::uint32_t write_choice(const PatternNode& node, std::uint32_t next) {
    std::uint32_t entry = write(node.children.back(), next);
    for (std::size_t i = node.children.size() - 1; i-- > 0;) {
      const std::uint32_t alternative = write(node.children[i], next);
      entry = split(alternative, entry);
    }
    return entry;
  }

  // x*, entered at the loop; x+, entered at x.
  std::uint32_t write_loop(std::uint32_t child, std::uint32_t next, bool at_least_once) {
    const std::uint32_t loop = split(0, next);
    const std::uint32_t body = write(child, loop);
    if (is_full_) return 0;
    program_.steps[loop].next = body;
    return at_least_once ? body : loop;
  }

  std::uint32_t write_repeat(const PatternNode& node, std::uint32_t next) {
    const std::uint32_t child = node.children.front();
    // The empty text can stand for any number of times.
    const std::uint32_t min = is_nullable_[child] ? 0 : node.min;
    if (repetitions_ == Repetitions::Counted && !(node.max == kUnbounded && min <= 1)) {
      std::vector<std::uint32_t> sets;
      if (fixed_sequence(child, sets) && !sets.empty())
        return write_count(sets, min, node.max, next);
    }
    if (node.max == kUnbounded) {
      std::uint32_t entry = write_loop(child, next, min > 0);
      for (std::uint32_t i = 1; i < min && !is_full_; ++i)
        entry = write(child, entry);
      return entry;
    }
    // (x(x(x)?)?)?: each exit goes straight to the end.
    std::uint32_t entry = next;
    for (std::uint32_t i = min; i < node.max && !is_full_; ++i) {
      const std::uint32_t body = write(child, entry);
      entry = split(body, next);
    }
    for (std::uint32_t i = 0; i < min && !is_full_; ++i)
      entry = write(child, entry);
    return entry;
  }

  std::uint32_t write_count(const std::vector<std::uint32_t>& sets,
                            std::uint32_t min,
                            std::uint32_t max,
                            std::uint32_t next) {
    const auto first = static_cast<std::uint32_t>(program_.sequence.size());
    program_.sequence.insert(program_.sequence.end(), sets.begin(), sets.end());
    const std::uint32_t count = add({PatternStep::Kind::Count,
                                     first,
                                     next,
                                     static_cast<std::uint32_t>(sets.size()),
                                     min == 0 ? 1 : min,
                                     max});
    return min == 0 ? split(count, next) : count;
  }

  // Whether `index` matches one character of each of `sets`, in turn, and nothing else.
  bool fixed_sequence(std::uint32_t index, std::vector<std::uint32_t>& sets) const {
    constexpr std::size_t kLongest = 64;
    // Each node must bring a character, or repetitions of nothing would be walked through here.
    if (is_nullable_[index]) return false;
    const PatternNode& node = tree_.nodes[index];
    switch (node.kind) {
      case PatternNode::Kind::Set:
        sets.push_back(node.set);
        return sets.size() <= kLongest;
      case PatternNode::Kind::Sequence:
        for (const std::uint32_t child : node.children)
          if (!fixed_sequence(child, sets)) return false;
        return true;
      case PatternNode::Kind::Choice:
        return false;
      case PatternNode::Kind::Repeat:
        if (node.min != node.max || node.min > kLongest) return false;
        for (std::uint32_t i = 0; i < node.min; ++i)
          if (!fixed_sequence(node.children.front(), sets)) return false;
        return true;
    }
    return false;
  }

  const PatternTree& tree_;
  Repetitions repetitions_;
  std::uint32_t most_steps_;
  std::vector<bool> is_nullable_;
  PatternProgram program_;
  bool is_full_ = false;
};

}  // namespace

std::optional<PatternProgram> write_program(const PatternTree& tree,
                                            std::uint32_t root,
                                            Repetitions repetitions,
                                            std::uint32_t most_steps) {
  return Writer(tree, repetitions, most_steps).write(root);
}

}  // namespace amparo::text
