// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/xerces_template.hpp"

#include <catch2/catch.hpp>

#include "validator/xsd/detail/xerces_input.hpp"
#include "validator/xsd/detail/xerces_text.hpp"

using namespace amparo;
using namespace amparo::xsd;

TEST_CASE("Parameters are taken back out of a message", "[xsd][template]") {
  struct Case {
    std::u16string pattern, text;
    std::vector<std::u16string> values;
  };
  const auto c = GENERATE(Case{u"element '{0}' is nil", u"element 'Sex' is nil", {u"Sex"}},
                          Case{u"'{1}' of '{0}'", u"'a' of 'b'", {u"b", u"a"}},
                          Case{u"{0} is not supported", u"x y is not supported", {u"x y"}},
                          Case{u"no parameter", u"no parameter", {}},
                          Case{u"element '{0}' is nil", u"something else", {}});
  CHECK(match_pattern(c.pattern, c.text) == c.values);
}

TEST_CASE("Only names leave a message, never free text", "[xsd][template]") {
  start_xerces();
  const auto& missing = entry(CodeDomain::Validity, 6);
  struct Case {
    std::u16string text;
    std::string shown;
  };
  const auto c = GENERATE(Case{u"missing required attribute 'id'", "id"},
                          Case{u"missing required attribute 'urn:t,CaseType'", "CaseType"},
                          Case{u"missing required attribute 'Ana Luz'", "?"},
                          Case{u"missing required attribute '<b>'", "?"},
                          Case{u"another sentence", "?"});
  CHECK(parameters_of(missing, CodeDomain::Validity, c.text.c_str()) ==
        Params{{"attribute", {c.shown}}});
}

TEST_CASE("Text goes to UTF-16 and back, lone surrogates become U+FFFD", "[xsd][text]") {
  const std::string text = "a\u00e9\u4e2d\U0001F600";
  CHECK(to_utf8(to_utf16(text)) == text);
  CHECK(to_utf8(std::u16string{char16_t{0xD800}, u'a'}) == "\uFFFDa");
  CHECK(to_utf8(static_cast<const XMLCh*>(nullptr)).empty());
}
