// SPDX-License-Identifier: Apache-2.0
// Identity constraints (XML Schema 1.0 Part 1, 3.11) over the tables of a compiled schema, while a
// document goes by. Only elements whose name ends a path of some constraint cost anything.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/finding.hpp"
#include "validator/xsd/compiled_schema.hpp"
#include "validator/xsd/key_table.hpp"
#include "xml/tokenizer.hpp"

namespace amparo::xsd {

/// For each name of the schema the paths that an element of that name may end. Made once.
class PathIndex {
 public:
  /// `field`: kNoId for a selector. `attribute`: without it on the element the entry has no effect
  /// (a NameId); kNoId: it always has.
  struct Entry {
    std::uint32_t constraint, field, path, attribute;
  };
  explicit PathIndex(const CompiledSchema& schema);

  /// Whether an element of this name, without attributes, may be selected, or be or hold a field.
  [[nodiscard]] bool concerns(std::uint32_t name) const noexcept {
    return name < plain_.size() ? plain_[name] : any_is_plain_;
  }
  [[nodiscard]] bool concerns(std::uint32_t name,
                              std::span<const xml::Attribute> attributes) const noexcept;
  [[nodiscard]] std::span<const Entry> of(std::uint32_t name) const noexcept {
    if (name >= first_.size() - 1) return {};
    return std::span{entries_}.subspan(first_[name], first_[name + 1] - first_[name]);
  }
  /// Paths that end in "*" or "p:*".
  [[nodiscard]] std::span<const Entry> of_any() const noexcept { return any_; }

 private:
  std::vector<std::uint32_t> first_{};  ///< by NameId, into entries_
  std::vector<Entry> entries_{};
  std::vector<Entry> any_{};
  std::vector<bool> plain_{};  ///< by NameId
  bool any_is_plain_ = false;
};

struct KeyProblem {
  enum class Kind : std::uint8_t {
    FieldNotOne,  ///< a field is given twice, or is no single value
    NotUnique,
    KeyMissing,
    KeyTwice,
    KeyNil,
    Dangling,
  };
  Kind kind;
  ConstraintId constraint;
  Place where;  ///< line 0: only the offset is known yet
  /// Dangling only, which is found when the scope ends: where the reference was.
  std::string path{};
  std::uint64_t record = 0;
};

class KeyChecker {
 public:
  /// What the checker asks when a reference has to be remembered.
  class Here {
   public:
    Here() = default;
    Here(const Here&) = delete;
    Here& operator=(const Here&) = delete;
    Here(Here&&) = delete;
    Here& operator=(Here&&) = delete;
    virtual ~Here() = default;
    [[nodiscard]] virtual std::string path() = 0;
    [[nodiscard]] virtual std::uint64_t record() = 0;
    [[nodiscard]] virtual Place place(std::uint64_t offset) = 0;
  };

  /// What elements inside of the root did to the constraints of the root, in their order.
  struct Journal {
    struct Entry {
      ConstraintId constraint;  ///< a key or unique, of a reference too
      KeyDigest key;
    };
    std::vector<Entry> keys{};        ///< that were new
    std::vector<Entry> references{};  ///< resolved or not
    bool is_lacking = false;          ///< something happened that is not in here
  };

  KeyChecker(const CompiledSchema& schema, const PathIndex& index, Here& here)
      : schema_{&schema}, index_{&index}, here_{&here} {}

  [[nodiscard]] bool is_active() const noexcept { return !scopes_.empty(); }
  /// Whether start() and end() have to be called for the element.
  [[nodiscard]] bool concerns(std::uint32_t name,
                              std::span<const xml::Attribute> attributes,
                              IdRange own) const noexcept {
    return own.count > 0 || (is_active() && index_->concerns(name, attributes));
  }
  /// The same for one without attributes and without constraints of its own.
  [[nodiscard]] bool concerns(std::uint32_t name) const noexcept {
    return is_active() && index_->concerns(name);
  }

  /// `open`: the open elements, the new one last. `own`: constraints of its declaration.
  void start(std::span<const xml::OpenTag> open, IdRange own);
  [[nodiscard]] bool wants_attributes() const noexcept { return !attribute_waits_.empty(); }
  /// `value`: in a form that is equal for equal values.
  void attribute(const xml::Name& name, const std::string& value);
  /// An attribute that is no field, having no type.
  void attribute_without_type(const xml::Name& name);

