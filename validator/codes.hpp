// SPDX-License-Identifier: Apache-2.0
// The code-list layer: is this code in its list, on this day? The declared type of a value names
// its list (schema/codes/catalog.xml); the form of a code is the grammar's business. Also here: a
// missing value must say why.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "validator/xsd/engine.hpp"

namespace amparo {

/// One row of a list. The views die with the lists.
struct Code {
  std::string_view name{};
  std::string_view valid_from{};   ///< "2009-07-01"; empty: always
  std::string_view valid_to{};     ///< last day; empty: without end
  std::string_view replaced_by{};  ///< code to use instead; empty: none
  std::string_view status{};       ///< "active", "deprecated", "retired"
};

/// One list. Its views die with the lists.
struct CodeList {
  std::string_view id{};                     ///< "CL-MigrationReason"
  std::string_view version{};                ///< "1.0"
  std::string_view type{};                   ///< XSD type; empty: none
  std::vector<Code> codes{};                 ///< by name
  std::vector<std::string_view> coverage{};  ///< countries whose codes it holds; empty: all
  std::vector<std::uint32_t> slots{};        ///< of find(): 1 + index into codes; 0: none

  /// Null when the list does not have it. O(1).
  [[nodiscard]] const Code* find(std::string_view code) const noexcept;
};

/// All lists of a bundle. Immutable; const is safe from many threads.
class CodeLists {
 public:
  /// Reads the catalog and all lists that it names, which are beside it.
  /// Fails with Malformed when a list is not what the catalog says it is.
  static Result<CodeLists> load(const std::filesystem::path& catalog);
  /// What bytes() gave, from a cache: checked, not trusted. Fails with Malformed.
  static Result<CodeLists> from_bytes(std::string_view bytes, std::shared_ptr<const void> keeper);

  /// All lists in one block, for a cache.
  [[nodiscard]] std::string_view bytes() const noexcept { return bytes_; }

  /// The list of an XSD type: "MigrationReasonCode", or "MigrationReasonCodeValue", its full form.
  [[nodiscard]] const CodeList* of_type(std::string_view xsd_type) const;
  [[nodiscard]] const CodeList* find(std::string_view id) const;
  [[nodiscard]] std::size_t size() const noexcept { return lists_.size(); }

 private:
  std::shared_ptr<const void> keeper_{};  ///< owns what bytes_ shows
  std::string_view bytes_{};
  std::map<std::string_view, CodeList> lists_{};         ///< by id
  std::map<std::string_view, const CodeList*> types_{};  ///< by XSD type
};

/// Looks at values while an engine runs. One per document.
class CodeChecker final : public xsd::ValueListener {
 public:
  /// `as_of`: the day to hold validity against, "2026-11-23"; empty: no day, dates do not count.
  CodeChecker(const CodeLists& lists, std::string as_of)
      : lists_{&lists}, as_of_{std::move(as_of)} {}

  [[nodiscard]] bool wants(std::string_view type) const override;
  void on_value(const xsd::Value& value, FindingSink& findings) override;
  void on_nil(const xsd::NilElement& element, FindingSink& findings) override;

  [[nodiscard]] std::uint64_t checked() const noexcept override { return checked_; }
  void repeat(std::uint64_t checked_then) override { checked_ += checked_then; }
  [[nodiscard]] std::unique_ptr<xsd::ValueListener> fork() const override {
    return std::make_unique<CodeChecker>(*lists_, as_of_);
  }

 private:
  void check_validity(const xsd::Value& value,
                      const CodeList& list,
                      const Code& code,
                      FindingSink& findings) const;

  const CodeLists* lists_;
  std::string as_of_;
  std::uint64_t checked_ = 0;
};

}  // namespace amparo
