// SPDX-License-Identifier: Apache-2.0
#include "report/json_text.hpp"

#include <utility>

#include "report/printable.hpp"
#include "text/utf8.hpp"

namespace amparo::report {
namespace {

void append_unit(std::string& out, std::uint32_t unit) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += "\\u";
  for (const std::uint32_t shift : {12U, 8U, 4U, 0U})
    out += kDigits[(unit >> shift) & 0xFU];
}

}  // namespace

void JsonText::key(std::string_view name) {
  before_value();
  quoted(name);
  out_ += ": ";
  after_key_ = true;
}

void JsonText::value(std::string_view text) {
  before_value();
  quoted(text);
}

void JsonText::value(std::uint64_t number) {
  before_value();
  out_ += std::to_string(number);
}

void JsonText::value(bool truth) {
  before_value();
  out_ += truth ? "true" : "false";
}

std::string JsonText::take() {
  return std::exchange(out_, {});
}

void JsonText::open(char bracket) {
  before_value();
  out_ += bracket;
  ++depth_;
  is_first_ = true;
}

void JsonText::close(char bracket) {
  --depth_;
  if (!is_first_) new_line();
  out_ += bracket;
  is_first_ = false;
  if (depth_ == 0) out_ += '\n';
}

void JsonText::before_value() {
  if (std::exchange(after_key_, false) || depth_ == 0) return;
  if (!std::exchange(is_first_, false)) out_ += ',';
  new_line();
}

void JsonText::new_line() {
  out_ += '\n';
  out_.append(2 * depth_, ' ');
}

// Characters that is_unprintable() names are all below U+10000: one unit each.
void JsonText::quoted(std::string_view text) {
  out_ += '"';
  for (std::size_t i = 0; i < text.size();) {
    const auto decoded = text::decode_utf8(text, i);
    if (decoded.length == 0) {
      append_unit(out_, 0xFFFD);
      ++i;
      continue;
    }
    if (decoded.code_point == '"' || decoded.code_point == '\\') {
      out_ += '\\';
      out_ += text[i];
    } else if (is_unprintable(decoded.code_point)) {
      append_unit(out_, decoded.code_point);
    } else {
      out_ += text.substr(i, decoded.length);
    }
    i += decoded.length;
  }
  out_ += '"';
}

}  // namespace amparo::report
