// SPDX-License-Identifier: Apache-2.0
// Writes XML, one construct at a time, into a string that the caller empties when it likes. What
// comes out is well formed as long as every start() gets its end(): names are the caller's (they
// come from a schema), text is escaped here, and characters that XML cannot carry are refused.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace amparo::xml {

class Writer {
 public:
  /// Appends to `out`, which must outlive the writer. `indent`: spaces for each level, 0 for none.
  /// `level`: how deep the first element stands, so that a part can be written on its own.
  explicit Writer(std::string& out, std::uint32_t indent = 2, std::uint32_t level = 0);

  void declaration();  ///< <?xml version="1.0" encoding="UTF-8"?>
  void start(std::string_view name);
  /// REQUIRES: only attributes since start()
  void attribute(std::string_view name, std::string_view value);
  void text(std::string_view utf8);
  void end();
  /// start(), text() unless empty, end().
  void element(std::string_view name, std::string_view utf8);

  [[nodiscard]] std::size_t depth() const noexcept { return open_.size(); }
  /// Fails with Malformed when a value held bytes that are not UTF-8 or a character that XML 1.0
  /// cannot carry; nothing of that value was written.
  [[nodiscard]] Status status() const;

 private:
  enum class Place : std::uint8_t { Content, Attribute };
  struct Open {
    std::string name;
    bool has_elements = false;
    bool has_text = false;
  };

  void close_start_tag();
  void new_line(std::size_t level);
  bool escape(std::string_view utf8, Place place);

  std::string* out_;  ///< the caller's
  std::uint32_t indent_;
  std::uint32_t level_;
  std::vector<Open> open_;
  bool in_start_tag_ = false;
  bool refused_ = false;
};

}  // namespace amparo::xml
