// SPDX-License-Identifier: Apache-2.0
// Functions that expressions can call: those of XPath 2.0 in the subset, and extension functions
// that the program brings. What each does: spec/formats/schematron.md.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "validator/rules/item.hpp"

namespace amparo::rules {

inline constexpr std::string_view kFunctionNamespace = "http://www.w3.org/2005/xpath-functions";
inline constexpr std::string_view kSchemaNamespace = "http://www.w3.org/2001/XMLSchema";
inline constexpr std::string_view kExtensionNamespace = "https://w3id.org/amparo/xpath/1";

/// Which items a value may hold (one bit for each ItemType), and how many.
struct StaticType {
  std::uint16_t types = kAnyItem;
  bool may_be_empty = true;
  bool may_be_many = true;

  static constexpr std::uint16_t kAnyItem = (1U << kItemTypeCount) - 1U;
  static constexpr std::uint16_t kAnyAtomic = kAnyItem & ~1U;
  [[nodiscard]] static constexpr std::uint16_t bit(ItemType type) noexcept {
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(type));
  }
  static constexpr std::uint16_t kNumeric = (1U << 4U) | (1U << 5U) | (1U << 6U);
  static constexpr std::uint16_t kDurations = (1U << 10U) | (1U << 11U) | (1U << 12U);
  static constexpr std::uint16_t kPoints = (1U << 7U) | (1U << 8U) | (1U << 9U);

  [[nodiscard]] bool is_nodes() const noexcept { return types == 1U; }
  [[nodiscard]] bool may_be(ItemType type) const noexcept { return (types & bit(type)) != 0; }
  /// "xs:date?", "node()*", "xs:integer or xs:decimal".
  [[nodiscard]] std::string text() const;
  friend bool operator==(const StaticType&, const StaticType&) = default;
};
/// From a short form: "s?", "N*". s string, n numeric, i integer, m decimal, d double, b boolean,
/// a any atomic, N node, I item, D date, T dateTime, t time, U duration, Y yearMonthDuration,
/// Z dayTimeDuration; nothing behind it: exactly one.
[[nodiscard]] StaticType static_type(std::string_view code);

enum class Function : std::uint8_t {
  Abs,
  AdjustDate,
  AdjustDateTime,
  AdjustTime,
  Avg,
  Boolean,
  Ceiling,
  CodepointsToString,
  Compare,
  Concat,
  Contains,
  Count,
  Current,
  CurrentDate,
  CurrentDateTime,
  CurrentTime,
  Data,
  DateTime,
  DayFromDate,
  DayFromDateTime,
  DaysFromDuration,
  DeepEqual,
  DistinctValues,
  Empty,
  EndsWith,
  ExactlyOne,
  Exists,
  False,
  Floor,
  HoursFromDateTime,
  HoursFromDuration,
  HoursFromTime,
  ImplicitTimezone,
  IndexOf,
  InsertBefore,
  Key,
  Last,
  LocalName,
  LowerCase,
  Matches,
  Max,
  Min,
  MinutesFromDateTime,
  MinutesFromDuration,
  MinutesFromTime,
  MonthFromDate,
  MonthFromDateTime,
  MonthsFromDuration,
  Name,
  NamespaceUri,
  NormalizeSpace,
  Not,
  Number,
  OneOrMore,
  Position,
  Remove,
  Replace,
  Reverse,
  Root,
  Round,
  RoundHalfToEven,
  SecondsFromDateTime,
  SecondsFromDuration,
  SecondsFromTime,
  StartsWith,
  String,
  StringJoin,
  StringLength,
  StringToCodepoints,
  Subsequence,
  Substring,
  SubstringAfter,
  SubstringBefore,
  Sum,
  TimezoneFromDate,
  TimezoneFromDateTime,
  TimezoneFromTime,
  Tokenize,
  Translate,
  True,
  Unordered,
  UpperCase,
  YearFromDate,
  YearFromDateTime,
  YearsFromDuration,
  ZeroOrOne
};

struct FunctionInfo {
  Function id;
  std::string_view name;
  /// Parameters by commas; the last one may be repeated if it ends in "...".
  std::string_view parameters;
  std::uint8_t least;  ///< arguments
  std::string_view result;
};
/// Null when there is none of this name that takes so many arguments.
[[nodiscard]] const FunctionInfo* find_function(std::string_view local, std::size_t arguments);
[[nodiscard]] const FunctionInfo& info_of(Function function);
[[nodiscard]] std::span<const FunctionInfo> all_functions();
/// The type of parameter `index`.
[[nodiscard]] StaticType parameter_type(std::string_view parameters, std::size_t index);
/// How many parameters; 0xFFFF: any number from `least` on.
[[nodiscard]] std::size_t most_parameters(std::string_view parameters);

