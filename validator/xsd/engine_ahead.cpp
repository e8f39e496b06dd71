// SPDX-License-Identifier: Apache-2.0
// Elements taken before the tokenizer sees them. The same start tags come in the same states of the
// same content models again and again, and the same codes in the same types: what was good once is
// good again, at the price of comparing its bytes. Dates, numbers and texts are told by a glance.
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "validator/xsd/engine_run.hpp"

namespace amparo::xsd {
namespace {

constexpr unsigned kTagBits = 11;  // of pairs
constexpr unsigned kValueBits = 12;

// Whether a value of the type is good or not whatever document it stands in, and wherever there.
bool means_the_same_everywhere(const SimpleTypeTables& types, TypeId id) {
  const SimpleType& type = types[id];
  if (type.variety == Variety::List) return means_the_same_everywhere(types, type.item);
  if (type.variety == Variety::Union) {
    for (auto m = type.members.begin; m != type.members.end; ++m) {
      if (!means_the_same_everywhere(types, types.members[m])) return false;
    }
    return true;
  }
  const bool has_prefix =
      type.primitive == Primitive::QName || type.primitive == Primitive::Notation;
  return type.syntax != Syntax::Id && type.syntax != Syntax::IdRef && !has_prefix;
}

// Of up to 64 bytes: the first eight and the last eight tell nearly all apart.
inline std::uint64_t hash_of(const char* bytes, std::size_t size) noexcept {
  auto first = xml::detail::load8(bytes);
  std::uint64_t last = 0;
  if (size < 8) {
    // What stands behind the text must not count: the low bytes are its own.
    if constexpr (std::endian::native == std::endian::little) {
      first = size == 0 ? 0 : first << (64U - size * 8U);
    } else {
      first = size == 0 ? 0 : first >> (64U - size * 8U);
    }
  } else {
    last = xml::detail::load8(bytes + size - 8);
  }
  const auto mixed = first * 0x9E3779B97F4A7C15U + (last ^ size) * 0xC2B2AE3D27D4EB4FU;
  return mixed ^ (mixed >> 32U);
}

inline std::size_t place_of(std::uint64_t hash, std::uint64_t salt, unsigned bits) noexcept {
  return static_cast<std::size_t>(((hash ^ salt * 0xA0761D6478BD642FU) * 0xD6E8FEB86659FD93U) >>
                                  (64U - bits));
}

}  // namespace

inline std::size_t EngineRun::pair_of(StateId state, const char* tag, std::size_t size) const {
  return 2 * place_of(hash_of(tag, size), index(state), kTagBits);
}

inline KnownValue* EngineRun::pair_of(TypeRef type, const char* value, std::size_t size) {
  return &known_values_[2 * place_of(hash_of(value, size),
                                     static_cast<std::uint64_t>(type),
                                     kValueBits)];
}

bool EngineRun::is_portable(TypeId type) {
  const auto i = static_cast<std::size_t>(type);
  if (i >= portable_.size()) portable_.resize(schema_.simple_types().types.size(), 0);
  if (portable_[i] == 0) {
    portable_[i] = means_the_same_everywhere(schema_.simple_types(), type) ? 2 : 1;
  }
  return portable_[i] == 2;
}

// What was told to the listener since then; nothing when it is too much to be kept.
std::optional<Told> EngineRun::told_since(std::uint64_t listened, std::uint64_t checked) const {
  const auto told = result_.listened - listened;
  const auto looked_at = listener_ == nullptr ? 0 : listener_->checked() - checked;
  if (told > Told::kMost || looked_at > Told::kMost) return std::nullopt;
  return Told{.listened = static_cast<std::uint8_t>(told & Told::kMost),
              .checked = static_cast<std::uint8_t>(looked_at & Told::kMost)};
}

// The innermost element has begun by a plain step, and nothing was wrong with its tag.
void EngineRun::learn_tag(const OpenElement& frame, bool is_empty_tag) {
  const xml::OpenTag& tag = tokenizer_.top();
  if (tag.has_scope || tag.tag < tokenizer_.window().begin_offset()) return;
  const char* const bytes = tokenizer_.window().pointer_to(tag.tag) + 1;
  const auto size = static_cast<std::size_t>(tag.content - tag.tag) - 2;
  // The shortest path looks for the first '>', which may stand in a value.
  if (size > 2 * kGlanceBytes || std::string_view{bytes, size}.find('>') != std::string_view::npos)
    return;
  const auto told = told_since(frame.listened_before, frame.checked_before);
  if (!told || tag.name->raw.size() > kGlanceBytes) return;
  KnownTag known;
  const auto has_constraint = schema_[frame.element].value_constraint != ValueConstraint::None;
  if (frame.is_nil || frame.kind == OpenElement::Kind::Empty) {
    if (!is_empty_tag) return;
    known.kind = KnownTag::Kind::Empty;
  } else if (frame.kind == OpenElement::Kind::Value) {
    if (is_empty_tag || has_constraint || !is_portable(frame.simple)) return;
    known.kind = frame.is_wanted ? KnownTag::Kind::Told : KnownTag::Kind::Value;
    known.target = static_cast<std::uint32_t>(frame.simple);
  } else if (frame.is_predictable && !is_empty_tag) {
    known.kind = KnownTag::Kind::Parent;
    known.target = static_cast<std::uint32_t>(frame.element);
  } else {
    return;
  }
  const OpenElement& parent = frames_[frames_.size() - 2];
  std::memcpy(known.bytes.data(), bytes, std::min(size, kGlanceBytes));
  known.name = tag.name->id;
  known.serial = tokenizer_.scope().serial();
  known.state = frame.from;
  known.next = parent.state;
  known.ops = only_step(frame.from, *tag.name)->ops;
  known.type = frame.type;
  known.size = static_cast<std::uint8_t>(size);
  known.name_size = static_cast<std::uint8_t>(tag.name->raw.size());
  known.told = *told;
  if (known_tags_.empty()) {
    known_tags_.resize(std::size_t{2} << kTagBits);
    known_tag_rests_.resize(std::size_t{2} << kTagBits);
    known_values_.resize(std::size_t{2} << kValueBits);
  }
  const auto place = pair_of(known.state, bytes, size);
  known_tags_[place + 1] = known_tags_[place];
  known_tag_rests_[place + 1] = known_tag_rests_[place];
  known_tags_[place] = known;
  known_tag_rests_[place].name = tag.name;
  if (size > kGlanceBytes) {
    std::memcpy(known_tag_rests_[place].bytes.data(), bytes + kGlanceBytes, size - kGlanceBytes);
  }
}

// The innermost element has ended and nothing was wrong with its value.
void EngineRun::learn_value(const OpenElement& frame) {
  if (frame.kind != OpenElement::Kind::Value || frame.is_nil || known_values_.empty()) return;
  const auto begin = tokenizer_.top().content;
  const auto end = tokenizer_.end_tag();
  if (begin < tokenizer_.window().begin_offset() || end < begin || end - begin > kGlanceBytes)
    return;
  const auto told = told_since(frame.listened_before, frame.checked_before);
  if (!told || !is_portable(frame.simple)) return;
  learn_value(frame.type,
              {tokenizer_.window().pointer_to(begin), static_cast<std::size_t>(end - begin)},
              *told);
}

void EngineRun::learn_value(TypeRef type, std::string_view value, Told told) {
  KnownValue known;
  std::memcpy(known.bytes.data(), value.data(), value.size());
  known.type = type;
  known.size = static_cast<std::uint8_t>(value.size());
  known.told = told;
  KnownValue* const pair = pair_of(type, value.data(), value.size());
  pair[1] = pair[0];
  pair[0] = known;
}

// An element that is known has begun: what start() does, where nothing can be wrong.
void EngineRun::enter(const KnownTag& known) {
  OpenElement& frame = frames_.emplace_back();
  frame.element = static_cast<ElementId>(known.target);
  frame.type = known.type;
  frame.kind = OpenElement::Kind::Elements;
  frame.model = &schema_[schema_[complex_type(known.type)].model];
  frame.state = frame.model->start;
  frame.is_predictable = true;
  frame.is_quick = true;
  frame.counters = static_cast<std::uint32_t>(counters_.size());
  if (frame.model->counters.count > 0) {
    counters_.resize(counters_.size() + frame.model->counters.count, 0);
  }
  frame.runs = static_cast<std::uint32_t>(runs_.size());
  frame.unknown_runs = static_cast<std::uint32_t>(unknown_runs_.size());
}

namespace portable {
#define AHEAD_SCAN xml::PortableScan
#define AHEAD_TARGET
#include "validator/xsd/detail/quick_value.inc"
}  // namespace portable
#define AHEAD_NAME run_ahead_portable
#define AHEAD_GLANCE portable
#include "validator/xsd/detail/engine_ahead.inc"
#undef AHEAD_GLANCE
#undef AHEAD_NAME
#undef AHEAD_SCAN
#undef AHEAD_TARGET

#if AMPARO_HAS_AVX2
namespace avx2 {
#define AHEAD_SCAN xml::Avx2Scan
#define AHEAD_TARGET AMPARO_AVX2
#include "validator/xsd/detail/quick_value.inc"
}  // namespace avx2
#define AHEAD_NAME run_ahead_avx2
#define AHEAD_GLANCE avx2
#include "validator/xsd/detail/engine_ahead.inc"
#undef AHEAD_GLANCE
#undef AHEAD_NAME
#undef AHEAD_SCAN
#undef AHEAD_TARGET
#else
void EngineRun::run_ahead_avx2() {
  run_ahead_portable();
}
#endif

bool is_surely_good(const QuickValues& values,
                    TypeId type,
                    std::string_view text,
                    xml::ScanPath path) {
#if AMPARO_HAS_AVX2
  if (path == xml::ScanPath::Best && xml::has_avx2()) {
    return avx2::is_surely_good(values, values[type], text.data(), text.size());
  }
#endif
  static_cast<void>(path);
  return portable::is_surely_good(values, values[type], text.data(), text.size());
}

}  // namespace amparo::xsd
