// SPDX-License-Identifier: Apache-2.0
// A Schematron schema, or, when it does not begin with '<', an expression and behind the first line
// feed a document: compiled and run under small limits. Nothing may crash, and no fault may escape.
#include <string>
#include <string_view>

#include "core/source.hpp"
#include "fuzz/target.hpp"
#include "validator/rules/rule_run.hpp"
#include "xml/tape_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace amparo;
  using namespace amparo::rules;
  const std::string_view input(reinterpret_cast<const char*>(data), size);  // NOLINT
  if (input.starts_with('<')) {
    const auto schema = read_schematron(input, "fuzz.sch");
    if (schema) static_cast<void>(RuleSet::compile({&*schema, 1}, {}));
    return 0;
  }
  Program program;
  const std::size_t line = input.find('\n');
  const auto expression = compile_expression(program, {}, input.substr(0, line));
  if (!expression) return 0;
  static_cast<void>(program.dump(*expression));
  auto source =
      Source::from_string("fuzz.xml", std::string{line < size ? input.substr(line + 1) : "<a/>"});
  xml::Tape tape{program.names};
  xml::TapeReader reader{source, tape, {}, {}};
  if (reader.next() != xml::TapeReader::Step::Finished) return 0;
  const Surroundings around;
  Machine machine{program, around, {.steps = 100'000, .items = 10'000, .arena_bytes = 1U << 20U}};
  machine.begin(tape);
  static_cast<void>(machine.test(*expression, 0));
  static_cast<void>(machine.text(*expression, 0));
  return 0;
}
