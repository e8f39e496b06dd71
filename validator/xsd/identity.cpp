// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/identity.hpp"

#include <algorithm>
#include <cstring>

#include "digest/sha256.hpp"

namespace amparo::xsd {
namespace {

using Kind = IdentityConstraint::Kind;

// Length before text: the fields "a","bc" and "ab","c" are different keys.
std::string join(const std::vector<std::optional<std::string>>& values) {
  std::string key;
  for (const auto& value : values)
    key += std::to_string(value->size()) + ':' + *value;
  return key;
}

bool is_complete(const std::vector<std::optional<std::string>>& values) {
  return std::all_of(values.begin(), values.end(), [](const auto& v) { return v.has_value(); });
}

}  // namespace

IdentityChecker::KeySet::Digest IdentityChecker::KeySet::digest_of(const std::string& key) {
  const auto sha = digest::sha256(key);
  Digest digest{};
  std::memcpy(digest.data(), sha.data(), sizeof digest);
  return digest;
}

bool IdentityChecker::KeySet::insert(const std::string& key) {
  return has_digests_ ? digests_.insert(digest_of(key)).second : keys_.insert(key).second;
}

bool IdentityChecker::KeySet::contains(const std::string& key) const {
  return has_digests_ ? digests_.contains(digest_of(key)) : keys_.contains(key);
}

void IdentityChecker::KeySet::merge(const KeySet& other) {
  for (const std::string& key : other.keys_)
    insert(key);
}

void IdentityChecker::reset() {
  levels_.clear();
  scopes_.clear();
  candidates_.clear();
  problems_.clear();
  wants_attributes_ = false;
}

void IdentityChecker::start(const NumberedName& name,
                            const IdentityConstraints* own,
                            const Place& where) {
  wants_attributes_ = false;
  if (levels_.empty() && own == nullptr) return;
  levels_.push_back({name, where});
  if (own != nullptr) {
    Scope scope{.depth = levels_.size(), .constraints = own};
    for (const IdentityConstraint& constraint : *own) {
      if (constraint.kind == Kind::Reference) continue;
      // The outermost scope lasts as long as the document and may hold a key for each record.
      if (scopes_.empty()) scope.keys[constraint.id].keep_digests();
    }
    scopes_.push_back(std::move(scope));
  }
  select();
  find_fields();
}

bool IdentityChecker::leads_here(const IdentityPath& path, std::size_t from_depth) const {
  const auto distance = levels_.size() - from_depth;
  const auto& steps = path.steps;
  if (path.is_anywhere ? steps.size() > distance : steps.size() != distance) return false;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!steps[steps.size() - 1 - i].matches(levels_[levels_.size() - 1 - i].name)) return false;
  }
  return true;
}

void IdentityChecker::select() {
  for (std::size_t s = 0; s < scopes_.size(); ++s) {
    for (const IdentityConstraint& constraint : *scopes_[s].constraints) {
      const bool is_selected = std::any_of(
          constraint.selector.begin(), constraint.selector.end(), [&](const IdentityPath& path) {
            return leads_here(path, scopes_[s].depth);
          });
      if (!is_selected) continue;
      Candidate candidate{&constraint, s, levels_.size(), {}, levels_.back().where};
      candidate.values.resize(constraint.fields.size());
      candidates_.push_back(std::move(candidate));
    }
  }
}

void IdentityChecker::find_fields() {
  for (std::size_t c = 0; c < candidates_.size(); ++c) {
    const Candidate& candidate = candidates_[c];
    const auto& fields = candidate.constraint->fields;
    for (std::size_t f = 0; f < fields.size(); ++f) {
      for (const IdentityPath& path : fields[f]) {
        if (!leads_here(path, candidate.depth)) continue;
        if (path.attribute) {
          wants_attributes_ = true;
        } else {
          levels_.back().waiting.emplace_back(c, f);
        }
      }
    }
  }
}

