// SPDX-License-Identifier: Apache-2.0
// Attributes, the type an element names for itself, nil, values, and who listens to them.
#include <algorithm>

#include "text/utf8.hpp"
#include "validator/xsd/engine_run.hpp"
#include "validator/xsd/lexical.hpp"
#include "validator/xsd/value_key.hpp"
#include "validator/xsd/value_problem.hpp"

namespace amparo::xsd {
namespace {

constexpr auto kXsiType = static_cast<std::uint32_t>(NameId::XsiType);
constexpr auto kXsiNil = static_cast<std::uint32_t>(NameId::XsiNil);
constexpr auto kLastXsi = static_cast<std::uint32_t>(NameId::XsiNoNamespaceSchemaLocation);

// "the value of <Case id=...>": reads the same in all languages.
std::string attribute_holder(std::string_view element, std::string_view attribute) {
  return "<" + std::string{element} + " " + std::string{attribute} + "=\"...\">";
}

NamespaceId namespace_of(const xml::Name& name) {
  return name.space->id == xml::kUnknownId ? NamespaceId::Unknown
                                           : static_cast<NamespaceId>(name.space->id);
}

}  // namespace

std::optional<std::string_view> EngineRun::resolve(std::string_view prefix) const {
  const xml::Namespace* space = tokenizer_.scope().find_prefix(prefix);
  if (space == nullptr) return std::nullopt;
  return std::string_view{space->uri};
}

// 3.3.4, Element Locally Valid: clauses 2 to 4, which decide the type.
void EngineRun::find_type(OpenElement& frame, bool is_lax) {
  TypeRef type = TypeRef::AnyType;
  if (!is_lax) {
    const ElementRow& element = schema_[frame.element];
    type = element.type;
    if (element.is_abstract()) {
      add({.rule = "cvc-elt.2",
           .where = tag_place(),
           .message = "cvc-elt.2",
           .params = {{"element", {element_name()}}}});
    }
  }
  frame.type = type;
  for (const xml::Attribute& attribute : tokenizer_.attributes()) {
    if (attribute.name->id == kXsiType) read_xsi_type(frame, attribute);
  }
  const bool is_abstract =
      is_complex(frame.type) && schema_[complex_type(frame.type)].is_abstract();
  if (is_abstract) {
    const bool is_own = frame.type == type;
    add({.rule = "cvc-type.2",
         .where = tag_place(),
         .message = is_own ? "cvc-type.2-element" : "cvc-type.2",
         .params = {{"element", {element_name()}}}});
  }
  set_type(frame, frame.type);
  for (const xml::Attribute& attribute : tokenizer_.attributes()) {
    if (attribute.name->id == kXsiNil) read_xsi_nil(frame, attribute);
  }
}

void EngineRun::read_xsi_type(OpenElement& frame, const xml::Attribute& attribute) {
  std::string scratch;
  const auto text = text::trim(tokenizer_.value(attribute, scratch));
  const auto tell = [&](std::string_view rule) {
    add({.rule = std::string{rule},
         .where = tag_place(),
         .message = std::string{rule},
         .params = {{"element", {element_name()}}}});
    frame.is_type_refused = true;
  };
  const auto name = expand_qname(text, this);
  if (!name) return tell("cvc-elt.4.2");
  const auto named =
      schema_.global_type(schema_.find_name(schema_.find_namespace(name->space), name->local));
  if (named == TypeRef::None) return tell("cvc-elt.4.2");
  auto blocked = frame.element == ElementId::None ? kNothing : schema_[frame.element].block;
  if (is_complex(frame.type)) {
    blocked = static_cast<DerivationSet>(blocked | schema_[complex_type(frame.type)].block);
  }
  if (!schema_.is_derived(named, frame.type, blocked)) return tell("cvc-elt.4.3");
  frame.type = named;
}

void EngineRun::read_xsi_nil(OpenElement& frame, const xml::Attribute& attribute) {
  std::string scratch;
  const auto text = tokenizer_.value(attribute, scratch);
  const auto tell = [&](std::string_view rule) {
    frame.has_value_finding = true;
    add({.rule = std::string{rule},
         .where = tag_place(),
         .message = std::string{rule},
         .params = {{"element", {element_name()}}}});
  };
  // Without a declaration it is held against its type alone (cvc-type), which knows no nil.
  if (frame.element == ElementId::None) return;
  if (!schema_[frame.element].is_nillable()) return tell("cvc-elt.3.1");
  const auto verdict = check(schema_.simple_types(), type_id(BuiltIn::Boolean), text, values_);
  if (!verdict.is_valid()) return report_value(verdict, text, &attribute);
  const auto value = text::trim(text);
  frame.is_nil = value == "true" || value == "1";
  const bool is_fixed = schema_[frame.element].value_constraint == ValueConstraint::Fixed;
  if (frame.is_nil && is_fixed) tell("cvc-elt.3.2.2");
}

// 3.4.4, Element Locally Valid (Complex Type): clauses 3 and 4; 3.3.4 for simple types.
void EngineRun::check_attributes(OpenElement& frame) {
  const auto attributes = tokenizer_.attributes();
  const ComplexTypeRow* complex =
      is_complex(frame.type) ? &schema_[complex_type(frame.type)] : nullptr;
  const auto uses = complex == nullptr
                        ? std::span<const AttributeRow>{}
                        : CompiledSchema::rows(schema_.attributes(), complex->attributes);
  seen_.assign(uses.size(), false);
  wild_identifiers_ = 0;
  NilElement nil;
  list_version_.clear();
  for (const xml::Attribute& attribute : attributes) {
    if (attribute.name->id <= kLastXsi) continue;
    const auto use = std::lower_bound(
        uses.begin(), uses.end(), attribute.name->id, [](const AttributeRow& row, auto id) {
          return static_cast<std::uint32_t>(row.name) < id;
        });
    const bool is_declared = use != uses.end() && attribute.name->id != xml::kUnknownId &&
                             static_cast<std::uint32_t>(use->name) == attribute.name->id;
    if (listener_ != nullptr) {
      const auto local = attribute.name->local();
      if (local == "nullReason" && is_declared) nil.has_reason = true;
      if (local == "listVersion") list_version_ = tokenizer_.value(attribute, scratch_);
    }
    if (is_declared) {
      seen_[static_cast<std::size_t>(use - uses.begin())] = true;
      check_attribute_value(frame, attribute, *use);
    } else {
      check_attribute(frame, attribute);
    }
  }
  if (wild_identifiers_ > 0) check_wild_identifiers(uses);
  for (std::size_t i = 0; complex != nullptr && i < uses.size(); ++i) {
    if (seen_[i]) continue;
    // What the schema adds may refer to an identifier.
    if (uses[i].value_constraint != ValueConstraint::None) {
      note_identifier(uses[i].type, schema_.text(uses[i].value), nullptr);
    }
    if (uses[i].is_required == 0 || frame.is_type_refused) continue;
    frame.lacks_attribute = true;
    add({.rule = "cvc-complex-type.4",
         .where = tag_place(),
         .message = "cvc-complex-type.4",
         .params = {{"attribute", {std::string{schema_.local(uses[i].name)}}},
                    {"element", {element_name()}}}});
  }
  nil.is_nil = frame.is_nil;
  if (listener_ == nullptr || frame.element == ElementId::None) return;
  if ((!nil.is_nil && !nil.has_reason) || frame.has_value_finding) return;
  const auto& tag = tokenizer_.top();
  nil.element = tag.name->local();
  nil.where.offset = tag.tag;
  Collected collected;
  listener_->on_nil(nil, collected);
  for (Finding& finding : collected.findings)
    add(std::move(finding));
}

// Not among the uses: by the wildcard, or not at all (clause 3.2.2).
void EngineRun::check_attribute(OpenElement& frame, const xml::Attribute& attribute) {
  if (!is_complex(frame.type)) return report_extra_attribute(frame, attribute);
  const ComplexTypeRow& complex = schema_[complex_type(frame.type)];
  if (complex.attribute_wildcard == WildcardId::None) {
    return report_extra_attribute(frame, attribute);
  }
  const WildcardRow& wildcard = schema_[complex.attribute_wildcard];
  if (!schema_.admits(wildcard, namespace_of(*attribute.name))) {
    return report_extra_attribute(frame, attribute);
  }
  if (wildcard.process == ProcessContents::Skip) return;
  const auto declared = schema_.global_attribute(static_cast<NameId>(attribute.name->id));
  if (declared != AttributeId::None) {
    if (is_identifier(schema_[declared].type)) ++wild_identifiers_;
    return check_attribute_value(frame, attribute, schema_[declared]);
  }
  if (wildcard.process == ProcessContents::Strict) report_extra_attribute(frame, attribute);
}

bool EngineRun::is_identifier(TypeId type) const {
  const SimpleType& row = schema_.simple_types()[type];
  return row.variety == Variety::Atomic && row.syntax == Syntax::Id;
}

// 3.4.4, clause 5: one identifier at most, where the wildcard lets identifiers through.
void EngineRun::check_wild_identifiers(std::span<const AttributeRow> uses) {
  const bool has_use = std::any_of(uses.begin(), uses.end(), [this](const AttributeRow& use) {
    return is_identifier(use.type);
  });
  if (wild_identifiers_ == 1 && !has_use) return;
  add({.rule = has_use ? "cvc-complex-type.5.2" : "cvc-complex-type.5.1",
       .where = tag_place(),
       .message = "cvc-complex-type.5",
       .params = {{"element", {element_name()}}}});
}

void EngineRun::report_extra_attribute(const OpenElement& frame, const xml::Attribute& attribute) {
  if (frame.is_type_refused) return;  // it may well be an attribute of the type that was meant
  Finding finding{.rule = is_complex(frame.type) ? "cvc-complex-type.3.2.2" : "cvc-type.3.1.1",
                  .where = attribute_place(attribute),
                  .xpath = "/@" + attribute.name->raw,
                  .message = "cvc-complex-type.3.2.2",
                  .params = {{"attribute", {attribute.name->raw}}, {"element", {element_name()}}}};
  const auto uses =
      is_complex(frame.type)
          ? CompiledSchema::rows(schema_.attributes(), schema_[complex_type(frame.type)].attributes)
          : std::span<const AttributeRow>{};
  // The right name in a wrong namespace.
  const auto meant = std::find_if(uses.begin(), uses.end(), [&](const AttributeRow& row) {
    return schema_.local(row.name) == attribute.name->local();
  });
  if (meant != uses.end()) {
    const bool has_space = schema_[meant->name].space != NamespaceId::Absent;
    finding.message = has_space ? "cvc-attribute-qualified" : "cvc-attribute-unqualified";
    finding.params[0].values[0] = attribute.name->local();
  }
  add(std::move(finding));
}

void EngineRun::check_attribute_value(OpenElement& frame,
                                      const xml::Attribute& attribute,
                                      const AttributeRow& declared) {
  const auto text = tokenizer_.value(attribute, scratch_);
  const auto verdict = check(schema_.simple_types(), declared.type, text, values_);
  if (!verdict.is_valid()) return report_value(verdict, text, &attribute);
  if (declared.value_constraint == ValueConstraint::Fixed &&
      !equals_fixed(declared.type, text, schema_.text(declared.value))) {
    add({.rule = "cvc-attribute.4",
         .where = attribute_place(attribute),
         .xpath = "/@" + attribute.name->raw,
         .message = "cvc-attribute.4",
         .params = {{"attribute", {attribute.name->raw}}, {"element", {element_name()}}}});
  }
  note_identifier(declared.type, text, &attribute);
  if (listener_ == nullptr || !wants(type_ref(declared.type))) return;
  (void)frame;
  listen(declared_name(type_ref(declared.type)),
         text,
         attribute.name->local(),
         Place{tokenizer_.top().tag + attribute.at, 0, 0});
}

bool EngineRun::equals_fixed(TypeId type, std::string_view text, std::string_view fixed) {
  key_.clear();
  other_key_.clear();
  return append_value_key(schema_.simple_types(), type, text, values_, key_) &&
         append_value_key(schema_.simple_types(), type, fixed, values_, other_key_) &&
         key_ == other_key_;
}

// 3.3.4, cvc-id: identifiers are those of the whole document.
void EngineRun::note_identifier(TypeId type,
                                std::string_view text,
                                const xml::Attribute* attribute) {
  const auto& types = schema_.simple_types();
  const SimpleType& row = types[type];
  if (row.variety == Variety::Union) {
    const auto verdict = check(types, type, text, values_);
    if (verdict.is_valid() && verdict.type != type) note_identifier(verdict.type, text, attribute);
    return;
  }
  if (row.variety == Variety::List) {
    if (types[row.item].syntax != Syntax::IdRef && types[row.item].syntax != Syntax::Id) return;
    std::string_view rest = text;
    while (!(rest = text::trim(rest)).empty()) {
      const auto size = std::min(rest.find_first_of(" \t\r\n"), rest.size());
      note_identifier(row.item, rest.substr(0, size), attribute);
      rest.remove_prefix(size);
    }
    return;
  }
  if (row.syntax == Syntax::IdRef || row.syntax == Syntax::Id) top().may_be_remembered = false;
  const auto name = text::trim(text);
  if (row.syntax == Syntax::IdRef) {
    const auto digest = digest_of_key(name);
    if (!identifiers_.contains(digest)) references_.insert(digest);
    return;
  }
  if (row.syntax != Syntax::Id) return;
  if (identifiers_.insert(digest_of_key(name))) return;
  const auto element = tokenizer_.top().name->local();
  const auto holder =
      attribute == nullptr ? tagged(element) : attribute_holder(element, attribute->name->raw);
  add({.rule = "cvc-id.2",
       .where = attribute == nullptr ? content_place() : attribute_place(*attribute),
       .xpath = attribute == nullptr ? std::string{} : "/@" + attribute->name->raw,
       .message = "cvc-id.2",
       .params = {{"holder", {holder}}, {"element", {tagged(element)}}},
       .shape = shape_of(text)});
}

void EngineRun::report_value(const Verdict& verdict,
                             std::string_view text,
                             const xml::Attribute* attribute) {
  const auto element = tokenizer_.top().name->local();
  const auto holder =
      attribute == nullptr ? tagged(element) : attribute_holder(element, attribute->name->raw);
  auto fault = describe(schema_.simple_types(), verdict, text, holder);
  add({.rule = std::move(fault.rule),
       .where = attribute == nullptr ? content_place() : attribute_place(*attribute),
       .xpath = attribute == nullptr ? std::string{} : "/@" + attribute->name->raw,
       .message = std::move(fault.key),
       .params = std::move(fault.params),
       .shape = shape_of(normalise(text, schema_.simple_types()[verdict.type].white_space, key_)),
       .notes = std::move(fault.notes)});
}

// The element ends, its content is simple: 3.3.4, clause 5; 3.14.4.
void EngineRun::check_value(OpenElement& frame, std::string_view text) {
  const ElementRow* element = frame.element == ElementId::None ? nullptr : &schema_[frame.element];
  const bool has_constraint =
      element != nullptr && element->value_constraint != ValueConstraint::None;
  if (has_constraint && !frame.has_content) text = schema_.text(element->value);
  const auto verdict = check(schema_.simple_types(), frame.simple, text, values_);
  if (!verdict.is_valid()) {
    frame.has_value_finding = true;
    return report_value(verdict, text, nullptr);
  }
  if (has_constraint && element->value_constraint == ValueConstraint::Fixed &&
      !equals_fixed(frame.simple, text, schema_.text(element->value))) {
    frame.has_value_finding = true;
    const auto holder = element_name();
    add({.rule = "cvc-elt.5.2.2.2",
         .where = content_place(),
         .message = "cvc-elt.5.2.2.2",
         .params = {{"holder", {holder}}, {"element", {holder}}},
         .shape = shape_of(text)});
    return;
  }
  note_identifier(frame.simple, text, nullptr);
  if (!frame.is_wanted) return;
  listen(declared_name(frame.type), text, {}, Place{tokenizer_.top().content, 0, 0});
}

void EngineRun::listen(std::string_view type,
                       std::string_view text,
                       std::string_view attribute,
                       const Place& where) {
  ++result_.listened;
  Collected collected;
  const std::string_view version = attribute.empty() ? list_version_ : std::string_view{};
  listener_->on_value({type, text, tokenizer_.top().name->local(), attribute, version, where},
                      collected);
  for (Finding& finding : collected.findings)
    add(std::move(finding));
}

// Of a named type; an anonymous one has no name to ask by.
std::string_view EngineRun::declared_name(TypeRef type) const {
  if (is_complex(type)) {
    const auto name = schema_[complex_type(type)].name;
    return name == NameId::None ? std::string_view{} : schema_.local(name);
  }
  const auto& types = schema_.simple_types();
  return types.view(types[simple_type(type)].type_name);
}

bool EngineRun::wants(TypeRef type) {
  const bool complex = is_complex(type);
  auto& asked = complex ? wanted_complex_ : wanted_simple_;
  const auto i = complex ? index(complex_type(type)) : static_cast<std::size_t>(simple_type(type));
  if (i >= asked.size()) asked.resize(i + 1, 0);
  if (asked[i] == 0) {
    const auto name = declared_name(type);
    asked[i] = !name.empty() && listener_->wants(name) ? 2 : 1;
  }
  return asked[i] == 2;
}

bool EngineRun::is_skipped(const ComplexTypeRow* type, const xml::Name& name) const {
  if (type == nullptr || type->attribute_wildcard == WildcardId::None) return false;
  const WildcardRow& wildcard = schema_[type->attribute_wildcard];
  return wildcard.process == ProcessContents::Skip && schema_.admits(wildcard, namespace_of(name));
}

void EngineRun::start_keys(OpenElement& frame) {
  const IdRange own =
      frame.element == ElementId::None ? IdRange{} : schema_[frame.element].constraints;
  frame.concerns_keys = keys_.concerns(tokenizer_.top().name->id, tokenizer_.attributes(), own);
  if (!frame.concerns_keys) return;
  keys_.start(tokenizer_.open_tags(), own);
  if (!keys_.wants_attributes()) return;
  const ComplexTypeRow* complex =
      is_complex(frame.type) ? &schema_[complex_type(frame.type)] : nullptr;
  const auto uses = complex == nullptr
                        ? std::span<const AttributeRow>{}
                        : CompiledSchema::rows(schema_.attributes(), complex->attributes);
  const auto give = [&](const xml::Name& name, const AttributeRow* row, std::string_view text) {
    key_.clear();
    // A field needs a simple type: what a wildcard skips has none (3.11.4, clause 3). What "lax"
    // finds no declaration for is compared as it is written, as other engines have it.
    if (row == nullptr && is_skipped(complex, name)) return keys_.attribute_without_type(name);
    const bool is_typed =
        row != nullptr && append_value_key(schema_.simple_types(), row->type, text, values_, key_);
    // A value of an unknown type is compared as it is written.
    if (!is_typed) key_.append("?").append(text);
    keys_.attribute(name, key_);
  };
  for (const xml::Attribute& attribute : tokenizer_.attributes()) {
    const auto use = std::find_if(uses.begin(), uses.end(), [&](const AttributeRow& row) {
      return static_cast<std::uint32_t>(row.name) == attribute.name->id;
    });
    const AttributeRow* row = use == uses.end() ? nullptr : &*use;
    if (row == nullptr && !is_skipped(complex, *attribute.name)) {
      const auto global = schema_.global_attribute(static_cast<NameId>(attribute.name->id));
      if (global != AttributeId::None) row = &schema_[global];
    }
    give(*attribute.name, row, tokenizer_.value(attribute, scratch_));
  }
  // Attributes that the schema adds are there for keys too (3.4.5).
  for (std::size_t i = 0; i < uses.size() && i < seen_.size(); ++i) {
    if (seen_[i] || uses[i].value_constraint == ValueConstraint::None) continue;
    const ExpandedName& expanded = schema_[uses[i].name];
    const xml::Namespace space{std::string{schema_.uri(expanded.space)},
                               static_cast<std::uint32_t>(expanded.space)};
    xml::Name name;
    name.raw = schema_.local(uses[i].name);
    name.id = static_cast<std::uint32_t>(uses[i].name);
    name.space = &space;
    give(name, &uses[i], schema_.text(uses[i].value));
  }
  if (keys_.has_problems()) report_keys();
}

void EngineRun::end_keys(OpenElement& frame, std::string_view text) {
  if (!frame.concerns_keys) return;
  using Content = KeyChecker::Content;
  const auto open = tokenizer_.open_tags();
  key_.clear();
  auto content = Content::NotSimple;
  if (keys_.wants_value(open.size()) && frame.kind == OpenElement::Kind::Value) {
    content = frame.is_nil ? Content::Nil : Content::Value;
    if (content == Content::Value) {
      const ElementRow* element =
          frame.element == ElementId::None ? nullptr : &schema_[frame.element];
      const bool is_default = !frame.has_content && element != nullptr &&
                              element->value_constraint != ValueConstraint::None;
      if (is_default) text = schema_.text(element->value);
      if (!append_value_key(schema_.simple_types(), frame.simple, text, values_, key_)) {
        key_.append("?").append(text);  // not of its type: told by the grammar
      }
    }
  }
  keys_.end(open, content, key_);
  if (keys_.has_problems()) report_keys();
}

}  // namespace amparo::xsd
