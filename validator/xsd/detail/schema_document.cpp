// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/schema_document.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "core/source.hpp"
#include "text/xsd_pattern.hpp"
#include "validator/xsd/decimal.hpp"
#include "validator/xsd/lexical.hpp"
#include "validator/xsd/simple_types.hpp"
#include "xml/gate.hpp"
#include "xml/tokenizer.hpp"

namespace amparo::xsd {
namespace {

constexpr std::string_view kSchema = "http://www.w3.org/2001/XMLSchema";
constexpr std::string_view kInstance = "http://www.w3.org/2001/XMLSchema-instance";
constexpr std::string_view kVersioning = "http://www.w3.org/2007/XMLSchema-versioning";
constexpr std::string_view kXml = "http://www.w3.org/XML/1998/namespace";

constexpr std::string_view kXmlAttributes = R"(<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
    targetNamespace="http://www.w3.org/XML/1998/namespace">
  <xs:attribute name="lang">
    <xs:simpleType>
      <xs:union memberTypes="xs:language">
        <xs:simpleType>
          <xs:restriction base="xs:string"><xs:enumeration value=""/></xs:restriction>
        </xs:simpleType>
      </xs:union>
    </xs:simpleType>
  </xs:attribute>
  <xs:attribute name="space">
    <xs:simpleType>
      <xs:restriction base="xs:NCName">
        <xs:enumeration value="default"/>
        <xs:enumeration value="preserve"/>
      </xs:restriction>
    </xs:simpleType>
  </xs:attribute>
  <xs:attribute name="base" type="xs:anyURI"/>
  <xs:attribute name="id" type="xs:ID"/>
  <xs:attributeGroup name="specialAttrs" xmlns:xml="http://www.w3.org/XML/1998/namespace">
    <xs:attribute ref="xml:base"/>
    <xs:attribute ref="xml:lang"/>
    <xs:attribute ref="xml:space"/>
    <xs:attribute ref="xml:id"/>
  </xs:attributeGroup>
</xs:schema>
)";

// All text, or what stands between two characters that belong to nobody.
constexpr std::string_view kMark = "\xEE\x80\x80";
constexpr std::string_view kAnything = "(.|\\s)*|\xEE\x80\x80";

constexpr std::string_view kMaxCount = "2147483647";

// Attributes that name components; memberTypes is a list of names.
constexpr std::array<std::string_view, 7> kReferences{
    "base", "itemType", "memberTypes", "ref", "refer", "substitutionGroup", "type"};

bool is_built_in_type(std::string_view local) {
  if (local == "anyType") return true;
  for (std::size_t i = 0; i < kBuiltInCount; ++i) {
    if (name(static_cast<BuiltIn>(i)) == local) return true;
  }
  return false;
}

bool is_facet(std::string_view local) {
  for (auto i = static_cast<unsigned>(Facet::Length);
       i <= static_cast<unsigned>(Facet::FractionDigits);
       ++i) {
    if (name(static_cast<Facet>(i)) == local) return true;
  }
  return false;
}

class Look {
 public:
  Look(const std::string& bytes,
       const std::string& file,
       const Limits& limits,
       const PatternReading& patterns)
      : bytes_{bytes},
        file_{file},
        patterns_{patterns},
        source_{Source::from_string(file, bytes)},
        tokenizer_{source_, nullptr, {.profile = xml::GateProfile::General, .limits = limits}} {}

  SchemaDocument run() {
    for (;;) {
      switch (tokenizer_.next()) {
        case xml::Token::Start:
          start();
          break;
        case xml::Token::End:
          end();
          break;
        case xml::Token::Text:
          break;
        case xml::Token::Finished:
          return finished();
        case xml::Token::Stopped:
          return {.bytes = bytes_};
      }
    }
  }

 private:
  struct Range {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
  };
  struct Edit {
    Range range;
    std::string text;
  };
  struct Reference {
    std::string space;
    Place where{};
  };

