// SPDX-License-Identifier: Apache-2.0
// Elements taken before the tokenizer sees them: the successor of a state is mostly the one that
// came last time, and the same codes come again and again.
#include <algorithm>
#include <cstring>

#include "validator/xsd/engine_run.hpp"

namespace amparo::xsd {
namespace {

// Whether values of the type are identifiers of the document or refer to one.
bool may_identify(const SimpleTypeTables& types, TypeId id) {
  const SimpleType& type = types[id];
  if (type.variety == Variety::List) return may_identify(types, type.item);
  if (type.variety == Variety::Union) {
    for (auto m = type.members.begin; m != type.members.end; ++m) {
      if (may_identify(types, types.members[m])) return true;
    }
    return false;
  }
  return type.syntax == Syntax::Id || type.syntax == Syntax::IdRef;
}

}  // namespace

std::size_t EngineRun::slot_of(StateId state,
                               std::uint32_t serial,
                               const char* tag,
                               std::size_t size) noexcept {
  // All elements are longer than eight bytes or short enough to be followed by padding.
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::uint64_t middle = 0;
  std::memcpy(&first, tag + (size > 24 ? 8 : 0), 8);
  std::memcpy(&middle, tag + size / 2, 8);
  std::memcpy(&last, tag + (size > 16 ? size - 10 : 0), 8);
  auto hash = (first ^ std::uint64_t{0x9E3779B97F4A7C15U} * index(state)) * 0xD6E8FEB86659FD93U;
  hash = ((hash ^ (hash >> 32U)) + middle + size * 31 + serial) * 0xD6E8FEB86659FD93U;
  hash = ((hash ^ (hash >> 29U)) + last) * 0xD6E8FEB86659FD93U;
  return static_cast<std::size_t>(hash >> (64U - kRememberedBits));
}

// What came in a state is what is expected there next time.
void EngineRun::predict(const OpenElement& parent, StateId from, ElementId element) {
  const xml::OpenTag& tag = tokenizer_.top();
  const xml::Name& name = *tag.name;
  if (tag.has_scope || name.raw.size() > kPredictedBytes || element == ElementId::None) return;
  const auto serial = tokenizer_.scope().serial();
  Prediction* both = &predictions_[index(from) * 2];
  for (Prediction* each : {both, both + 1}) {
    if (each->name == &name && each->serial == serial) return;
  }
  const ElementRow& row = schema_[element];
  Prediction made;
  std::memcpy(made.bytes.data(), name.raw.data(), name.raw.size());
  made.size = static_cast<std::uint8_t>(name.raw.size());
  made.name = &name;
  made.serial = serial;
  made.next = parent.state;
  made.element = element;
  made.kind = Prediction::Kind::Other;
  const bool is_simple_row = !row.is_abstract() && row.constraints.count == 0;
  const bool has_no_constraint = row.value_constraint == ValueConstraint::None;
  if (is_complex(row.type)) {
    const ComplexTypeRow& type = schema_[complex_type(row.type)];
    const bool is_free = is_simple_row && !type.is_abstract() && type.required_attributes == 0;
    if (is_free && type.content == ContentKind::ElementOnly && type.model != ModelId::None) {
      const ContentModelRow& model = schema_[type.model];
      const bool is_plain = model.kind == ModelKind::Automaton && model.counters.count == 0;
      if (is_plain) made.kind = Prediction::Kind::Parent;
    } else if (is_free && has_no_constraint && type.content == ContentKind::Simple) {
      made.simple = type.simple_type;
      made.kind = Prediction::Kind::Leaf;
    }
  } else if (is_simple_row && has_no_constraint) {
    made.simple = simple_type(row.type);
    made.kind = Prediction::Kind::Leaf;
  }
  // The beginning of a record is more than that of an element.
  const auto& records = options_.record_elements;
  const bool may_be_record =
      frames_.size() == 2 &&
      std::find(records.begin(), records.end(), name.local()) != records.end();
  if (may_be_record) made.kind = Prediction::Kind::Other;
  if (made.kind == Prediction::Kind::Leaf) {
    if (may_identify(schema_.simple_types(), made.simple)) made.kind = Prediction::Kind::Other;
    if (listener_ != nullptr && wants(row.type)) made.kind = Prediction::Kind::Told;
  }
  both[1] = both[0];
  both[0] = made;
}

// An element that `hint` foretold has begun: what start() does, where nothing can be wrong.
void EngineRun::enter(const Prediction& hint) {
  OpenElement& parent = frames_.back();
  OpenElement frame;
  frame.number = count_child(*hint.name);
  parent.state = hint.next;
  parent.has_content = true;
  const ElementRow& row = schema_[hint.element];
  frame.element = hint.element;
  frame.type = row.type;
  frame.kind = OpenElement::Kind::Elements;
  frame.model = &schema_[schema_[complex_type(row.type)].model];
  frame.state = frame.model->start;
  frame.is_predictable = true;
  frame.counters = static_cast<std::uint32_t>(counters_.size());
  frame.runs = static_cast<std::uint32_t>(runs_.size());
  frames_.push_back(frame);
  ++result_.elements;
  text_.clear();
}

// A whole element without children was good, and nothing of it has to be kept: if the same bytes
// come in the same state, they are good again.
void EngineRun::remember(const OpenElement& frame) {
  const xml::OpenTag& tag = tokenizer_.top();
  const auto begin = tag.tag;
  const auto end = tokenizer_.window().offset_of(tokenizer_.at());
  const auto size = static_cast<std::size_t>(end - begin);
  if (size > kRememberedBytes || tag.has_scope || begin < tokenizer_.window().begin_offset())
    return;
  const char* const bytes = tokenizer_.window().pointer_to(begin);
  // The shortest path looks for the first '>'.
  const auto content = static_cast<std::size_t>(tag.content - begin);
  if (std::string_view{bytes, size}.find('>') != content - 1) return;
  const auto serial = tokenizer_.scope().serial();
  Remembered& slot = remembered_[slot_of(frame.from, serial, bytes, size)];
  std::memcpy(slot.bytes.data(), bytes, size);
  slot.size = static_cast<std::uint32_t>(size);
  slot.serial = serial;
  slot.state = frame.from;
  slot.listened = static_cast<std::uint32_t>(result_.listened - frame.listened_before);
  slot.checked = listener_ == nullptr
                     ? 0
                     : static_cast<std::uint32_t>(listener_->checked() - frame.checked_before);
}

#define AHEAD_NAME run_ahead_portable
#define AHEAD_SCAN xml::PortableScan
#define AHEAD_TARGET
#include "validator/xsd/detail/engine_ahead.inc"
#undef AHEAD_NAME
#undef AHEAD_SCAN
#undef AHEAD_TARGET

#if AMPARO_HAS_AVX2
#define AHEAD_NAME run_ahead_avx2
#define AHEAD_SCAN xml::Avx2Scan
#define AHEAD_TARGET AMPARO_AVX2
#include "validator/xsd/detail/engine_ahead.inc"
#undef AHEAD_NAME
#undef AHEAD_SCAN
#undef AHEAD_TARGET
#else
void EngineRun::run_ahead_avx2() {
  run_ahead_portable();
}
#endif

}  // namespace amparo::xsd
