// SPDX-License-Identifier: Apache-2.0
// One document through the compiled engine: a frame for each open element, one step of its parent's
// content model for each child, values checked where they stand. Private to the engine_*.cpp files:
//   engine_run.cpp       the tokens, elements from start to end
//   engine_content.cpp   content models, and how to go on after a wrong element
//   engine_values.cpp    attributes, xsi:type, xsi:nil, values, ID and IDREF, listeners
//   engine_findings.cpp  findings
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/finding.hpp"
#include "validator/xsd/engine.hpp"
#include "validator/xsd/engine_keys.hpp"
#include "validator/xsd/engine_tables.hpp"
#include "validator/xsd/value_check.hpp"
#include "xml/tokenizer.hpp"

namespace amparo::xsd {

/// How an open element is held against the schema.
struct OpenElement {
  enum class Kind : std::uint8_t {
    Skipped,   ///< not at all: a wildcard says so, or nothing is known of it
    Value,     ///< simple content
    Empty,     ///< no content
    Elements,  ///< elements alone
    Mixed      ///< elements and text
  };
  Kind kind = Kind::Skipped;
  bool is_nil = false;
  bool has_content = false;          ///< a character or an element
  bool has_value_finding = false;    ///< its value has been told to be wrong
  bool has_content_finding = false;  ///< so has its content: what follows from it is not told
  bool lacks_attribute = false;      ///< one that is required
  bool is_wanted = false;            ///< the listener wants its value
  bool concerns_keys = false;
  bool is_predictable = false;     ///< an automaton, and nothing unusual
  bool may_be_remembered = false;  ///< it came by a plain step from `from`
  /// A child in this state was passed over: it may have stood for the one that is missing.
  bool has_passed_over = false;
  ElementId element = ElementId::None;
  TypeRef type = TypeRef::None;
  TypeId simple{};  ///< Value
  StateId state{};  ///< of an automaton
  const ContentModelRow* model = nullptr;
  std::uint32_t counters = 0;  ///< first in counters_: of an automaton, or the bits of an all-group
  std::uint32_t runs = 0;      ///< first of its children in runs_
  std::uint64_t number = 1;    ///< among its siblings of the same name; 0: not counted
  StateId from{};              ///< state of its parent before it
  std::uint64_t found_before = 0;  ///< findings, when it began; and what listeners were told
  std::uint64_t listened_before = 0;
  std::uint64_t checked_before = 0;
  Place content_place{};  ///< where its value begins, when that may leave the window
};

inline constexpr std::size_t kPredictedBytes = 32;
inline constexpr std::size_t kRememberedBytes = 100;
inline constexpr unsigned kRememberedBits = 12;

/// What came last time in a state of a content model: one cache line. Two for each state.
struct alignas(64) Prediction {
  enum class Kind : std::uint8_t {
    Other,   ///< nothing to take without a closer look
    Parent,  ///< elements inside, no attribute required
    Leaf,    ///< a value that has to be of its type, and that is all
    Told     ///< a value that a listener wants to see
  };
  std::array<char, kPredictedBytes> bytes{};  ///< its name as written
  const xml::Name* name = nullptr;
  std::uint32_t serial = 0xFFFFFFFFU;  ///< of the namespaces in force
  StateId next{};
  ElementId element = ElementId::None;
  TypeId simple{};
  std::uint8_t size = 0;
  Kind kind = Kind::Other;
};

/// A whole element without children that was good in `state`.
struct alignas(64) Remembered {
  std::uint32_t size = 0;
  std::uint32_t serial = 0;
  StateId state{};
  std::uint32_t listened = 0;
  std::uint32_t checked = 0;
  std::array<char, kRememberedBytes> bytes{};
};

class EngineRun final : private KeyChecker::Here, private NamespaceResolver {
 public:
  EngineRun(const EngineTables& tables,
            Source& source,
            const xml::Tokenizer::Options& gate,
            const RunOptions& options,
            ValueListener* listener,
            FindingSink& findings);

  Result<RunResult> run();

 private:
  // Where findings of listeners go, to be completed when the listener is back.
  class Collected final : public FindingSink {
   public:
    void add(Finding finding) override { findings.push_back(std::move(finding)); }
    std::vector<Finding> findings{};
  };
  // What a name in a content model comes to.
  struct Child {
    ElementId element = ElementId::None;
    bool is_assessed = false;  // false: nothing is known of it, or nobody wants to know
    bool is_lax = false;       // no declaration, and none is asked for
  };

  // engine_run.cpp
  void start();
  void text();
  void end();
  void begin_record();
  std::uint64_t count_child(const xml::Name& name);
  void set_type(OpenElement& frame, TypeRef type);
  void check_text(OpenElement& frame, std::string_view piece);
  void report_nil_content(OpenElement& frame);
  void check_fixed_text(OpenElement& frame);
  [[nodiscard]] OpenElement& top() noexcept { return frames_.back(); }
  [[nodiscard]] OpenElement& parent() noexcept { return frames_[frames_.size() - 2]; }

  // engine_ahead.cpp
  void run_ahead_portable();
  void run_ahead_avx2();
  void predict(const OpenElement& parent, StateId from, ElementId element);
  void enter(const Prediction& hint);
  void remember(const OpenElement& frame);
  [[nodiscard]] static std::size_t slot_of(StateId state,
                                           std::uint32_t serial,
                                           const char* tag,
                                           std::size_t size) noexcept;

