// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/engine_keys.hpp"

#include <algorithm>

namespace amparo::xsd {
namespace {

constexpr std::size_t kMaxSpare = 64;

// Length before text: the fields "a","bc" and "ab","c" are different keys.
void join(const std::vector<std::optional<std::string>>& values, std::string& key) {
  key.clear();
  for (const auto& value : values) {
    auto size = value->size();
    for (; size >= 128; size /= 128)
      key += static_cast<char>(size % 128 + 128);
    key += static_cast<char>(size);
    key += *value;
  }
}

bool is_complete(const std::vector<std::optional<std::string>>& values) {
  return std::all_of(values.begin(), values.end(), [](const auto& v) { return v.has_value(); });
}

// The attribute that a selected element must have for the constraint to mean anything: a field of
// it, and no field may be missing from a key sequence that counts (3.11.4). kNoId: there is none.
std::uint32_t needed_attribute(const CompiledSchema& schema, const ConstraintRow& row) {
  if (row.kind == ConstraintKind::Key) return kNoId;  // that it is missing is a finding
  for (const FieldRow& field : CompiledSchema::rows(schema.fields(), row.fields)) {
    if (field.paths.count != 1) continue;
    const PathRow& path = schema.paths()[field.paths.begin];
    const auto steps = CompiledSchema::rows(schema.path_steps(), path.steps);
    const bool is_own = path.is_anywhere == 0 && steps.size() == 1 &&
                        steps[0].axis == PathStep::Axis::Attribute &&
                        steps[0].test == PathStep::Test::Name;
    // A default would put it there after all.
    const auto all = schema.attributes();
    const bool has_default = std::any_of(all.begin(), all.end(), [&](const AttributeRow& a) {
      return is_own && static_cast<std::uint32_t>(a.name) == steps[0].id &&
             a.value_constraint != ValueConstraint::None;
    });
    if (is_own && !has_default) return steps[0].id;
  }
  return kNoId;
}

}  // namespace

bool PathIndex::concerns(std::uint32_t name,
                         std::span<const xml::Attribute> attributes) const noexcept {
  if (concerns(name)) return true;
  const auto has_effect = [&](const Entry& entry) {
    return std::any_of(attributes.begin(), attributes.end(), [&](const xml::Attribute& a) {
      return a.name->id == entry.attribute;
    });
  };
  const auto entries = of(name);
  return std::any_of(entries.begin(), entries.end(), has_effect) ||
         std::any_of(any_.begin(), any_.end(), has_effect);
}

PathIndex::PathIndex(const CompiledSchema& schema) {
  const auto names = schema.names().size();
  std::vector<std::vector<Entry>> by_name(names);
  const auto add = [&](std::uint32_t constraint, std::uint32_t field, IdRange paths) {
    for (auto p = paths.begin; p < paths.begin + paths.count; ++p) {
      const PathRow& path = schema.paths()[p];
      const PathStep* last = nullptr;
      for (const PathStep& step : CompiledSchema::rows(schema.path_steps(), path.steps)) {
        if (step.axis == PathStep::Axis::Child) last = &step;
      }
      const auto needed =
          field == kNoId ? needed_attribute(schema, schema.constraints()[constraint]) : kNoId;
      const Entry entry{constraint, field, p, needed};
      if (last == nullptr) {
        // "." and "@a" are looked at where the scope or candidate begins, ".//." everywhere.
        if (path.is_anywhere != 0) any_.push_back(entry);
      } else if (last->test == PathStep::Test::Name) {
        if (last->id < names) by_name[last->id].push_back(entry);
      } else {
        any_.push_back(entry);
      }
    }
  };
  for (std::uint32_t c = 0; c < schema.constraints().size(); ++c) {
    const ConstraintRow& row = schema.constraints()[c];
    add(c, kNoId, row.selector);
    for (std::uint32_t f = 0; f < row.fields.count; ++f)
      add(c, f, schema.fields()[row.fields.begin + f].paths);
  }
  const auto is_plain = [](const Entry& entry) { return entry.attribute == kNoId; };
  any_is_plain_ = std::any_of(any_.begin(), any_.end(), is_plain);
  for (const auto& entries : by_name) {
    plain_.push_back(any_is_plain_ || std::any_of(entries.begin(), entries.end(), is_plain));
    first_.push_back(static_cast<std::uint32_t>(entries_.size()));
    entries_.insert(entries_.end(), entries.begin(), entries.end());
  }
  first_.push_back(static_cast<std::uint32_t>(entries_.size()));
}

bool KeyChecker::matches(const PathStep& step, const xml::Name& name) const {
  switch (step.test) {
    case PathStep::Test::Any:
      return true;
    case PathStep::Test::AnyOfNamespace:
      return name.space->id == step.id;
    case PathStep::Test::Name:
      return name.id == step.id;
  }
  return false;
}

std::span<const PathStep> KeyChecker::child_steps(const PathRow& path) const {
  auto steps = CompiledSchema::rows(schema_->path_steps(), path.steps);
  if (!steps.empty() && steps.back().axis == PathStep::Axis::Attribute) {
    steps = steps.first(steps.size() - 1);
  }
  return steps;
}

// Whether the innermost open element is at the end of the path that begins at depth `from`.
bool KeyChecker::leads_here(const PathRow& path,
                            std::size_t from,
                            std::span<const xml::OpenTag> open) const {
  const auto steps = child_steps(path);
  const auto distance = open.size() - from;
  if (path.is_anywhere != 0 ? steps.size() > distance : steps.size() != distance) return false;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!matches(steps[steps.size() - 1 - i], *open[open.size() - 1 - i].name)) return false;
  }
  return true;
}