  [[nodiscard]] std::string value(const xml::Attribute& attribute) const {
    std::string scratch;
    return std::string{trim_space(tokenizer_.value(attribute, scratch))};
  }

  // Of an attribute without a namespace.
  [[nodiscard]] std::optional<std::string> attribute(std::string_view wanted) const {
    for (const xml::Attribute& each : tokenizer_.attributes()) {
      if (each.name->space->uri.empty() && each.name->local() == wanted) return value(each);
    }
    return std::nullopt;
  }

  // The namespace and local part of a QName; nothing when it is none or its prefix is not bound.
  [[nodiscard]] std::optional<std::pair<std::string, std::string>> expand(
      std::string_view text) const {
    const auto qname = parse_qname(text);
    if (!qname) return std::nullopt;
    if (qname->prefix == "xml") return std::pair{std::string{kXml}, std::string{qname->local}};
    const auto* space = tokenizer_.scope().find_prefix(qname->prefix);
    if (space == nullptr && !qname->prefix.empty()) return std::nullopt;
    return std::pair{space == nullptr ? std::string{} : space->uri, std::string{qname->local}};
  }

  void start() {
    const std::size_t depth = tokenizer_.open_tags().size();
    if (out_depth_ != 0) return;
    if (depth > 1 && !is_meant_for_us()) {
      out_depth_ = depth;
      out_.push_back({tokenizer_.top().tag, 0});
      return;
    }
    const xml::Name& name = *tokenizer_.top().name;
    if (name.space->uri != kSchema) return;
    if (foreign_depth_ != 0) return;
    const auto local = name.local();
    if (depth == 2) in_redefine_ = local == "redefine";
    if (depth == 1) {
      if (const auto target = attribute("targetNamespace")) target_ = *target;
    } else if (depth == 2 && local == "import") {
      imported_.insert(attribute("namespace").value_or(""));
    } else if (depth == 3 && local == "group" && in_redefine_) {
      redefined_ = attribute("name").value_or("");
    } else if (local == "group" && !redefined_.empty()) {
      const auto expanded = expand(attribute("ref").value_or(""));
      if (expanded && expanded->second == redefined_) redefined_.clear();
    } else if (local == "pattern") {
      replace_pattern();
    } else if (local == "enumeration") {
      note_value_prefixes();
    } else if (local == "notation") {
      if (!attribute("public") && !attribute("system")) {
        tell("s4s-att-must-appear", "schema-attribute-missing");
      }
    } else if (local == "documentation" || local == "appinfo") {
      if (local == "documentation") check_language();
      foreign_depth_ = depth;
      return;
    }
    if (local == "element") note_fixed_value();
    if (local == "complexType") {
      const auto named = attribute("name");
      document_.type_places.emplace(named ? *named : "element " + element_,
                                    tokenizer_.place_of(tokenizer_.top()));
    }
    note_references();
    clamp_counts();
  }

  void end() {
    const auto depth = tokenizer_.open_tags().size();
    if (depth == foreign_depth_) foreign_depth_ = 0;
    if (depth == 3 && !redefined_.empty()) {
      document_.restricts_groups = true;
      redefined_.clear();
    }
    if (depth != out_depth_) return;
    out_depth_ = 0;
    out_.back().end = tokenizer_.window().offset_of(tokenizer_.at());
  }

  void check_language() {
    for (const xml::Attribute& each : tokenizer_.attributes()) {
      if (each.name->space->uri != kXml || each.name->local() != "lang") continue;
      if (!is_language(value(each))) tell("s4s-att-invalid-value", "schema-value-wrong");
    }
  }

  void note_value_prefixes() {
    const auto text = attribute("value").value_or("");
    TokenCursor values{text};
    for (auto value = values.next(); !value.empty(); value = values.next()) {
      const auto qname = parse_qname(value);
      const auto* space = qname ? tokenizer_.scope().find_prefix(qname->prefix) : nullptr;
      if (space == nullptr) continue;
      document_.value_prefixes[std::string{qname->prefix}].insert(space->uri);
    }
  }

