// SPDX-License-Identifier: Apache-2.0
// pugixml_parse FILE: pugixml reads the file and builds its tree; nothing is looked at. Parses,
// validates nothing, knows no namespaces.
#include <cstdio>
#include <pugixml.hpp>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  pugi::xml_document document;
  const auto result = document.load_file(argv[1], pugi::parse_default, pugi::encoding_utf8);
  std::printf("%s\n", result.description());
  return result ? 0 : 1;
}
