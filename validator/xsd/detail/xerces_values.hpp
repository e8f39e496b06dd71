// SPDX-License-Identifier: Apache-2.0
// Which rule of XML Schema Part 2 a value breaks, said with the names and facets of the schema and
// never with the value. For the oracle_xerces files only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <xercesc/util/XercesDefs.hpp>
#include <xercesc/validators/datatype/DatatypeValidator.hpp>

#include "core/finding.hpp"

namespace amparo::xsd {

/// Name to show for a type: its own or that of the nearest type that has one; "xs:date" for a type
/// of XML Schema itself.
[[nodiscard]] std::string type_name(const xercesc::DatatypeValidator* type);

/// What is wrong with a value, by the code of the exception that Xerces made of it.
struct ValueProblem {
  std::string rule;
  std::string key;
  Params params{};
  std::vector<Note> notes{};
};

/// `text` is the value as written, `holder` how to name what holds it: "<BirthDate>".
[[nodiscard]] ValueProblem diagnose_value(unsigned exception_code,
                                          xercesc::DatatypeValidator* type,
                                          std::u16string_view text,
                                          const std::string& holder);

/// Whether `text` is of the type; the code of Xerces' exception when it is not, 0 when it is.
[[nodiscard]] unsigned check_value(xercesc::DatatypeValidator* type, const XMLCh* text);

}  // namespace amparo::xsd
