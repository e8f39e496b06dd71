// SPDX-License-Identifier: Apache-2.0
#include "validator/rules/detail/schematron_resolver.hpp"

#include <algorithm>
#include <functional>

#include "text/utf8.hpp"
#include "xml/name_table.hpp"

namespace amparo::rules {
namespace {

using ParamList = std::vector<std::pair<std::string, std::string>>;

[[noreturn]] void refuse(const SchPlace& place, std::string key, Params params) {
  throw SchematronRefusal{
      {ErrorCode::Malformed, place.file, place.line, {}, 0, std::move(key), std::move(params)}};
}

bool is_name_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  const auto decoded = text::decode_utf8(text, at);
  return decoded.code_point != ':' && xml::is_name_character(decoded.code_point);
}

// "$name" becomes the value; what is no parameter stays, for it may be a variable.
std::string substituted(const std::string& text, const ParamList& params) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const ParamList::value_type* best = nullptr;
    if (text[at] == '$') {
      for (const auto& param : params) {
        const bool fits = text.compare(at + 1, param.first.size(), param.first) == 0 &&
                          !is_name_at(text, at + 1 + param.first.size());
        if (fits) best = &param;
      }
    }
    if (best == nullptr) {
      out += text[at++];
      continue;
    }
    out += best->second;
    at += 1 + best->first.size();
  }
  return out;
}

class Substitution {
 public:
  explicit Substitution(const ParamList& params) : params_{params} {}

  void run(SchPattern& pattern) const {
    for (SchLet& let : pattern.lets)
      run(let.value);
    for (SchRule& rule : pattern.rules) {
      run(rule.context);
      run(rule.subject);
      for (SchLet& let : rule.lets)
        run(let.value);
      for (SchCheck& check : rule.checks) {
        run(check.test);
        run(check.subject);
        for (SchPart& part : check.message) {
          run(part.expression);
          part.text = substituted(part.text, params_);
        }
      }
    }
  }

 private:
  void run(SchExpression& expression) const {
    expression.text = substituted(expression.text, params_);
  }
  const ParamList& params_;
};

void instantiate(Schematron& schema) {
  std::vector<SchPattern> patterns;
  for (const SchPattern& pattern : schema.patterns) {
    if (pattern.is_abstract) continue;
    if (pattern.is_a.empty()) {
      patterns.push_back(pattern);
      continue;
    }
    const auto abstract =
        std::find_if(schema.patterns.begin(), schema.patterns.end(), [&](const SchPattern& known) {
          return known.is_abstract && known.id == pattern.is_a;
        });
    if (abstract == schema.patterns.end())
      refuse(pattern.place, "sch-is-a", {{"id", {pattern.is_a}}});
    SchPattern made = *abstract;
    made.id = pattern.id;
    made.is_abstract = false;
    made.title = pattern.title.empty() ? made.title : pattern.title;
    made.extras.insert(made.extras.end(), pattern.extras.begin(), pattern.extras.end());
    made.place = pattern.place;
    ParamList params = abstract->params;  // defaults
    for (const auto& param : pattern.params) {
      std::erase_if(params, [&](const auto& known) { return known.first == param.first; });
      params.push_back(param);
    }
    Substitution{params}.run(made);
    patterns.push_back(std::move(made));
  }
  schema.patterns = std::move(patterns);
}

class Extender {
 public:
  explicit Extender(const std::vector<SchRule>& everywhere) : everywhere_{everywhere} {}

  void run(const SchPattern& pattern, SchRule& rule, std::size_t depth) const {
    constexpr std::size_t kMostDepth = 16;
    auto extensions = std::move(rule.extensions);
    rule.extensions.clear();
    // From the last one, so that places before it keep their number.
    for (auto extension = extensions.rbegin(); extension != extensions.rend(); ++extension) {
      if (depth > kMostDepth) refuse(extension->place, "sch-extends-deep", {});
      const auto wanted = [&](const SchRule& known) {
        return known.is_abstract && known.id == extension->id;
      };
      const SchRule* found = nullptr;
      const auto near = std::find_if(pattern.rules.begin(), pattern.rules.end(), wanted);
      if (near != pattern.rules.end()) found = &*near;
      const auto far = std::find_if(everywhere_.begin(), everywhere_.end(), wanted);
      if (found == nullptr && far != everywhere_.end()) found = &*far;
      if (found == nullptr) refuse(extension->place, "sch-extends", {{"id", {extension->id}}});
      SchRule copy = *found;
      run(pattern, copy, depth + 1);
      rule.lets.insert(rule.lets.begin(), copy.lets.begin(), copy.lets.end());
      rule.checks.insert(rule.checks.begin() + static_cast<std::ptrdiff_t>(extension->at),
                         copy.checks.begin(),
                         copy.checks.end());
    }
  }

 private:
  const std::vector<SchRule>& everywhere_;
};

}  // namespace

void resolve_schematron(Schematron& schema) {
  std::vector<SchRule> abstract_rules;
  for (const SchPattern& pattern : schema.patterns)
    for (const SchRule& rule : pattern.rules)
      if (rule.is_abstract) abstract_rules.push_back(rule);
  instantiate(schema);
  const Extender extender{abstract_rules};
  for (SchPattern& pattern : schema.patterns) {
    std::vector<SchRule> rules;
    for (SchRule rule : pattern.rules) {
      if (rule.is_abstract) continue;
      extender.run(pattern, rule, 0);
      rules.push_back(std::move(rule));
    }
    pattern.rules = std::move(rules);
  }
}

}  // namespace amparo::rules
