// SPDX-License-Identifier: Apache-2.0
// One document through the compiled engine: a frame for each open element, one step of its parent's
// content model for each child, values checked where they stand. Private to the engine_*.cpp files:
//   engine_run.cpp       the tokens, elements from start to end
//   engine_content.cpp   content models, and how to go on after a wrong element
//   engine_values.cpp    attributes, xsi:type, xsi:nil, values, ID and IDREF, listeners
//   engine_findings.cpp  findings
//   engine_segments.cpp  parts of the document that others read, or that are read for others
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/finding.hpp"
#include "validator/xsd/engine.hpp"
#include "validator/xsd/engine_keys.hpp"
#include "validator/xsd/engine_tables.hpp"
#include "validator/xsd/segments.hpp"
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
  bool is_type_refused = false;      ///< its xsi:type has been told to be wrong
  bool is_wanted = false;            ///< the listener wants its value
  bool concerns_keys = false;
  bool is_predictable = false;     ///< an automaton, and nothing unusual
  bool may_be_remembered = false;  ///< it came by a plain step from `from`
  bool has_uncounted = false;      ///< more names of children than are counted
  bool is_quick = false;           ///< at its end only its content model has to be looked at
  /// A child in this state was passed over: it may have stood for the one that is missing.
  bool has_passed_over = false;
  NameId missing = NameId::None;  ///< told to be missing; it may have changed places
  ElementId element = ElementId::None;
  TypeRef type = TypeRef::None;
  TypeId simple{};  ///< Value
  StateId state{};  ///< of an automaton
  const ContentModelRow* model = nullptr;
  std::uint32_t counters = 0;  ///< first in counters_: of an automaton, or the bits of an all-group
  std::uint32_t runs = 0;      ///< first of its children in runs_
  std::uint32_t unknown_runs = 0;     ///< first of unknown_runs_
  StateId from{};                     ///< state of its parent before it
  std::uint64_t found_before = 0;     ///< findings, when it began
  std::uint64_t listened_before = 0;  ///< what listeners were told, its attributes included
  std::uint64_t checked_before = 0;
  Place content_place{};  ///< where its value begins, when that may leave the window
};

inline constexpr std::size_t kGlanceBytes = 32;

/// What telling a listener came to, as often as it comes again: `listened` and `checked` of
/// RunResult and ValueListener.
struct Told {
  static constexpr std::uint64_t kMost = 15;
  std::uint8_t listened : 4 = 0;
  std::uint8_t checked : 4 = 0;
};

/// A start tag that was good in a state of a content model, and what it came to: one cache line.
struct alignas(64) KnownTag {
  enum class Kind : std::uint8_t {
    None,
    Parent,  ///< elements follow
    Value,   ///< a value of `target` follows, and that is all
    Told,    ///< the same, and a listener wants to see it
    Empty    ///< nothing follows: "<a/>"
  };
  std::array<char, kGlanceBytes> bytes{};  ///< what stands between '<' and '>', or its beginning
  std::uint32_t name = 0;                  ///< its NameId
  std::uint32_t serial = 0;                ///< of the namespaces in force
  StateId state{};
  CounterOpsId ops = CounterOpsId::None;  ///< of the step from `state` to `next`
  StateId next{};
  TypeRef type = TypeRef::None;
  std::uint32_t target = 0;  ///< Parent: its ElementId. Value, Told: the TypeId
  Kind kind = Kind::None;
  std::uint8_t size = 0;  ///< between '<' and '>'
  std::uint8_t name_size = 0;
  Told told{};  ///< its attributes
};
static_assert(sizeof(KnownTag) == 64);

/// What is not looked at for each element that a KnownTag is for.
struct KnownTagRest {
  std::array<char, kGlanceBytes> bytes{};  ///< of a tag that is longer than KnownTag::bytes
  const xml::Name* name = nullptr;
};

/// A short value, as it stood in the document, that was good in its type.
struct alignas(64) KnownValue {
  std::array<char, kGlanceBytes> bytes{};
  TypeRef type = TypeRef::None;
  std::uint8_t size = 0;
  Told told{};
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

  /// run() leaves out what the crew has read. Before run().
  void share_work(SegmentCrew& crew) { crew_ = &crew; }
  /// Instead of run(): reads a document that ends behind the start tag of its root; false when it
  /// does not.
  bool open_root();
  /// Any number of times after open_root(): the source goes on with a part of the document, and
  /// these are the records without findings in it. False: no more after this one.
  bool read_segment(StateId state, const SegmentReader::Part& part, std::vector<Piece>& pieces);

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

  // Siblings of one name in a row.
  struct SiblingRun {
    std::uint32_t id;    // of the name; kUnknownId: see unknown_runs_
    std::uint32_t text;  // its place there
    std::uint64_t count;
  };

  // engine_run.cpp
  void start();
  void text();
  void end();
  void begin_record();
  [[nodiscard]] const TransitionRow* only_step(StateId from, const xml::Name& name) const;
  void count_child(const xml::Name& name);
  void add_run(std::uint32_t id);
  void join_runs();
  [[nodiscard]] bool is_same_name(const SiblingRun& one, const SiblingRun& other) const;
  [[nodiscard]] std::uint64_t number_of(std::size_t frame) const;
  void set_type(OpenElement& frame, TypeRef type);
  void check_text(OpenElement& frame, std::string_view piece);
  void report_nil_content(OpenElement& frame);
  void check_fixed_text(OpenElement& frame);
  [[nodiscard]] OpenElement& top() noexcept { return frames_.back(); }
  [[nodiscard]] OpenElement& parent() noexcept { return frames_[frames_.size() - 2]; }

