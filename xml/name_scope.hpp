// SPDX-License-Identifier: Apache-2.0
// Names as a document writes them, and what they stand for where they stand (Namespaces in XML 1.0,
// third edition). Each name is looked at once for each set of declarations in force; after that one
// comparison of bytes is enough. Used by the tokenizer.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace amparo::xml {

inline constexpr std::uint32_t kUnknownId = 0xFFFFFFFFU;
inline constexpr std::string_view kXmlNamespace = "http://www.w3.org/XML/1998/namespace";
inline constexpr std::string_view kXmlnsNamespace = "http://www.w3.org/2000/xmlns/";

/// Numbers that somebody (a schema) gives to namespaces and names. The empty namespace is none.
class NameResolver {
 public:
  NameResolver() = default;
  NameResolver(const NameResolver&) = delete;
  NameResolver& operator=(const NameResolver&) = delete;
  NameResolver(NameResolver&&) = delete;
  NameResolver& operator=(NameResolver&&) = delete;
  virtual ~NameResolver() = default;

  /// kUnknownId when it has none.
  [[nodiscard]] virtual std::uint32_t namespace_id(std::string_view uri) const = 0;
  /// kUnknownId when it has none, or `space` is kUnknownId.
  [[nodiscard]] virtual std::uint32_t name_id(std::uint32_t space,
                                              std::string_view local) const = 0;
};

/// A namespace name that the document has used; equal names are one object.
struct Namespace {
  std::string uri;
  std::uint32_t id = kUnknownId;  ///< of the NameResolver
};

/// A name of an element or attribute.
struct Name {
  std::string raw;                   ///< as written: "am:Case"; 32 bytes more can be read
  std::uint32_t prefix_size = 0;     ///< 0: no prefix
  std::uint32_t id = kUnknownId;     ///< of the NameResolver
  const Namespace* space = nullptr;  ///< never null

  [[nodiscard]] std::string_view text() const noexcept { return raw; }
  [[nodiscard]] std::string_view prefix() const noexcept { return text().substr(0, prefix_size); }
  [[nodiscard]] std::string_view local() const noexcept {
    return text().substr(prefix_size == 0 ? 0 : prefix_size + 1);
  }
  /// Names that no resolver numbers compare as text.
  [[nodiscard]] bool is_same(const Name& other) const noexcept {
    return space == other.space && local() == other.local();
  }
};

/// One xmlns or xmlns:prefix of a tag, its value normalised.
struct Declaration {
  std::string_view prefix;  ///< empty: the default namespace
  std::string_view uri;
};

/// Different names and namespaces that a document may make up: memory is kept for each.
inline constexpr std::size_t kMaxUnknownNames = 20'000;
inline constexpr std::size_t kMaxNamespaces = 1'000;

class NameScope {
 public:
  /// `resolver`: null: all names are unknown. Outlives the scope.
  explicit NameScope(const NameResolver* resolver);

  enum class Fault : std::uint8_t {
    None,
    NotAName,
    NotQualified,      ///< a colon where a QName cannot have one
    PrefixUnknown,     ///< not declared
    PrefixReserved,    ///< "xmlns" as prefix of an element
    TooManyNames,      ///< kMaxUnknownNames
    TooManyNamespaces  ///< kMaxNamespaces
  };
  struct Found {
    const Name* name = nullptr;  ///< valid while the declarations in force are
    Fault fault = Fault::None;
  };
  [[nodiscard]] Found element(std::string_view raw);
  /// Names that the resolver does not know are valid until forget_attributes() only.
  [[nodiscard]] Found attribute(std::string_view raw);
  void forget_attributes() { passing_.clear(); }

  /// Declarations come into force, until close() is called with what this gives back.
  /// REQUIRES: they keep the constraints of the specification (see tokenizer.cpp)
  [[nodiscard]] Fault open(const std::vector<Declaration>& declarations);
  void close();
  /// A number for the set of declarations in force: the same number, the same meaning of names.
  [[nodiscard]] std::uint32_t serial() const noexcept { return current_->serial; }

  /// How many names and namespaces the resolver does not know have been kept so far.
  [[nodiscard]] std::size_t unknown_count() const noexcept {
    return unknown_.size() + unknown_namespaces_;
  }

  /// What `prefix` stands for; null when it is not declared. The empty prefix always stands for
  /// something: the default namespace, or none.
  [[nodiscard]] const Namespace* find_prefix(std::string_view prefix) const;

 private:
  struct Binding {
    std::string prefix;
    const Namespace* space;
  };
  // Names by what they look like. Open addressing; the hash is keyed, since documents choose names.
  class Table {
   public:
    [[nodiscard]] const Name* find(std::string_view raw, std::uint64_t hash) const;
    void insert(const Name* name, std::uint64_t hash);

   private:
    struct Slot {
      std::uint64_t hash = 0;
      const Name* name = nullptr;
    };
    std::vector<Slot> slots_{};
    std::size_t used_ = 0;
  };
  struct Context {
    std::uint32_t serial = 0;
    Context* outer = nullptr;
    std::vector<Binding> bindings{};
    std::string signature{};  // of its declarations, to know it again
    std::deque<Name> names{};
    Table elements{};
    Table attributes{};
    std::unique_ptr<Context> inner{};  // the last one opened inside: often the next one too
  };

  [[nodiscard]] std::uint64_t hash_of(std::string_view raw) const noexcept;
  const Namespace* intern(std::string_view uri);
  Found resolve(std::string_view raw, bool is_element);

  const NameResolver* resolver_;
  std::uint64_t seed_[2]{};
  std::deque<Namespace> namespaces_{};
  std::unordered_map<std::string_view, const Namespace*> by_uri_{};
  std::size_t unknown_namespaces_ = 0;
  const Namespace* none_ = nullptr;
  const Namespace* xml_ = nullptr;
  Context root_{};
  Context* current_ = &root_;
  std::uint32_t last_serial_ = 0;
  std::set<std::pair<const Namespace*, std::string>> unknown_{};
  std::deque<Name> passing_{};
};

}  // namespace amparo::xml
