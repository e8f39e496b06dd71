// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/element_tree.hpp"

#include <algorithm>
#include <memory>

#include <xercesc/framework/MemBufInputSource.hpp>
#include <xercesc/sax/Locator.hpp>
#include <xercesc/sax2/Attributes.hpp>
#include <xercesc/sax2/DefaultHandler.hpp>
#include <xercesc/sax2/SAX2XMLReader.hpp>
#include <xercesc/sax2/XMLReaderFactory.hpp>
#include <xercesc/util/PlatformUtils.hpp>
#include <xercesc/util/XMLUni.hpp>

#include "core/source.hpp"
#include "validator/xsd/detail/xerces_input.hpp"
#include "validator/xsd/detail/xerces_text.hpp"

namespace amparo::xsd {

namespace {

namespace xc = xercesc;

constexpr std::size_t kMaxTreeBytes = std::size_t{4} << 20U;
constexpr std::size_t kMaxDepth = 64;

class TreeBuilder final : public xc::DefaultHandler {
 public:
  explicit TreeBuilder(std::string file) : file_(std::move(file)) {}

  [[nodiscard]] bool failed() const { return !error_.empty(); }
  [[nodiscard]] bool is_too_deep() const { return is_too_deep_; }
  [[nodiscard]] const std::string& error() const { return error_; }
  TreeElement take() { return std::move(root_); }

  void setDocumentLocator(const xc::Locator* locator) override { locator_ = locator; }

  void startPrefixMapping(const XMLCh* prefix, const XMLCh* uri) override {
    namespaces_.push_back({to_utf8(prefix), to_utf8(uri)});
  }
  void endPrefixMapping(const XMLCh* /*prefix*/) override { namespaces_.pop_back(); }

  void startElement(const XMLCh* uri,
                    const XMLCh* local,
                    const XMLCh* /*name*/,
                    const xc::Attributes& attributes) override {
    if (open_.size() >= kMaxDepth) {
      keep("elements are nested too deep");
      is_too_deep_ = true;
      // Ends the parse: the parser looks prefixes up through all open elements, so that 100,000 of
      // them one in another would take it half a minute.
      throw xc::SAXException("elements are nested too deep");
    }
    TreeElement element;
    element.name_space = to_utf8(uri);
    element.name = to_utf8(local);
    element.line = locator_->getLineNumber();
    element.column = locator_->getColumnNumber();
    for (XMLSize_t i = 0; i < attributes.getLength(); ++i) {
      element.attributes.push_back(
          {to_utf8(attributes.getQName(i)), to_utf8(attributes.getValue(i))});
    }
    element.namespaces = namespaces_;
    open_.push_back(std::move(element));
  }

  void endElement(const XMLCh* /*uri*/, const XMLCh* /*local*/, const XMLCh* /*name*/) override {
    if (open_.empty()) return;
    TreeElement element = std::move(open_.back());
    open_.pop_back();
    if (open_.empty()) {
      root_ = std::move(element);
    } else {
      open_.back().children.push_back(std::move(element));
    }
  }

  void characters(const XMLCh* text, XMLSize_t length) override {
    if (!open_.empty()) open_.back().text += to_utf8(std::u16string_view(text, length));
  }

  void error(const xc::SAXParseException& problem) override { keep(problem); }
  void fatalError(const xc::SAXParseException& problem) override { keep(problem); }

 private:
  void keep(const xc::SAXParseException& problem) {
    if (failed()) return;
    error_ = file_ + ':' + std::to_string(problem.getLineNumber()) + ':' +
             std::to_string(problem.getColumnNumber()) + ": " + to_utf8(problem.getMessage());
  }
  void keep(std::string_view what) {
    if (failed()) return;
    error_ = file_ + ':' + std::to_string(locator_->getLineNumber()) + ": " + std::string(what);
  }

  std::string file_;
  const xc::Locator* locator_ = nullptr;  // the parser's, while it parses
  std::vector<TreeElement> open_;
  std::vector<TreeAttribute> namespaces_;
  TreeElement root_;
  std::string error_;
  bool is_too_deep_ = false;
};

}  // namespace

const std::string* TreeElement::attribute(std::string_view attribute_name) const {
  const auto found =
      std::find_if(attributes.begin(), attributes.end(), [&](const TreeAttribute& attribute) {
        return attribute.name == attribute_name;
      });
  return found == attributes.end() ? nullptr : &found->value;
}

Result<TreeElement> read_tree(std::string_view bytes, const std::string& name) {
  // Before Xerces sees a byte: in a file without a DTD these nine letters never stand.
  if (bytes.find("<!DOCTYPE") != std::string_view::npos) {
    return fail(ErrorCode::Malformed, name + ": has a DOCTYPE, which is not allowed");
  }
  start_xerces();
  TreeBuilder builder(name);
  try {
    const std::unique_ptr<xc::SAX2XMLReader> reader(xc::XMLReaderFactory::createXMLReader());
    reader->setFeature(xc::XMLUni::fgSAX2CoreValidation, false);
    reader->setFeature(xc::XMLUni::fgXercesLoadExternalDTD, false);
    reader->setFeature(xc::XMLUni::fgXercesDisableDefaultEntityResolution, true);
    reader->setContentHandler(&builder);
    reader->setErrorHandler(&builder);
    const xc::MemBufInputSource input(
        reinterpret_cast<const XMLByte*>(bytes.data()), bytes.size(), name.c_str());
    reader->parse(input);
  } catch (const xc::XMLException& problem) {
    return fail(ErrorCode::Malformed, name + ": " + to_utf8(problem.getMessage()));
  } catch (const xc::SAXException& problem) {
    if (builder.is_too_deep()) return fail(ErrorCode::TooLarge, builder.error());
    return fail(ErrorCode::Malformed, name + ": " + to_utf8(problem.getMessage()));
  }
  if (builder.failed()) return fail(ErrorCode::Malformed, builder.error());
  return builder.take();
}

Result<TreeElement> read_tree(const std::filesystem::path& file) {
  const auto bytes = read_file(file, kMaxTreeBytes);
  if (!bytes) return Fail{bytes.error()};
  return read_tree(*bytes, file.string());
}

}  // namespace amparo::xsd
