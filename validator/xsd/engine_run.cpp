// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/engine_run.hpp"

#include <algorithm>

namespace amparo::xsd {
namespace {

// Bounds for hostile documents; no schema worth the name comes near them.
constexpr std::size_t kMaxCounted = 64;
constexpr std::size_t kMaxRuns = 4 * kMaxCounted;
// A value longer than this may leave the window before it ends.
constexpr std::size_t kLongValue = 4096;

}  // namespace

EngineRun::EngineRun(const EngineTables& tables,
                     Source& source,
                     const xml::Tokenizer::Options& gate,
                     const RunOptions& options,
                     ValueListener* listener,
                     FindingSink& findings)
    : tables_{tables},
      schema_{tables.schema},
      options_{options},
      listener_{listener},
      findings_{findings},
      tokenizer_{source, &tables.names, gate},
      keys_{tables.schema, tables.paths, *this},
      is_fast_{gate.path == xml::ScanPath::Best && xml::has_avx2()} {
  values_.patterns = &tables_.patterns;
  values_.namespaces = this;
  tokenizer_.on_release([this](std::uint64_t offset) { keys_.before_release(offset); });
}

void EngineRun::run_ahead() {
  if (frames_.empty() || !frames_.back().is_predictable) return;
  if (is_fast_) {
    run_ahead_avx2();
  } else {
    run_ahead_portable();
  }
}

Result<RunResult> EngineRun::run() {
  for (;;) {
    run_ahead();
    if (completed_ < pending_.size()) complete_findings();
    if (crew_ != nullptr) meet_crew();
    const auto token = tokenizer_.next();
    switch (token) {
      case xml::Token::Start:
        start();
        break;
      case xml::Token::Text:
        text();
        break;
      case xml::Token::End:
        end();
        break;
      case xml::Token::Finished:
        result_.reached_end = true;
        report_identifiers();
        flush();
        result_.bytes = tokenizer_.bytes_read();
        return result_;
      case xml::Token::Stopped:
        if (const auto& problem = tokenizer_.problem()) report_problem(*problem);
        if (!tokenizer_.failure()) flush();
        if (tokenizer_.failure()) return Fail{*tokenizer_.failure()};
        result_.bytes = bytes_at_stop();
        return result_;
    }
    if (completed_ < pending_.size()) complete_findings();
  }
}

// Of a document that breaks off: as much as there is up to the end of the chunk of the default
// size. So it depends neither on the window nor on who reads.
std::uint64_t EngineRun::bytes_at_stop() {
  xml::Window& window = tokenizer_.window();
  if (!tokenizer_.problem() || !window.is_as_written()) return window.bytes_read();
  const auto total = (tokenizer_.problem()->where.offset / xml::kChunkBytes + 1) * xml::kChunkBytes;
  window.count_up_to(total);
  return std::min(window.bytes_read(), total);
}

void EngineRun::set_type(OpenElement& frame, TypeRef type) {
  frame.type = type;
  if (!is_complex(type)) {
    frame.kind = OpenElement::Kind::Value;
    frame.simple = simple_type(type);
    return;
  }
  const ComplexTypeRow& row = schema_[complex_type(type)];
  switch (row.content) {
    case ContentKind::Empty:
      frame.kind = OpenElement::Kind::Empty;
      return;
    case ContentKind::Simple:
      frame.kind = OpenElement::Kind::Value;
      frame.simple = row.simple_type;
      return;
    case ContentKind::ElementOnly:
      frame.kind = OpenElement::Kind::Elements;
      break;
    case ContentKind::Mixed:
      frame.kind = OpenElement::Kind::Mixed;
      break;
  }
  if (row.model == ModelId::None) return;
  frame.model = &schema_[row.model];
  frame.state = frame.model->start;
  const auto words = frame.model->kind == ModelKind::All ? (frame.model->bit_count + 63) / 64
                                                         : frame.model->counters.count;
  frame.counters = static_cast<std::uint32_t>(counters_.size());
  counters_.resize(counters_.size() + words, 0);
}

void EngineRun::start() {
  const xml::Name& name = *tokenizer_.top().name;
  ++result_.elements;
  OpenElement frame;
  frame.counters = static_cast<std::uint32_t>(counters_.size());
  frame.found_before = found_;
  if (!frames_.empty()) count_child(name);
  frame.runs = static_cast<std::uint32_t>(runs_.size());
  frame.unknown_runs = static_cast<std::uint32_t>(unknown_runs_.size());
  frames_.push_back(frame);
  text_.clear();
  Child child;
  if (frames_.size() == 1) {
    begin_record();
    child = root(name);
  } else {
    const auto from = parent().state;
    const bool was_predictable = parent().is_predictable;
    child = child_of(parent(), name);
    parent().has_content = true;
    top().from = from;
    const TransitionRow* step =
        was_predictable && found_ == top().found_before ? only_step(from, name) : nullptr;
    top().may_be_remembered =
        step != nullptr && step->element == child.element && step->next == parent().state;
  }
  // What was wrong with its being here is a matter of its parent, not of the record.
  begin_record();
  OpenElement& own = top();
  own.counters = static_cast<std::uint32_t>(counters_.size());
  own.listened_before = result_.listened;
  if (listener_ != nullptr) own.checked_before = listener_->checked();
  if (child.is_assessed) {
    own.element = child.element;
    find_type(own, child.is_lax);
    check_attributes(own);
    if (listener_ != nullptr && own.kind == OpenElement::Kind::Value && !own.is_nil) {
      own.is_wanted = wants(own.type);
    }
  }
  start_keys(own);
  own.is_predictable = own.kind == OpenElement::Kind::Elements && !own.is_nil &&
                       own.model != nullptr && own.model->kind == ModelKind::Automaton;
  own.may_be_remembered = own.may_be_remembered && found_ == own.found_before &&
                          list_version_.empty() && !own.concerns_keys &&
                          record_depth_ != frames_.size() &&
                          !tables_.paths.concerns(name.id, tokenizer_.attributes());
  if (own.may_be_remembered) learn_tag(own, tokenizer_.is_empty_tag());
  own.listened_before = result_.listened;
  if (listener_ != nullptr) own.checked_before = listener_->checked();
}

// The transition by `name` when there is no other.
const TransitionRow* EngineRun::only_step(StateId from, const xml::Name& name) const {
  const StateRow& state = schema_[from];
  const TransitionRow* step = schema_.find(state, static_cast<NameId>(name.id));
  if (step == nullptr) return nullptr;
  const auto named = schema_.named(state);
  const bool is_last = step + 1 == named.data() + named.size();
  return is_last || step[1].by_name() != step->by_name() ? step : nullptr;
}

// For number_of().
void EngineRun::count_child(const xml::Name& name) {
  const auto first = static_cast<std::size_t>(frames_.back().runs);
  if (name.id != xml::kUnknownId) {
    if (runs_.size() > first && runs_.back().id == name.id) {
      ++runs_.back().count;
    } else {
      add_run(name.id);
    }
    return;
  }
  if (runs_.size() > first && runs_.back().id == xml::kUnknownId) {
    const auto& last = unknown_runs_[runs_.back().text];
    if (last.space == name.space && last.local == name.local()) {
      ++runs_.back().count;
      return;
    }
  }
  add_run(name.id);
  unknown_runs_.push_back({name.space, std::string{name.local()}});
}

void EngineRun::add_run(std::uint32_t id) {
  if (runs_.size() - frames_.back().runs >= kMaxRuns) join_runs();
  runs_.push_back({id, static_cast<std::uint32_t>(unknown_runs_.size()), 1});
}

bool EngineRun::is_same_name(const SiblingRun& one, const SiblingRun& other) const {
  if (one.id != other.id) return false;
  if (one.id != xml::kUnknownId) return true;
  const auto& a = unknown_runs_[one.text];
  const auto& b = unknown_runs_[other.text];
  return a.space == b.space && a.local == b.local;
}

// Many runs of few names are one run of each; of many names the first are kept.
void EngineRun::join_runs() {
  const auto first = static_cast<std::size_t>(frames_.back().runs);
  auto end = first;
  for (auto i = first; i < runs_.size(); ++i) {
    const SiblingRun& run = runs_[i];
    const auto known =
        std::find_if(runs_.begin() + static_cast<std::ptrdiff_t>(first),
                     runs_.begin() + static_cast<std::ptrdiff_t>(end),
                     [&](const SiblingRun& other) { return is_same_name(other, run); });
    if (known != runs_.begin() + static_cast<std::ptrdiff_t>(end)) {
      known->count += run.count;
    } else {
      runs_[end++] = run;
    }
  }
  if (end - first > kMaxCounted) frames_.back().has_uncounted = true;
  runs_.resize(std::min(end, first + kMaxCounted));
  // What is left of their names moves together.
  auto text = static_cast<std::size_t>(frames_.back().unknown_runs);
  for (auto i = first; i < runs_.size(); ++i) {
    if (runs_[i].id != xml::kUnknownId) continue;
    if (runs_[i].text != text) unknown_runs_[text] = std::move(unknown_runs_[runs_[i].text]);
    runs_[i].text = static_cast<std::uint32_t>(text++);
  }
  unknown_runs_.resize(text);
}

// Which of its siblings of the same name an open element is; 0 when there are too many to count.
std::uint64_t EngineRun::number_of(std::size_t frame) const {
  if (frame == 0) return 1;
  const auto first = static_cast<std::size_t>(frames_[frame - 1].runs);
  const auto end = static_cast<std::size_t>(frames_[frame].runs);
  if (first == end) return 0;
  const SiblingRun& own = runs_[end - 1];
  std::uint64_t number = 0;
  bool is_counted = !frames_[frame - 1].has_uncounted;
  for (auto i = first; i < end; ++i) {
    if (!is_same_name(runs_[i], own)) continue;
    is_counted = is_counted || i < first + kMaxCounted;
    number += runs_[i].count;
  }
  return is_counted ? number : 0;
}

void EngineRun::begin_record() {
  if (record_depth_ > 0 || frames_.size() > 2) return;
  const auto name = tokenizer_.top().name->local();
  const auto& records = options_.record_elements;
  if (std::find(records.begin(), records.end(), name) == records.end()) return;
  flush();
  record_depth_ = frames_.size();
  ++result_.records;
  if (record_depth_ != 2) return;
  // What excerpts make of the bytes of a record does not depend on those before it.
  tokenizer_.window().mark(tokenizer_.top().tag);
  if (crew_ != nullptr && record_tag_.empty()) record_tag_ = "<" + tokenizer_.top().name->raw;
}

void EngineRun::text() {
  OpenElement& frame = top();
  const auto piece = tokenizer_.text();
  if (piece.empty()) return;
  switch (frame.kind) {
    case OpenElement::Kind::Skipped:
      return;
    case OpenElement::Kind::Mixed:
      frame.has_content = true;
      if (!frame.is_nil) {
        const bool is_fixed = frame.element != ElementId::None &&
                              schema_[frame.element].value_constraint == ValueConstraint::Fixed;
        if (is_fixed) text_ += piece;
        return;
      }
      break;
    case OpenElement::Kind::Value:
      if (frame.is_nil) break;
      frame.has_content = true;
      if (text_.size() <= kLongValue && text_.size() + piece.size() > kLongValue &&
          frame.content_place.line == 0) {
        frame.content_place = place_at(tokenizer_.top().content);
      }
      text_ += piece;
      return;
    case OpenElement::Kind::Empty:
    case OpenElement::Kind::Elements:
      break;
  }
  check_text(frame, piece);
}

// Text where there can be none, or white space at most.
void EngineRun::check_text(OpenElement& frame, std::string_view piece) {
  if (frame.has_value_finding) return;  // once is enough for one element
  const auto first = std::find_if_not(piece.begin(), piece.end(), xml::is_space);
  const bool is_blank = first == piece.end();
  if (frame.is_nil) {
    // White space is content too, but what follows it says more.
    frame.has_content = true;
    if (!is_blank) report_nil_content(frame);
    return;
  }
  const bool is_empty = frame.kind == OpenElement::Kind::Empty;
  if (is_blank && !is_empty) return;
  frame.has_value_finding = true;
  const auto before = is_blank ? 0U : static_cast<std::uint64_t>(first - piece.begin());
  add({.rule = is_empty ? "cvc-complex-type.2.1" : "cvc-complex-type.2.3",
       .where = place_at(tokenizer_.text_offset() + before),
       .message = is_empty ? "cvc-complex-type.2.1-text" : "cvc-complex-type.2.3",
       .params = {{"element", {element_name()}}}});
}

void EngineRun::end() {
  OpenElement& frame = top();
  if (frame.is_nil && frame.has_content && !frame.has_value_finding) report_nil_content(frame);
  switch (frame.kind) {
    case OpenElement::Kind::Skipped:
    case OpenElement::Kind::Empty:
      break;
    case OpenElement::Kind::Value:
      if (!frame.is_nil && !frame.has_value_finding) check_value(frame, text_);
      break;
    case OpenElement::Kind::Elements:
    case OpenElement::Kind::Mixed:
      check_complete(frame);
      if (frame.kind == OpenElement::Kind::Mixed) check_fixed_text(frame);
      break;
  }
  end_keys(frame, text_);
  if (frames_.size() == 1) after_root_ = place_at(tokenizer_.window().offset_of(tokenizer_.at()));
  if (frame.may_be_remembered && found_ == frame.found_before) learn_value(frame);
  if (frames_.size() == record_depth_) {
    flush();
    record_depth_ = 0;
  }
  counters_.resize(std::min<std::size_t>(counters_.size(), frame.counters));
  runs_.resize(std::min<std::size_t>(runs_.size(), frame.runs));
  unknown_runs_.resize(std::min<std::size_t>(unknown_runs_.size(), frame.unknown_runs));
  frames_.pop_back();
  text_.clear();
}

void EngineRun::report_nil_content(OpenElement& frame) {
  frame.has_value_finding = true;
  add({.rule = "cvc-elt.3.2.1",
       .where = tag_place(),
       .message = "cvc-elt.3.2.1",
       .params = {{"element", {element_name()}}}});
}

// 3.3.4, clauses 5.2.2.1 and 5.2.2.2.1: mixed content with a fixed value has no elements.
void EngineRun::check_fixed_text(OpenElement& frame) {
  if (frame.element == ElementId::None || frame.is_nil || !frame.has_content) return;
  const ElementRow& element = schema_[frame.element];
  if (element.value_constraint != ValueConstraint::Fixed) return;
  const bool has_children = runs_.size() > frame.runs;
  if (!has_children && text_ == schema_.text(element.value)) return;
  const auto holder = element_name();
  add({.rule = has_children ? "cvc-elt.5.2.2.1" : "cvc-elt.5.2.2.2",
       .where = content_place(),
       .message = "cvc-elt.5.2.2.2",
       .params = {{"holder", {holder}}, {"element", {holder}}},
       .shape = shape_of(text_)});
}

}  // namespace amparo::xsd
