// SPDX-License-Identifier: Apache-2.0
// What every engine that checks documents against an XSD 1.0 schema looks like from outside. A
// Schema is loaded once and shared; run() takes one document through it. Other layers that need the
// type of each value (code lists) listen while it runs. Read next: oracle_xerces.hpp.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/finding.hpp"
#include "core/limits.hpp"
#include "core/result.hpp"
#include "core/source.hpp"
#include "xml/gate.hpp"

namespace amparo::xsd {

/// A typed value, where it stands. The views die when the listener returns.
struct Value {
  std::string_view type{};          ///< local name of its declared type
  std::string_view text{};          ///< as written, references resolved
  std::string_view element{};       ///< local name
  std::string_view attribute{};     ///< local name; empty for the element's own value
  std::string_view list_version{};  ///< the element's attribute listVersion; empty when it has none
  Place where{};  ///< line 0: the offset alone is known; good enough for a finding
};

/// An element that says nil, or why a value is missing, or both.
struct NilElement {
  std::string_view element{};
  bool is_nil = false;
  bool has_reason = false;  ///< it has the attribute nullReason
  Place where{};
};

/// A layer that looks at values while the engine runs. Findings it adds get path, record and
/// excerpt from the engine.
class ValueListener {
 public:
  ValueListener() = default;
  ValueListener(const ValueListener&) = delete;
  ValueListener& operator=(const ValueListener&) = delete;
  ValueListener(ValueListener&&) = delete;
  ValueListener& operator=(ValueListener&&) = delete;
  virtual ~ValueListener() = default;

  /// Asked once per type of the schema.
  [[nodiscard]] virtual bool wants(std::string_view type) const = 0;
  virtual void on_value(const Value& value, FindingSink& findings) = 0;
  virtual void on_nil(const NilElement& element, FindingSink& findings) = 0;

  /// How much it has looked at.
  [[nodiscard]] virtual std::uint64_t checked() const noexcept = 0;
  /// Calls that made no findings came again, with the same values of the same types: what was
  /// looked at then counts again. They would make no findings.
  virtual void repeat(std::uint64_t checked_then) = 0;

  /// Another one for another part of the same document, that finds the same and has checked nothing
  /// yet; its findings are not wanted, only whether there are any. Called from other threads while
  /// this one is at work. Null: the parts have to come to this one.
  [[nodiscard]] virtual std::unique_ptr<ValueListener> fork() const { return nullptr; }
};

struct RunOptions {
  xml::GateProfile profile = xml::GateProfile::Standard;
  Limits limits{};
  /// Elements that are one record each: the root itself or a child of the root.
  std::vector<std::string> record_elements{};
  xml::Reveal reveal = xml::Reveal::Nothing;
  /// Whether one more finding of a rule will be kept; saves making excerpts that nobody sees.
  std::function<bool(std::string_view rule)> keeps{};
  /// Threads that may work on the document; what is found does not depend on it.
  unsigned jobs = 1;
};

/// How far a run came. Findings went to the sink.
struct RunResult {
  std::uint64_t bytes = 0;  ///< of the input, read
  std::uint64_t elements = 0;
  std::uint64_t records = 0;
  std::uint64_t listened = 0;       ///< values given to the listener
  std::uint64_t records_ahead = 0;  ///< read before their turn; a matter of chance with many jobs
  bool reached_end = false;         ///< the document was well formed and read to its end
  bool engine_failed = false;       ///< the engine itself gave up; the grammar is not decided
};

/// A compiled schema. Const is not safe from many threads at once; one per thread is.
class Schema {
 public:
  Schema() = default;
  Schema(const Schema&) = delete;
  Schema& operator=(const Schema&) = delete;
  Schema(Schema&&) = delete;
  Schema& operator=(Schema&&) = delete;
  virtual ~Schema() = default;

  /// Checks one document. `listener` may be null. Fails when the input cannot be read.
  virtual Result<RunResult> run(Source& document,
                                const RunOptions& options,
                                ValueListener* listener,
                                FindingSink& findings) = 0;
};

/// Why a schema could not be compiled: an Error in one line, and where in which file.
struct SchemaFault {
  Error error;
  std::vector<Finding> findings{};  ///< xpath holds the file; line and column are in that file
};

}  // namespace amparo::xsd