KeyTable* KeyChecker::find(Scope& scope, ConstraintId constraint) {
  for (std::size_t i = 0; i < scope.used; ++i) {
    if (scope.keys[i].constraint == constraint) return &scope.keys[i].table;
  }
  return nullptr;
}

KeyTable& KeyChecker::table(Scope& scope, ConstraintId constraint) {
  if (KeyTable* known = find(scope, constraint)) return *known;
  if (scope.used == scope.keys.size()) scope.keys.emplace_back();
  Keys& keys = scope.keys[scope.used++];
  keys.constraint = constraint;
  keys.table.clear();
  return keys.table;
}

void KeyChecker::open_scope(std::size_t depth, IdRange own) {
  if (spare_.empty()) {
    scopes_.emplace_back();
  } else {
    scopes_.push_back(std::move(spare_.back()));
    spare_.pop_back();
  }
  Scope& scope = scopes_.back();
  scope.depth = depth;
  scope.constraints = own;
  scope.used = 0;
  scope.references.clear();
}

void KeyChecker::start(std::span<const xml::OpenTag> open, IdRange own) {
  const auto depth = open.size();
  const auto first_new = candidates_.size();
  attribute_waits_.clear();
  ++elements_;
  element_where_ = open.back().place;
  element_where_.offset = open.back().tag;
  if (own.count > 0) open_scope(depth, own);
  const auto entries = index_->of(open.back().name->id);
  // Selectors first: a field may be the selected element itself.
  for (const bool selectors : {true, false}) {
    for (const auto& entry : entries) {
      if ((entry.field == kNoId) == selectors) consider(entry, open);
    }
    for (const auto& entry : index_->of_any()) {
      if ((entry.field == kNoId) == selectors) consider(entry, open);
    }
    if (!selectors) break;
    // "." as a selector is the element of the constraint.
    for (std::uint32_t c = own.begin; c < own.begin + own.count; ++c) {
      const ConstraintRow& row = schema_->constraints()[c];
      for (const PathRow& path : CompiledSchema::rows(schema_->paths(), row.selector)) {
        if (path.steps.count == 0 && path.is_anywhere == 0) {
          add_candidate(static_cast<ConstraintId>(c), scopes_.size() - 1, open);
        }
      }
    }
  }
  // "." and "@a" as fields are the candidate and its attribute.
  for (auto i = first_new; i < candidates_.size(); ++i) {
    const ConstraintRow& row = (*schema_)[candidates_[i].constraint];
    for (std::uint32_t f = 0; f < row.fields.count; ++f) {
      const auto& field = schema_->fields()[row.fields.begin + f];
      for (const PathRow& path : CompiledSchema::rows(schema_->paths(), field.paths)) {
        if (child_steps(path).empty() && path.is_anywhere == 0) wait_for(i, f, path, depth);
      }
    }
  }
}

void KeyChecker::consider(const PathIndex::Entry& entry, std::span<const xml::OpenTag> open) {
  const auto constraint = static_cast<ConstraintId>(entry.constraint);
  const PathRow& path = schema_->paths()[entry.path];
  if (entry.field == kNoId) {
    for (std::size_t s = 0; s < scopes_.size(); ++s) {
      const IdRange& range = scopes_[s].constraints;
      const bool is_here =
          entry.constraint >= range.begin && entry.constraint < range.begin + range.count;
      if (is_here && leads_here(path, scopes_[s].depth, open)) add_candidate(constraint, s, open);
    }
    return;
  }
  for (std::size_t c = 0; c < candidates_.size(); ++c) {
    if (candidates_[c].constraint == constraint && leads_here(path, candidates_[c].depth, open)) {
      wait_for(c, entry.field, path, open.size());
    }
  }
}

