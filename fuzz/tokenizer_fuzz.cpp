// SPDX-License-Identifier: Apache-2.0
// Any bytes as a document: both profiles, both paths, a small window and a large one must give the
// same tokens.
#include <cstdlib>
#include <string>

#include "fuzz/target.hpp"
#include "xml/tokenizer.hpp"

namespace {

constexpr std::size_t kWholeBytes = std::size_t{16} << 10U;  // more than inputs have

using namespace amparo;
using namespace amparo::xml;

std::string tokens_of(const std::string& bytes, const Tokenizer::Options& options) {
  auto source = Source::from_string("fuzz", bytes);
  Tokenizer tokenizer{source, nullptr, options};
  std::string all;
  std::string scratch;
  for (;;) {
    switch (tokenizer.next()) {
      case Token::Start:
        all += "\x01" + tokenizer.top().name->raw;
        for (const Attribute& attribute : tokenizer.attributes())
          all.append(attribute.name->raw)
              .append(1, '=')
              .append(tokenizer.value(attribute, scratch));
        break;
      case Token::End:
        all += "\x02";
        break;
      case Token::Text:
        all += tokenizer.text();
        break;
      case Token::Finished:
        return all + "\x03";
      case Token::Stopped:
        all += "\x04" + std::string{tokenizer.problem()->key};
        return all + std::to_string(tokenizer.problem()->where.offset);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes{reinterpret_cast<const char*>(data), size};
  for (const auto profile : {GateProfile::Standard, GateProfile::General}) {
    const auto whole = tokens_of(bytes, {.profile = profile, .chunk_bytes = kWholeBytes});
    const auto small =
        tokens_of(bytes, {.profile = profile, .path = ScanPath::Portable, .chunk_bytes = 64});
    if (whole != small) std::abort();
  }
  return 0;
}
