// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/xerces_values.hpp"

#include <algorithm>
#include <array>

#include <xercesc/util/KVStringPair.hpp>
#include <xercesc/util/RefHashTableOf.hpp>
#include <xercesc/util/XMLExceptMsgs.hpp>
#include <xercesc/util/XMLException.hpp>
#include <xercesc/validators/schema/SchemaSymbols.hpp>

#include "text/utf8.hpp"
#include "validator/xsd/detail/xerces_codes.hpp"
#include "validator/xsd/detail/xerces_text.hpp"

namespace amparo::xsd {
namespace {

using xercesc::DatatypeValidator;
using xercesc::SchemaSymbols;
using xercesc::XMLExcepts;
using xercesc::XMLString;

constexpr std::size_t kMaxListed = 12;

bool is_built_in(const DatatypeValidator& type) {
  return XMLString::equals(type.getTypeUri(), SchemaSymbols::fgURI_SCHEMAFORSCHEMA);
}

// The facet as the schema states it, from the most derived type that does; empty when none does.
std::string facet_of(const DatatypeValidator* type, const XMLCh* facet) {
  for (; type != nullptr; type = type->getBaseValidator()) {
    const auto* facets = type->getFacets();
    if (facets == nullptr) continue;
    const auto* pair =
        const_cast<xercesc::RefHashTableOf<xercesc::KVStringPair>*>(facets)->get(facet);
    if (pair != nullptr) return to_utf8(pair->getValue());
  }
  return {};
}

std::vector<std::string> enumeration_of(const DatatypeValidator* type) {
  for (; type != nullptr; type = type->getBaseValidator()) {
    const auto* values = type->getEnumString();
    if (values == nullptr || values->size() == 0) continue;
    std::vector<std::string> names;
    for (XMLSize_t i = 0; i < values->size() && i < kMaxListed; ++i) {
      names.push_back(to_utf8(values->elementAt(i)));
    }
    if (values->size() > kMaxListed) names.emplace_back("...");
    return names;
  }
  return {};
}

// Something that is a value of the type, for those who have to write one.
std::string example_of(std::string_view built_in) {
  struct Example {
    std::string_view type, text;
  };
  constexpr std::array kExamples{Example{"xs:date", "2014-05-31"},
                                 Example{"xs:dateTime", "2014-05-31T17:30:00-06:00"},
                                 Example{"xs:time", "17:30:00"},
                                 Example{"xs:gYear", "2014"},
                                 Example{"xs:gYearMonth", "2014-05"},
                                 Example{"xs:duration", "P2DT12H"},
                                 Example{"xs:boolean", "true"},
                                 Example{"xs:decimal", "12.5"},
                                 Example{"xs:integer", "12"},
                                 Example{"xs:int", "12"},
                                 Example{"xs:nonNegativeInteger", "12"},
                                 Example{"xs:positiveInteger", "12"},
                                 Example{"xs:language", "es-MX"},
                                 Example{"xs:NCName", "a1"}};
  const auto found = std::find_if(
      kExamples.begin(), kExamples.end(), [&](const Example& e) { return e.type == built_in; });
  return found == kExamples.end() ? std::string{} : std::string{found->text};
}

// A pattern is shown to people: what they cannot see is written by its number.
std::string visible(const std::string& pattern) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string shown;
  for (std::size_t i = 0; i < pattern.size();) {
    const auto decoded = text::decode_utf8(pattern, i);
    const char32_t c = decoded.code_point;
    if (c > 0x20 && c < 0x7F) {
      shown += static_cast<char>(c);
    } else {
      std::string digits;
      for (char32_t rest = c; rest != 0 || digits.empty(); rest >>= 4U) {
        digits.insert(digits.begin(), kDigits[rest & 0xFU]);
      }
      shown += "\\u{" + digits + "}";
    }
    i += std::max<std::size_t>(decoded.length, 1);
  }
  return shown;
}

const DatatypeValidator* built_in_of(const DatatypeValidator* type) {
  while (type != nullptr && !is_built_in(*type))
    type = type->getBaseValidator();
  return type;
}

bool has_own_pattern(const DatatypeValidator* type) {
  for (; type != nullptr && !is_built_in(*type); type = type->getBaseValidator()) {
    const auto* facets = type->getFacets();
    if (facets != nullptr && facets->containsKey(SchemaSymbols::fgELT_PATTERN)) return true;
  }
  return false;
}

const XMLCh* facet_name(unsigned code) {
  switch (code) {
    case XMLExcepts::VALUE_GT_maxLen:
      return SchemaSymbols::fgELT_MAXLENGTH;
    case XMLExcepts::VALUE_LT_minLen:
      return SchemaSymbols::fgELT_MINLENGTH;
    case XMLExcepts::VALUE_NE_Len:
      return SchemaSymbols::fgELT_LENGTH;
    case XMLExcepts::VALUE_exceed_totalDigit:
      return SchemaSymbols::fgELT_TOTALDIGITS;
    case XMLExcepts::VALUE_exceed_fractDigit:
      return SchemaSymbols::fgELT_FRACTIONDIGITS;
    case XMLExcepts::VALUE_exceed_maxIncl:
      return SchemaSymbols::fgELT_MAXINCLUSIVE;
    case XMLExcepts::VALUE_exceed_maxExcl:
      return SchemaSymbols::fgELT_MAXEXCLUSIVE;
    case XMLExcepts::VALUE_exceed_minIncl:
      return SchemaSymbols::fgELT_MININCLUSIVE;
    case XMLExcepts::VALUE_exceed_minExcl:
      return SchemaSymbols::fgELT_MINEXCLUSIVE;
    default:
      return nullptr;
  }
}

ValueProblem lexical_problem(const DatatypeValidator* type, Params params) {
  ValueProblem problem{"cvc-datatype-valid.1.2.1", "cvc-datatype-valid", std::move(params)};
  const auto example = example_of(type_name(built_in_of(type)));
  if (!example.empty()) problem.notes.push_back({"note-example", {{"example", {example}}}});
  return problem;
}

}  // namespace

