// SPDX-License-Identifier: Apache-2.0
// A record as a flat array in document order: elements, their attributes, texts. What rules and
// writers read in place of a tree. Filled by an engine in its pass or by tape_reader.hpp; reset for
// the next record without giving memory back.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace amparo::xml {

/// Index of a node on its tape; 0 is the document.
using TapeId = std::uint32_t;
/// An expanded name of TapeNames.
using TapeName = std::uint32_t;
inline constexpr std::uint32_t kNoName = 0xFFFFFFFFU;

/// Numbers for expanded names, namespaces and prefixes. Numbers begin at 0 and never change, so
/// that a copy that grows agrees with what it was copied from.
class TapeNames {
 public:
  TapeNames();
  TapeNames(const TapeNames& other);
  TapeNames& operator=(const TapeNames& other);
  TapeNames(TapeNames&&) = default;
  TapeNames& operator=(TapeNames&&) = default;
  ~TapeNames() = default;

  /// kNoName when there are already `most` names: documents make names up.
  TapeName intern(std::string_view uri, std::string_view local);
  [[nodiscard]] TapeName find(std::string_view uri, std::string_view local) const;
  std::uint32_t intern_space(std::string_view uri);
  [[nodiscard]] std::uint32_t find_space(std::string_view uri) const;
  /// 0 is no prefix. All beyond 65,535 different ones are taken for the last.
  std::uint16_t intern_prefix(std::string_view prefix);

  [[nodiscard]] std::size_t size() const noexcept { return names_.size(); }
  [[nodiscard]] std::uint32_t space_of(TapeName name) const noexcept { return names_[name].space; }
  [[nodiscard]] std::string_view local(TapeName name) const noexcept { return names_[name].local; }
  [[nodiscard]] std::string_view uri(TapeName name) const noexcept {
    return spaces_[names_[name].space];
  }
  [[nodiscard]] std::string_view space(std::uint32_t id) const noexcept { return spaces_[id]; }
  [[nodiscard]] std::string_view prefix(std::uint16_t id) const noexcept { return prefixes_[id]; }

  static constexpr std::size_t kMostNames = 50'000;

 private:
  struct Name {
    std::uint32_t space;
    std::string local;
  };
  struct Key {
    std::uint32_t space;
    std::string_view local;
    friend bool operator==(const Key& a, const Key& b) {
      return a.space == b.space && a.local == b.local;
    }
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const {
      return std::hash<std::string_view>{}(key.local) ^ (std::size_t{key.space} * 0x9E3779B9U);
    }
  };
  void index();

  std::deque<Name> names_{};
  std::deque<std::string> spaces_{};
  std::deque<std::string> prefixes_{};
  std::unordered_map<Key, TapeName, KeyHash> by_key_{};
  std::unordered_map<std::string_view, std::uint32_t> by_uri_{};
  std::unordered_map<std::string_view, std::uint16_t> by_prefix_{};
};

enum class TapeKind : std::uint8_t { Document, Element, Attribute, Text };

struct TapeNode {
  std::uint64_t offset = 0;  ///< in the input: of '<', of an attribute's name, of a text
  TapeName name = kNoName;   ///< elements and attributes
  TapeId parent = 0;         ///< of the document: itself
  TapeId end = 0;            ///< one past the last node inside; attributes are inside
  std::uint32_t text = 0;    ///< where its string value begins
  std::uint32_t size = 0;    ///< bytes of its string value
  std::uint16_t prefix = 0;  ///< as written, for name()
  TapeKind kind = TapeKind::Document;
  std::uint8_t spare = 0;
};
static_assert(sizeof(TapeNode) == 32);

/// Whether text of white space alone that stands between elements is kept. A text that is all that
/// an element holds is always kept.
enum class Blanks : std::uint8_t { Keep, Drop };

class Tape {
 public:
  explicit Tape(TapeNames names = {}, Blanks blanks = Blanks::Keep);

  /// As new, but the memory stays.
  void clear();

  void start_element(TapeName name, std::uint16_t prefix, std::uint64_t offset);
  /// REQUIRES: directly after start_element() or another attribute
  void add_attribute(TapeName name,
                     std::uint16_t prefix,
                     std::string_view value,
                     std::uint64_t offset);
  /// Pieces of one text become one node. Nothing for an empty piece.
  void add_text(std::string_view piece, std::uint64_t offset);
  void end_element();
  /// An element with a text and nothing else.
  void add_leaf(TapeName name, std::uint16_t prefix, std::uint64_t offset, std::string_view text);

  /// Open elements and the document end here for now, so that all can be read. More may be added.
  void seal();

  /// A state to come back to with rewind(), without the white space that came last. REQUIRES: the
  /// open elements are the same then.
  struct Mark {
    std::size_t nodes = 0, texts = 0, values = 0, open = 0;
    bool has_child = false;
  };
  [[nodiscard]] Mark mark();
  void rewind(const Mark& mark);

  [[nodiscard]] std::span<const TapeNode> nodes() const noexcept { return nodes_; }
  [[nodiscard]] TapeId size() const noexcept { return static_cast<TapeId>(nodes_.size()); }
  [[nodiscard]] const TapeNode& operator[](TapeId id) const noexcept { return nodes_[id]; }
  [[nodiscard]] std::size_t depth() const noexcept { return open_.size() - 1; }
  /// The string value (XDM, 5.13), never copied. Valid until the tape changes.
  [[nodiscard]] std::string_view text(const TapeNode& node) const noexcept {
    const auto& buffer = node.kind == TapeKind::Attribute ? values_ : texts_;
    return {buffer.data() + node.text, node.size};
  }
  [[nodiscard]] std::string_view text(TapeId id) const noexcept { return text(nodes_[id]); }

  [[nodiscard]] TapeNames& names() noexcept { return names_; }
  [[nodiscard]] const TapeNames& names() const noexcept { return names_; }
  /// Bytes of text are counted with 32 bits, and so are nodes: more does not fit.
  [[nodiscard]] bool is_full() const noexcept;
  /// "/am:Batch[1]/am:Case[1]/@id", for people: prefixes as written, numbers among siblings.
  [[nodiscard]] std::string path(TapeId id) const;
  /// One line a node, for tests.
  [[nodiscard]] std::string dump() const;

 private:
  struct Open {
    TapeId node = 0;
    bool has_child = false;
  };
  void drop_blank();

  TapeNames names_;
  Blanks blanks_;
  std::vector<TapeNode> nodes_{};
  std::string texts_{};   // in document order: a string value is one stretch of it
  std::string values_{};  // of attributes
  std::vector<Open> open_{};
};

}  // namespace amparo::xml
