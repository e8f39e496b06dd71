// SPDX-License-Identifier: Apache-2.0
// Keys, unique values and references of XML Schema 1.0 (Part 1, 3.11), checked while a document
// goes by. Memory: the open elements, the keys of open scopes, and 16 bytes (plus a table's
// overhead) for each key whose scope is the whole document. Knows no parser: an engine tells it
// what it sees.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/finding.hpp"

namespace amparo::xsd {

/// A name as the engine numbers it: equal numbers, equal names.
struct NumberedName {
  std::uint32_t space = 0;
  std::uint32_t local = 0;

  friend bool operator==(const NumberedName&, const NumberedName&) = default;
};

struct NameTest {
  enum class Kind : std::uint8_t { Any, AnyOfSpace, Name };
  Kind kind = Kind::Any;
  NumberedName name{};

  [[nodiscard]] bool matches(const NumberedName& other) const noexcept {
    return kind == Kind::Any ||
           (name.space == other.space && (kind == Kind::AnyOfSpace || name.local == other.local));
  }
};

/// One alternative of a selector or field: "a/b", ".//a", "a/@b", ".".
struct IdentityPath {
  bool is_anywhere = false;  ///< begins with ".//"
  std::vector<NameTest> steps{};
  std::optional<NameTest> attribute{};
};

struct IdentityConstraint {
  enum class Kind : std::uint8_t { Unique, Key, Reference };
  Kind kind = Kind::Unique;
  std::string name{};
  std::vector<IdentityPath> selector{};
  std::vector<std::vector<IdentityPath>> fields{};
  const void* id = nullptr;         ///< what a reference to it holds in `refers_to`
  const void* refers_to = nullptr;  ///< Reference only
};

/// All constraints of one element declaration. Must stay where it is while a checker runs.
using IdentityConstraints = std::vector<IdentityConstraint>;

struct IdentityProblem {
  enum class Kind : std::uint8_t {
    FieldNotOne,  ///< a field is given twice, or is no single value
    NotUnique,
    KeyMissing,
    KeyTwice,
    KeyNil,
    Dangling,
  };
  Kind kind;
  const IdentityConstraint* constraint;
  Place where;
  /// Dangling only, which is found when the scope ends: where the reference was.
  std::string path{};
  std::uint64_t record = 0;
};

class IdentityChecker {
 public:
  /// How to name the place that the document is at.
  struct Here {
    std::function<std::string()> path;
    std::function<std::uint64_t()> record;
  };

  explicit IdentityChecker(Here here) : here_{std::move(here)} {}

  void reset();
  /// False as long as no open element has constraints: then start() and end() need not be called
  /// for elements that have none.
  [[nodiscard]] bool is_active() const noexcept { return !levels_.empty(); }

  /// `own`: constraints of its declaration, or null.
  void start(const NumberedName& name, const IdentityConstraints* own, const Place& where);
  /// After start(): whether a field may be an attribute of the element.
  [[nodiscard]] bool wants_attributes() const noexcept { return wants_attributes_; }
  void attribute(const NumberedName& name, const std::string& value);

  /// Before end(): whether the element's own value is a field.
  [[nodiscard]] bool wants_value() const noexcept {
    return !levels_.empty() && !levels_.back().waiting.empty();
  }
  enum class Content : std::uint8_t { Value, Nil, NotSimple };
  /// `value`: in a form that is equal for equal values. Looked at only if wants_value().
  void end(Content content, const std::string& value);

  /// Found since the last call.
  [[nodiscard]] std::vector<IdentityProblem> take_problems() {
    return std::exchange(problems_, {});
  }
  [[nodiscard]] bool has_problems() const noexcept { return !problems_.empty(); }

 private:
  // Keys of one constraint in one scope. A tree, not a hash table: its keys are chosen by others.
  class KeySet {
   public:
    void keep_digests() { has_digests_ = true; }
    bool insert(const std::string& key);
    [[nodiscard]] bool contains(const std::string& key) const;
    void merge(const KeySet& other);

   private:
    using Digest = std::array<std::uint64_t, 2>;
    struct DigestHash {
      std::size_t operator()(const Digest& d) const noexcept { return d[0]; }
    };
    static Digest digest_of(const std::string& key);

    bool has_digests_ = false;
    std::set<std::string> keys_{};
    std::unordered_set<Digest, DigestHash> digests_{};
  };

  struct Reference {
    const IdentityConstraint* constraint;
    std::string key;
    Place where;
    std::string path;
    std::uint64_t record;
  };

  struct Scope {
    std::size_t depth = 0;  // of its element, from 1
    const IdentityConstraints* constraints = nullptr;
    std::map<const void*, KeySet> keys{};  // by constraint id; those of ended scopes inside too
    std::vector<Reference> references{};
  };

  // An element that a selector has found; it is judged when it ends.
  struct Candidate {
    const IdentityConstraint* constraint;
    std::size_t scope;
    std::size_t depth;
    std::vector<std::optional<std::string>> values;
    Place where;
    bool is_spoilt = false;  // said already what is wrong with it
  };

  struct Level {
    NumberedName name{};
    Place where{};
    std::vector<std::pair<std::size_t, std::size_t>> waiting{};  // candidate, field
  };

  [[nodiscard]] bool leads_here(const IdentityPath& path, std::size_t from_depth) const;
  void select();
  void find_fields();
  void set_value(std::size_t candidate, std::size_t field, const std::string& value);
  void judge(Candidate& candidate);
  void close_scope();
  void problem(IdentityProblem::Kind kind,
               const IdentityConstraint& constraint,
               const Place& where);

  Here here_;
  std::vector<Level> levels_{};
  std::vector<Scope> scopes_{};
  std::vector<Candidate> candidates_{};
  bool wants_attributes_ = false;
  std::vector<IdentityProblem> problems_{};
};

}  // namespace amparo::xsd