  void note_fixed_value() {
    const auto name = attribute("name");
    if (!name) return;
    element_ = *name;
    if (!attribute("fixed")) document_.fixed_values[*name].insert(std::nullopt);
    for (const xml::Attribute& each : tokenizer_.attributes()) {
      if (!each.name->space->uri.empty() || each.name->local() != "fixed") continue;
      std::string scratch;
      document_.fixed_values[*name].insert(std::string{tokenizer_.value(each, scratch)});
    }
  }

  void replace_pattern() {
    if (!patterns_.is_taken) return;
    for (const xml::Attribute& each : tokenizer_.attributes()) {
      if (!each.name->space->uri.empty() || each.name->local() != "value") continue;
      std::string scratch;
      std::string pattern{tokenizer_.value(each, scratch)};
      if (patterns_.is_taken(pattern) || !text::Pattern::compile(pattern)) continue;
      const auto begin = tokenizer_.top().tag + each.value_at;
      edits_.push_back(
          {{begin, begin + each.value_size}, patterns_.store->put(std::move(pattern))});
    }
  }

  // A number of more digits than kMaxCount has is as good as that.
  void clamp_counts() {
    for (const xml::Attribute& each : tokenizer_.attributes()) {
      const auto local = each.name->local();
      if (!each.name->space->uri.empty() || (local != "minOccurs" && local != "maxOccurs"))
        continue;
      std::string scratch;
      const auto digits = tokenizer_.value(each, scratch);
      const bool is_number = std::all_of(digits.begin(), digits.end(), is_digit);
      if (!is_number || digits.size() < kMaxCount.size()) continue;
      const auto zeros = digits.size() - kMaxCount.size();
      const bool has_zeros = digits.find_first_not_of('0') >= zeros;
      if (has_zeros && digits.substr(zeros) <= kMaxCount) continue;
      const auto begin = tokenizer_.top().tag + each.value_at;
      edits_.push_back(
          {{begin, begin + each.value_size}, std::string(zeros, '0') + std::string{kMaxCount}});
    }
  }

  void note_references() {
    for (const xml::Attribute& each : tokenizer_.attributes()) {
      const auto local = each.name->local();
      if (!each.name->space->uri.empty() ||
          std::find(kReferences.begin(), kReferences.end(), local) == kReferences.end()) {
        continue;
      }
      const auto text = value(each);
      TokenCursor names{text};
      for (auto name = names.next(); !name.empty(); name = names.next()) {
        if (const auto expanded = expand(name)) note_reference(expanded->first);
      }
    }
  }

  void note_reference(const std::string& space) {
    if (space == kSchema || space == kInstance || space == target_) return;
    references_.push_back({space, tokenizer_.place_of(tokenizer_.top())});
  }

  // XML Schema 1.1 Part 1, 4.2.2.
  [[nodiscard]] bool is_meant_for_us() const {
    for (const xml::Attribute& each : tokenizer_.attributes()) {
      if (each.name->space->uri != kVersioning) continue;
      const auto local = each.name->local();
      const auto text = value(each);
      if (local == "minVersion" && is_above(text)) return false;
      if (local == "maxVersion" && !is_above(text)) return false;
      if (local == "typeAvailable" && !are_known(text, is_built_in_type)) return false;
      if (local == "typeUnavailable" && are_known(text, is_built_in_type)) return false;
      if (local == "facetAvailable" && !are_known(text, is_facet)) return false;
      if (local == "facetUnavailable" && are_known(text, is_facet)) return false;
    }
    return true;
  }

  // Whether the version is later than 1.0.
  [[nodiscard]] static bool is_above(std::string_view version) {
    const auto number = parse_decimal(version);
    const auto own = parse_decimal("1.0");
    return number && own && compare(*number, *own) == Order::Greater;
  }

