// SPDX-License-Identifier: Apache-2.0
// The governor: work that may exhaust time, memory or stack is done by a child process, and its
// answer comes back through a pipe.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

#include "core/result.hpp"
#include "validator/xsd/engine.hpp"

namespace amparo::xsd {

struct ChildLimits {
  std::chrono::milliseconds time{};
  std::size_t memory_bytes = 0;  ///< of the whole child; not held under a sanitizer
};

/// Whether run_in_child() works on this platform.
[[nodiscard]] bool has_children() noexcept;

/// Runs `work` in a child and returns its answer. When the child ends without one (killed by a
/// limit, out of stack) it fails with TooLarge. Never waits longer than `limits.time` and a moment.
/// REQUIRES: has_children(), and one thread.
[[nodiscard]] Result<std::string> run_in_child(const std::function<std::string()>& work,
                                               const ChildLimits& limits);

/// A fault as bytes, and back. Of findings: rule, layer, message, parameters, place and file.
[[nodiscard]] std::string bytes_of(const SchemaFault& fault);
[[nodiscard]] SchemaFault fault_from(std::string_view bytes);

}  // namespace amparo::xsd
