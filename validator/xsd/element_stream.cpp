// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/element_stream.hpp"

#include <memory>

#include <xercesc/sax/SAXParseException.hpp>
#include <xercesc/sax2/Attributes.hpp>
#include <xercesc/sax2/DefaultHandler.hpp>
#include <xercesc/sax2/SAX2XMLReader.hpp>
#include <xercesc/sax2/XMLReaderFactory.hpp>
#include <xercesc/util/XMLUni.hpp>

#include "core/source.hpp"
#include "validator/xsd/detail/xerces_input.hpp"
#include "validator/xsd/detail/xerces_text.hpp"

namespace amparo::xsd {
namespace {

class Adapter final : public xercesc::DefaultHandler {
 public:
  explicit Adapter(ElementHandler& handler) : handler_{&handler} {}

  void startElement(const XMLCh* /*uri*/,
                    const XMLCh* local,
                    const XMLCh* /*qualified*/,
                    const xercesc::Attributes& attributes) override {
    attributes_.clear();
    for (XMLSize_t i = 0; i < attributes.getLength(); ++i) {
      if (*attributes.getURI(i) != 0) continue;
      attributes_.emplace(to_utf8(attributes.getLocalName(i)), to_utf8(attributes.getValue(i)));
    }
    text_.clear();
    handler_->on_start(to_utf8(local), attributes_);
  }
  void endElement(const XMLCh* /*uri*/, const XMLCh* local, const XMLCh* /*qualified*/) override {
    handler_->on_end(to_utf8(local), text_);
    text_.clear();
  }
  void characters(const XMLCh* text, const XMLSize_t length) override {
    append_utf8(text_, std::u16string_view{text, length});
  }
  void fatalError(const xercesc::SAXParseException& problem) override {
    if (line_ == 0) line_ = problem.getLineNumber();
  }
  void resetErrors() override {}

  [[nodiscard]] XMLFileLoc fatal_line() const { return line_; }

 private:
  ElementHandler* handler_;
  ElementAttributes attributes_{};
  std::string text_{};
  XMLFileLoc line_ = 0;
};

}  // namespace

Status stream_elements(const std::filesystem::path& file, ElementHandler& handler) {
  auto source = Source::open(file);
  if (!source) return Fail{source.error()};
  start_xerces();
  xml::Gate gate{*source, xml::GateProfile::Standard, {}};
  GateInput input{gate};
  const std::unique_ptr<xercesc::SAX2XMLReader> reader{
      xercesc::XMLReaderFactory::createXMLReader()};
  harden(*reader);
  reader->setFeature(xercesc::XMLUni::fgSAX2CoreValidation, false);
  reader->setFeature(xercesc::XMLUni::fgXercesSchema, false);
  reader->setProperty(xercesc::XMLUni::fgXercesScannerName,
                      const_cast<XMLCh*>(xercesc::XMLUni::fgWFXMLScanner));
  Adapter adapter{handler};
  reader->setContentHandler(&adapter);
  reader->setErrorHandler(&adapter);
  bool failed = false;
  try {
    reader->parse(input);
  } catch (const xercesc::XMLException&) {
    failed = true;
  } catch (const xercesc::SAXException&) {
    failed = true;
  }
  if (input.failure()) return Fail{*input.failure()};
  if (gate.refusal() || failed || adapter.fatal_line() > 0) {
    const auto line = gate.refusal() ? gate.refusal()->where.line : adapter.fatal_line();
    return fail(ErrorCode::Malformed,
                file.string() + ":" + std::to_string(line) + ": not well-formed XML");
  }
  return Done{};
}

}  // namespace amparo::xsd
