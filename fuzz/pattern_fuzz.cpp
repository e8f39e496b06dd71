// SPDX-License-Identifier: Apache-2.0
// Up to the first line feed a pattern, then a text: compiles it, and what is run must agree.
#include <cstdlib>
#include <string_view>

#include "fuzz/target.hpp"
#include "text/xsd_pattern.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using amparo::text::Pattern;
  const std::string_view input(reinterpret_cast<const char*>(data), size);  // NOLINT
  const std::size_t line = input.find('\n');
  const std::string_view text = line < size ? input.substr(line + 1) : std::string_view();
  const auto fast = Pattern::compile(input.substr(0, line), {.work = 50'000});
  const auto slow = Pattern::compile(input.substr(0, line), {.positions = 2000, .states = 0});
  if (slow && !fast) std::abort();
  if (fast && slow && fast->matches(text) != slow->matches(text)) std::abort();
  if (fast && !Pattern::from_tables(fast->tables())) std::abort();
  return 0;
}
