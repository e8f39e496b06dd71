// SPDX-License-Identifier: Apache-2.0
// Memory that runs out [X-22]: each allocation of a run is refused in its turn. What began it gets
// std::bad_alloc, nothing is lost or broken by it (under AddressSanitizer: nothing leaks), and the
// next run gives what the first one gave.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <new>
#include <string>
#include <string_view>
#include <unistd.h>

#include "validator/xsd/compile.hpp"
#include "validator/xsd/engine_compiled.hpp"
#include "xml/gate.hpp"
#include "xml/tokenizer.hpp"

namespace {

constexpr std::size_t kNever = static_cast<std::size_t>(-1);
std::size_t allocations_left = kNever;

void* allocate(std::size_t size) {
  if (allocations_left == 0) throw std::bad_alloc{};
  if (allocations_left != kNever) --allocations_left;
  void* block = std::malloc(size == 0 ? 1 : size);
  if (block == nullptr) throw std::bad_alloc{};
  return block;
}

void* allocate_aligned(std::size_t size, std::align_val_t alignment) {
  if (allocations_left == 0) throw std::bad_alloc{};
  if (allocations_left != kNever) --allocations_left;
  const auto step = static_cast<std::size_t>(alignment);
  void* block = std::aligned_alloc(step, (size + step - 1) / step * step);
  if (block == nullptr) throw std::bad_alloc{};
  return block;
}

}  // namespace

void* operator new(std::size_t size) {
  return allocate(size);
}
void* operator new[](std::size_t size) {
  return allocate(size);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  return allocate_aligned(size, alignment);
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return allocate_aligned(size, alignment);
}
void operator delete(void* block) noexcept {
  std::free(block);
}
void operator delete[](void* block) noexcept {
  std::free(block);
}
void operator delete(void* block, std::size_t) noexcept {
  std::free(block);
}
void operator delete[](void* block, std::size_t) noexcept {
  std::free(block);
}
void operator delete(void* block, std::align_val_t) noexcept {
  std::free(block);
}
void operator delete[](void* block, std::align_val_t) noexcept {
  std::free(block);
}
void operator delete(void* block, std::size_t, std::align_val_t) noexcept {
  std::free(block);
}
void operator delete[](void* block, std::size_t, std::align_val_t) noexcept {
  std::free(block);
}

namespace {

using namespace amparo;

constexpr std::string_view kSchema = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns="u" xmlns:t="u" targetNamespace="u" elementFormDefault="qualified">
<xs:element name="r"><xs:complexType><xs:sequence>
 <xs:element name="a" maxOccurs="300"><xs:complexType mixed="true"><xs:all>
  <xs:element name="x" minOccurs="0" type="xs:decimal"/></xs:all><xs:attribute name="i"/>
  <xs:attribute name="o"/></xs:complexType></xs:element>
 <xs:element name="b" minOccurs="0" maxOccurs="unbounded" nillable="true"><xs:simpleType>
  <xs:restriction base="xs:token"><xs:pattern value="([a-z]|\p{Lu})+\d{1,700}"/></xs:restriction>
 </xs:simpleType></xs:element>
 <xs:element name="c" type="xs:ID" minOccurs="0"/><xs:element name="d" type="xs:IDREFS"/>
</xs:sequence></xs:complexType>
<xs:key name="k"><xs:selector xpath="t:a"/><xs:field xpath="@i"/></xs:key>
<xs:keyref name="f" refer="k"><xs:selector xpath=".//*"/><xs:field xpath="@o"/></xs:keyref>
</xs:element></xs:schema>)";

constexpr std::string_view kDocument =
    "<?xml version='1.0'?><!-- c --><r xmlns='u' xmlns:p='v'>\n"
    "<a i='a value that is kept in memory of its own'>t<x>00000000000000000000000000001.5</x></a>"
    "<a i='1' o='2' p:q='&lt;&#x41;'><![CDATA[<]]>&amp;<x>x</x></a><a i='1'/>\n"
    "<b>Nombre7</b><b>nothing of the kind</b><p:z/><d>one two three</d></r>";

class Told final : public FindingSink {
 public:
  void add(Finding finding) override { all += finding.rule + finding.xpath + "\n"; }
  std::string all{};
};

std::string through_gate() {
  auto source = Source::from_string("t", std::string{kDocument});
  xml::Gate gate{source, xml::GateProfile::General, {}};
  std::string all;
  std::array<char, 64> buffer{};
  for (;;) {
    const auto got = gate.read(buffer);
    if (!got || *got == 0) return all;
    all.append(buffer.data(), *got);
  }
}

std::string through_tokenizer() {
  auto source = Source::from_string("t", std::string{kDocument});
  xml::Tokenizer tokenizer{source, nullptr, {.chunk_bytes = 64}};
  std::string all;
  for (auto token = tokenizer.next();; token = tokenizer.next()) {
    all += static_cast<char>('0' + static_cast<int>(token));
    if (token == xml::Token::Text) all += tokenizer.text();
    if (token == xml::Token::Finished || token == xml::Token::Stopped) return all;
  }
}

std::string through_engine(xsd::Schema& schema) {
  auto source = Source::from_string("t", std::string{kDocument});
  Told told;
  const auto result = schema.run(source, {.record_elements = {"r"}}, nullptr, told);
  return result && result->reached_end ? told.all : "cannot run";
}

xsd::CompiledSchema tables() {
  const auto file = std::filesystem::temp_directory_path() /
                    ("amparo-allocation-" + std::to_string(::getpid()) + ".xsd");
  std::ofstream{file} << kSchema;
  const std::array files{file};
  auto compiled = xsd::compile_here(files);
  std::filesystem::remove(file);
  if (!compiled) std::abort();
  return *std::move(compiled);
}

// How many allocations were refused; 0 when something came out wrong.
std::size_t refuse_each(const char* what, const std::function<std::string()>& work) {
  const std::string expected = work();
  for (std::size_t nth = 0;; ++nth) {
    bool was_refused = false;
    std::string got;
    allocations_left = nth;
    try {
      got = work();
    } catch (const std::bad_alloc&) {
      was_refused = true;
    }
    allocations_left = kNever;
    if (!was_refused) {
      std::printf("%s: %zu allocations refused, each in its turn\n", what, nth);
      return got == expected && work() == expected ? nth : 0;
    }
  }
}

}  // namespace

int main() {
  const auto schema = tables();
  auto engine = xsd::make_compiled_engine(schema);
  if (!engine) return EXIT_FAILURE;
  bool is_good = !through_engine(**engine).empty();
  const auto hold = [&](const char* what, const std::function<std::string()>& work) {
    is_good = refuse_each(what, work) > 0 && is_good;
  };
  hold("gate", through_gate);
  hold("tokenizer", through_tokenizer);
  hold("engine", [&] { return through_engine(**engine); });
  hold("tables from bytes", [&] {
    const auto copy = xsd::CompiledSchema::copy_of(schema.bytes());
    return copy ? xsd::dump(*copy) : copy.error().message;
  });
  hold("engine from tables", [&] {
    auto made = xsd::make_compiled_engine(schema);
    return made ? through_engine(**made) : made.error().message;
  });
  return is_good ? EXIT_SUCCESS : EXIT_FAILURE;
}
