// SPDX-License-Identifier: Apache-2.0
// xerces_valid SCHEMA FILE: Xerces-C at its best for this work. The grammar is compiled once into a
// pool, the pool is locked, the scanner is the one for schemas alone; identity constraints are
// checked. Prints what it counted; exit status 1 when there was an error.
#include <cstdio>

#include <xercesc/framework/XMLGrammarPoolImpl.hpp>
#include <xercesc/sax2/Attributes.hpp>
#include <xercesc/sax2/DefaultHandler.hpp>
#include <xercesc/sax2/SAX2XMLReader.hpp>
#include <xercesc/sax2/XMLReaderFactory.hpp>
#include <xercesc/util/PlatformUtils.hpp>
#include <xercesc/util/XMLUni.hpp>
#include <xercesc/validators/common/Grammar.hpp>

namespace xc = XERCES_CPP_NAMESPACE;

namespace {

class Counter final : public xc::DefaultHandler {
 public:
  void startElement(const XMLCh* const,
                    const XMLCh* const,
                    const XMLCh* const,
                    const xc::Attributes& attributes) override {
    ++elements;
    this->attributes += attributes.getLength();
  }
  void characters(const XMLCh* const, const XMLSize_t length) override { text += length; }
  void warning(const xc::SAXParseException&) override {}
  void error(const xc::SAXParseException&) override { ++errors; }
  void fatalError(const xc::SAXParseException& problem) override { throw problem; }

  XMLSize_t elements = 0;
  XMLSize_t attributes = 0;
  XMLSize_t text = 0;
  XMLSize_t errors = 0;
};

int run(const char* schema, const char* file) {
  xc::XMLGrammarPoolImpl pool{xc::XMLPlatformUtils::fgMemoryManager};
  xc::SAX2XMLReader* reader =
      xc::XMLReaderFactory::createXMLReader(xc::XMLPlatformUtils::fgMemoryManager, &pool);
  Counter counter;
  reader->setContentHandler(&counter);
  reader->setErrorHandler(&counter);
  reader->setProperty(xc::XMLUni::fgXercesScannerName,
                      const_cast<XMLCh*>(xc::XMLUni::fgSGXMLScanner));
  reader->setFeature(xc::XMLUni::fgSAX2CoreNameSpaces, true);
  reader->setFeature(xc::XMLUni::fgSAX2CoreNameSpacePrefixes, false);
  reader->setFeature(xc::XMLUni::fgSAX2CoreValidation, true);
  reader->setFeature(xc::XMLUni::fgXercesDynamic, false);
  reader->setFeature(xc::XMLUni::fgXercesSchema, true);
  reader->setFeature(xc::XMLUni::fgXercesSchemaFullChecking, false);
  reader->setFeature(xc::XMLUni::fgXercesIdentityConstraintChecking, true);
  reader->setFeature(xc::XMLUni::fgXercesLoadExternalDTD, false);
  if (reader->loadGrammar(schema, xc::Grammar::SchemaGrammarType, true) == nullptr) return 3;
  pool.lockPool();
  reader->setFeature(xc::XMLUni::fgXercesUseCachedGrammarInParse, true);
  reader->setFeature(xc::XMLUni::fgXercesLoadSchema, false);
  int status = 0;
  try {
    reader->parse(file);
    status = counter.errors > 0 ? 1 : 0;
  } catch (const xc::SAXParseException&) {
    status = 1;
  }
  std::printf("%zu elements, %zu attributes, %zu characters, %zu errors\n",
              static_cast<std::size_t>(counter.elements),
              static_cast<std::size_t>(counter.attributes),
              static_cast<std::size_t>(counter.text),
              static_cast<std::size_t>(counter.errors));
  delete reader;
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  xc::XMLPlatformUtils::Initialize();
  const int status = run(argv[1], argv[2]);
  xc::XMLPlatformUtils::Terminate();
  return status;
}
