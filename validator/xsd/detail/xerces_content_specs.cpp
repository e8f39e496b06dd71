// SPDX-License-Identifier: Apache-2.0
// The other half of ComponentReader: wildcards, substitution groups and content models.
#include <algorithm>
#include <iterator>

#include <xercesc/validators/schema/SchemaSymbols.hpp>

#include "validator/xsd/detail/xerces_components.hpp"
#include "validator/xsd/detail/xerces_text.hpp"

namespace amparo::xsd {
namespace {

using xercesc::ContentSpecNode;
using xercesc::SchemaAttDef;
using xercesc::XMLAttDef;

// Xerces tells wildcards apart by the low four bits of a node's type, and what to do with their
// content by the two above.
constexpr int kWildcardBits = 0x0F;
constexpr int kLax = 0x10;
constexpr int kSkip = 0x20;

bool is_wildcard(const ContentSpecNode& node) {
  const int kind = node.getType() & kWildcardBits;
  return node.getType() == ContentSpecNode::Any_NS_Choice || kind == ContentSpecNode::Any ||
         kind == ContentSpecNode::Any_Other || kind == ContentSpecNode::Any_NS;
}

ProcessContents processing(const ContentSpecNode& node) {
  if ((node.getType() & kLax) != 0) return ProcessContents::Lax;
  if ((node.getType() & kSkip) != 0) return ProcessContents::Skip;
  return ProcessContents::Strict;
}

std::uint32_t occurrences(int count) {
  return count < 0 ? Particle::kUnbounded : static_cast<std::uint32_t>(count);
}

}  // namespace

WildcardId ComponentReader::wildcard(WildcardRow row, std::vector<NamespaceId> listed) {
  std::sort(listed.begin(), listed.end());
  listed.erase(std::unique(listed.begin(), listed.end()), listed.end());
  const auto id = static_cast<WildcardId>(draft_.wildcards.size());
  const auto [at, is_new] =
      wildcards_.emplace(std::tuple{row.rule, row.process, row.excluded, listed}, id);
  if (is_new) {
    row.listed = {static_cast<std::uint32_t>(draft_.wildcard_namespaces.size()),
                  static_cast<std::uint32_t>(listed.size())};
    draft_.wildcard_namespaces.insert(
        draft_.wildcard_namespaces.end(), listed.begin(), listed.end());
    draft_.wildcards.push_back(row);
  }
  return at->second;
}

WildcardId ComponentReader::attribute_wildcard(const SchemaAttDef* attribute) {
  if (attribute == nullptr) return WildcardId::None;
  WildcardRow row;
  const auto process = attribute->getDefaultType();
  if (process == XMLAttDef::ProcessContents_Lax) row.process = ProcessContents::Lax;
  if (process == XMLAttDef::ProcessContents_Skip) row.process = ProcessContents::Skip;
  std::vector<NamespaceId> listed;
  switch (attribute->getType()) {
    case XMLAttDef::Any_Any:
      break;
    case XMLAttDef::Any_Other:
      row.rule = NamespaceRule::Not;
      row.excluded = space(attribute->getAttName()->getURI());
      break;
    case XMLAttDef::Any_List: {
      row.rule = NamespaceRule::OneOf;
      const auto* uris = attribute->getNamespaceList();
      for (XMLSize_t i = 0; uris != nullptr && i < uris->size(); ++i)
        listed.push_back(space(uris->elementAt(i)));
      break;
    }
    default:
      return WildcardId::None;
  }
  return wildcard(row, std::move(listed));
}

WildcardId ComponentReader::element_wildcard(const ContentNode& node) {
  WildcardRow row;
  std::vector<NamespaceId> listed;
  if (node.getType() == ContentSpecNode::Any_NS_Choice) {
    row.rule = NamespaceRule::OneOf;
    const ContentNode* at = &node;
    for (; at->getType() == ContentSpecNode::Any_NS_Choice; at = at->getFirst()) {
      if (const auto* second = at->getSecond()) {
        listed.push_back(space(second->getElement()->getURI()));
        row.process = processing(*second);
      }
    }
    listed.push_back(space(at->getElement()->getURI()));
    row.process = processing(*at);
    return wildcard(row, std::move(listed));
  }
  row.process = processing(node);
  const int kind = node.getType() & kWildcardBits;
  if (kind == ContentSpecNode::Any_Other) {
    row.rule = NamespaceRule::Not;
    row.excluded = space(node.getElement()->getURI());
  } else if (kind == ContentSpecNode::Any_NS) {
    row.rule = NamespaceRule::OneOf;
    listed.push_back(space(node.getElement()->getURI()));
  }
  return wildcard(row, std::move(listed));
}

// 3.3.6, Substitution Group OK (Transitive), clauses 1 and 3: no way of deriving the member's type
// is blocked by the head, by its type or by a type in between.
bool ComponentReader::may_substitute(ElementId member, ElementId head) const {
  const ElementRow& to = draft_.elements[index(head)];
  if ((to.block & kSubstitution) != 0) return false;
  DerivationSet used = kNothing;
  DerivationSet blocked = to.block;
  TypeRef at = draft_.elements[index(member)].type;
  while (at != to.type) {
    if (is_complex(at)) {
      const ComplexTypeRow& row = draft_.complex_types[index(complex_type(at))];
      if (at == TypeRef::AnyType) return false;
      used |= row.derivation;
      at = row.base;
      if (is_complex(at)) blocked |= draft_.complex_types[index(complex_type(at))].block;
    } else {
      used |= kRestriction;
      // Simple types have no blocks: wherever the head's type is above, the way is restriction.
      break;
    }
  }
  return (used & blocked) == 0;
}

void ComponentReader::find_substitutions() {
  substitutes_.assign(elements_.size(), {});
  for (std::size_t i = 0; i < elements_.size(); ++i) {
    const ElementRow& row = draft_.elements[i];
    if (row.is_abstract()) continue;
    const auto member = static_cast<ElementId>(i);
    std::size_t steps = 0;
    for (auto head = row.substitution_head; head != ElementId::None && steps <= elements_.size();
         head = draft_.elements[index(head)].substitution_head, ++steps) {
      if (may_substitute(member, head)) {
        substitutes_[index(head)].push_back({row.name, member});
      }
    }
  }
}

std::vector<Alternative> ComponentReader::alternatives(const ElementDecl& decl) {
  const auto id = element(decl);
  const ElementRow& row = draft_.elements[index(id)];
  std::vector<Alternative> all;
  if (!row.is_abstract()) all.push_back({row.name, id});
  const auto& others = substitutes_[index(id)];
  all.insert(all.end(), others.begin(), others.end());
  return all;
}

Particle ComponentReader::particle(const ContentNode& node) {
  Particle made;
  made.min = occurrences(node.getMinOccurs());
  made.max = occurrences(node.getMaxOccurs());
  if (is_wildcard(node)) {
    made.kind = Particle::Kind::Wildcard;
    made.wildcard = element_wildcard(node);
    return made;
  }
  switch (node.getType()) {
    case ContentSpecNode::Leaf:
      if (node.getElementDecl() == nullptr) return {};  // stands for empty content
      made.kind = Particle::Kind::Element;
      made.element = element(static_cast<const ElementDecl&>(*node.getElementDecl()));
      made.alternatives = alternatives(static_cast<const ElementDecl&>(*node.getElementDecl()));
      return made;
    case ContentSpecNode::ZeroOrOne:
    case ContentSpecNode::ZeroOrMore:
    case ContentSpecNode::OneOrMore:
      made.min = node.getType() == ContentSpecNode::OneOrMore ? 1 : 0;
      made.max = node.getType() == ContentSpecNode::ZeroOrOne ? 1 : Particle::kUnbounded;
      made.children.push_back(particle(*node.getFirst()));
      return made;
    case ContentSpecNode::Choice:
    case ContentSpecNode::ModelGroupChoice:
      made.kind = Particle::Kind::Choice;
      add_children(node.getFirst(), ContentSpecNode::Choice, made.children);
      add_children(node.getSecond(), ContentSpecNode::Choice, made.children);
      return made;
    case ContentSpecNode::All:
      made.kind = Particle::Kind::All;
      add_children(node.getFirst(), ContentSpecNode::All, made.children);
      add_children(node.getSecond(), ContentSpecNode::All, made.children);
      return made;
    default:
      add_children(node.getFirst(), ContentSpecNode::Sequence, made.children);
      add_children(node.getSecond(), ContentSpecNode::Sequence, made.children);
      return made;
  }
}

// Groups come as binary trees that lean to the left; nodes of type
// `link` in between are no groups of the schema.
void ComponentReader::add_children(const ContentNode* node,
                                   ContentNode::NodeTypes link,
                                   std::vector<Particle>& children) {
  std::vector<const ContentNode*> right_to_left;
  const auto is_between = [link](const ContentNode& n) {
    return n.getType() == link && n.getMinOccurs() == 1 && n.getMaxOccurs() == 1;
  };
  while (node != nullptr && is_between(*node)) {
    right_to_left.push_back(node->getSecond());
    node = node->getFirst();
  }
  if (node != nullptr) children.push_back(particle(*node));
  for (auto at = right_to_left.rbegin(); at != right_to_left.rend(); ++at) {
    if (*at == nullptr) continue;
    if (is_between(**at)) {
      add_children(*at, link, children);
    } else {
      children.push_back(particle(**at));
    }
  }
}

// Where the types stand in the documents; anonymous ones by the element that has them. Where a name
// stands for several, only the file is told.
void ComponentReader::find_origins() {
  std::vector<std::string> names(types_.size());
  for (std::size_t i = 1; i < types_.size(); ++i) {
    const auto name = draft_.complex_types[i].name;
    if (name != NameId::None) names[i] = draft_.local(name);
  }
  for (const ElementRow& element : draft_.elements) {
    if (!is_complex(element.type)) continue;
    auto& name = names[index(complex_type(element.type))];
    if (name.empty()) name = "element " + std::string{draft_.local(element.name)};
  }
  origins_.resize(types_.size());
  for (std::size_t i = 1; i < types_.size(); ++i) {
    if (!loaded_.files.empty()) origins_[i].file = loaded_.files.front().path;
    const auto [first, last] = loaded_.type_places.equal_range(names[i]);
    if (first == last) continue;
    origins_[i].file = first->second.file;
    if (std::next(first) != last) continue;
    origins_[i].line = first->second.where.line;
    origins_[i].column = first->second.where.column;
  }
}

void ComponentReader::write_models(std::uint32_t max_states) {
  find_origins();
  for (std::size_t i = 0; i < types_.size() && !failure_; ++i) {
    ComplexTypeRow& row = draft_.complex_types[i];
    if (row.content != ContentKind::ElementOnly && row.content != ContentKind::Mixed) continue;
    Particle root;
    if (types_[i] == nullptr) {
      root = {.kind = Particle::Kind::Wildcard,
              .min = 0,
              .max = Particle::kUnbounded,
              .wildcard = wildcard({.process = ProcessContents::Lax}, {})};
    } else if (const auto* node = types_[i]->getContentSpec()) {
      root = particle(*node);
    }
    const auto used = static_cast<std::uint32_t>(draft_.states.size());
    auto model = build_model(root, max_states - std::min(used, max_states));
    if (!model) return give_up(std::move(model).error());
    draft_.complex_types[i].model = draft_.add(*std::move(model));
    origins_[i].particle = std::move(root);
  }
}

}  // namespace amparo::xsd
