// SPDX-License-Identifier: Apache-2.0
// Threads at work beside the one that started them. The only place where threads are made.
#pragma once

#include <cstddef>
#include <functional>
#include <system_error>
#include <thread>
#include <vector>

namespace amparo {

/// Joins its threads when it goes: `work` must end by then. Owned by one thread.
class Threads {
 public:
  Threads() = default;
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;
  Threads(Threads&&) = delete;
  Threads& operator=(Threads&&) = delete;
  ~Threads() { join(); }

  /// Runs `work`, which lets no exception out, in `count` more threads, or in fewer where the
  /// system gives no more: what has to be done must get done without them.
  void start(std::size_t count, const std::function<void()>& work) {
    for (std::size_t i = 0; i < count; ++i) {
      try {
        threads_.emplace_back(work);
      } catch (const std::system_error&) {
        return;
      }
    }
  }
  void join() {
    for (std::thread& thread : threads_)
      thread.join();
    threads_.clear();
  }
  [[nodiscard]] std::size_t count() const noexcept { return threads_.size(); }

 private:
  std::vector<std::thread> threads_{};
};

/// How many threads can run at once here; at least 1.
[[nodiscard]] inline unsigned processor_count() noexcept {
  const auto count = std::thread::hardware_concurrency();
  return count == 0 ? 1U : count;
}

}  // namespace amparo
