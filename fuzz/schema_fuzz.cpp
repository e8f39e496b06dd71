// SPDX-License-Identifier: Apache-2.0
// Three texts with a line of "====" between them: a schema, a second one that it may include as
// second.xsd, a document. Compiling ends in a fault that can be told, or in tables that come back
// from their bytes, can be shown and run the document alike with a small window and a large one.
// Schemas that Xerces alone would not survive (counts that it writes out) are left to the child
// process of compile(), which has its own tests.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <unistd.h>

#include "fuzz/target.hpp"
#include "validator/xsd/compile.hpp"
#include "validator/xsd/detail/compile_child.hpp"
#include "validator/xsd/engine_compiled.hpp"

// What Xerces never frees is its own.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libxerces-c\n";
}

namespace {

using namespace amparo;

constexpr std::string_view kBetween = "\n====\n";
constexpr std::size_t kMostDigits = 2;  // of a count that is checked in full

void demand(bool holds) {
  if (!holds) std::abort();
}

std::string_view take_part(std::string_view& rest) {
  const auto at = rest.find(kBetween);
  const auto part = rest.substr(0, at);
  rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + kBetween.size());
  return part;
}

bool has_large_count(std::string_view schema) {
  constexpr std::string_view kWord = "Occurs";
  for (auto at = schema.find(kWord); at != std::string_view::npos;
       at = schema.find(kWord, at + 1)) {
    const auto value = schema.substr(at, 40);
    const auto first = value.find_first_of("0123456789");
    if (first == std::string_view::npos) continue;
    const auto digits = value.substr(first).find_first_not_of("0123456789");
    if (std::min(digits, value.size() - first) > kMostDigits) return true;
  }
  return false;
}

// A folder of this process, gone at its end.
class Folder {
 public:
  Folder() {
    auto name = (std::filesystem::temp_directory_path() / "amparo-fuzz-XXXXXX").string();
    demand(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  Folder(Folder&&) = delete;
  Folder& operator=(Folder&&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::filesystem::path write(const char* name, std::string_view bytes) const {
    std::ofstream{path_ / name, std::ios::binary | std::ios::trunc} << bytes;
    return path_ / name;
  }

 private:
  std::filesystem::path path_{};
};

Result<xsd::CompiledSchema, xsd::SchemaFault> compiled(const std::filesystem::path& file,
                                                       xsd::SchemaChecking checking) {
  const std::array files{file};
  auto schema = xsd::compile_here(
      files, {.memory_bytes = std::size_t{256} << 20U, .states = 5'000, .checking = checking});
  if (schema) return schema;
  const xsd::SchemaFault& fault = schema.error();
  demand(!fault.error.message.empty());
  const auto again = xsd::fault_from(xsd::bytes_of(fault));
  demand(again.error.code == fault.error.code && again.error.message == fault.error.message);
  demand(again.findings == fault.findings);
  return schema;
}

class Told final : public FindingSink {
 public:
  void add(Finding finding) override {
    demand(!finding.rule.empty() && !finding.message.empty());
    all += finding.rule + " " + std::to_string(finding.where.offset) + " " + finding.xpath + "\n";
  }
  std::string all{};
};

std::string told(const xsd::CompiledSchema& tables,
                 const xsd::EngineTuning& tuning,
                 const std::string& document) {
  auto engine = xsd::make_compiled_engine(tables, tuning);
  if (!engine) return "too large";
  auto source = Source::from_string("fuzz", document);
  Told told;
  const auto result = (*engine)->run(source, {.profile = xml::GateProfile::General}, nullptr, told);
  demand(result.has_value());
  return told.all + std::to_string(result->elements) + (result->reached_end ? "." : "!");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Folder kFolder;
  std::string_view rest{reinterpret_cast<const char*>(data), size};
  const auto first = take_part(rest);
  const auto second = take_part(rest);
  const std::string document{take_part(rest)};
  const auto file = kFolder.write("first.xsd", first);
  kFolder.write("second.xsd", second);

  const auto trusted = compiled(file, xsd::SchemaChecking::Trusted);
  if (!has_large_count(first) && !has_large_count(second)) {
    const auto full = compiled(file, xsd::SchemaChecking::Full);
    // What is checked more is compiled to the same.
    if (full) demand(trusted && std::ranges::equal(full->bytes(), trusted->bytes()));
  }
  if (!trusted) return 0;
  const auto again = xsd::CompiledSchema::copy_of(trusted->bytes());
  demand(again && std::ranges::equal(again->bytes(), trusted->bytes()));
  demand(xsd::dump(*again) == xsd::dump(*trusted));
  demand(told(*again, {}, document) == told(*trusted, {xml::ScanPath::Portable, 64}, document));
  return 0;
}
