// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/xerces_simple_types.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <xercesc/util/KVStringPair.hpp>
#include <xercesc/util/RefHashTableOf.hpp>
#include <xercesc/util/RefVectorOf.hpp>
#include <xercesc/validators/datatype/UnionDatatypeValidator.hpp>
#include <xercesc/validators/schema/SchemaSymbols.hpp>

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

// Values of xs:QName and xs:NOTATION come with their namespaces. Each keeps the prefix it is
// written with, where that is known and free; people read it.
class ValuePrefixes final : public NamespaceResolver {
 public:
  explicit ValuePrefixes(const PrefixNamespaces& written) : written_{&written} {}

  // A name without a prefix is in the target namespace for Xerces when there is no default one.
  [[nodiscard]] bool may_be_default(const std::string& space) const {
    const auto written = written_->find("");
    return written != written_->end() && written->second.count(space) != 0;
  }
  std::string prefixed(const std::string& space, std::string prefix, const std::string& local) {
    if (space.empty()) return local;
    while (prefix.empty() || (spaces_.count(prefix) != 0 && spaces_[prefix] != space))
      prefix = "n" + std::to_string(++made_);
    spaces_[prefix] = space;
    return prefix + ':' + local;
  }
  [[nodiscard]] std::optional<std::string_view> resolve(std::string_view prefix) const override {
    const auto known = spaces_.find(std::string{prefix});
    if (known != spaces_.end()) return known->second;
    // Of lists of QNames Xerces keeps no namespaces.
    const auto written = written_->find(prefix);
    if (written != written_->end() && written->second.size() == 1) return *written->second.begin();
    return prefix.empty() ? std::optional<std::string_view>{std::string_view{}} : std::nullopt;
  }

 private:
  const PrefixNamespaces* written_;
  std::map<std::string, std::string> spaces_{};
  int made_ = 0;
};

using FacetPairs = std::vector<std::pair<Facet, std::string>>;

// An enumeration as Xerces keeps it: of xs:QName each value as written, then its namespace; of
// xs:NOTATION "namespace:name".
void add_values(const xercesc::RefArrayVectorOf<XMLCh>& values,
                Primitive primitive,
                ValuePrefixes& prefixes,
                FacetPairs& own) {
  const XMLSize_t step = primitive == Primitive::QName ? 2 : 1;
  for (XMLSize_t i = 0; i + step <= values.size(); i += step) {
    auto text = to_utf8(values.elementAt(i));
    const auto colon = text.rfind(':');
    const bool has_colon = colon != std::string::npos;
    const auto local = has_colon ? text.substr(colon + 1) : text;
    const auto before = has_colon ? text.substr(0, colon) : std::string{};
    if (primitive == Primitive::QName) {
      auto space = to_utf8(values.elementAt(i + 1));
      if (!has_colon && !prefixes.may_be_default(space)) space.clear();
      text = prefixes.prefixed(space, before, local);
    } else if (primitive == Primitive::Notation && has_colon) {
      text = prefixes.prefixed(before, "", local);
    }
    own.emplace_back(Facet::Enumeration, std::move(text));
  }
}

// What one step of derivation adds. A step that adds no values shares the list of its base.
FacetPairs own_facets(const DatatypeValidator& type, Primitive primitive, ValuePrefixes& prefixes) {
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
  if (values != nullptr && !inherited) add_values(*values, primitive, prefixes, own);
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
  ValuePrefixes prefixes{prefixes_};
  auto own = own_facets(type, tables()[*base].primitive, prefixes);
  for (auto& [facet, text] : own) {
    if (facet == Facet::Pattern) text = patterns_.restored(std::move(text));
  }
  std::vector<FacetText> facets;
  facets.reserve(own.size());
  for (const auto& [facet, text] : own)
    facets.push_back({.facet = facet, .value = text});
  return builder_.add_restriction(*base, facets, name, &prefixes);
}

}  // namespace amparo::xsd
