// SPDX-License-Identifier: Apache-2.0
// Result<T>: a value, or the reason why there is none. The shape of C++23's std::expected, which
// GCC 12 has only with -std=c++23 and clang 14 cannot see: one alias replaces it later.
#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>

namespace amparo {

/// Why an operation could not be carried out; what a program may decide by.
enum class ErrorCode : std::uint8_t {
  NotFound,     ///< no such file, list, mapping
  Unreadable,   ///< a directory, a device, no permission, an I/O error
  Unwritable,   ///< cannot create, full disk, closed pipe
  TooLarge,     ///< above a limit that the caller set
  Malformed,    ///< our own input (schema, mapping, code list) is not what it must be
  Unsupported,  ///< understood, and not something this version does
  BadKey,       ///< a key that does not fit its use
  Interrupted,  ///< the user asked to stop
};

/// Says nothing about the document: that is a Finding. `message` names the thing, says what is
/// wrong and what was expected, lower case, no full stop: "schema/core.xsd: no such file".
struct Error {
  ErrorCode code = ErrorCode::Unreadable;
  std::string message;
};

template <typename E>
struct Fail {
  E error;
};  ///< return Fail{Error{ErrorCode::NotFound, ...}};
template <typename E>
Fail(E) -> Fail<E>;

/// The reason in short: `return fail(ErrorCode::NotFound, name + ": no such file");`
[[nodiscard]] inline Fail<Error> fail(ErrorCode code, std::string message) {
  return Fail<Error>{Error{code, std::move(message)}};
}

/// The value of an operation that has nothing to give back.
struct Done {
  friend bool operator==(const Done&, const Done&) = default;
};

template <typename T, typename E = Error>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  // Implicit on purpose: `return value;` and `return fail(...)` are how a Result is made.
  Result(T value) : state_{std::in_place_index<0>, std::move(value)} {}
  Result(Fail<E> fail) : state_{std::in_place_index<1>, std::move(fail.error)} {}

  [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  /// REQUIRES: has_value()
  [[nodiscard]] T& operator*() & noexcept { return *get(std::get_if<0>(&state_)); }
  [[nodiscard]] const T& operator*() const& noexcept { return *get(std::get_if<0>(&state_)); }
  [[nodiscard]] T&& operator*() && noexcept { return std::move(*get(std::get_if<0>(&state_))); }
  T* operator->() noexcept { return get(std::get_if<0>(&state_)); }
  const T* operator->() const noexcept { return get(std::get_if<0>(&state_)); }

  /// REQUIRES: !has_value()
  [[nodiscard]] const E& error() const& noexcept { return *get(std::get_if<1>(&state_)); }
  [[nodiscard]] E&& error() && noexcept { return std::move(*get(std::get_if<1>(&state_))); }

 private:
  template <typename P>
  static P* get(P* pointer) noexcept {
    assert(pointer != nullptr);
    return pointer;
  }

  std::variant<T, E> state_;
};

/// For operations that either work or do not: `return Done{};`
using Status = Result<Done>;

}  // namespace amparo
