// SPDX-License-Identifier: Apache-2.0
// A compiled schema that somebody has tampered with, as one planted in the cache would be. Each
// eight bytes change one place of the block of a schema that has a bit of everything; then it is
// refused, or it can be shown and run, alike with a small window and a large one. The block is
// compiled when the target starts, so that the corpus outlives a change of the format.
#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

#include "fuzz/target.hpp"
#include "validator/xsd/compile.hpp"
#include "validator/xsd/engine_compiled.hpp"

// What Xerces never frees is its own.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libxerces-c\n";
}

namespace {

using namespace amparo;

constexpr std::string_view kSchema = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns="u" xmlns:t="u" targetNamespace="u" elementFormDefault="qualified">
<xs:simpleType name="code"><xs:restriction base="xs:token"><xs:pattern value="[A-Z]{2}\d*"/>
 <xs:maxLength value="9"/></xs:restriction></xs:simpleType>
<xs:simpleType name="few"><xs:restriction base="code"><xs:enumeration value="AB1"/>
 <xs:enumeration value="CD2"/></xs:restriction></xs:simpleType>
<xs:simpleType name="many"><xs:list itemType="code"/></xs:simpleType>
<xs:simpleType name="either"><xs:union memberTypes="few xs:date xs:int"/></xs:simpleType>
<xs:simpleType name="part"><xs:restriction base="xs:decimal"><xs:minInclusive value="-1.5"/>
 <xs:maxExclusive value="1"/><xs:fractionDigits value="3"/></xs:restriction></xs:simpleType>
<xs:element name="r"><xs:complexType><xs:sequence>
 <xs:element name="a" type="A" maxOccurs="unbounded"/>
 <xs:element name="b" minOccurs="2" maxOccurs="300" nillable="true" type="xs:date"/>
 <xs:choice minOccurs="0" maxOccurs="40"><xs:element name="c" type="xs:ID"/>
  <xs:element name="d" type="xs:IDREF"/><xs:element name="e" type="either" default="7"/></xs:choice>
 <xs:element ref="h" minOccurs="0" maxOccurs="9"/>
 <xs:any namespace="##other" processContents="lax" minOccurs="0"/>
</xs:sequence><xs:attribute name="v" type="many" fixed="AB"/></xs:complexType>
<xs:key name="k"><xs:selector xpath="t:a"/><xs:field xpath="@i"/></xs:key>
<xs:unique name="n"><xs:selector xpath=".//*"/><xs:field xpath="t:x|t:y"/><xs:field xpath="."/>
</xs:unique>
<xs:keyref name="f" refer="k"><xs:selector xpath=".//t:a"/><xs:field xpath="@o"/></xs:keyref>
</xs:element>
<xs:element name="h" type="B" abstract="true"/><xs:element name="g" substitutionGroup="h"/>
<xs:element name="i" substitutionGroup="g" type="C"/>
<xs:complexType name="B"><xs:simpleContent><xs:extension base="code"><xs:attribute name="w"
 type="part"/></xs:extension></xs:simpleContent></xs:complexType>
<xs:complexType name="C"><xs:simpleContent><xs:restriction base="B"><xs:length value="4"/>
</xs:restriction></xs:simpleContent></xs:complexType>
<xs:complexType name="A" mixed="true"><xs:all><xs:element name="x" minOccurs="0" type="xs:int"/>
 <xs:element name="y" minOccurs="0"/></xs:all><xs:attribute name="i" use="required"/>
 <xs:attribute name="o"/><xs:anyAttribute namespace="##other" processContents="skip"/>
</xs:complexType></xs:schema>)";

