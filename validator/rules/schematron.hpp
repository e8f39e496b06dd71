// SPDX-License-Identifier: Apache-2.0
// A Schematron schema (ISO/IEC 19757-3) as it is written, with includes, abstract patterns and
// abstract rules resolved. Expressions are still text: rule_set.hpp compiles them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/message.hpp"
#include "core/result.hpp"

namespace amparo::rules {

inline constexpr std::string_view kSchematronNamespace = "http://purl.oclc.org/dsdl/schematron";

/// Why a schema cannot be used, and where.
struct RuleFault {
  ErrorCode code = ErrorCode::Malformed;
  std::string file;
  std::uint64_t line = 0;       ///< 0: about the whole file
  std::string attribute{};      ///< that holds the expression; empty: none
  std::uint64_t character = 0;  ///< of the expression, from 1
  std::string key;              ///< in the MessageBook: "sch-...", "xpath-..."
  Params params{};

  /// "rules.sch:41: test, character 12: expected ..." in one line.
  [[nodiscard]] std::string sentence(const MessageBook& book, Language language) const;
};

struct SchPlace {
  std::string file;
  std::uint64_t line = 0;
};
struct SchExpression {
  std::string text;
  std::string attribute;
  SchPlace place{};
};
struct SchLet {
  std::string name;
  SchExpression value{};
};
/// A piece of a message.
struct SchPart {
  enum class Kind : std::uint8_t { Text, ValueOf, Name };
  Kind kind = Kind::Text;
  std::string text;            ///< Text
  SchExpression expression{};  ///< ValueOf; Name, empty: the context
};
/// An attribute of another namespace.
struct SchExtra {
  std::string uri, name, value;
};
struct SchCheck {
  bool is_report = false;
  std::string id, role, flag, see, fpi, icon, lang;
  SchExpression test{};
  SchExpression subject{};  ///< empty: the context
  std::vector<std::string> diagnostics{}, properties{};
  std::vector<SchPart> message{};
  std::vector<SchExtra> extras{};
  SchPlace place{};
};
struct SchRule {
  std::string id, role, flag;
  bool is_abstract = false;
  SchExpression context{};
  SchExpression subject{};
  std::vector<SchLet> lets{};
  std::vector<SchCheck> checks{};
  /// Abstract rules that it extends: their id, and before which check they stand.
  struct Extension {
    std::string id;
    std::size_t at = 0;
    SchPlace place{};
  };
  std::vector<Extension> extensions{};
  SchPlace place{};
};
struct SchPattern {
  std::string id, is_a, title;
  bool is_abstract = false;
  std::vector<std::pair<std::string, std::string>> params{};
  std::vector<SchLet> lets{};
  std::vector<SchRule> rules{};
  std::vector<SchExtra> extras{};
  SchPlace place{};
};
struct SchPhase {
  std::string id;
  std::vector<SchLet> lets{};
  std::vector<std::string> active{};
  SchPlace place{};
};
/// A diagnostic or property: more to say with a finding.
struct SchDiagnostic {
  std::string id, lang, role;
  std::vector<SchPart> message{};
  SchPlace place{};
};
struct SchKey {
  std::string name;
  SchExpression match{}, use{};
};
struct Schematron {
  std::string title, version, default_phase;
  std::vector<std::pair<std::string, std::string>> namespaces{};  ///< prefix, name
  std::vector<SchLet> lets{};
  std::vector<SchPattern> patterns{};  ///< no abstract ones, no is-a left
  std::vector<SchPhase> phases{};
  std::vector<SchDiagnostic> diagnostics{}, properties{};
  std::vector<SchKey> keys{};
  std::vector<SchExtra> extras{};
};

/// Reads a file and what it includes, which has to lie in the same folder or below.
[[nodiscard]] Result<Schematron, RuleFault> read_schematron(const std::filesystem::path& file);
/// The same of bytes; `name` is for messages; nothing can be included.
[[nodiscard]] Result<Schematron, RuleFault> read_schematron(std::string_view bytes,
                                                            const std::string& name);

}  // namespace amparo::rules
