// SPDX-License-Identifier: Apache-2.0
// The JSON report: one document for all inputs. spec/formats/report.md describes it,
// spec/formats/report.schema.json is its JSON Schema.
#pragma once

#include "report/report_writer.hpp"

namespace amparo::report {

[[nodiscard]] std::unique_ptr<ReportWriter> make_json_writer(const MessageBook& book,
                                                             WriterOptions options,
                                                             ByteSink sink);

}  // namespace amparo::report