void KeyChecker::add_candidate(ConstraintId constraint,
                               std::size_t scope,
                               std::span<const xml::OpenTag> open) {
  // Two alternatives may select the same element: it is one candidate.
  for (auto each = candidates_.rbegin(); each != candidates_.rend(); ++each) {
    if (each->depth != open.size()) break;
    if (each->constraint == constraint && each->scope == scope) return;
  }
  Candidate& candidate =
      candidates_.emplace_back(Candidate{constraint, scope, open.size(), {}, element_where_});
  if (!spare_values_.empty()) {
    candidate.values = std::move(spare_values_.back());
    spare_values_.pop_back();
    candidate.values.clear();
  }
  candidate.values.resize((*schema_)[constraint].fields.count);
}

void KeyChecker::wait_for(std::size_t candidate,
                          std::size_t field,
                          const PathRow& path,
                          std::size_t depth) {
  const auto steps = CompiledSchema::rows(schema_->path_steps(), path.steps);
  const bool is_attribute = !steps.empty() && steps.back().axis == PathStep::Axis::Attribute;
  const PathStep* const attribute = is_attribute ? &steps.back() : nullptr;
  auto& waits = is_attribute ? attribute_waits_ : value_waits_;
  // Two alternatives may lead to the same place. Only waits of this candidate are looked at: at the
  // same element there may be one for each element that is open.
  Candidate& own = candidates_[candidate];
  if (own.element != elements_) {
    own.element = elements_;
    own.attribute_wait = own.value_wait = 0;
  }
  auto& last = is_attribute ? own.attribute_wait : own.value_wait;
  for (auto i = last; i > 0; i = waits[i - 1].before) {
    if (waits[i - 1].field == field && waits[i - 1].attribute == attribute) return;
  }
  waits.push_back({depth, candidate, field, attribute, last});
  last = waits.size();
}

void KeyChecker::attribute(const xml::Name& name, const std::string& value) {
  for (const Wait& wait : attribute_waits_) {
    if (matches(*wait.attribute, name)) set_value(wait, value, element_where_);
  }
}

void KeyChecker::attribute_without_type(const xml::Name& name) {
  for (const Wait& wait : attribute_waits_) {
    if (!matches(*wait.attribute, name)) continue;
    Candidate& found = candidates_[wait.candidate];
    if (!found.is_spoilt) {
      problems_.push_back({KeyProblem::Kind::FieldNotOne, found.constraint, element_where_});
    }
    found.is_spoilt = true;
  }
}

void KeyChecker::set_value(const Wait& wait, const std::string& value, const Place& where) {
  Candidate& found = candidates_[wait.candidate];
  auto& slot = found.values[wait.field];
  if (slot) {
    if (!found.is_spoilt) {
      problems_.push_back({KeyProblem::Kind::FieldNotOne, found.constraint, where});
    }
    found.is_spoilt = true;
    return;
  }
  slot = value;
  found.where = where;
}

void KeyChecker::end(std::span<const xml::OpenTag> open,
                     Content content,
                     const std::string& value) {
  const auto depth = open.size();
  Place where = open.back().place;
  where.offset = open.back().tag;
  while (wants_value(depth)) {
    const Wait wait = value_waits_.back();
    value_waits_.pop_back();
    Candidate& candidate = candidates_[wait.candidate];
    if (content == Content::Value) {
      set_value(wait, value, where);
    } else if (content == Content::NotSimple) {
      problems_.push_back({KeyProblem::Kind::FieldNotOne, candidate.constraint, where});
      candidate.is_spoilt = true;
    } else if ((*schema_)[candidate.constraint].kind == ConstraintKind::Key) {
      problems_.push_back({KeyProblem::Kind::KeyNil, candidate.constraint, where});
      candidate.is_spoilt = true;
    }
  }
  // Candidates lie in the order in which their elements began: those that end now are last.
  auto first = candidates_.size();
  while (first > 0 && candidates_[first - 1].depth == depth)
    --first;
  for (auto i = first; i < candidates_.size(); ++i) {
    judge(candidates_[i], where);
    if (spare_values_.size() < kMaxSpare) {
      spare_values_.push_back(std::move(candidates_[i].values));
    }
  }
  candidates_.resize(first);
  if (!scopes_.empty() && scopes_.back().depth == depth) close_scope();
}

