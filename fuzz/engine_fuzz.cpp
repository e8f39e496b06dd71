// SPDX-License-Identifier: Apache-2.0
// Any bytes as a document against one schema that has a bit of everything: the compiled engine must
// say the same with a small window and a large one, portable or not.
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

#include "fuzz/target.hpp"
#include "validator/xsd/compile.hpp"
#include "validator/xsd/engine_compiled.hpp"

namespace {

using namespace amparo;

constexpr std::size_t kWholeBytes = std::size_t{16} << 10U;  // more than inputs have

constexpr std::string_view kSchema = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns="u" xmlns:t="u" targetNamespace="u" elementFormDefault="qualified">
<xs:element name="r"><xs:complexType><xs:sequence>
 <xs:element name="a" type="A" maxOccurs="unbounded"/>
 <xs:element name="b" minOccurs="0" maxOccurs="300" nillable="true" type="xs:date"/>
 <xs:choice minOccurs="0" maxOccurs="unbounded"><xs:element name="c" type="xs:ID"/>
  <xs:element name="d" type="xs:IDREF"/></xs:choice>
 <xs:any namespace="##other" processContents="lax" minOccurs="0"/>
</xs:sequence></xs:complexType>
<xs:key name="k"><xs:selector xpath="t:a"/><xs:field xpath="@i"/></xs:key>
<xs:keyref name="f" refer="k"><xs:selector xpath=".//*"/><xs:field xpath="@o"/></xs:keyref>
</xs:element>
<xs:complexType name="A" mixed="true"><xs:all><xs:element name="x" minOccurs="0" type="xs:int"/>
 <xs:element name="y" minOccurs="0"/></xs:all><xs:attribute name="i" use="required"/>
 <xs:attribute name="o"/></xs:complexType></xs:schema>)";

std::unique_ptr<xsd::Schema> engine(const xsd::EngineTuning& tuning) {
  const auto file = std::filesystem::temp_directory_path() /
                    ("amparo-fuzz-" + std::to_string(::getpid()) + ".xsd");
  std::ofstream{file} << kSchema;
  const std::array files{file};
  auto tables = xsd::compile_here(files);
  std::filesystem::remove(file);
  if (!tables) std::abort();
  auto made = xsd::make_compiled_engine(*std::move(tables), tuning);
  if (!made) std::abort();
  return *std::move(made);
}

class Told final : public FindingSink {
 public:
  void add(Finding finding) override {
    all += finding.rule + " " + std::to_string(finding.where.offset) + " " + finding.xpath + "\n";
  }
  std::string all{};
};

std::string told(xsd::Schema& schema, const std::string& bytes) {
  auto source = Source::from_string("fuzz", bytes);
  Told told;
  const auto result = schema.run(source, {.profile = xml::GateProfile::General}, nullptr, told);
  if (!result) std::abort();
  return told.all + std::to_string(result->elements) + (result->reached_end ? "." : "!");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto kWhole = engine({.chunk_bytes = kWholeBytes});
  static const auto kSmall = engine({xml::ScanPath::Portable, 64});
  const std::string bytes{reinterpret_cast<const char*>(data), size};
  if (told(*kWhole, bytes) != told(*kSmall, bytes)) std::abort();
  return 0;
}