/// What a document has to be read for: the reach of an expression, smallest first.
enum class Reach : std::uint8_t {
  Record,  ///< the record alone, and what stands in the root before it
  Batch,   ///< counts, sums and keys over the records of a batch
  Whole    ///< the whole document as one tree
};
[[nodiscard]] std::string_view name(Reach reach) noexcept;  ///< "record", "batch", "whole"

/// Tables that extension functions look things up in: registries, parameters of a country.
class Lookup {
 public:
  Lookup() = default;
  Lookup(const Lookup&) = delete;
  Lookup& operator=(const Lookup&) = delete;
  Lookup(Lookup&&) = delete;
  Lookup& operator=(Lookup&&) = delete;
  virtual ~Lookup() = default;
  /// The view lives as long as the object.
  [[nodiscard]] virtual std::optional<std::string_view> find(std::string_view table,
                                                             std::string_view key) const = 0;
};

/// What a run brings from outside: there is no other clock and no other zone.
struct Surroundings {
  std::optional<Item> now{};  ///< a Date or a DateTime: --as-of
  std::optional<std::int16_t> implicit_timezone{};
  const Lookup* lookup = nullptr;  ///< may be null
};

/// One call of an extension function. Arguments are converted to the types of its parameters.
class ExtensionCall {
 public:
  ExtensionCall(const xml::Tape& tape, const Item* context, const Surroundings& around)
      : tape_{&tape}, context_{context}, around_{&around} {}

  [[nodiscard]] const xml::Tape& tape() const noexcept { return *tape_; }
  /// Null outside of a focus.
  [[nodiscard]] const Item* context() const noexcept { return context_; }
  [[nodiscard]] const Surroundings& around() const noexcept { return *around_; }
  [[nodiscard]] std::size_t size() const noexcept { return count_; }
  [[nodiscard]] std::span<const Item> argument(std::size_t index) const noexcept {
    return arguments_[index];
  }
  /// Null when the argument is the empty sequence.
  [[nodiscard]] const Item* item(std::size_t index) const noexcept {
    return arguments_[index].empty() ? nullptr : arguments_[index].data();
  }
  /// The result; not called: the empty sequence. Texts have to live as long as the run, or be
  /// views into arguments or the tape, or come from keep().
  void give(const Item& item) { result_ = item; }
  /// The call has no value, and the rule is not decided.
  void fail(Fault fault) { fault_ = fault; }
  /// A copy of `text` that lives until the next call. No memory is taken once warm.
  [[nodiscard]] std::string_view keep(std::string_view text) {
    scratch_->assign(text);
    return *scratch_;
  }

  static constexpr std::size_t kMostArguments = 8;

 private:
  friend class Machine;
  const xml::Tape* tape_;
  const Item* context_;
  const Surroundings* around_;
  std::array<std::span<const Item>, kMostArguments> arguments_{};
  std::size_t count_ = 0;
  std::optional<Item> result_{};
  std::optional<Fault> fault_{};
  std::string* scratch_ = nullptr;
};

/// A function of the program's own. It must not keep anything of the call, and gives at most one
/// item. Safe from many threads.
struct ExtensionFunction {
  std::string uri{kExtensionNamespace};
  std::string local;
  std::string parameters;  ///< "a?,s": see static_type(); at most 8
  std::string result;      ///< "b"
  Reach reach = Reach::Record;
  std::function<void(ExtensionCall&)> run{};
};

/// Extension functions by namespace, name and number of arguments.
class FunctionLibrary {
 public:
  /// Replaces one of the same name and number of parameters.
  void add(ExtensionFunction function);
  /// Its number, or kNoName.
  [[nodiscard]] std::uint32_t find(std::string_view uri,
                                   std::string_view local,
                                   std::size_t arguments) const;
  [[nodiscard]] const ExtensionFunction& operator[](std::uint32_t id) const {
    return functions_[id];
  }
  [[nodiscard]] std::size_t size() const noexcept { return functions_.size(); }

 private:
  std::vector<ExtensionFunction> functions_{};
};

}  // namespace amparo::rules
