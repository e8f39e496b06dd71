// SPDX-License-Identifier: Apache-2.0
// libxml2_parse FILE: libxml2's SAX2 interface, fed piece by piece, with handlers that count.
// Parses, validates nothing.
#include <array>
#include <cstdio>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

namespace {

struct Counts {
  unsigned long elements = 0;
  unsigned long attributes = 0;
  unsigned long text = 0;
};

void start(void* user,
           const xmlChar*,
           const xmlChar*,
           const xmlChar*,
           int,
           const xmlChar**,
           int attributes,
           int,
           const xmlChar**) {
  auto* counts = static_cast<Counts*>(user);
  ++counts->elements;
  counts->attributes += static_cast<unsigned long>(attributes);
}

void end(void*, const xmlChar*, const xmlChar*, const xmlChar*) {}

void text(void* user, const xmlChar*, int length) {
  static_cast<Counts*>(user)->text += static_cast<unsigned long>(length);
}

}  // namespace

int main(int argc, char** argv) {
  std::FILE* file = argc == 2 ? std::fopen(argv[1], "rb") : nullptr;
  if (file == nullptr) return 2;
  xmlSAXHandler handler{};
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = start;
  handler.endElementNs = end;
  handler.characters = text;
  handler.ignorableWhitespace = text;
  handler.cdataBlock = text;
  Counts counts;
  static std::array<char, 1 << 16> piece;
  const std::size_t first = std::fread(piece.data(), 1, 4, file);
  xmlParserCtxtPtr parser =
      xmlCreatePushParserCtxt(&handler, &counts, piece.data(), static_cast<int>(first), argv[1]);
  xmlCtxtUseOptions(parser, XML_PARSE_HUGE | XML_PARSE_NONET);
  for (;;) {
    const std::size_t got = std::fread(piece.data(), 1, piece.size(), file);
    if (got == 0) break;
    xmlParseChunk(parser, piece.data(), static_cast<int>(got), 0);
  }
  xmlParseChunk(parser, piece.data(), 0, 1);
  const bool is_good = parser->wellFormed != 0;
  xmlFreeParserCtxt(parser);
  std::fclose(file);
  std::printf("%lu elements, %lu attributes, %lu bytes of text\n",
              counts.elements,
              counts.attributes,
              counts.text);
  return is_good ? 0 : 1;
}
