// SPDX-License-Identifier: Apache-2.0
// One run's reports in all the formats that were asked for: one on standard output, any number in
// files, which appear whole when the run has come to its end, or not at all.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/output_file.hpp"
#include "report/report_writer.hpp"

namespace amparo::cli {

/// --output FORMAT=PATH
struct OutputRequest {
  report::Format format = report::Format::Text;
  std::string path;
};

class ReportOutputs {
 public:
  /// Makes the files first: a run of an hour must not end in "permission denied".
  static Result<ReportOutputs> create(report::Format on_standard_output,
                                      const std::vector<OutputRequest>& files,
                                      report::Detail detail,
                                      const Console& console);

  Status add(const Report& report);
  Status add_unread(const std::string& document, const Error& error);
  /// Ends all reports and puts the files in place.
  Status finish();

 private:
  ReportOutputs() = default;

  std::vector<std::unique_ptr<OutputFile>> files_{};  // before the writers that write into them
  std::vector<std::unique_ptr<report::ReportWriter>> writers_{};
};

/// Bytes to `console.out`, at once. Fails with Unwritable when they cannot go there.
Status write_out(const Console& console, std::string_view bytes);

}  // namespace amparo::cli
