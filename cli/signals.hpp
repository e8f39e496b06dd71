// SPDX-License-Identifier: Apache-2.0
// What happens on Ctrl-C and on a request to end: temporary files are removed, the target of a
// conversion stays as it was, and the program ends with 130 or 143. Works while a read is blocked.
#pragma once

#include <string>

namespace amparo::cli {

/// Installs the handlers for SIGINT, SIGTERM and SIGHUP, and lets SIGPIPE end the program quietly.
void install_signal_handlers();

/// A file to remove when a signal ends the program; lives as long as the file is temporary.
/// At most 16 at a time; one more is simply not removed on a signal.
class TemporaryGuard {
 public:
  explicit TemporaryGuard(const std::string& path);
  TemporaryGuard(const TemporaryGuard&) = delete;
  TemporaryGuard& operator=(const TemporaryGuard&) = delete;
  TemporaryGuard(TemporaryGuard&&) = delete;
  TemporaryGuard& operator=(TemporaryGuard&&) = delete;
  ~TemporaryGuard();

 private:
  int slot_ = -1;
};

}  // namespace amparo::cli