  // engine_ahead.cpp
  void run_ahead();
  void run_ahead_portable();
  void run_ahead_avx2();
  void enter(const KnownTag& known);
  [[nodiscard]] bool take(OpenElement& parent, StateId next, CounterOpsId ops);
  void learn_tag(const OpenElement& frame, bool is_empty_tag);
  void learn_value(const OpenElement& frame);
  void learn_value(TypeRef type, std::string_view value, Told told);
  [[nodiscard]] std::optional<Told> told_since(std::uint64_t listened, std::uint64_t checked) const;
  [[nodiscard]] bool is_portable(TypeId type);
  [[nodiscard]] KnownValue* pair_of(TypeRef type, const char* value, std::size_t size);
  [[nodiscard]] std::size_t pair_of(StateId state, const char* tag, std::size_t size) const;

  // engine_content.cpp
  [[nodiscard]] Child child_of(OpenElement& parent, const xml::Name& name);
  [[nodiscard]] Child root(const xml::Name& name);
  [[nodiscard]] Child step_automaton(OpenElement& parent, const xml::Name& name);
  [[nodiscard]] Child step_all(OpenElement& parent, const xml::Name& name);
  [[nodiscard]] Child by_wildcard(const WildcardRow& wildcard, const xml::Name& name);
  [[nodiscard]] bool take(OpenElement& parent, const TransitionRow& transition);
  [[nodiscard]] bool guards_hold(const OpenElement& frame, CounterOpsId ops) const;
  [[nodiscard]] Child recover(OpenElement& parent, const xml::Name& name);
  struct Behind {
    const TransitionRow* missing = nullptr;
    const TransitionRow* found = nullptr;
  };
  [[nodiscard]] Behind step_behind(const OpenElement& parent, const xml::Name& name) const;
  [[nodiscard]] ElementId declared_in(const ContentModelRow& model, NameId name) const;
  void check_complete(OpenElement& frame);
  [[nodiscard]] bool is_complete(const OpenElement& frame) const;
  void report_unexpected(OpenElement& parent, const xml::Name& name);
  struct Expected {
    std::vector<std::string> names{};
    std::size_t more = 0;
  };
  [[nodiscard]] std::vector<NameId> names_expected(const OpenElement& frame) const;
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
  [[nodiscard]] bool is_identifier(TypeId type) const;
  void check_wild_identifiers(std::span<const AttributeRow> uses);
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
  [[nodiscard]] bool is_skipped(const ComplexTypeRow* type, const xml::Name& name) const;
  void start_keys(OpenElement& frame);
  void end_keys(OpenElement& frame, std::string_view text);

  // engine_segments.cpp
  struct Checkpoint;
  void meet_crew();
  [[nodiscard]] bool is_between_records();
  [[nodiscard]] bool absorb(const Piece& piece);
  [[nodiscard]] Checkpoint checkpoint(std::uint64_t offset);
  [[nodiscard]] bool is_clean(const Checkpoint& since) const;
  bool add_piece(const Place& origin,
                 const Checkpoint& from,
                 const Checkpoint& to,
                 std::vector<Piece>& pieces);

  // engine_findings.cpp
  [[nodiscard]] bool keeps(std::string_view rule) const;
  void add(Finding finding);
  void add_at(Finding finding);
  void complete_findings();
  void flush();
  void report_keys();
  void report_problem(const xml::Problem& problem);
  void report_identifiers();
  [[nodiscard]] std::string shown(std::string_view qualified);
  [[nodiscard]] std::string shown_in(std::string_view told);
  void show_names(Params& params);
  [[nodiscard]] std::string path_of(std::size_t depth);
  [[nodiscard]] Place place_at(std::uint64_t offset);
  [[nodiscard]] std::uint64_t bytes_at_stop();
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
  struct UnknownName {
    const xml::Namespace* space;
    std::string local;
  };
  std::vector<SiblingRun> runs_{};
  std::vector<UnknownName> unknown_runs_{};
  std::string text_{};     // of the open element with simple content
  std::string scratch_{};  // a normalised value
  std::string key_{};
  std::string other_key_{};
  std::string list_version_{};
  std::vector<bool> seen_{};            // attribute uses of the element
  std::uint32_t wild_identifiers_ = 0;  // attributes of type ID that came by its wildcard

  std::size_t record_depth_ = 0;    // of the record we are in; 0 for none
  std::vector<Finding> pending_{};  // of the record we are in
  std::size_t completed_ = 0;       // of pending_: those that have their excerpt
  std::map<std::string, std::string, std::less<>> shown_{};  // of names that are not the schema's
  Place after_root_{};                                       // where the root element has ended
  std::uint64_t found_ = 0;                                  // findings so far
  bool is_fast_ = false;  // the machine has what run_ahead_avx2() needs
  // In pairs of those that fall into one place, the younger one first.
  std::vector<KnownTag> known_tags_{};
  std::vector<KnownTagRest> known_tag_rests_{};
  std::vector<KnownValue> known_values_{};
  std::vector<std::uint8_t> portable_{};       // by TypeId: 0 not asked, 1 no, 2 yes
  std::vector<std::uint8_t> wanted_simple_{};  // 0 not asked, 1 no, 2 yes
  std::vector<std::uint8_t> wanted_complex_{};
  KeyTable identifiers_{};
  KeyTable references_{};  // to identifiers that had not come then
  SegmentCrew* crew_ = nullptr;
  std::string record_tag_{};  // "<am:Case", as the first record begins
  KeyChecker::Journal journal_{};
};

}  // namespace amparo::xsd
