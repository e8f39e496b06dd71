// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/simple_types_builder.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace amparo::xsd {

TEST_CASE("facets that are no facets of the type are refused", "[xsd][simple-types-builder]") {
  struct Case {
    BuiltIn base;
    Facet facet;
    std::string value, message;
  };
  using enum Facet;
  const auto c = GENERATE(
      Case{BuiltIn::Date, MaxInclusive, "soon", "maxInclusive: not a value of xs:date"},
      Case{BuiltIn::Date, MaxLength, "3", "maxLength: does not go with xs:date"},
      Case{BuiltIn::String, MaxInclusive, "a", "maxInclusive: does not go with xs:string"},
      Case{BuiltIn::String, MaxLength, "-1", "maxLength: not a number from 0"},
      Case{BuiltIn::String, Length, "1.0", "length: not a number from 0"},
      Case{BuiltIn::String, WhiteSpace, "shrink", "whiteSpace: not one that this type may have"},
      Case{BuiltIn::Token, WhiteSpace, "preserve", "whiteSpace: not one that this type may have"},
      Case{BuiltIn::Boolean, Enumeration, "true", "enumeration: does not go with xs:boolean"},
      Case{BuiltIn::Integer, Enumeration, "1.0", "enumeration: not a value of xs:integer"},
      Case{BuiltIn::Byte, MinInclusive, "", "minInclusive: not a value of xs:byte"},
      Case{BuiltIn::QName, Enumeration, "p:x", "enumeration: not a value of xs:QName"},
      Case{BuiltIn::AnySimpleType, Pattern, "x", "pattern: does not go with xs:anySimpleType"},
      Case{BuiltIn::Double, TotalDigits, "3", "totalDigits: does not go with xs:double"});
  CAPTURE(name(c.base), c.value);
  SimpleTypesBuilder builder;
  const std::vector<FacetText> facets{{c.facet, c.value}};
  const auto made = builder.add_restriction(type_id(c.base), facets);
  REQUIRE_FALSE(made);
  CHECK(made.error().code == ErrorCode::Malformed);
  CHECK(made.error().message == c.message);
  CHECK(verify(builder.tables()));
}

TEST_CASE("a type that does not exist can be no part of another", "[xsd][simple-types-builder]") {
  SimpleTypesBuilder builder;
  const auto unknown = static_cast<TypeId>(999);
  CHECK_FALSE(builder.add_restriction(unknown, {}));
  CHECK_FALSE(builder.add_list(unknown));
  const std::vector<TypeId> members{type_id(BuiltIn::Int), unknown};
  CHECK_FALSE(builder.add_union(members));
}

TEST_CASE("lists of lists are refused, also those inside unions", "[xsd][simple-types-builder]") {
  SimpleTypesBuilder builder;
  CHECK_FALSE(builder.add_list(type_id(BuiltIn::Nmtokens)));
  const std::vector<TypeId> members{type_id(BuiltIn::Int), type_id(BuiltIn::IdRefs)};
  const auto both = builder.add_union(members);
  REQUIRE(both);
  CHECK_FALSE(builder.add_list(*both));
}

TEST_CASE("unions without facets are replaced by their members", "[xsd][simple-types-builder]") {
  SimpleTypesBuilder builder;
  TypeId last = type_id(BuiltIn::Int);
  for (int i = 0; i < 200; ++i) {
    const std::vector<TypeId> members{last, type_id(BuiltIn::Date), last};
    const auto made = builder.add_union(members);
    REQUIRE(made);
    last = *made;
  }
  CHECK(builder.tables()[last].members.size() == 2);
  CHECK(builder.tables()[last].depth == 0);
}

TEST_CASE("unions that would take too long are refused", "[xsd][simple-types-builder]") {
  SimpleTypesBuilder builder;
  TypeId last = type_id(BuiltIn::Int);
  int made_count = 0;
  for (; made_count < 100; ++made_count) {
    const std::vector<FacetText> facets{{Facet::Pattern, "x"}};
    const auto one = builder.add_restriction(last, facets);
    const auto other = builder.add_restriction(last, facets);
    REQUIRE(one);
    REQUIRE(other);
    const std::vector<TypeId> members{*one, *other};
    const auto both = builder.add_union(members);
    if (!both) {
      CHECK(both.error().code == ErrorCode::Unsupported);
      break;
    }
    last = *both;
  }
  CHECK(made_count == 15);  // 2^15 and the unions themselves

  SimpleTypesBuilder deep;
  last = type_id(BuiltIn::Int);
  for (made_count = 0; made_count < 100; ++made_count) {
    const std::vector<TypeId> members{last};
    const auto one = deep.add_union(members);
    if (!one) break;
    const std::vector<FacetText> facets{{Facet::Pattern, "x"}};
    last = *deep.add_restriction(*one, facets);
  }
  CHECK(made_count == 65);
}

TEST_CASE("lengths beyond 64 bits are as much as they hold", "[xsd][simple-types-builder]") {
  SimpleTypesBuilder builder;
  const std::vector<FacetText> facets{{Facet::MaxLength, " 00018446744073709551616 "}};
  const auto made = builder.add_restriction(type_id(BuiltIn::String), facets);
  REQUIRE(made);
  CHECK(builder.tables()[*made].max_length == UINT64_MAX);
}

}  // namespace amparo::xsd