void IdentityChecker::attribute(const NumberedName& name, const std::string& value) {
  for (std::size_t c = 0; c < candidates_.size(); ++c) {
    const auto& fields = candidates_[c].constraint->fields;
    for (std::size_t f = 0; f < fields.size(); ++f) {
      for (const IdentityPath& path : fields[f]) {
        if (path.attribute && path.attribute->matches(name) &&
            leads_here(path, candidates_[c].depth)) {
          set_value(c, f, value);
        }
      }
    }
  }
}

void IdentityChecker::set_value(std::size_t candidate,
                                std::size_t field,
                                const std::string& value) {
  Candidate& found = candidates_[candidate];
  if (found.values[field]) {
    if (!found.is_spoilt) {
      problem(IdentityProblem::Kind::FieldNotOne, *found.constraint, levels_.back().where);
    }
    found.is_spoilt = true;
    return;
  }
  found.values[field] = value;
  found.where = levels_.back().where;
}

void IdentityChecker::end(Content content, const std::string& value) {
  if (levels_.empty()) return;
  for (const auto& [index, field] : levels_.back().waiting) {
    Candidate& candidate = candidates_[index];
    if (content == Content::Value) {
      set_value(index, field, value);
    } else if (content == Content::NotSimple) {
      problem(IdentityProblem::Kind::FieldNotOne, *candidate.constraint, levels_.back().where);
      candidate.is_spoilt = true;
    } else if (candidate.constraint->kind == Kind::Key) {
      problem(IdentityProblem::Kind::KeyNil, *candidate.constraint, levels_.back().where);
      candidate.is_spoilt = true;
    }
  }
  // Candidates lie in the order in which their elements began: those that end now are last.
  const auto first = std::find_if(candidates_.begin(), candidates_.end(), [&](const Candidate& c) {
    return c.depth == levels_.size();
  });
  for (auto each = first; each != candidates_.end(); ++each)
    judge(*each);
  candidates_.erase(first, candidates_.end());
  if (!scopes_.empty() && scopes_.back().depth == levels_.size()) close_scope();
  levels_.pop_back();
}

void IdentityChecker::judge(Candidate& candidate) {
  if (candidate.is_spoilt) return;
  const IdentityConstraint& constraint = *candidate.constraint;
  if (!is_complete(candidate.values)) {
    if (constraint.kind == Kind::Key) {
      problem(IdentityProblem::Kind::KeyMissing, constraint, levels_.back().where);
    }
    return;
  }
  Scope& scope = scopes_[candidate.scope];
  auto key = join(candidate.values);
  if (constraint.kind != Kind::Reference) {
    if (scope.keys[constraint.id].insert(key)) return;
    const bool is_key = constraint.kind == Kind::Key;
    const auto kind = is_key ? IdentityProblem::Kind::KeyTwice : IdentityProblem::Kind::NotUnique;
    return problem(kind, constraint, candidate.where);
  }
  const auto keys = scope.keys.find(constraint.refers_to);
  if (keys != scope.keys.end() && keys->second.contains(key)) return;
  scope.references.push_back(
      {&constraint, std::move(key), candidate.where, here_.path(), here_.record()});
}

void IdentityChecker::close_scope() {
  Scope scope = std::move(scopes_.back());
  scopes_.pop_back();
  for (Reference& reference : scope.references) {
    const auto keys = scope.keys.find(reference.constraint->refers_to);
    if (keys != scope.keys.end() && keys->second.contains(reference.key)) continue;
    problems_.push_back({IdentityProblem::Kind::Dangling,
                         reference.constraint,
                         reference.where,
                         std::move(reference.path),
                         reference.record});
  }
  // Part 1, 3.11.5: references further out may point to keys of scopes inside.
  for (Scope& outer : scopes_) {
    for (const IdentityConstraint& constraint : *outer.constraints) {
      const auto keys = scope.keys.find(constraint.refers_to);
      if (constraint.kind != Kind::Reference || keys == scope.keys.end()) continue;
      outer.keys[constraint.refers_to].merge(keys->second);
    }
  }
}

void IdentityChecker::problem(IdentityProblem::Kind kind,
                              const IdentityConstraint& constraint,
                              const Place& where) {
  problems_.push_back({kind, &constraint, where});
}

}  // namespace amparo::xsd
