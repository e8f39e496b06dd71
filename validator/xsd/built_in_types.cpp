// SPDX-License-Identifier: Apache-2.0
// The built-in types (XML Schema 1.0 Part 2, 3.2 and 3.3) as the builder starts with.
#include <cassert>

#include "validator/xsd/simple_types_builder.hpp"

namespace amparo::xsd {
namespace {

// A type that restricts another; `maximum` and `minimum` are inclusive, empty for none.
struct Derived {
  BuiltIn type;
  BuiltIn base;
  WhiteSpace white_space;
  Syntax syntax;
  std::string_view minimum;
  std::string_view maximum;
};

constexpr WhiteSpace kCollapse = WhiteSpace::Collapse;

// In the order of BuiltIn, lists left out.
constexpr std::array kDerived{
    Derived{BuiltIn::NormalizedString,
            BuiltIn::String,
            WhiteSpace::Replace,
            Syntax::OfPrimitive,
            "",
            ""},
    Derived{BuiltIn::Token, BuiltIn::NormalizedString, kCollapse, Syntax::OfPrimitive, "", ""},
    Derived{BuiltIn::Language, BuiltIn::Token, kCollapse, Syntax::Language, "", ""},
    Derived{BuiltIn::Nmtoken, BuiltIn::Token, kCollapse, Syntax::Nmtoken, "", ""},
    Derived{BuiltIn::Name, BuiltIn::Token, kCollapse, Syntax::Name, "", ""},
    Derived{BuiltIn::NcName, BuiltIn::Name, kCollapse, Syntax::NcName, "", ""},
    Derived{BuiltIn::Id, BuiltIn::NcName, kCollapse, Syntax::Id, "", ""},
    Derived{BuiltIn::IdRef, BuiltIn::NcName, kCollapse, Syntax::IdRef, "", ""},
    Derived{BuiltIn::Entity, BuiltIn::NcName, kCollapse, Syntax::Entity, "", ""},
    Derived{BuiltIn::Integer, BuiltIn::Decimal, kCollapse, Syntax::Integer, "", ""},
    Derived{BuiltIn::NonPositiveInteger, BuiltIn::Integer, kCollapse, Syntax::Integer, "", "0"},
    Derived{BuiltIn::NegativeInteger,
            BuiltIn::NonPositiveInteger,
            kCollapse,
            Syntax::Integer,
            "",
            "-1"},
    Derived{BuiltIn::Long,
            BuiltIn::Integer,
            kCollapse,
            Syntax::Integer,
            "-9223372036854775808",
            "9223372036854775807"},
    Derived{BuiltIn::Int, BuiltIn::Long, kCollapse, Syntax::Integer, "-2147483648", "2147483647"},
    Derived{BuiltIn::Short, BuiltIn::Int, kCollapse, Syntax::Integer, "-32768", "32767"},
    Derived{BuiltIn::Byte, BuiltIn::Short, kCollapse, Syntax::Integer, "-128", "127"},
    Derived{BuiltIn::NonNegativeInteger, BuiltIn::Integer, kCollapse, Syntax::Integer, "0", ""},
    Derived{BuiltIn::UnsignedLong,
            BuiltIn::NonNegativeInteger,
            kCollapse,
            Syntax::Integer,
            "0",
            "18446744073709551615"},
    Derived{
        BuiltIn::UnsignedInt, BuiltIn::UnsignedLong, kCollapse, Syntax::Integer, "0", "4294967295"},
    Derived{BuiltIn::UnsignedShort, BuiltIn::UnsignedInt, kCollapse, Syntax::Integer, "0", "65535"},
    Derived{BuiltIn::UnsignedByte, BuiltIn::UnsignedShort, kCollapse, Syntax::Integer, "0", "255"},
    Derived{
        BuiltIn::PositiveInteger, BuiltIn::NonNegativeInteger, kCollapse, Syntax::Integer, "1", ""},
};

struct ListOf {
  BuiltIn type;
  BuiltIn item;
};
constexpr std::array kLists{ListOf{BuiltIn::Nmtokens, BuiltIn::Nmtoken},
                            ListOf{BuiltIn::IdRefs, BuiltIn::IdRef},
                            ListOf{BuiltIn::Entities, BuiltIn::Entity}};

}  // namespace

SimpleTypesBuilder::SimpleTypesBuilder() {
  add_built_ins();
}

void SimpleTypesBuilder::add_built_ins() {
  tables_.types.resize(kBuiltInCount);
  const auto at = [this](BuiltIn type) -> SimpleType& {
    return tables_.types[static_cast<std::size_t>(type)];
  };
  for (std::size_t i = 0; i <= static_cast<std::size_t>(Primitive::Notation); ++i) {
    tables_.types[i].primitive = static_cast<Primitive>(i);
    set_kernel(tables_.types[i]);
  }
  at(BuiltIn::AnySimpleType).white_space = WhiteSpace::Preserve;
  at(BuiltIn::AnySimpleType).kernel = Kernel::AnyText;
  at(BuiltIn::String).white_space = WhiteSpace::Preserve;
  const auto bit = [](Facet facet) {
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(facet));
  };
  for (const Derived& derived : kDerived) {
    SimpleType type = at(derived.base);
    type.base = type_id(derived.base);
    type.white_space = derived.white_space;
    type.syntax = derived.syntax;
    if (!derived.maximum.empty()) {
      type.facets |= bit(Facet::MaxInclusive);
      type.bounds[0] = keep(derived.maximum);
    }
    if (!derived.minimum.empty()) {
      type.facets |= bit(Facet::MinInclusive);
      type.bounds[2] = keep(derived.minimum);
    }
    set_integer_bounds(type);
    set_kernel(type);
    at(derived.type) = type;
  }
  for (const ListOf& list : kLists) {
    SimpleType& type = at(list.type);
    type.variety = Variety::List;
    type.item = type_id(list.item);
    type.cost = 2;
    type.min_length = 1;
    type.facets = bit(Facet::MinLength);
  }
}

}  // namespace amparo::xsd
