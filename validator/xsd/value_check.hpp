// SPDX-License-Identifier: Apache-2.0
// Whether a text is a value of a simple type: Datatype Valid of XML Schema 1.0 Part 2, 4.1.4, on
// the tables of simple_types.hpp. What is wrong is said in words by value_problem.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "validator/xsd/simple_types.hpp"

namespace amparo::xsd {

/// The compiled patterns of a schema. Const is safe from many threads.
class PatternMatcher {
 public:
  PatternMatcher() = default;
  PatternMatcher(const PatternMatcher&) = default;
  PatternMatcher& operator=(const PatternMatcher&) = default;
  PatternMatcher(PatternMatcher&&) = default;
  PatternMatcher& operator=(PatternMatcher&&) = default;
  virtual ~PatternMatcher() = default;
  /// Whether one of the alternatives of `pattern` matches all of `text`.
  [[nodiscard]] virtual bool matches(PatternId pattern, std::string_view text) const = 0;
};

/// The namespaces in scope where a value stands.
class NamespaceResolver {
 public:
  NamespaceResolver() = default;
  NamespaceResolver(const NamespaceResolver&) = default;
  NamespaceResolver& operator=(const NamespaceResolver&) = default;
  NamespaceResolver(NamespaceResolver&&) = default;
  NamespaceResolver& operator=(NamespaceResolver&&) = default;
  virtual ~NamespaceResolver() = default;
  /// The namespace that `prefix` stands for; nothing when it is not bound. The empty prefix is
  /// always bound, to the default namespace or to none ("").
  [[nodiscard]] virtual std::optional<std::string_view> resolve(std::string_view prefix) const = 0;
};

/// What a check needs besides the tables, and where it works. One for each thread; keep it, and
/// checks do not allocate.
struct ValueContext {
  /// Null: every text matches every pattern.
  const PatternMatcher* patterns = nullptr;
  /// Null: only QNames without a prefix are values.
  const NamespaceResolver* namespaces = nullptr;
  /// Whether entity names are taken on trust, as in the facets of a schema. Documents here have no
  /// DTD, hence no entities: cvc-simple-type.2 lets none of their names through.
  bool has_entities = false;

  std::string scratch{};
  std::string key{};
  std::string composite_key{};
};

/// The constraint of Part 2 that a text breaks.
enum class Constraint : std::uint8_t {
  None,
  Lexical,  ///< cvc-datatype-valid.1.2.1
  Members,  ///< cvc-datatype-valid.1.2.3
  Pattern,
  Enumeration,
  Length,
  MinLength,
  MaxLength,
  MaxInclusive,
  MaxExclusive,
  MinInclusive,
  MinExclusive,
  TotalDigits,
  FractionDigits
};

struct Verdict {
  Constraint broken = Constraint::None;
  /// Valid: the type of the value, which for a union is the member that took it. Else the type
  /// whose constraint is broken, which may be that of a list's items.
  TypeId type{};
  std::uint64_t length = 0;  ///< Length, MinLength, MaxLength: what was counted
  PatternId pattern{};       ///< Pattern
  std::uint32_t item = 0;    ///< number of the list's item that is wrong, from 1; 0: the whole

  [[nodiscard]] bool is_valid() const noexcept { return broken == Constraint::None; }
  friend bool operator==(const Verdict&, const Verdict&) = default;
};

/// `text`: as in the document, white space not yet normalised. Time is linear in the text, times
/// the types of a union. REQUIRES: `type` is in `tables`
[[nodiscard]] Verdict check(const SimpleTypeTables& tables,
                            TypeId type,
                            std::string_view text,
                            ValueContext& context);

}  // namespace amparo::xsd
