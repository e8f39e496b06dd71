// SPDX-License-Identifier: Apache-2.0
#include "validator/messages.hpp"

#include <array>
#include <vector>

#include "validator/detail/messages.hpp"

namespace amparo {

std::span<const MessageText> validator_messages() {
  static const std::vector<MessageText> kAll = [] {
    std::vector<MessageText> all;
    for (const auto table : {gate_messages(),
                             markup_messages(),
                             grammar_messages(),
                             schema_messages(),
                             code_messages(),
                             ledger_messages(),
                             rule_messages()}) {
      all.insert(all.end(), table.begin(), table.end());
    }
    return all;
  }();
  return kAll;
}

}  // namespace amparo
