// SPDX-License-Identifier: Apache-2.0
#include "xml/writer.hpp"

#include <cassert>

#include "text/utf8.hpp"

namespace amparo::xml {

Writer::Writer(std::string& out, std::uint32_t indent, std::uint32_t level)
    : out_(&out), indent_(indent), level_(level) {}

void Writer::declaration() {
  *out_ += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
}

void Writer::start(std::string_view name) {
  close_start_tag();
  if (!open_.empty()) {
    open_.back().has_elements = true;
    if (!open_.back().has_text) new_line(open_.size());
  } else if (level_ > 0) {
    new_line(0);
  }
  *out_ += '<';
  *out_ += name;
  open_.push_back({std::string(name)});
  in_start_tag_ = true;
}

void Writer::attribute(std::string_view name, std::string_view value) {
  assert(in_start_tag_);
  const std::size_t before = out_->size();
  *out_ += ' ';
  *out_ += name;
  *out_ += "=\"";
  if (!escape(value, Place::Attribute)) {
    out_->resize(before);
    return;
  }
  *out_ += '"';
}

void Writer::text(std::string_view utf8) {
  assert(!open_.empty());
  if (utf8.empty()) return;
  close_start_tag();
  open_.back().has_text = true;
  escape(utf8, Place::Content);
}

void Writer::end() {
  assert(!open_.empty());
  const Open element = std::move(open_.back());
  open_.pop_back();
  if (in_start_tag_) {
    *out_ += "/>";
    in_start_tag_ = false;
  } else {
    if (element.has_elements && !element.has_text) new_line(open_.size());
    *out_ += "</";
    *out_ += element.name;
    *out_ += '>';
  }
  if (open_.empty() && level_ == 0 && indent_ > 0) *out_ += '\n';
}

void Writer::element(std::string_view name, std::string_view utf8) {
  start(name);
  text(utf8);
  end();
}

Status Writer::status() const {
  if (!refused_) return Done{};
  return fail(ErrorCode::Malformed, "a value holds characters that XML 1.0 cannot carry");
}

void Writer::close_start_tag() {
  if (!in_start_tag_) return;
  *out_ += '>';
  in_start_tag_ = false;
}

void Writer::new_line(std::size_t level) {
  if (indent_ == 0) return;
  *out_ += '\n';
  out_->append((level + level_) * indent_, ' ');
}

bool Writer::escape(std::string_view utf8, Place place) {
  if (text::first_invalid_xml_character(utf8)) {
    refused_ = true;
    return false;
  }
  for (const char c : utf8) {
    switch (c) {
      case '&':
        *out_ += "&amp;";
        break;
      case '<':
        *out_ += "&lt;";
        break;
      case '>':
        *out_ += "&gt;";  // only "]]>" needs it; always is one rule less
        break;
      case '\r':
        *out_ += "&#13;";  // a reader turns a bare one into a line feed (XML 1.0, 2.11)
        break;
      case '"':
        *out_ += place == Place::Attribute ? "&quot;" : "\"";
        break;
      case '\n':
        *out_ += place == Place::Attribute ? "&#10;" : "\n";  // else normalised (XML 1.0, 3.3.3)
        break;
      case '\t':
        *out_ += place == Place::Attribute ? "&#9;" : "\t";
        break;
      default:
        *out_ += c;
    }
  }
  return true;
}

}  // namespace amparo::xml
