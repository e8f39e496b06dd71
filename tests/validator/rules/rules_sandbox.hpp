// SPDX-License-Identifier: Apache-2.0
// Tapes and expressions for the tests of rules.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/source.hpp"
#include "validator/rules/calendar.hpp"
#include "validator/rules/machine.hpp"
#include "validator/rules/number.hpp"
#include "validator/rules/xpath.hpp"
#include "xml/tape_reader.hpp"

namespace amparo::tests {

inline xml::Tape tape_of(std::string xml, xml::TapeNames names = {}) {
  xml::Tape tape{std::move(names)};
  auto source = Source::from_string("test.xml", std::move(xml));
  xml::TapeReader reader{source, tape, {.profile = xml::GateProfile::General}, {}};
  if (reader.next() != xml::TapeReader::Step::Finished) tape.clear();
  return tape;
}

inline std::string file_text(std::string_view name) {
  const auto path = std::filesystem::path{AMPARO_SOURCE_DIR} / "tests/validator/rules" / name;
  const auto bytes = read_file(path, std::size_t{1} << 22U);
  return bytes ? *bytes : std::string{};
}

inline std::string tape_file(std::string_view name) {
  return file_text(name);
}

inline rules::StaticContext namespaces() {
  rules::StaticContext context;
  context.namespaces = {{"p", "urn:p"}, {"q", "urn:q"}};
  return context;
}

// Items by " | ", as texts; "!cast" for a fault, "!static xpath-type" for one found before.
inline std::string evaluated(const std::string& expression,
                             const std::string& xml,
                             const rules::Surroundings& around = {}) {
  rules::Program program;
  const auto compiled = rules::compile_expression(program, namespaces(), expression);
  if (!compiled) return "!static " + compiled.error().key;
  const xml::Tape tape = tape_of(xml, program.names);
  rules::Machine machine{program, around};
  machine.begin(tape);
  const auto value = machine.value(*compiled, 0);
  if (value.fault) return "!" + std::string{rules::name(*value.fault)};
  const std::vector<rules::Item> items{value.value.begin(), value.value.end()};
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += " | ";
    const rules::Item& item = items[i];
    if (item.type == rules::ItemType::Node) {
      out += tape.text(item.node);
    } else if (item.is_text()) {
      out += item.text();
    } else if (item.type == rules::ItemType::Boolean) {
      out += item.number != 0 ? "true" : "false";
    } else if (item.is_numeric()) {
      rules::append_number(out, item);
    } else {
      rules::append_calendar(out, item);
    }
  }
  return out;
}

}  // namespace amparo::tests
