// SPDX-License-Identifier: Apache-2.0
// expat_parse FILE: expat with namespaces and handlers that count. Parses, validates nothing.
#include <cstdio>
#include <expat.h>

namespace {

struct Counts {
  unsigned long elements = 0;
  unsigned long attributes = 0;
  unsigned long text = 0;
};

void start(void* user, const XML_Char*, const XML_Char** attributes) {
  auto* counts = static_cast<Counts*>(user);
  ++counts->elements;
  for (; *attributes != nullptr; attributes += 2)
    ++counts->attributes;
}

void end(void*, const XML_Char*) {}

void text(void* user, const XML_Char*, int length) {
  static_cast<Counts*>(user)->text += static_cast<unsigned long>(length);
}

}  // namespace

int main(int argc, char** argv) {
  constexpr int kPiece = 1 << 16;
  std::FILE* file = argc == 2 ? std::fopen(argv[1], "rb") : nullptr;
  if (file == nullptr) return 2;
  XML_Parser parser = XML_ParserCreateNS(nullptr, '|');
  Counts counts;
  XML_SetUserData(parser, &counts);
  XML_SetElementHandler(parser, start, end);
  XML_SetCharacterDataHandler(parser, text);
  bool is_good = true;
  for (std::size_t got = 1; is_good && got > 0;) {
    void* buffer = XML_GetBuffer(parser, kPiece);
    got = std::fread(buffer, 1, kPiece, file);
    is_good = XML_ParseBuffer(parser, static_cast<int>(got), got == 0) == XML_STATUS_OK;
  }
  XML_ParserFree(parser);
  std::fclose(file);
  std::printf("%lu elements, %lu attributes, %lu bytes of text\n",
              counts.elements,
              counts.attributes,
              counts.text);
  return is_good ? 0 : 1;
}