std::string type_name(const DatatypeValidator* type) {
  for (; type != nullptr; type = type->getBaseValidator()) {
    auto name = to_utf8(type->getTypeLocalName());
    if (is_built_in(*type)) return "xs:" + name;
    if (!type->getAnonymous() && !name.empty()) return name;
  }
  return "xs:anySimpleType";
}

unsigned check_value(DatatypeValidator* type, const XMLCh* text) {
  try {
    type->validate(text);
    return 0;
  } catch (const xercesc::XMLException& exception) {
    return static_cast<unsigned>(exception.getCode());
  }
}

ValueProblem diagnose_value(unsigned exception_code,
                            DatatypeValidator* type,
                            std::u16string_view text,
                            const std::string& holder) {
  Params params{{"holder", {holder}}, {"type", {type_name(type)}}};
  // A user's type that restricts xs:int by a pattern fails by a pattern too when the value is no
  // number at all: the built-in type is asked first.
  if (exception_code == XMLExcepts::VALUE_NotMatch_Pattern) {
    auto* built_in = const_cast<DatatypeValidator*>(built_in_of(type));
    const bool lexical =
        built_in != nullptr && check_value(built_in, std::u16string{text}.c_str()) != 0;
    if (lexical || !has_own_pattern(type)) return lexical_problem(type, std::move(params));
    ValueProblem problem{"cvc-pattern-valid", "cvc-pattern-valid", std::move(params)};
    problem.notes.push_back(
        {"note-pattern", {{"pattern", {visible(facet_of(type, SchemaSymbols::fgELT_PATTERN))}}}});
    return problem;
  }
  const CodeEntry& known = entry(CodeDomain::Exception, exception_code);
  if (known.key == "cvc-datatype-valid" || known.use != CodeUse::Value) {
    return lexical_problem(type, std::move(params));
  }
  ValueProblem problem{std::string{known.rule}, std::string{known.key}, std::move(params)};
  if (const XMLCh* facet = facet_name(exception_code)) {
    problem.params.push_back({"facet", {facet_of(type, facet)}});
    problem.params.push_back({"length", {std::to_string(shape_of(to_utf8(text)).length)}});
  }
  if (exception_code == XMLExcepts::VALUE_NotIn_Enumeration) {
    problem.notes.push_back({"note-allowed", {{"values", enumeration_of(type)}}});
  }
  return problem;
}

}  // namespace amparo::xsd
