// SPDX-License-Identifier: Apache-2.0
// The text report, in the way of compilers: file:line:column: error: a sentence [rule], the masked
// line with a caret; then verdict, counts and ledger.
#pragma once

#include "report/report_writer.hpp"

namespace amparo::report {

[[nodiscard]] std::unique_ptr<ReportWriter> make_text_writer(const MessageBook& book,
                                                             WriterOptions options,
                                                             ByteSink sink);

}  // namespace amparo::report