void KeyChecker::judge(Candidate& candidate, const Place& element) {
  if (candidate.is_spoilt) return;
  const ConstraintRow& row = (*schema_)[candidate.constraint];
  if (!is_complete(candidate.values)) {
    if (row.kind == ConstraintKind::Key) {
      problems_.push_back({KeyProblem::Kind::KeyMissing, candidate.constraint, element});
    }
    return;
  }
  Scope& scope = scopes_[candidate.scope];
  join(candidate.values, joined_);
  const auto key = digest_of_key(joined_);
  if (row.kind != ConstraintKind::Keyref) {
    const bool is_new = table(scope, candidate.constraint).insert(key);
    if (is_new && has_journal(candidate.scope)) {
      journal_->keys.push_back({candidate.constraint, key});
    }
    if (is_new) return;
    const bool is_key = row.kind == ConstraintKind::Key;
    problems_.push_back({is_key ? KeyProblem::Kind::KeyTwice : KeyProblem::Kind::NotUnique,
                         candidate.constraint,
                         candidate.where});
    return;
  }
  if (has_journal(candidate.scope)) {
    journal_->references.push_back({row.refers_to, key});
  }
  const KeyTable* keys = find(scope, row.refers_to);
  if (keys != nullptr && keys->contains(key)) return;
  scope.references.push_back(
      {candidate.constraint, key, candidate.where, here_->path(), here_->record()});
}

void KeyChecker::close_scope() {
  Scope& scope = scopes_.back();
  for (Reference& reference : scope.references) {
    const auto refers_to = (*schema_)[reference.constraint].refers_to;
    const KeyTable* keys = find(scope, refers_to);
    if (keys != nullptr && keys->contains(reference.key)) continue;
    problems_.push_back({KeyProblem::Kind::Dangling,
                         reference.constraint,
                         reference.where,
                         std::move(reference.path),
                         reference.record});
  }
  // Part 1, 3.11.5: references further out may point to keys of scopes inside.
  for (std::size_t s = 0; s + 1 < scopes_.size(); ++s) {
    Scope& outer = scopes_[s];
    for (std::uint32_t c = outer.constraints.begin;
         c < outer.constraints.begin + outer.constraints.count;
         ++c) {
      const ConstraintRow& row = schema_->constraints()[c];
      if (row.kind != ConstraintKind::Keyref) continue;
      const KeyTable* keys = find(scope, row.refers_to);
      if (keys == nullptr) continue;
      table(outer, row.refers_to).merge(*keys);
      if (has_journal(s)) journal_->is_lacking = true;
    }
  }
  scope.references.clear();
  spare_.push_back(std::move(scopes_.back()));
  scopes_.pop_back();
}

void KeyChecker::start_journal(Journal& journal) {
  journal_ = &journal;
  journal = {};
  if (scopes_.empty()) return;
  scopes_[0].used = 0;
  scopes_[0].references.clear();
}

bool KeyChecker::take(std::span<const Journal::Entry> keys,
                      std::span<const Journal::Entry> references) {
  if (keys.empty() && references.empty()) return true;
  if (scopes_.empty()) return false;
  Scope& root = scopes_[0];
  const auto is_here = [&](const Journal::Entry& entry) {
    const KeyTable* known = find(root, entry.constraint);
    return known != nullptr && known->contains(entry.key);
  };
  if (std::any_of(keys.begin(), keys.end(), is_here)) return false;
  if (!references.empty()) {
    std::vector<Keys> own;
    const auto table_of = [&](ConstraintId constraint) -> KeyTable& {
      for (Keys& each : own) {
        if (each.constraint == constraint) return each.table;
      }
      return own.emplace_back(Keys{constraint, {}}).table;
    };
    for (const auto& entry : keys)
      table_of(entry.constraint).insert(entry.key);
    const bool all_known =
        std::all_of(references.begin(), references.end(), [&](const Journal::Entry& entry) {
          return is_here(entry) || table_of(entry.constraint).contains(entry.key);
        });
    if (!all_known) return false;
  }
  for (const auto& entry : keys)
    table(root, entry.constraint).insert(entry.key);
  return true;
}

void KeyChecker::before_release(std::uint64_t offset) {
  const auto settle = [&](Place& where) {
    if (where.line == 0 && where.offset < offset) where = here_->place(where.offset);
  };
  for (Candidate& candidate : candidates_)
    settle(candidate.where);
  for (Scope& scope : scopes_) {
    // Those that have been settled come first. The others in their order: that is how places are
    // cheap to find.
    const auto is_open = [](const Reference& each) { return each.where.line == 0; };
    auto first = scope.references.end();
    while (first != scope.references.begin() && is_open(*std::prev(first)))
      --first;
    for (auto each = first; each != scope.references.end(); ++each)
      settle(each->where);
  }
  for (KeyProblem& problem : problems_)
    settle(problem.where);
}

}  // namespace amparo::xsd
