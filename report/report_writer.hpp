// SPDX-License-Identifier: Apache-2.0
// The door: turns reports into bytes of one format. All formats are made from the same Report and
// agree. To add a format: a file with a ReportWriter, a value of Format, a line in make_writer().
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/language.hpp"
#include "core/message.hpp"
#include "core/report.hpp"
#include "core/result.hpp"

namespace amparo::report {

enum class Format : std::uint8_t { Text, Json };
[[nodiscard]] std::optional<Format> format_from_name(std::string_view name) noexcept;

/// Takes bytes; fails as the place they go to does.
using ByteSink = std::function<Status(std::string_view)>;

enum class Detail : std::uint8_t { All, FindingsOnly };

struct WriterOptions {
  std::string tool_version{};
  Language language = Language::English;  ///< of the text format; the others carry all three
  bool color = false;                     ///< text: with terminal colours
  Detail detail = Detail::All;            ///< text: without verdict, totals and ledger
};

/// One report of one run over any number of inputs. add() and add_unread() in the order of inputs,
/// then finish() once. Fails as the sink does.
class ReportWriter {
 public:
  ReportWriter() = default;
  ReportWriter(const ReportWriter&) = delete;
  ReportWriter& operator=(const ReportWriter&) = delete;
  ReportWriter(ReportWriter&&) = delete;
  ReportWriter& operator=(ReportWriter&&) = delete;
  virtual ~ReportWriter() = default;

  virtual Status add(const Report& report) = 0;
  /// An input that could not be read, and why.
  virtual Status add_unread(const std::string& document, const Error& error) = 0;
  virtual Status finish() = 0;
};

/// `book` must outlive the writer and have every key that findings use.
[[nodiscard]] std::unique_ptr<ReportWriter> make_writer(Format format,
                                                        const MessageBook& book,
                                                        WriterOptions options,
                                                        ByteSink sink);

}  // namespace amparo::report
