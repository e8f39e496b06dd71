// SPDX-License-Identifier: Apache-2.0
#include "cli/report_outputs.hpp"

#include <cerrno>
#include <ostream>
#include <system_error>

#include "cli/version.hpp"

namespace amparo::cli {

Status write_out(const Console& console, std::string_view bytes) {
  errno = 0;
  console.out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  console.out.flush();
  if (console.out) return Done{};
  const int reason = errno == 0 ? EIO : errno;
  return fail(ErrorCode::Unwritable, "<stdout>: " + std::generic_category().message(reason));
}

Result<ReportOutputs> ReportOutputs::create(report::Format on_standard_output,
                                            const std::vector<OutputRequest>& files,
                                            report::Detail detail,
                                            const Console& console) {
  ReportOutputs outputs;
  report::WriterOptions options{.tool_version = std::string{tool_version()},
                                .language = console.language,
                                .color = console.color_out,
                                .detail = detail};
  const auto sink = [&console](std::string_view bytes) { return write_out(console, bytes); };
  outputs.writers_.push_back(
      report::make_writer(on_standard_output, console.messages, options, sink));
  options.color = false;
  options.detail = report::Detail::All;
  for (const OutputRequest& request : files) {
    auto file = OutputFile::create(request.path);
    if (!file) return Fail{file.error()};
    outputs.files_.push_back(std::make_unique<OutputFile>(*std::move(file)));
    OutputFile* target = outputs.files_.back().get();
    outputs.writers_.push_back(
        report::make_writer(request.format, console.messages, options, [target](auto bytes) {
          return target->write(bytes);
        }));
  }
  return outputs;
}

Status ReportOutputs::add(const Report& report) {
  for (const auto& writer : writers_) {
    if (auto written = writer->add(report); !written) return written;
  }
  return Done{};
}

Status ReportOutputs::add_unread(const std::string& document, const Error& error) {
  for (const auto& writer : writers_) {
    if (auto written = writer->add_unread(document, error); !written) return written;
  }
  return Done{};
}

Status ReportOutputs::finish() {
  for (const auto& writer : writers_) {
    if (auto written = writer->finish(); !written) return written;
  }
  for (const auto& file : files_) {
    if (auto written = file->commit(); !written) return written;
  }
  return Done{};
}

}  // namespace amparo::cli
