// SPDX-License-Identifier: Apache-2.0
// Findings of the compiled engine: each gets its path, its record, its line and, when the tokens
// stand still, its excerpt. Those of a record are told in the order of their places.
#include <algorithm>
#include <array>

#include "text/similar.hpp"
#include "validator/xsd/engine_run.hpp"

namespace amparo::xsd {
namespace {

constexpr std::size_t kMaxPending = 10'000;
// Names of a document that the schema does not know, looked up once as long as there are few.
constexpr std::size_t kMaxShown = 4096;

bool holds_names(std::string_view param) {
  return param == "element" || param == "child" || param == "attribute" || param == "holder" ||
         param == "expected";
}

}  // namespace

// Text with a stray '<' in it looks like a tag: only names of the schema are repeated, and words
// that are so near to one that nothing else can be meant.
std::string EngineRun::shown(std::string_view qualified) {
  const auto colon = qualified.find(':');
  const auto local = colon == std::string_view::npos ? qualified : qualified.substr(colon + 1);
  const auto& known = tables_.known_names;
  if (options_.reveal == xml::Reveal::Values || known.contains(local)) {
    return std::string{qualified};
  }
  if (const auto found = shown_.find(qualified); found != shown_.end()) return found->second;
  if (shown_.size() >= kMaxShown) shown_.clear();
  const auto is_meant = [&](std::string_view name) { return text::is_misspelling(local, name); };
  const bool is_free = std::any_of(known.begin(), known.end(), is_meant);
  return shown_.emplace(qualified, is_free ? std::string{qualified} : mask(qualified))
      .first->second;
}

// "Case", "<Case>", "</Case>", "<Case id=\"...\">": the names in it, as they may be shown.
std::string EngineRun::shown_in(std::string_view told) {
  std::string result;
  while (!told.empty()) {
    const auto begin = std::min(told.find_first_not_of("</>=@ "), told.size());
    result += told.substr(0, begin);
    told.remove_prefix(begin);
    const auto size = std::min(told.find_first_of("</>=@ "), told.size());
    const bool is_name = size > 0 && told.front() != '"';
    result += is_name ? shown(told.substr(0, size)) : std::string{told.substr(0, size)};
    told.remove_prefix(size);
  }
  return result;
}

void EngineRun::show_names(Params& params) {
  for (Param& param : params) {
    if (!holds_names(param.name)) continue;
    for (std::string& value : param.values)
      value = shown_in(value);
  }
}

std::string EngineRun::tagged(std::string_view name) {
  return "<" + std::string{name} + ">";
}

bool EngineRun::keeps(std::string_view rule) const {
  return !options_.keeps || options_.keeps(rule);
}

// "/Batch/Case[17]/Child". A number is given when it is not 1, and for records always.
std::string EngineRun::path_of(std::size_t depth) {
  std::string path;
  const auto open = tokenizer_.open_tags();
  for (std::size_t i = 0; i < std::min(depth, open.size()); ++i) {
    path += "/" + shown(open[i].name->local());
    const auto number = number_of(i);
    if (number > 1 || (i > 0 && i + 1 == record_depth_)) path += "[" + std::to_string(number) + "]";
  }
  return path;
}

Place EngineRun::place_at(std::uint64_t offset) {
  xml::Window& window = tokenizer_.window();
  if (offset >= window.begin_offset()) return window.place_at(offset);
  // Gone from memory: the innermost open element that began before is near enough.
  for (auto& tag : tokenizer_.open_tags()) {
    if (tag.tag == offset) return tokenizer_.place_of(tag);
  }
  return tokenizer_.open_tags().empty() ? Place{} : tokenizer_.place_of(tokenizer_.top());
}

Place EngineRun::tag_place() {
  return tokenizer_.place_of(tokenizer_.top());
}

Place EngineRun::content_place() {
  if (top().content_place.line != 0) return top().content_place;
  return place_at(tokenizer_.top().content);
}

Place EngineRun::attribute_place(const xml::Attribute& attribute) {
  return place_at(tokenizer_.top().tag + attribute.at);
}

// A path that begins with "/" is below the open element; an empty one is the open element.
void EngineRun::add(Finding finding) {
  if (record_depth_ > 0) finding.record = result_.records;
  if (keeps(finding.rule)) {
    finding.xpath = path_of(frames_.size()) + shown_in(finding.xpath);
    show_names(finding.params);
    for (Note& note : finding.notes)
      show_names(note.params);
  }
  add_at(std::move(finding));
}

void EngineRun::add_at(Finding finding) {
  ++found_;
  if (finding.where.line == 0) finding.where = place_at(finding.where.offset);
  // Two keys on the same value are one defect.
  if (!pending_.empty()) {
    std::optional<Excerpt> kept;
    std::swap(kept, pending_.back().excerpt);
    const bool is_same = pending_.back() == finding;
    std::swap(kept, pending_.back().excerpt);
    if (is_same) return;
  }
  pending_.push_back(std::move(finding));
}

// Called between tokens: an excerpt may ask for more of the document.
void EngineRun::complete_findings() {
  const auto is_known = [this](std::string_view name) {
    return tables_.known_names.contains(name);
  };
  for (; completed_ < pending_.size(); ++completed_) {
    Finding& finding = pending_[completed_];
    // Bytes of an encoding that is not read are no line to show.
    if (!keeps(finding.rule) || finding.rule == "G-ENCODING") continue;
    finding.excerpt = tokenizer_.excerpt(finding.where, is_known, options_.reveal);
  }
  if (pending_.size() >= kMaxPending) flush();
}

// Findings about content come at the end tag and are about places before: here they get in order.
void EngineRun::flush() {
  if (completed_ < pending_.size()) complete_findings();
  std::stable_sort(pending_.begin(), pending_.end(), [](const Finding& a, const Finding& b) {
    return a.where.offset < b.where.offset;
  });
  for (Finding& finding : pending_)
    findings_.add(std::move(finding));
  pending_.clear();
  completed_ = 0;
}

void EngineRun::report_keys() {
  // In the order of KeyProblem::Kind.
  constexpr std::array<std::string_view, 6> kRules{"cvc-identity-constraint.3",
                                                   "cvc-identity-constraint.4.1",
                                                   "cvc-identity-constraint.4.2.1",
                                                   "cvc-identity-constraint.4.2.2",
                                                   "cvc-identity-constraint.4.2.3",
                                                   "cvc-identity-constraint.4.3"};
  for (KeyProblem& problem : keys_.take_problems()) {
    const bool is_missing = problem.kind == KeyProblem::Kind::KeyMissing;
    // The attribute that is the key is missing: said already.
    if (is_missing && top().lacks_attribute) continue;
    const auto rule = kRules.at(static_cast<std::size_t>(problem.kind));
    Finding finding{
        .rule = std::string{rule},
        .where = problem.where,
        .message = std::string{rule},
        .params = {{"element", {element_name()}},
                   {"key", {std::string{schema_.local(schema_[problem.constraint].name)}}}}};
    if (problem.kind != KeyProblem::Kind::Dangling) {
      add(std::move(finding));
      continue;
    }
    finding.xpath = std::move(problem.path);
    finding.record = problem.record;
    std::erase_if(finding.params, [](const Param& p) { return p.name == "element"; });
    const auto last = finding.xpath.rfind('/') + 1;
    const auto name = finding.xpath.substr(last, finding.xpath.find('[', last) - last);
    finding.params.push_back({"element", {tagged(name)}});
    add_at(std::move(finding));
    // Those of a whole batch come all at once, at the end tag that closes their scope.
    if (pending_.size() >= kMaxPending) flush();
  }
}

// References by IDREF are checked when the document is over.
void EngineRun::report_identifiers() {
  for (auto left = references_.missing_from(identifiers_); left > 0; --left) {
    ++found_;
    pending_.push_back({.rule = "cvc-id.1", .where = after_root_, .message = "cvc-id.1"});
    if (pending_.size() >= kMaxPending) flush();
  }
}

void EngineRun::report_problem(const xml::Problem& problem) {
  Finding finding{.rule = std::string{problem.rule},
                  .layer = problem.layer,
                  .where = problem.where,
                  .message = std::string{problem.key},
                  .params = problem.params};
  if (!problem.name_param.empty()) {
    auto name = shown(problem.name);
    if (problem.name_param == "element") name = tagged(name);
    finding.params.push_back({std::string{problem.name_param}, {std::move(name)}});
  }
  if (problem.tells_open_element && !tokenizer_.open_tags().empty()) {
    finding.notes.push_back({"note-opened", {{"element", {element_name()}}}, tag_place()});
  }
  add(std::move(finding));
}

}  // namespace amparo::xsd