constexpr std::array<std::string_view, 2> kDocuments{
    R"(<r xmlns="u" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" v="AB"><a i="1"/>
<a i="2" o="1" z:q="" xmlns:z="z">t<y xsi:type="A" i=""><x>1</x></y><x>5</x></a>
<b>2024-02-29</b><b xsi:nil="true"/><b>1999-12-31Z</b>
<c>p</c><d>p</d><e>AB1</e><e>2024-01-01</e><e/><c>q</c>
<g w="0.5">AB</g><i>AB12</i><g xsi:type="C">CD99</g><z xmlns="z"><r xmlns="u"/></z></r>)",
    R"(<r xmlns="u" v="CD"><a><y/><y/><z/></a><a i="1"><x>n</x></a><a i="1" o="3"/><b>x</b>
<q/><c>p</c><c>p</c><d>w</d><e>?</e><h>AB</h><g w="9">ab</g><i>AB</i>text</r>)"};

constexpr std::size_t kEditBytes = 8;
constexpr std::size_t kMostEdits = 64;
constexpr std::array<std::uint32_t, 8> kNumbers{
    0, 1, 2, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF, 64};

std::vector<std::byte> block() {
  const auto file = std::filesystem::temp_directory_path() /
                    ("amparo-fuzz-" + std::to_string(::getpid()) + ".xsd");
  std::ofstream{file} << kSchema;
  const std::array files{file};
  const auto tables = xsd::compile_here(files, {.checking = xsd::SchemaChecking::Trusted});
  std::filesystem::remove(file);
  if (!tables) std::abort();
  const auto bytes = tables->bytes();
  return {bytes.begin(), bytes.end()};
}

// Two bytes say where, two what, four with which number.
void edit(std::vector<std::byte>& bytes, const std::uint8_t* how) {
  const std::size_t words = bytes.size() / 4;
  const std::size_t place = std::size_t{how[0]} | std::size_t{how[1]} << 8U;
  std::uint32_t given = 0;
  std::memcpy(&given, how + 4, sizeof given);
  auto* const at = bytes.data() + place % words * 4;
  std::uint32_t number = 0;
  std::memcpy(&number, at, sizeof number);
  switch (how[2] % 6) {
    case 0:
      number = given;
      break;
    case 1:
      number ^= std::uint32_t{1} << given % 32;
      break;
    case 2:
      number += static_cast<std::uint32_t>(static_cast<std::int8_t>(how[4]));
      break;
    case 3:
      number = kNumbers.at(given % kNumbers.size());
      break;
    case 4:  // what stands elsewhere
      std::memcpy(&number, bytes.data() + given % words * 4, sizeof number);
      break;
    default:  // one byte of it
      number = (number & ~(0xFFU << how[5] % 4 * 8U)) | std::uint32_t{how[4]} << how[5] % 4 * 8U;
      break;
  }
  std::memcpy(at, &number, sizeof number);
}

class Told final : public FindingSink {
 public:
  void add(Finding finding) override {
    all += finding.rule + " " + std::to_string(finding.where.offset) + " " + finding.xpath + "\n";
  }
  std::string all{};
};

std::string told(const xsd::CompiledSchema& tables,
                 const xsd::EngineTuning& tuning,
                 std::string_view document) {
  auto engine = xsd::make_compiled_engine(tables, tuning);
  if (!engine) return "too large";
  auto source = Source::from_string("fuzz", std::string{document});
  Told told;
  const auto result = (*engine)->run(source, {}, nullptr, told);
  if (!result) std::abort();
  return told.all + std::to_string(result->elements);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<std::byte> kBlock = block();
  auto bytes = kBlock;
  for (std::size_t at = 0; at + kEditBytes <= size && at < kMostEdits * kEditBytes;
       at += kEditBytes) {
    edit(bytes, data + at);
  }
  const auto tables = xsd::CompiledSchema::copy_of(bytes);
  if (!tables) return tables.error().code == ErrorCode::Malformed ? 0 : (std::abort(), 1);
  if (xsd::dump(*tables).empty()) std::abort();
  for (const auto document : kDocuments) {
    if (told(*tables, {}, document) != told(*tables, {xml::ScanPath::Portable, 64}, document)) {
      std::abort();
    }
  }
  return 0;
}
