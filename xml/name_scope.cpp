// SPDX-License-Identifier: Apache-2.0
#include "xml/name_scope.hpp"

#include <cstring>
#include <random>

#include "xml/name_table.hpp"

namespace amparo::xml {
namespace {

constexpr std::size_t kReadableBytes = 32;

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

Name make_name(std::string_view raw, std::size_t colon, const Namespace* space) {
  Name name;
  name.raw.reserve(raw.size() + kReadableBytes);
  name.raw = raw;
  name.prefix_size = colon == std::string_view::npos ? 0 : static_cast<std::uint32_t>(colon);
  name.space = space;
  return name;
}

}  // namespace

NameScope::NameScope(const NameResolver* resolver) : resolver_{resolver} {
  // The hash only has to be one that a document cannot foretell.
  std::random_device device;
  for (auto& word : seed_)
    word = (static_cast<std::uint64_t>(device()) << 32U | device()) | 1U;
  none_ = intern({});
  xml_ = intern(kXmlNamespace);
}

std::uint64_t NameScope::hash_of(std::string_view raw) const noexcept {
  std::uint64_t hash = seed_[0] ^ raw.size();
  std::size_t i = 0;
  for (; i + 8 <= raw.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, raw.data() + i, 8);
    hash = mix(hash ^ word, seed_[1]);
  }
  std::uint64_t word = 0;
  std::memcpy(&word, raw.data() + i, raw.size() - i);
  return mix(hash ^ word, seed_[1]) | 1U;
}

const Name* NameScope::Table::find(std::string_view raw, std::uint64_t hash) const {
  if (slots_.empty()) return nullptr;
  const auto mask = slots_.size() - 1;
  for (auto i = hash & mask; slots_[i].name != nullptr; i = (i + 1) & mask) {
    if (slots_[i].hash == hash && slots_[i].name->raw == raw) return slots_[i].name;
  }
  return nullptr;
}

void NameScope::Table::insert(const Name* name, std::uint64_t hash) {
  if (used_ * 2 >= slots_.size()) {
    auto old = std::move(slots_);
    slots_.assign(old.empty() ? 64 : old.size() * 2, {});
    used_ = 0;
    for (const Slot& slot : old) {
      if (slot.name != nullptr) insert(slot.name, slot.hash);
    }
  }
  const auto mask = slots_.size() - 1;
  auto i = hash & mask;
  while (slots_[i].name != nullptr)
    i = (i + 1) & mask;
  slots_[i] = {hash, name};
  ++used_;
}

const Namespace* NameScope::intern(std::string_view uri) {
  const auto known = by_uri_.find(uri);
  if (known != by_uri_.end()) return known->second;
  auto& space = namespaces_.emplace_back(Namespace{std::string{uri}, kUnknownId});
  if (resolver_ != nullptr) space.id = resolver_->namespace_id(uri);
  if (space.id == kUnknownId) ++unknown_namespaces_;
  by_uri_.emplace(space.uri, &space);
  return &space;
}

NameScope::Fault NameScope::open(const std::vector<Declaration>& declarations) {
  std::string signature;
  for (const Declaration& declaration : declarations) {
    signature.append(declaration.prefix).append(1, '\0').append(declaration.uri).append(1, '\0');
  }
  if (current_->inner == nullptr || current_->inner->signature != signature) {
    auto inner = std::make_unique<Context>();
    inner->serial = ++last_serial_;
    inner->outer = current_;
    for (const Declaration& declaration : declarations) {
      inner->bindings.push_back({std::string{declaration.prefix}, intern(declaration.uri)});
    }
    inner->signature = std::move(signature);
    current_->inner = std::move(inner);
  }
  current_ = current_->inner.get();
  return unknown_namespaces_ > kMaxNamespaces ? Fault::TooManyNamespaces : Fault::None;
}

void NameScope::close() {
  current_ = current_->outer;
}

const Namespace* NameScope::find_prefix(std::string_view prefix) const {
  if (prefix == "xml") return xml_;
  for (const Context* each = current_; each != nullptr; each = each->outer) {
    for (const Binding& binding : each->bindings) {
      if (binding.prefix == prefix) return binding.space;
    }
  }
  return prefix.empty() ? none_ : nullptr;
}

NameScope::Found NameScope::element(std::string_view raw) {
  const auto hash = hash_of(raw);
  if (const Name* known = current_->elements.find(raw, hash)) return {known, Fault::None};
  const auto found = resolve(raw, true);
  if (found.fault == Fault::None) current_->elements.insert(found.name, hash);
  return found;
}

NameScope::Found NameScope::attribute(std::string_view raw) {
  const auto hash = hash_of(raw);
  if (const Name* known = current_->attributes.find(raw, hash)) return {known, Fault::None};
  const auto found = resolve(raw, false);
  if (found.fault == Fault::None && found.name->id != kUnknownId) {
    current_->attributes.insert(found.name, hash);
  }
  return found;
}

NameScope::Found NameScope::resolve(std::string_view raw, bool is_element) {
  std::size_t colon = 0;
  const auto form = name_form(raw, colon);
  if (form == NameForm::NotAName) return {nullptr, Fault::NotAName};
  if (form == NameForm::Name) return {nullptr, Fault::NotQualified};
  const Namespace* space = none_;
  if (colon != std::string_view::npos) {
    const auto prefix = raw.substr(0, colon);
    if (prefix == "xmlns") return {nullptr, Fault::PrefixReserved};
    space = find_prefix(prefix);
    if (space == nullptr) return {nullptr, Fault::PrefixUnknown};
  } else if (is_element) {
    space = find_prefix({});
  }
  auto name = make_name(raw, colon, space);
  if (resolver_ != nullptr) name.id = resolver_->name_id(space->id, name.local());
  if (name.id == kUnknownId) {
    if (!is_element) return {&passing_.emplace_back(std::move(name)), Fault::None};
    unknown_.emplace(space, std::string{name.local()});
    if (unknown_.size() > kMaxUnknownNames) return {nullptr, Fault::TooManyNames};
  }
  return {&current_->names.emplace_back(std::move(name)), Fault::None};
}

}  // namespace amparo::xml
