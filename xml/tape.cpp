// SPDX-License-Identifier: Apache-2.0
#include "xml/tape.hpp"

#include <algorithm>

#include "xml/name_table.hpp"

namespace amparo::xml {

TapeNames::TapeNames() {
  intern_space("");
  prefixes_.emplace_back();
  by_prefix_.emplace(prefixes_.back(), std::uint16_t{0});
}

TapeNames::TapeNames(const TapeNames& other)
    : names_{other.names_}, spaces_{other.spaces_}, prefixes_{other.prefixes_} {
  index();
}

TapeNames& TapeNames::operator=(const TapeNames& other) {
  if (this == &other) return *this;
  names_ = other.names_;
  spaces_ = other.spaces_;
  prefixes_ = other.prefixes_;
  index();
  return *this;
}

// The keys are views into this object's own strings.
void TapeNames::index() {
  by_key_.clear();
  by_uri_.clear();
  by_prefix_.clear();
  for (std::uint32_t i = 0; i < spaces_.size(); ++i)
    by_uri_.emplace(spaces_[i], i);
  for (std::uint32_t i = 0; i < names_.size(); ++i)
    by_key_.emplace(Key{names_[i].space, names_[i].local}, i);
  for (std::size_t i = 0; i < prefixes_.size(); ++i)
    by_prefix_.emplace(prefixes_[i], static_cast<std::uint16_t>(i));
}

std::uint32_t TapeNames::intern_space(std::string_view uri) {
  const auto known = by_uri_.find(uri);
  if (known != by_uri_.end()) return known->second;
  const auto id = static_cast<std::uint32_t>(spaces_.size());
  spaces_.emplace_back(uri);
  by_uri_.emplace(spaces_.back(), id);
  return id;
}

std::uint32_t TapeNames::find_space(std::string_view uri) const {
  const auto known = by_uri_.find(uri);
  return known == by_uri_.end() ? kNoName : known->second;
}

TapeName TapeNames::intern(std::string_view uri, std::string_view local) {
  const std::uint32_t space = intern_space(uri);
  const auto known = by_key_.find({space, local});
  if (known != by_key_.end()) return known->second;
  if (names_.size() >= kMostNames) return kNoName;
  const auto id = static_cast<TapeName>(names_.size());
  names_.push_back({space, std::string{local}});
  by_key_.emplace(Key{space, names_.back().local}, id);
  return id;
}

TapeName TapeNames::find(std::string_view uri, std::string_view local) const {
  const std::uint32_t space = find_space(uri);
  const auto known = space == kNoName ? by_key_.end() : by_key_.find({space, local});
  return known == by_key_.end() ? kNoName : known->second;
}

std::uint16_t TapeNames::intern_prefix(std::string_view prefix) {
  const auto known = by_prefix_.find(prefix);
  if (known != by_prefix_.end()) return known->second;
  if (prefixes_.size() > 0xFFFFU) return 0xFFFFU;
  const auto id = static_cast<std::uint16_t>(prefixes_.size());
  prefixes_.emplace_back(prefix);
  by_prefix_.emplace(prefixes_.back(), id);
  return id;
}

Tape::Tape(TapeNames names, Blanks blanks) : names_{std::move(names)}, blanks_{blanks} {
  clear();
}

void Tape::clear() {
  nodes_.clear();
  texts_.clear();
  values_.clear();
  open_.clear();
  nodes_.push_back({.end = 1});
  open_.push_back({0, false});
}

void Tape::start_element(TapeName name, std::uint16_t prefix, std::uint64_t offset) {
  if (blanks_ == Blanks::Drop) drop_blank();
  open_.back().has_child = true;
  const TapeId id = size();
  nodes_.push_back({.offset = offset,
                    .name = name,
                    .parent = open_.back().node,
                    .end = id + 1,
                    .text = static_cast<std::uint32_t>(texts_.size()),
                    .size = 0,
                    .prefix = prefix,
                    .kind = TapeKind::Element});
  open_.push_back({id, false});
}

void Tape::add_attribute(TapeName name,
                         std::uint16_t prefix,
                         std::string_view value,
                         std::uint64_t offset) {
  nodes_.push_back({.offset = offset,
                    .name = name,
                    .parent = open_.back().node,
                    .end = size() + 1,
                    .text = static_cast<std::uint32_t>(values_.size()),
                    .size = static_cast<std::uint32_t>(value.size()),
                    .prefix = prefix,
                    .kind = TapeKind::Attribute});
  values_.append(value);
}

void Tape::add_text(std::string_view piece, std::uint64_t offset) {
  if (piece.empty()) return;
  TapeNode& last = nodes_.back();
  if (last.kind == TapeKind::Text && last.parent == open_.back().node) {
    last.size += static_cast<std::uint32_t>(piece.size());
  } else {
    nodes_.push_back({.offset = offset,
                      .name = kNoName,
                      .parent = open_.back().node,
                      .end = size() + 1,
                      .text = static_cast<std::uint32_t>(texts_.size()),
                      .size = static_cast<std::uint32_t>(piece.size()),
                      .prefix = 0,
                      .kind = TapeKind::Text});
  }
  texts_.append(piece);
}

void Tape::end_element() {
  if (blanks_ == Blanks::Drop && open_.back().has_child) drop_blank();
  TapeNode& element = nodes_[open_.back().node];
  element.end = size();
  element.size = static_cast<std::uint32_t>(texts_.size()) - element.text;
  open_.pop_back();
}

void Tape::add_leaf(TapeName name,
                    std::uint16_t prefix,
                    std::uint64_t offset,
                    std::string_view text) {
  start_element(name, prefix, offset);
  add_text(text, offset);
  end_element();
}

// The text that was added last, if it stands before a tag and is white space alone.
void Tape::drop_blank() {
  const TapeNode& last = nodes_.back();
  if (last.kind != TapeKind::Text || last.parent != open_.back().node) return;
  const std::string_view held = text(last);
  if (!std::all_of(held.begin(), held.end(), [](char c) { return is_space(c); })) return;
  texts_.resize(last.text);
  nodes_.pop_back();
}

void Tape::seal() {
  for (const Open& open : open_) {
    TapeNode& node = nodes_[open.node];
    node.end = size();
    node.size = static_cast<std::uint32_t>(texts_.size()) - node.text;
  }
}

// White space before a record is dropped even where others are kept: it would gather from record
// to record.
Tape::Mark Tape::mark() {
  drop_blank();
  return {nodes_.size(), texts_.size(), values_.size(), open_.size(), open_.back().has_child};
}

void Tape::rewind(const Mark& mark) {
  nodes_.resize(mark.nodes);
  texts_.resize(mark.texts);
  values_.resize(mark.values);
  open_.resize(mark.open);
  open_.back().has_child = mark.has_child;
}

bool Tape::is_full() const noexcept {
  constexpr std::size_t kMost = 0xF0000000U;
  return nodes_.size() > kMost || texts_.size() > kMost || values_.size() > kMost;
}

std::string Tape::path(TapeId id) const {
  std::string path;
  for (; id != 0; id = nodes_[id].parent) {
    const TapeNode& node = nodes_[id];
    std::string step = "/";
    if (node.kind == TapeKind::Text) {
      step += "text()";
    } else {
      if (node.kind == TapeKind::Attribute) step += '@';
      if (node.prefix != 0) step.append(names_.prefix(node.prefix)).append(":");
      step += names_.local(node.name);
    }
    if (node.kind == TapeKind::Element) {
      std::uint64_t number = 1;
      for (TapeId i = node.parent + 1; i < id; i = nodes_[i].end)
        if (nodes_[i].kind == TapeKind::Element && nodes_[i].name == node.name) ++number;
      step += '[' + std::to_string(number) + ']';
    }
    path.insert(0, step);
  }
  return path.empty() ? "/" : path;
}

std::string Tape::dump() const {
  std::string out;
  for (TapeId i = 0; i < nodes_.size(); ++i) {
    const TapeNode& node = nodes_[i];
    out += std::to_string(i) + ' ';
    switch (node.kind) {
      case TapeKind::Document:
        out += "document";
        break;
      case TapeKind::Element:
        out += "element ";
        break;
      case TapeKind::Attribute:
        out += "attribute ";
        break;
      case TapeKind::Text:
        out += "text";
        break;
    }
    if (node.name != kNoName) out += names_.local(node.name);
    out += " parent " + std::to_string(node.parent) + " end " + std::to_string(node.end) + " at " +
           std::to_string(node.offset) + " \"" + std::string{text(node)} + "\"\n";
  }
  return out;
}

}  // namespace amparo::xml
