// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/glushkov.hpp"

#include <algorithm>
#include <utility>

namespace amparo::xsd {
namespace {

using Kind = Particle::Kind;

// A particle is written out when that makes at most so many positions more; else it is counted.
constexpr std::uint64_t kMostWrittenOut = 16;
// Bounds on what grows faster than the states: references to sets, and entries of sets.
constexpr std::size_t kWorkPerState = 64;
constexpr std::size_t kMaxCounters = 0xFFFF;

}  // namespace

Glushkov::Glushkov(Counting counting, std::uint32_t max_states)
    : counting_{counting},
      max_positions_{max_states},
      max_work_{std::size_t{max_states} * kWorkPerState} {
  intern({});
}

void Glushkov::build(const Particle& root) {
  Part part = build_particle(root);
  for (const Entry& end : part.last)
    positions_[end.position].ends.push_back(end.ops);
  is_nullable_ = part.is_nullable;
  if (!part.first.empty()) start_set_ = add_set(std::move(part.first));
}

OpListId Glushkov::joined(OpListId a, OpListId b) {
  if (a == 0 || b == 0) return a + b;
  OpList list = op_lists_[a];
  list.insert(list.end(), op_lists_[b].begin(), op_lists_[b].end());
  return intern(std::move(list));
}

void Glushkov::work(std::size_t amount) {
  work_ += amount;
  if (work_ > max_work_) throw ModelTooLarge{};
}

OpListId Glushkov::intern(OpList list) {
  const auto [at, is_new] = op_ids_.emplace(std::move(list), op_lists_.size());
  if (is_new) op_lists_.push_back(at->first);
  return static_cast<OpListId>(at->second);
}

OpListId Glushkov::one(CounterOp::Kind kind, std::uint16_t counter) {
  return intern({CounterOp{.kind = kind, .is_last = 0, .counter = counter}});
}

std::uint32_t Glushkov::add_set(std::vector<Entry> set) {
  work(set.size() + 1);
  const auto [at, is_new] =
      set_ids_.emplace(std::move(set), static_cast<std::uint32_t>(sets_.size()));
  if (is_new) sets_.push_back(&at->first);
  return at->second;
}

void Glushkov::connect(const std::vector<Entry>& from,
                       const std::vector<Entry>& to,
                       OpListId between) {
  if (from.empty() || to.empty()) return;
  const auto set = add_set(to);
  work(from.size());
  for (const Entry& exit : from) {
    const FollowRef ref{set, joined(exit.ops, between)};
    auto& follow = positions_[exit.position].follow;
    if (std::find(follow.begin(), follow.end(), ref) == follow.end()) follow.push_back(ref);
  }
}

Glushkov::Part Glushkov::build_particle(const Particle& particle) {
  if (particle.max == 0) return {};
  if (particle.min > particle.max) return {.is_nullable = false, .first = {}, .last = {}};
  if (particle.min == 1 && particle.max == 1) return build_term(particle);
  const bool is_unbounded = particle.max == Particle::kUnbounded;
  if (!is_unbounded || particle.min > 1) {
    const std::uint64_t copies = is_unbounded ? particle.min : particle.max;
    const auto size = size_of(particle);
    if (size == 0) {  // nothing is still nothing, however often
      Part part = build_term(particle);
      part.is_nullable = part.is_nullable || particle.min == 0;
      return part;
    }
    if ((copies - 1) * size > kMostWrittenOut && is_counted(particle, copies)) {
      return build_counted(particle);
    }
    if (copies > max_positions_ / size) throw ModelTooLarge{};
  }
  return build_copies(particle);
}

std::uint64_t Glushkov::size_of(const Particle& particle) {
  if (particle.kind == Kind::Element || particle.kind == Kind::Wildcard) return 1;
  std::uint64_t size = 0;
  for (const Particle& child : particle.children)
    size += size_of(child);
  return size;
}

bool Glushkov::is_counted(const Particle& particle, std::uint64_t copies) const {
  if (counting_ == Counting::Large) return true;
  const bool is_leaf = particle.kind == Kind::Element || particle.kind == Kind::Wildcard;
  return counting_ == Counting::Fixed && is_leaf && particle.min == copies;
}

// Where groups are written out, the copies of one particle share a counter: as its number of times
// is fixed, all copies that may be meant at one place have come equally far. A state in which they
// have not has two steps with different ops by one symbol, and that is refused.
std::uint16_t Glushkov::counter_of(const Particle& particle) {
  if (counters_.size() >= kMaxCounters) throw ModelTooLarge{};
  const auto next = static_cast<std::uint16_t>(counters_.size());
  if (counting_ == Counting::Fixed) {
    const auto [at, is_new] = fixed_counters_.emplace(&particle, next);
    if (!is_new) return at->second;
  }
  counters_.push_back({{.min = particle.min, .max = particle.max}, false});
  return next;
}

Glushkov::Part Glushkov::build_counted(const Particle& particle) {
  const auto counter = counter_of(particle);
  Part part = build_term(particle);
  // Occurrences that are empty can always make up for those that are missing.
  counters_[counter].has_nullable_body = part.is_nullable;
  if (part.is_nullable) counters_[counter].row.min = 0;
  OpList again;
  if (particle.max != Particle::kUnbounded) {
    again.push_back({CounterOp::Kind::BelowMax, 0, counter});
  }
  again.push_back({CounterOp::Kind::Increment, 0, counter});
  connect(part.last, part.first, intern(std::move(again)));
  for (Entry& entry : part.first)
    entry.ops = joined(one(CounterOp::Kind::SetOne, counter), entry.ops);
  if (counters_[counter].row.min > 1) {
    const auto guard = one(CounterOp::Kind::AtLeastMin, counter);
    for (Entry& exit : part.last)
      exit.ops = joined(exit.ops, guard);
  }
  part.is_nullable = part.is_nullable || particle.min == 0;
  return part;
}

Glushkov::Part Glushkov::build_copies(const Particle& particle) {
  const bool is_unbounded = particle.max == Particle::kUnbounded;
  const auto copies = is_unbounded ? std::max(particle.min, 1U) : particle.max;
  Part whole;
  std::vector<Entry> before;
  for (std::uint32_t i = 1; i <= copies; ++i) {
    Part copy = build_term(particle);
    if (i == 1) {
      whole.first = copy.first;
      whole.is_nullable = copy.is_nullable || particle.min == 0;
    }
    connect(before, copy.first, 0);
    if (is_unbounded && i == copies) connect(copy.last, copy.first, 0);
    if (i >= particle.min || copy.is_nullable) {
      whole.last.insert(whole.last.end(), copy.last.begin(), copy.last.end());
    }
    before = std::move(copy.last);
  }
  return whole;
}

Glushkov::Part Glushkov::build_term(const Particle& particle) {
  switch (particle.kind) {
    case Kind::Element:
    case Kind::Wildcard: {
      if (positions_.size() >= max_positions_) throw ModelTooLarge{};
      const auto position = static_cast<std::uint32_t>(positions_.size());
      positions_.push_back({.leaf = &particle});
      return {.is_nullable = false, .first = {{position, 0}}, .last = {{position, 0}}};
    }
    case Kind::Choice:
      return build_choice(particle);
    case Kind::Sequence:
    case Kind::All:  // refused before
      return build_sequence(particle);
  }
  return {};
}

Glushkov::Part Glushkov::build_choice(const Particle& particle) {
  Part whole{.is_nullable = false, .first = {}, .last = {}};
  for (const Particle& child : particle.children) {
    Part part = build_particle(child);
    whole.is_nullable = whole.is_nullable || part.is_nullable;
    whole.first.insert(whole.first.end(), part.first.begin(), part.first.end());
    whole.last.insert(whole.last.end(), part.last.begin(), part.last.end());
  }
  return whole;
}

Glushkov::Part Glushkov::build_sequence(const Particle& particle) {
  std::vector<Part> parts;
  parts.reserve(particle.children.size());
  for (const Particle& child : particle.children)
    parts.push_back(build_particle(child));
  Part whole;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (std::size_t next = i + 1; next < parts.size(); ++next) {
      connect(parts[i].last, parts[next].first, 0);
      if (!parts[next].is_nullable) break;
    }
    if (whole.is_nullable) {
      whole.first.insert(whole.first.end(), parts[i].first.begin(), parts[i].first.end());
      whole.is_nullable = parts[i].is_nullable;
    }
  }
  for (std::size_t i = parts.size(); i-- > 0;) {
    whole.last.insert(whole.last.end(), parts[i].last.begin(), parts[i].last.end());
    if (!parts[i].is_nullable) break;
  }
  return whole;
}

}  // namespace amparo::xsd
