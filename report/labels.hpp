// SPDX-License-Identifier: Apache-2.0
// The words of a report that do not belong to any one finding, in the three languages.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/language.hpp"
#include "core/message.hpp"
#include "core/report.hpp"

namespace amparo::report {

/// The table behind the functions below; for the test that looks at every table.
[[nodiscard]] std::span<const MessageText> labels();

/// The label with `key`, its placeholders filled. REQUIRES: labels() has the key
[[nodiscard]] std::string label(std::string_view key, Language language, const Params& params = {});

/// "1 error", "2 errors", "0 erreur": `key` names the pair of labels.
[[nodiscard]] std::string counted(std::string_view key, std::uint64_t n, Language language);

[[nodiscard]] std::string label(Severity severity, Language language);
[[nodiscard]] std::string label(Layer layer, Language language);
[[nodiscard]] std::string label(LedgerState state, Language language);
[[nodiscard]] std::string label(Verdict verdict, Language language);

}  // namespace amparo::report
