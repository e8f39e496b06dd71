// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/compile_child.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>

#if defined(__unix__) && !defined(__EMSCRIPTEN__)
#define AMPARO_HAS_FORK 1
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#else
#define AMPARO_HAS_FORK 0
#endif

namespace amparo::xsd {
namespace {

// A sanitizer maps terabytes: its program cannot live under such a limit.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kLimitsMemory = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool kLimitsMemory = false;
#else
constexpr bool kLimitsMemory = true;
#endif
#else
constexpr bool kLimitsMemory = true;
#endif

constexpr auto kLastLayer = static_cast<std::uint64_t>(Layer::Conversion);

Fail<Error> too_large() {
  return fail(ErrorCode::TooLarge, "the schema needs too much time, memory or stack");
}

void put(std::string& out, std::string_view text) {
  out += std::to_string(text.size());
  out += ':';
  out += text;
}

// What put() wrote, piece by piece; empty where something is missing.
class Pieces {
 public:
  explicit Pieces(std::string_view rest) : rest_{rest} {}
  std::string text() {
    const auto size = number_before(':');
    const auto piece = rest_.substr(0, size);
    rest_.remove_prefix(piece.size());
    return std::string{piece};
  }
  std::uint64_t number() { return number_before(';'); }
  [[nodiscard]] bool has_more() const { return !rest_.empty(); }

 private:
  std::uint64_t number_before(char end) {
    std::uint64_t value = 0;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      value = value * 10 + static_cast<std::uint64_t>(rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    if (!rest_.empty() && rest_.front() == end) rest_.remove_prefix(1);
    return value;
  }
  std::string_view rest_;
};

void put(std::string& out, std::uint64_t number) {
  out += std::to_string(number);
  out += ';';
}

}  // namespace

std::string bytes_of(const SchemaFault& fault) {
  std::string out;
  put(out, static_cast<std::uint64_t>(fault.error.code));
  put(out, fault.error.message);
  put(out, fault.findings.size());
  for (const Finding& finding : fault.findings) {
    put(out, finding.rule);
    put(out, static_cast<std::uint64_t>(finding.layer));
    put(out, finding.message);
    put(out, finding.xpath);
    put(out, finding.where.offset);
    put(out, finding.where.line);
    put(out, finding.where.column);
    put(out, finding.params.size());
    for (const Param& param : finding.params) {
      put(out, param.name);
      put(out, param.values.size());
      for (const std::string& value : param.values)
        put(out, value);
    }
  }
  return out;
}

SchemaFault fault_from(std::string_view bytes) {
  Pieces in{bytes};
  SchemaFault fault;
  fault.error.code = static_cast<ErrorCode>(in.number());
  fault.error.message = in.text();
  for (auto findings = in.number(); findings > 0 && in.has_more(); --findings) {
    Finding finding;
    finding.rule = in.text();
    finding.layer = static_cast<Layer>(std::min(in.number(), kLastLayer));
    finding.message = in.text();
    finding.xpath = in.text();
    finding.where.offset = in.number();
    finding.where.line = static_cast<decltype(finding.where.line)>(in.number());
    finding.where.column = static_cast<decltype(finding.where.column)>(in.number());
    for (auto params = in.number(); params > 0 && in.has_more(); --params) {
      Param param{.name = in.text()};
      for (auto values = in.number(); values > 0 && in.has_more(); --values)
        param.values.push_back(in.text());
      finding.params.push_back(std::move(param));
    }
    fault.findings.push_back(std::move(finding));
  }
  return fault;
}

#if AMPARO_HAS_FORK

namespace {

using Clock = std::chrono::steady_clock;

// Stack for grammars that lie deep; Xerces walks through them by recursion.
constexpr rlim_t kStackBytes = rlim_t{256} << 20U;
constexpr char kDone = '\n';  // the last byte of an answer that is complete

void limit(int resource, rlim_t most) {
  rlimit now{};
  if (getrlimit(static_cast<decltype(RLIMIT_CORE)>(resource), &now) != 0) return;
  now.rlim_cur = now.rlim_max == RLIM_INFINITY ? most : std::min(most, now.rlim_max);
  setrlimit(static_cast<decltype(RLIMIT_CORE)>(resource), &now);
}

void write_all(int to, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = write(to, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) _exit(1);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

[[noreturn]] void run_child(const std::function<std::string()>& work,
                            const ChildLimits& limits,
                            int to) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(limits.time).count();
  limit(RLIMIT_CPU, static_cast<rlim_t>(seconds) + 1);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_STACK, kStackBytes);
  if (kLimitsMemory) limit(RLIMIT_DATA, limits.memory_bytes);
  // Xerces throws out of destructors when its memory is at an end.
  std::set_terminate([] { _exit(1); });
  std::signal(SIGSEGV, SIG_DFL);
  std::signal(SIGPIPE, SIG_DFL);
  try {
    write_all(to, work());
    write_all(to, std::string_view{&kDone, 1});
  } catch (...) {
    _exit(1);
  }
  _exit(0);
}

// Reads to the end or the deadline; nothing when the deadline came first.
bool read_answer(int from, Clock::time_point deadline, std::string& answer) {
  std::array<char, std::size_t{1} << 16U> buffer{};
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) return false;
    pollfd ready{.fd = from, .events = POLLIN, .revents = 0};
    const int count = poll(&ready, 1, static_cast<int>(std::min<long>(left.count(), 60'000)));
    if (count < 0 && errno != EINTR) return false;
    if (count <= 0) continue;
    const auto got = read(from, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0) return true;
    answer.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

bool has_children() noexcept {
  return true;
}

Result<std::string> run_in_child(const std::function<std::string()>& work,
                                 const ChildLimits& limits) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) {
    return fail(ErrorCode::Unreadable, std::string{"pipe: "} + std::strerror(errno));
  }
  const auto deadline = Clock::now() + limits.time;
  const pid_t child = fork();
  if (child < 0) {
    close(ends[0]);
    close(ends[1]);
    return fail(ErrorCode::Unreadable, std::string{"fork: "} + std::strerror(errno));
  }
  if (child == 0) {
    close(ends[0]);
    run_child(work, limits, ends[1]);
  }
  close(ends[1]);
  std::string answer;
  const bool is_whole = read_answer(ends[0], deadline, answer);
  close(ends[0]);
  kill(child, SIGKILL);
  while (waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
  }
  if (!is_whole || answer.empty() || answer.back() != kDone) return too_large();
  answer.pop_back();
  return answer;
}

#else

bool has_children() noexcept {
  return false;
}

Result<std::string> run_in_child(const std::function<std::string()>& work, const ChildLimits&) {
  return work();
}

#endif

}  // namespace amparo::xsd
