// SPDX-License-Identifier: Apache-2.0
#include "report/report_writer.hpp"

#include "report/json.hpp"
#include "report/text.hpp"

namespace amparo::report {

std::optional<Format> format_from_name(std::string_view name) noexcept {
  if (name == "text") return Format::Text;
  if (name == "json") return Format::Json;
  return std::nullopt;
}

std::unique_ptr<ReportWriter> make_writer(Format format,
                                          const MessageBook& book,
                                          WriterOptions options,
                                          ByteSink sink) {
  switch (format) {
    case Format::Text:
      return make_text_writer(book, std::move(options), std::move(sink));
    case Format::Json:
      return make_json_writer(book, std::move(options), std::move(sink));
  }
  return nullptr;
}

}  // namespace amparo::report