  // engine_content.cpp
  [[nodiscard]] Child child_of(OpenElement& parent, const xml::Name& name);
  [[nodiscard]] Child root(const xml::Name& name);
  [[nodiscard]] Child step_automaton(OpenElement& parent, const xml::Name& name);
  [[nodiscard]] Child step_all(OpenElement& parent, const xml::Name& name);
  [[nodiscard]] Child by_wildcard(const WildcardRow& wildcard, const xml::Name& name);
  [[nodiscard]] bool take(OpenElement& parent, const TransitionRow& transition);
  [[nodiscard]] bool guards_hold(const OpenElement& frame, CounterOpsId ops) const;
  [[nodiscard]] Child recover(OpenElement& parent, const xml::Name& name);
  [[nodiscard]] const TransitionRow* step_behind(const OpenElement& parent,
                                                 const xml::Name& name) const;
  [[nodiscard]] ElementId declared_in(const ContentModelRow& model, NameId name) const;
  void check_complete(OpenElement& frame);
  [[nodiscard]] bool is_complete(const OpenElement& frame) const;
  void report_unexpected(OpenElement& parent, const xml::Name& name);
  struct Expected {
    std::vector<std::string> names{};
    std::size_t more = 0;
  };
  [[nodiscard]] Expected expected_in(const OpenElement& frame, const xml::Name& parent) const;
  static void note_expected(Finding& finding, Expected expected);

  // engine_values.cpp
  void check_attributes(OpenElement& frame);
  void find_type(OpenElement& frame, bool is_lax);
  void read_xsi_type(OpenElement& frame, const xml::Attribute& attribute);
  void read_xsi_nil(OpenElement& frame, const xml::Attribute& attribute);
  void check_attribute(OpenElement& frame, const xml::Attribute& attribute);
  void check_attribute_value(OpenElement& frame,
                             const xml::Attribute& attribute,
                             const AttributeRow& declared);
  void report_extra_attribute(const OpenElement& frame, const xml::Attribute& attribute);
  void check_value(OpenElement& frame, std::string_view text);
  [[nodiscard]] bool equals_fixed(TypeId type, std::string_view text, std::string_view fixed);
  void note_identifier(TypeId type, std::string_view text, const xml::Attribute* attribute);
  void report_value(const Verdict& verdict, std::string_view text, const xml::Attribute* attribute);
  void listen(std::string_view type,
              std::string_view text,
              std::string_view attribute,
              const Place& where);
  [[nodiscard]] bool wants(TypeRef type);
  [[nodiscard]] std::string_view declared_name(TypeRef type) const;
  void start_keys(OpenElement& frame);
  void end_keys(OpenElement& frame, std::string_view text);

  // engine_findings.cpp
  [[nodiscard]] bool keeps(std::string_view rule) const;
  void add(Finding finding);
  void add_at(Finding finding);
  void complete_findings();
  void flush();
  void report_keys();
  void report_problem(const xml::Problem& problem);
  void report_identifiers();
  [[nodiscard]] std::string path_of(std::size_t depth) const;
  [[nodiscard]] Place place_at(std::uint64_t offset);
  [[nodiscard]] Place tag_place();
  [[nodiscard]] Place content_place();
  [[nodiscard]] Place attribute_place(const xml::Attribute& attribute);
  [[nodiscard]] static std::string tagged(std::string_view name);
  [[nodiscard]] std::string element_name() { return tagged(tokenizer_.top().name->local()); }

  // KeyChecker::Here, NamespaceResolver
  [[nodiscard]] std::string path() override { return path_of(frames_.size()); }
  [[nodiscard]] std::uint64_t record() override { return record_depth_ > 0 ? result_.records : 0; }
  [[nodiscard]] Place place(std::uint64_t offset) override { return place_at(offset); }
  [[nodiscard]] std::optional<std::string_view> resolve(std::string_view prefix) const override;

  const EngineTables& tables_;
  const CompiledSchema& schema_;
  const RunOptions& options_;
  ValueListener* listener_;
  FindingSink& findings_;
  xml::Tokenizer tokenizer_;
  ValueContext values_{};
  KeyChecker keys_;
  RunResult result_{};

  std::vector<OpenElement> frames_{};
  std::vector<std::uint64_t> counters_{};
  struct SiblingRun {
    std::uint32_t id;
    const xml::Namespace* space;
    std::string local;  // only of a name that has no id
    std::uint64_t count;
  };
  std::vector<SiblingRun> runs_{};
  std::string text_{};     // of the open element with simple content
  std::string scratch_{};  // a normalised value
  std::string key_{};
  std::string other_key_{};
  std::string list_version_{};
  std::vector<bool> seen_{};  // attribute uses of the element

  std::size_t record_depth_ = 0;    // of the record we are in; 0 for none
  std::vector<Finding> pending_{};  // of the record we are in
  std::size_t completed_ = 0;       // of pending_: those that have their excerpt
  Place after_root_{};              // where the root element has ended
  std::uint64_t found_ = 0;         // findings so far
  bool is_fast_ = false;            // the machine has what run_ahead_avx2() needs
  std::vector<Prediction> predictions_{};
  std::vector<Remembered> remembered_{};
  std::vector<std::uint8_t> wanted_simple_{};  // 0 not asked, 1 no, 2 yes
  std::vector<std::uint8_t> wanted_complex_{};
  KeyTable identifiers_{};
  KeyTable references_{};  // to identifiers that had not come then
};

}  // namespace amparo::xsd
