// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/xerces_simple_types.hpp"

#include <algorithm>

#include <xercesc/util/KVStringPair.hpp>
#include <xercesc/util/RefHashTableOf.hpp>
#include <xercesc/validators/datatype/UnionDatatypeValidator.hpp>
#include <xercesc/validators/schema/SchemaSymbols.hpp>

#include "validator/xsd/detail/xerces_schema_files.hpp"
#include "validator/xsd/detail/xerces_text.hpp"

namespace amparo::xsd {
namespace {

using xercesc::DatatypeValidator;

bool is_built_in(const DatatypeValidator& type) {
  return !type.getAnonymous() &&
         xercesc::XMLString::equals(type.getTypeUri(),
                                    xercesc::SchemaSymbols::fgURI_SCHEMAFORSCHEMA);
}

std::optional<TypeId> built_in(const DatatypeValidator& type) {
  if (!is_built_in(type)) return std::nullopt;
  const auto local = to_utf8(type.getTypeLocalName());
  for (std::size_t i = 0; i < kBuiltInCount; ++i) {
    const auto candidate = static_cast<BuiltIn>(i);
    if (name(candidate) == local) return type_id(candidate);
  }
  return std::nullopt;
}

std::optional<Facet> facet_named(std::string_view wanted) {
  for (auto i = static_cast<unsigned>(Facet::Length);
       i <= static_cast<unsigned>(Facet::FractionDigits);
       ++i) {
    const auto facet = static_cast<Facet>(i);
    if (name(facet) == wanted) return facet;
  }
  return std::nullopt;
}

// Prefixes as the schema binds them somewhere; Xerces keeps values of xs:QName as they are written.
class SchemaPrefixes final : public NamespaceResolver {
 public:
  explicit SchemaPrefixes(const std::map<std::string, std::string>& prefixes)
      : prefixes_{&prefixes} {}
  [[nodiscard]] std::optional<std::string_view> resolve(std::string_view prefix) const override {
    const auto known = prefixes_->find(std::string{prefix});
    if (known == prefixes_->end()) {
      return prefix.empty() ? std::optional<std::string_view>{std::string_view{}} : std::nullopt;
    }
    if (known->second == LoadedSchema::kAmbiguous) return std::nullopt;
    return known->second;
  }

 private:
  const std::map<std::string, std::string>* prefixes_;
};

// Xerces writes a value of xs:NOTATION as "namespace:name". Here each namespace gets a prefix.
class NotationPrefixes final : public NamespaceResolver {
 public:
  std::string prefixed(const std::string& value) {
    const auto colon = value.rfind(':');
    if (colon == std::string::npos) return value;
    spaces_.push_back(value.substr(0, colon));
    if (spaces_.back().empty()) return value.substr(colon + 1);
    return "n" + std::to_string(spaces_.size()) + ":" + value.substr(colon + 1);
  }
  [[nodiscard]] std::optional<std::string_view> resolve(std::string_view prefix) const override {
    if (prefix.empty()) return std::string_view{};
    const auto number = std::stoul(std::string{prefix.substr(1)});
    return spaces_.at(number - 1);
  }

 private:
  std::vector<std::string> spaces_{};
};

using FacetPairs = std::vector<std::pair<Facet, std::string>>;

// What one step of derivation adds. A step that adds no values shares the list of its base.
FacetPairs own_facets(const DatatypeValidator& type) {
  FacetPairs own;
  if (const auto* facets = type.getFacets()) {
    xercesc::RefHashTableOfEnumerator<xercesc::KVStringPair> each{
        const_cast<xercesc::RefHashTableOf<xercesc::KVStringPair>*>(facets)};
    while (each.hasMoreElements()) {
      const auto& pair = each.nextElement();
      if (const auto facet = facet_named(to_utf8(pair.getKey()))) {
        own.emplace_back(*facet, to_utf8(pair.getValue()));
      }
    }
  }
  // The order of a hash table is nobody's order.
  std::sort(own.begin(), own.end());
  const auto* values = type.getEnumString();
  const auto* base = type.getBaseValidator();
  const bool inherited =
      base != nullptr && base->getType() == type.getType() && base->getEnumString() == values;
  if (values == nullptr || inherited) return own;
  for (XMLSize_t i = 0; i < values->size(); ++i) {
    own.emplace_back(Facet::Enumeration, to_utf8(values->elementAt(i)));
  }
  return own;
}

}  // namespace

Result<TypeId> SimpleTypeReader::read(const DatatypeValidator* type) {
  if (type == nullptr) return type_id(BuiltIn::AnySimpleType);
  const auto known = known_.find(type);
  if (known != known_.end()) return known->second;
  auto made = make(*type);
  if (made) known_.emplace(type, *made);
  return made;
}

Result<TypeId> SimpleTypeReader::make(const DatatypeValidator& type) {
  if (const auto id = built_in(type)) return *id;
  const bool is_anonymous = type.getAnonymous();
  const auto local = is_anonymous ? std::string{} : to_utf8(type.getTypeLocalName());
  const auto space = is_anonymous ? std::string{} : to_utf8(type.getTypeUri());
  const TypeName name{.space = space, .local = local};
  const auto* base = type.getBaseValidator();
  if (type.getType() == DatatypeValidator::List) {
    // Items are never lists: a list below is what this one restricts.
    if (base != nullptr && base->getType() == DatatypeValidator::List) {
      return make_restriction(type, name);
    }
    const auto item = read(base);
    if (!item) return item;
    return builder_.add_list(*item, name);
  }
  if (type.getType() == DatatypeValidator::Union) {
    const bool restricts = base != nullptr && base->getType() == DatatypeValidator::Union;
    return restricts ? make_restriction(type, name) : make_union(type, name);
  }
  return make_restriction(type, name);
}

Result<TypeId> SimpleTypeReader::make_union(const DatatypeValidator& type, const TypeName& name) {
  const auto* members =
      static_cast<const xercesc::UnionDatatypeValidator&>(type).getMemberTypeValidators();
  std::vector<TypeId> ids;
  for (XMLSize_t i = 0; members != nullptr && i < members->size(); ++i) {
    const auto id = read(members->elementAt(i));
    if (!id) return id;
    ids.push_back(*id);
  }
  return builder_.add_union(ids, name);
}

Result<TypeId> SimpleTypeReader::make_restriction(const DatatypeValidator& type,
                                                  const TypeName& name) {
  const auto base = read(type.getBaseValidator());
  if (!base) return base;
  auto own = own_facets(type);
  const SchemaPrefixes prefixes{*prefixes_};
  NotationPrefixes notations;
  const bool holds_notations = tables()[*base].primitive == Primitive::Notation;
  if (holds_notations) {
    for (auto& [facet, text] : own) {
      if (facet == Facet::Enumeration) text = notations.prefixed(text);
    }
  }
  std::vector<FacetText> facets;
  facets.reserve(own.size());
  for (const auto& [facet, text] : own)
    facets.push_back({.facet = facet, .value = text});
  const NamespaceResolver& resolver =
      holds_notations ? static_cast<const NamespaceResolver&>(notations) : prefixes;
  return builder_.add_restriction(*base, facets, name, &resolver);
}

}  // namespace amparo::xsd