  [[nodiscard]] bool are_known(std::string_view text, bool (*is_known)(std::string_view)) const {
    TokenCursor names{text};
    for (auto name = names.next(); !name.empty(); name = names.next()) {
      const auto expanded = expand(name);
      if (!expanded || expanded->first != kSchema || !is_known(expanded->second)) return false;
    }
    return true;
  }

  void tell(std::string rule, std::string message, Params params = {}) {
    tell_at(tokenizer_.place_of(tokenizer_.top()),
            std::move(rule),
            std::move(message),
            std::move(params));
  }

  void tell_at(const Place& where, std::string rule, std::string message, Params params) {
    document_.faults.push_back({.rule = std::move(rule),
                                .where = where,
                                .xpath = file_,
                                .message = std::move(message),
                                .params = std::move(params)});
  }

  // Places are those of UTF-8, which is what the tokenizer makes of any encoding: in a document of
  // another one nothing is changed.
  [[nodiscard]] bool is_in_place(const Range& range, char first, char last) const {
    return range.begin < range.end && range.end <= bytes_.size() && bytes_[range.begin] == first &&
           bytes_[range.end - 1] == last;
  }

  SchemaDocument finished() {
    for (const Reference& reference : references_) {
      // Without a target namespace, it may be included into any, which is then its own.
      if (target_.empty() || imported_.count(reference.space) != 0) continue;
      tell_at(reference.where,
              "src-resolve.4",
              "schema-import-missing",
              {{"namespace", {reference.space}}});
      break;
    }
    document_.bytes = bytes_;
    for (const Range& range : out_) {
      if (!is_in_place(range, '<', '>')) continue;
      for (auto i = range.begin; i < range.end; ++i) {
        char& c = document_.bytes[i];
        if (c != '\n' && c != '\r') c = ' ';
      }
    }
    // From the back, so that those in front stay where they are.
    for (auto edit = edits_.rbegin(); edit != edits_.rend(); ++edit) {
      const auto [begin, end] = edit->range;
      const char quote = begin > 0 && begin <= bytes_.size() ? bytes_[begin - 1] : '\0';
      if ((quote != '"' && quote != '\'') || !is_in_place({begin - 1, end + 1}, quote, quote))
        continue;
      document_.bytes.replace(begin, end - begin, edit->text);
    }
    return std::move(document_);
  }

  const std::string& bytes_;
  const std::string& file_;
  const PatternReading& patterns_;
  Source source_;
  xml::Tokenizer tokenizer_;
  SchemaDocument document_{};
  std::string target_{};
  std::set<std::string> imported_{};
  std::vector<Reference> references_{};
  std::vector<Range> out_{};
  std::vector<Edit> edits_{};  // of values of attributes
  std::string element_{};      // the one declared last
  bool in_redefine_ = false;
  std::string redefined_{};        // the group that may be redefined by restriction
  std::size_t out_depth_ = 0;      // of what is being taken out
  std::size_t foreign_depth_ = 0;  // of an annotation's content
};

}  // namespace

std::string PatternStore::put(std::string pattern) {
  patterns_.push_back(std::move(pattern));
  return std::string{kAnything} + std::to_string(patterns_.size() - 1) + std::string{kMark};
}

std::string PatternStore::restored(std::string pattern) const {
  for (auto at = pattern.find(kAnything); at != std::string::npos;
       at = pattern.find(kAnything, at)) {
    const auto number = at + kAnything.size();
    const auto end = pattern.find(kMark, number);
    if (end == std::string::npos) break;
    const auto index = std::stoul(pattern.substr(number, end - number));
    const auto original = '(' + patterns_.at(index) + ')';
    pattern.replace(at, end + kMark.size() - at, original);
    at += original.size();
  }
  return pattern;
}

SchemaDocument look_through(const std::string& bytes,
                            const std::string& file,
                            const Limits& limits,
                            const PatternReading& patterns) {
  return Look{bytes, file, limits, patterns}.run();
}

std::string_view schema_of_xml_attributes() {
  return kXmlAttributes;
}

}  // namespace amparo::xsd
