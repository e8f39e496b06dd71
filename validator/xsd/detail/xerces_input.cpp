// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/xerces_input.hpp"

#include <xercesc/util/BinInputStream.hpp>
#include <xercesc/util/PlatformUtils.hpp>
#include <xercesc/util/XMLEntityResolver.hpp>
#include <xercesc/util/XMLNetAccessor.hpp>
#include <xercesc/util/XMLUni.hpp>

#include "validator/xsd/detail/xerces_text.hpp"

namespace amparo::xsd {
namespace {

using xercesc::XMLUni;

class GateStream final : public xercesc::BinInputStream {
 public:
  GateStream(xml::Gate& gate, std::optional<Error>& failure) : gate_{&gate}, failure_{&failure} {}

  [[nodiscard]] XMLFilePos curPos() const override { return position_; }
  [[nodiscard]] const XMLCh* getContentType() const override { return nullptr; }
  XMLSize_t readBytes(XMLByte* into, XMLSize_t most) override {
    const auto got = gate_->read({reinterpret_cast<char*>(into), most});
    if (!got) {
      *failure_ = got.error();
      return 0;
    }
    position_ += *got;
    return *got;
  }

 private:
  xml::Gate* gate_;
  std::optional<Error>* failure_;
  XMLFilePos position_ = 0;
};

class XercesRuntime {
 public:
  XercesRuntime() {
    xercesc::XMLPlatformUtils::Initialize();
    // Without an accessor Xerces has no way to open a socket, whatever a document asks for.
    delete xercesc::XMLPlatformUtils::fgNetAccessor;
    xercesc::XMLPlatformUtils::fgNetAccessor = nullptr;
  }
  XercesRuntime(const XercesRuntime&) = delete;
  XercesRuntime& operator=(const XercesRuntime&) = delete;
  XercesRuntime(XercesRuntime&&) = delete;
  XercesRuntime& operator=(XercesRuntime&&) = delete;
  ~XercesRuntime() = default;  // Xerces' own tables live as long as the process
};

}  // namespace

void start_xerces() {
  static const XercesRuntime kRuntime;
}

void harden(xercesc::SAX2XMLReader& reader) {
  reader.setFeature(XMLUni::fgSAX2CoreNameSpaces, true);
  reader.setFeature(XMLUni::fgSAX2CoreValidation, true);
  reader.setFeature(XMLUni::fgXercesDynamic, false);
  reader.setFeature(XMLUni::fgXercesSchema, true);
  reader.setFeature(XMLUni::fgXercesLoadExternalDTD, false);
  reader.setFeature(XMLUni::fgXercesDisableDefaultEntityResolution, true);
  reader.setFeature(XMLUni::fgXercesGenerateSyntheticAnnotations, false);
  reader.setFeature(XMLUni::fgXercesValidateAnnotations, false);
  reader.setFeature(XMLUni::fgXercesIgnoreAnnotations, true);
  reader.setProperty(XMLUni::fgXercesScannerName, const_cast<XMLCh*>(XMLUni::fgSGXMLScanner));
  // No SecurityManager: its limit counts &amp; as an expansion, and would end a document of many
  // records. This scanner knows the five entities of XML and no others; the gate lets no DTD pass.
}

GateInput::GateInput(xml::Gate& gate)
    : InputSource(xercesc::XMLPlatformUtils::fgMemoryManager), gate_{&gate} {
  setSystemId(u"document");
  // The gate has converted it, whatever the declaration says.
  setEncoding(XMLUni::fgUTF8EncodingString);
  setIssueFatalErrorIfNotFound(false);
}

xercesc::BinInputStream* GateInput::makeStream() const {
  return new GateStream{*gate_, failure_};
}

}  // namespace amparo::xsd
