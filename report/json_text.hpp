// SPDX-License-Identifier: Apache-2.0
// Writes JSON (RFC 8259): indented by two spaces, keys in the order given, ASCII escapes for all
// that a terminal would act on. Knows nothing of reports.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace amparo::report {

class JsonText {
 public:
  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }

  /// The name of the member whose value comes next. REQUIRES: inside an object
  void key(std::string_view name);

  /// Bytes that are not UTF-8 become U+FFFD: JSON has no place for them.
  void value(std::string_view text);
  void value(std::uint64_t number);
  void value(bool truth);

  template <typename T>
  void member(std::string_view name, const T& member_value) {
    key(name);
    value(member_value);
  }
  void member(std::string_view name, const char* text) { member(name, std::string_view{text}); }

  /// What has been written since the last take(). Values may go on after it.
  [[nodiscard]] std::string take();

 private:
  void open(char bracket);
  void close(char bracket);
  void before_value();
  void new_line();
  void quoted(std::string_view text);

  std::string out_{};
  std::size_t depth_ = 0;
  bool is_first_ = true;    ///< of the object or array that is open
  bool after_key_ = false;  ///< the next value stands beside its key
};

}  // namespace amparo::report
