// SPDX-License-Identifier: Apache-2.0
#include "cli/signals.hpp"

#include <array>
#include <atomic>
#include <csignal>
#include <cstring>
#include <unistd.h>

namespace amparo::cli {
namespace {

constexpr std::size_t kSlots = 16;
constexpr std::size_t kPathBytes = 4096;

// A handler may only touch memory that is already there: fixed slots, no allocation. The flag is
// set after the path is complete and cleared before it goes.
struct Slot {
  std::atomic<bool> used{false};
  std::atomic<bool> ready{false};
  std::array<char, kPathBytes> path{};
};
std::array<Slot, kSlots> slots;
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler reads it");

extern "C" void on_signal(int signal) {
  for (Slot& slot : slots) {
    if (slot.ready.load()) ::unlink(slot.path.data());
  }
  ::_exit(128 + signal);
}

}  // namespace

void install_signal_handlers() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP})
    sigaction(signal, &action, nullptr);
  // A parent may have left SIGPIPE ignored; `amparo validate x | head` must still end quietly.
  struct sigaction plain {};
  plain.sa_handler = SIG_DFL;
  sigemptyset(&plain.sa_mask);
  sigaction(SIGPIPE, &plain, nullptr);
}

TemporaryGuard::TemporaryGuard(const std::string& path) {
  if (path.size() >= kPathBytes) return;
  for (std::size_t i = 0; i < kSlots; ++i) {
    if (slots[i].used.exchange(true)) continue;
    std::memcpy(slots[i].path.data(), path.c_str(), path.size() + 1);
    slots[i].ready.store(true);
    slot_ = static_cast<int>(i);
    return;
  }
}

TemporaryGuard::~TemporaryGuard() {
  if (slot_ < 0) return;
  Slot& slot = slots[static_cast<std::size_t>(slot_)];
  slot.ready.store(false);
  slot.used.store(false);
}

}  // namespace amparo::cli
