// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/type_rules.hpp"

#include <utility>

#include "validator/xsd/detail/particle_restriction.hpp"
#include "validator/xsd/detail/unique_attribution.hpp"

namespace amparo::xsd {
namespace {

constexpr std::size_t kMaxFaults = 20;

bool has_model(ContentKind content) {
  return content == ContentKind::ElementOnly || content == ContentKind::Mixed;
}

// Whether no element can ever stand there.
bool is_void(const Particle& particle) {
  if (particle.max == 0) return true;
  if (particle.kind == Particle::Kind::Element || particle.kind == Particle::Kind::Wildcard) {
    return false;
  }
  for (const Particle& child : particle.children) {
    if (!is_void(child)) return false;
  }
  return true;
}

class TypeCheck {
 public:
  TypeCheck(const CompiledSchema& schema, std::span<const TypeOrigin> origins)
      : schema_{schema}, origins_{origins} {}

  [[nodiscard]] Status check(std::size_t type, std::uint32_t max_states) {
    const ComplexTypeRow& row = schema_.complex_types()[type];
    const TypeOrigin& origin = origins_[type];
    if (has_model(row.content)) {
      if (auto told = check_particles(type, max_states); !told) return told;
    }
    if (!is_complex(row.base) || row.base == TypeRef::AnyType) return Done{};
    const auto base = complex_type(row.base);
    if (row.derivation == kExtension) {
      if (!extends(row, origin, base)) tell(origin, "cos-ct-extends", "schema-derivation-wrong");
    } else if (!restricts(row, origin, base)) {
      tell(origin, "derivation-ok-restriction", "schema-derivation-wrong");
    }
    return Done{};
  }

  [[nodiscard]] std::vector<Finding> take() && { return std::move(findings_); }

 private:
  [[nodiscard]] Status check_particles(std::size_t type, std::uint32_t max_states) {
    const TypeOrigin& origin = origins_[type];
    const auto shown = schema_.display_name(type_ref(static_cast<ComplexTypeId>(type)));
    const auto ambiguity = find_ambiguity(schema_, origin.particle, max_states);
    if (!ambiguity) return Fail{ambiguity.error()};
    if (*ambiguity) {
      tell(origin,
           "cos-nonambig",
           "cos-nonambig",
           {{"type", {shown}},
            {"first", {(*ambiguity)->first}},
            {"second", {(*ambiguity)->second}}});
    }
    const auto twice = find_two_types(schema_, origin.particle);
    if (twice != NameId::None) {
      tell(origin,
           "cos-element-consistent",
           "schema-element-types",
           {{"type", {shown}}, {"element", {"<" + std::string{schema_.local(twice)} + ">"}}});
    }
    return Done{};
  }

  // What the mapping of 3.4.2 makes of content in which nothing can stand.
  [[nodiscard]] static ContentKind kind_of(const ComplexTypeRow& row, const TypeOrigin& origin) {
    const bool is_empty = row.content == ContentKind::ElementOnly && is_void(origin.particle);
    return is_empty ? ContentKind::Empty : row.content;
  }

  // Derivation Valid (Extension), clause 1.4.
  [[nodiscard]] bool extends(const ComplexTypeRow& row,
                             const TypeOrigin& origin,
                             ComplexTypeId base) const {
    const auto from = kind_of(schema_[base], origins_[index(base)]);
    if (from == ContentKind::Empty) return true;
    const auto to = kind_of(row, origin);
    return to == from;
  }

  // Derivation Valid (Restriction, Complex), clause 5.
  [[nodiscard]] bool restricts(const ComplexTypeRow& row,
                               const TypeOrigin& origin,
                               ComplexTypeId base_id) const {
    const ComplexTypeRow& base = schema_[base_id];
    const TypeOrigin& base_origin = origins_[index(base_id)];
    const auto from = kind_of(base, base_origin);
    const bool may_be_empty = has_model(from) && is_emptiable(base_origin.particle);
    switch (kind_of(row, origin)) {
      case ContentKind::Simple:
        if (from != ContentKind::Simple) return from == ContentKind::Mixed && may_be_empty;
        return schema_.is_derived(type_ref(row.simple_type), type_ref(base.simple_type), kNothing);
      case ContentKind::Empty:
        return from == ContentKind::Empty || may_be_empty;
      case ContentKind::ElementOnly:
        if (!has_model(from)) return false;
        break;
      case ContentKind::Mixed:
        if (from != ContentKind::Mixed) return false;
        break;
    }
    return is_restriction(schema_, origin.particle, base_origin.particle);
  }

  void tell(const TypeOrigin& origin, std::string rule, std::string message, Params params = {}) {
    if (findings_.size() >= kMaxFaults) return;
    findings_.push_back({.rule = std::move(rule),
                         .where = {0, origin.line, origin.column},
                         .xpath = origin.file,
                         .message = std::move(message),
                         .params = std::move(params)});
  }

  const CompiledSchema& schema_;
  std::span<const TypeOrigin> origins_;
  std::vector<Finding> findings_{};
};

}  // namespace

Result<std::vector<Finding>> check_types(const CompiledSchema& schema,
                                         std::span<const TypeOrigin> origins,
                                         std::uint32_t max_states) {
  TypeCheck check{schema, origins};
  // The first is xs:anyType, which is as the specification has it.
  for (std::size_t type = 1; type < origins.size(); ++type) {
    if (auto told = check.check(type, max_states); !told) return Fail{std::move(told).error()};
  }
  return std::move(check).take();
}

}  // namespace amparo::xsd
