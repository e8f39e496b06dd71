// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/simple_types_bytes.hpp"

#include <cstdint>
#include <cstring>
#include <type_traits>

namespace amparo::xsd {
namespace {

// One visitor for both directions, so that they cannot drift apart.
class Writer {
 public:
  static constexpr bool kReads = false;
  void raw(const void* data, std::size_t size) {
    const auto* begin = static_cast<const std::byte*>(data);
    out_.insert(out_.end(), begin, begin + size);
  }
  [[nodiscard]] std::vector<std::byte> take() && { return std::move(out_); }

 private:
  std::vector<std::byte> out_{};
};

class Reader {
 public:
  static constexpr bool kReads = true;
  explicit Reader(std::span<const std::byte> in) : in_{in} {}
  void raw(void* data, std::size_t size) {
    if (size > in_.size()) {
      is_broken_ = true;
      return;
    }
    if (size != 0) std::memcpy(data, in_.data(), size);
    in_ = in_.subspan(size);
  }
  [[nodiscard]] std::size_t left() const { return in_.size(); }
  [[nodiscard]] bool is_broken() const { return is_broken_; }
  void break_off() { is_broken_ = true; }

 private:
  std::span<const std::byte> in_;
  bool is_broken_ = false;
};

template <typename Archive, typename T>
void number(Archive& archive, T& value) {
  archive.raw(&value, sizeof value);
}

template <typename Archive, typename T>
void flag(Archive& archive, T& value) {
  std::uint8_t byte = value ? 1 : 0;
  archive.raw(&byte, 1);
  if constexpr (Archive::kReads) value = byte != 0;
}

template <typename Archive, typename Type>
void type_fields(Archive& archive, Type& type) {
  number(archive, type.base);
  number(archive, type.variety);
  number(archive, type.primitive);
  number(archive, type.syntax);
  number(archive, type.white_space);
  number(archive, type.kernel);
  flag(archive, type.has_integer_bounds);
  number(archive, type.facets);
  number(archive, type.depth);
  number(archive, type.cost);
  number(archive, type.item);
  number(archive, type.members);
  number(archive, type.patterns);
  number(archive, type.enumeration);
  number(archive, type.shape);
  number(archive, type.type_name);
  number(archive, type.type_space);
  number(archive, type.length);
  number(archive, type.min_length);
  number(archive, type.max_length);
  number(archive, type.total_digits);
  number(archive, type.fraction_digits);
  number(archive, type.bounds);
  number(archive, type.min_integer);
  number(archive, type.max_integer);
}

// `smallest`: bytes that one element takes at least, so that a wrong count asks for no memory.
template <typename Archive, typename Container>
void count(Archive& archive, Container& container, std::size_t smallest) {
  auto size = static_cast<std::uint32_t>(container.size());
  number(archive, size);
  if constexpr (Archive::kReads) {
    if (archive.is_broken() || size > archive.left() / smallest) return archive.break_off();
    container.resize(size);
  }
}

template <typename Archive, typename Container>
void plain(Archive& archive, Container& container) {
  using Element = typename std::remove_cvref_t<Container>::value_type;
  static_assert(std::has_unique_object_representations_v<Element>);
  count(archive, container, sizeof(Element));
  archive.raw(container.data(), container.size() * sizeof(Element));
}

template <typename Archive, typename Tables>
void all_tables(Archive& archive, Tables& tables) {
  count(archive, tables.types, 64);
  for (auto& type : tables.types)
    type_fields(archive, type);
  plain(archive, tables.members);
  plain(archive, tables.patterns);
  plain(archive, tables.pattern_texts);
  plain(archive, tables.pattern_uses);
  plain(archive, tables.enumeration_keys);
  plain(archive, tables.enumeration_texts);
  plain(archive, tables.byte_classes);
  plain(archive, tables.shape_classes);
  plain(archive, tables.text);
}

}  // namespace

std::vector<std::byte> bytes_of(const SimpleTypeTables& tables) {
  Writer writer;
  all_tables(writer, tables);
  return std::move(writer).take();
}

Result<SimpleTypeTables> simple_types_from(std::span<const std::byte> bytes) {
  SimpleTypeTables tables;
  Reader reader{bytes};
  all_tables(reader, tables);
  if (reader.is_broken() || reader.left() != 0) {
    return fail(ErrorCode::Malformed, "tables of simple types: damaged");
  }
  if (auto sound = verify(tables); !sound) return Fail{std::move(sound).error()};
  return tables;
}

}  // namespace amparo::xsd