  /// Before end(): whether the element's own value is a field.
  [[nodiscard]] bool wants_value(std::size_t depth) const noexcept {
    return !value_waits_.empty() && value_waits_.back().depth == depth;
  }
  enum class Content : std::uint8_t { Value, Nil, NotSimple };
  /// For each element for which start() was called.
  void end(std::span<const xml::OpenTag> open, Content content, const std::string& value);

  /// Whether the root alone is open, and nothing but its tables and references is remembered.
  [[nodiscard]] bool is_between_records() const noexcept {
    return (scopes_.empty() || (scopes_.size() == 1 && scopes_[0].depth == 1)) &&
           candidates_.empty() && value_waits_.empty();
  }
  /// From now on `journal` is kept; the root's tables are empty again. REQUIRES:
  /// is_between_records()
  void start_journal(Journal& journal);
  /// Keys that somebody else has found between here and the next record, with the references there:
  /// false, and nothing has happened, when one of them would be a finding now or might become one.
  /// REQUIRES: is_between_records()
  [[nodiscard]] bool take(std::span<const Journal::Entry> keys,
                          std::span<const Journal::Entry> references);

  /// Bytes before `offset` go: places that lie there are worked out now.
  void before_release(std::uint64_t offset);

  [[nodiscard]] bool has_problems() const noexcept { return !problems_.empty(); }
  [[nodiscard]] std::vector<KeyProblem> take_problems() { return std::exchange(problems_, {}); }

 private:
  struct Reference {
    ConstraintId constraint;
    KeyDigest key;
    Place where;
    std::string path;
    std::uint64_t record;
  };
  struct Keys {
    ConstraintId constraint{};
    KeyTable table{};
  };
  struct Scope {
    std::size_t depth = 0;
    IdRange constraints{};
    std::vector<Keys> keys{};
    std::size_t used = 0;  // of keys: the rest is kept for its memory
    std::vector<Reference> references{};
  };
  struct Candidate {
    ConstraintId constraint{};
    std::size_t scope = 0;
    std::size_t depth = 0;
    std::vector<std::optional<std::string>> values{};
    Place where{};
    bool is_spoilt = false;
    std::uint64_t element = 0;       ///< elements_ when the last of its waits began
    std::size_t attribute_wait = 0;  ///< that one's place among attribute_waits_, from 1
    std::size_t value_wait = 0;      ///< the same among value_waits_
  };
  struct Wait {
    std::size_t depth, candidate, field;
    const PathStep* attribute;
    std::size_t before;  ///< of the same candidate and element, from 1; 0: none
  };

  void open_scope(std::size_t depth, IdRange own);
  void close_scope();
  void consider(const PathIndex::Entry& entry, std::span<const xml::OpenTag> open);
  void add_candidate(ConstraintId constraint,
                     std::size_t scope,
                     std::span<const xml::OpenTag> open);
  void wait_for(std::size_t candidate, std::size_t field, const PathRow& path, std::size_t depth);
  [[nodiscard]] bool leads_here(const PathRow& path,
                                std::size_t from,
                                std::span<const xml::OpenTag> open) const;
  [[nodiscard]] bool matches(const PathStep& step, const xml::Name& name) const;
  [[nodiscard]] std::span<const PathStep> child_steps(const PathRow& path) const;
  void set_value(const Wait& wait, const std::string& value, const Place& where);
  [[nodiscard]] bool has_journal(std::size_t scope) const noexcept {
    return journal_ != nullptr && scope == 0 && scopes_[0].depth == 1;
  }
  void judge(Candidate& candidate, const Place& element);
  [[nodiscard]] static KeyTable* find(Scope& scope, ConstraintId constraint);
  static KeyTable& table(Scope& scope, ConstraintId constraint);

  const CompiledSchema* schema_;
  const PathIndex* index_;
  Here* here_;
  std::vector<Scope> scopes_{};
  std::vector<Scope> spare_{};
  std::vector<Candidate> candidates_{};
  std::vector<std::vector<std::optional<std::string>>> spare_values_{};  // kept for their memory
  std::string joined_{};
  std::uint64_t elements_ = 0;  ///< for which start() was called
  std::vector<Wait> value_waits_{};
  std::vector<Wait> attribute_waits_{};
  Place element_where_{};
  Journal* journal_ = nullptr;
  std::vector<KeyProblem> problems_{};
};

}  // namespace amparo::xsd
