// SPDX-License-Identifier: Apache-2.0
#include "text/xpath_pattern.hpp"

#include <optional>
#include <string>
#include <utility>

#include "text/detail/xpath_pattern_parser.hpp"
#include "text/utf8.hpp"
#include "text/xsd_pattern.hpp"

namespace amparo::text {
namespace {

using Kind = XPathPatternNode::Kind;

struct Step {
  enum class Kind : std::uint8_t { Set, Split, Save, Begin, End, Match };
  Kind kind = Kind::Match;
  std::uint32_t set = 0;  // Set; Save: which border
  std::uint32_t next = 0;
  std::uint32_t other = 0;  // Split: taken when `next` leads nowhere
};

constexpr std::size_t kMostSteps = 20'000;
constexpr std::size_t kMostVisits = std::size_t{1} << 28U;  // bits: 32 MiB
constexpr std::uint32_t kRestore = 0xFFFFFFFFU;

// Writes the program back to front: each piece knows what follows it.
class Writer {
 public:
  Writer(const XPathPatternTree& tree, std::vector<Step>& steps) : tree_{tree}, steps_{steps} {}

  bool write(std::uint32_t& entry) {
    entry = add({Step::Kind::Match});
    entry = add({Step::Kind::Save, 1, entry});
    entry = piece(tree_.root, entry);
    entry = add({Step::Kind::Save, 0, entry});
    return steps_.size() <= kMostSteps;
  }

 private:
  std::uint32_t add(Step step) {
    if (steps_.size() <= kMostSteps) steps_.push_back(step);
    return static_cast<std::uint32_t>(steps_.size() - 1);
  }

  std::uint32_t piece(std::uint32_t id, std::uint32_t next) {
    const XPathPatternNode& node = tree_.nodes[id];
    switch (node.kind) {
      case Kind::Set:
        return add({Step::Kind::Set, node.set, next});
      case Kind::Begin:
        return add({Step::Kind::Begin, 0, next});
      case Kind::End:
        return add({Step::Kind::End, 0, next});
      case Kind::Sequence:
        for (auto child = node.children.rbegin(); child != node.children.rend(); ++child)
          next = piece(*child, next);
        return next;
      case Kind::Group:
        next = add({Step::Kind::Save, node.set * 2 + 1, next});
        next = piece(node.children.front(), next);
        return add({Step::Kind::Save, node.set * 2, next});
      case Kind::Choice: {
        std::uint32_t entry = piece(node.children.back(), next);
        for (std::size_t i = node.children.size() - 1; i-- > 0;)
          entry = add({Step::Kind::Split, 0, piece(node.children[i], next), entry});
        return entry;
      }
      case Kind::Repeat:
        return repeat(node, next);
    }
    return next;
  }

  std::uint32_t split(const XPathPatternNode& node, std::uint32_t again, std::uint32_t leave) {
    return node.is_reluctant ? add({Step::Kind::Split, 0, leave, again})
                             : add({Step::Kind::Split, 0, again, leave});
  }

  std::uint32_t repeat(const XPathPatternNode& node, std::uint32_t next) {
    const std::uint32_t child = node.children.front();
    if (node.max == kUnboundedTimes) {
      const std::uint32_t loop = add({Step::Kind::Split});
      const std::uint32_t body = piece(child, loop);
      if (steps_.size() > kMostSteps) return loop;
      steps_[loop] = node.is_reluctant ? Step{Step::Kind::Split, 0, next, body}
                                       : Step{Step::Kind::Split, 0, body, next};
      next = loop;
    } else {
      const std::uint32_t leave = next;
      for (std::uint32_t i = node.min; i < node.max && steps_.size() <= kMostSteps; ++i)
        next = split(node, piece(child, next), leave);
    }
    for (std::uint32_t i = 0; i < node.min && steps_.size() <= kMostSteps; ++i)
      next = piece(child, next);
    return next;
  }

  const XPathPatternTree& tree_;
  std::vector<Step>& steps_;
};

// The same language as XSD writes it; nothing where an anchor stands inside.
class Translator {
 public:
  explicit Translator(const XPathPatternTree& tree) : tree_{tree} {}

  std::optional<std::string> translate() {
    if (tree_.is_multiline) return std::nullopt;
    std::string out;
    const XPathPatternNode& root = tree_.nodes[tree_.root];
    if (root.kind != Kind::Choice) {
      if (!alternative(tree_.root, out)) return std::nullopt;
      return out;
    }
    for (const std::uint32_t child : root.children) {
      if (!out.empty()) out += '|';
      if (!alternative(child, out)) return std::nullopt;
    }
    return out;
  }

 private:
  static constexpr std::string_view kAnything = "[\\s\\S]*";

  // ^ at its beginning and $ at its end are taken off.
  bool alternative(std::uint32_t id, std::string& out) {
    const XPathPatternNode& node = tree_.nodes[id];
    std::size_t begin = 0;
    std::size_t end = node.children.size();
    const bool is_sequence = node.kind == Kind::Sequence;
    const bool at_begin = is_sequence && end > 0 && kind(node.children.front()) == Kind::Begin;
    if (at_begin) ++begin;
    const bool at_end = is_sequence && end > begin && kind(node.children[end - 1]) == Kind::End;
    if (at_end) --end;
    if (!at_begin) out += kAnything;
    if (is_sequence) {
      for (std::size_t i = begin; i < end; ++i)
        if (!piece(node.children[i], out)) return false;
    } else if (!piece(id, out)) {
      return false;
    }
    if (!at_end) out += kAnything;
    return true;
  }

  [[nodiscard]] Kind kind(std::uint32_t id) const { return tree_.nodes[id].kind; }

  bool piece(std::uint32_t id, std::string& out) {
    const XPathPatternNode& node = tree_.nodes[id];
    switch (node.kind) {
      case Kind::Begin:
      case Kind::End:
        return false;
      case Kind::Set:
        if (tree_.sets[node.set].ranges().empty()) return false;
        out += xsd_text_of(tree_.sets[node.set]);
        return true;
      case Kind::Sequence:
        for (const std::uint32_t child : node.children)
          if (!piece(child, out)) return false;
        return true;
      case Kind::Group:
      case Kind::Choice: {
        out += '(';
        bool is_first = true;
        for (const std::uint32_t child : node.children) {
          if (!is_first) out += '|';
          is_first = false;
          if (!piece(child, out)) return false;
        }
        out += ')';
        return true;
      }
      case Kind::Repeat:
        out += '(';
        if (!piece(node.children.front(), out)) return false;
        out += "){" + std::to_string(node.min) + ',';
        if (node.max != kUnboundedTimes) out += std::to_string(node.max);
        out += '}';
        return true;
    }
    return false;
  }

  const XPathPatternTree& tree_;
};

}  // namespace

struct XPathPattern::Tables {
  std::optional<Pattern> automaton;
  std::vector<Step> steps;
  std::uint32_t entry = 0;
  std::vector<CodePoints> sets;
  std::uint32_t groups = 0;
  bool is_multiline = false;
};

namespace {

class Search {
 public:
  Search(const std::vector<Step>& steps,
         const std::vector<CodePoints>& sets,
         bool is_multiline,
         std::string_view text,
         PatternScratch& scratch)
      : steps_{steps}, sets_{sets}, is_multiline_{is_multiline}, text_{text}, scratch_{scratch} {}

  // One match that begins at `from`; what was visited before led nowhere and is not tried again.
  bool run(std::uint32_t entry, std::size_t from) {
    scratch_.jobs.clear();
    scratch_.jobs.push_back({entry, from, 0});
    while (!scratch_.jobs.empty()) {
      const PatternScratch::Job job = scratch_.jobs.back();
      scratch_.jobs.pop_back();
      if (job.step == kRestore) {
        scratch_.groups[job.at] = job.old;
        continue;
      }
      if (follow(job.step, job.at)) return true;
    }
    return false;
  }

 private:
  bool follow(std::uint32_t id, std::size_t at) {
    while (true) {
      const std::size_t bit = id * (text_.size() + 1) + at;
      std::uint64_t& word = scratch_.visited[bit / 64];
      const std::uint64_t mask = std::uint64_t{1} << (bit % 64);
      if ((word & mask) != 0) return false;
      if (word == 0) scratch_.touched.push_back(bit / 64);
      word |= mask;
      const Step& step = steps_[id];
      switch (step.kind) {
        case Step::Kind::Match:
          return true;
        case Step::Kind::Set: {
          if (at == text_.size()) return false;
          const Decoded decoded = decode_utf8(text_, at);
          if (decoded.length == 0 || !sets_[step.set].contains(decoded.code_point)) return false;
          at += decoded.length;
          break;
        }
        case Step::Kind::Begin:
          if (at != 0 && !(is_multiline_ && text_[at - 1] == '\n')) return false;
          break;
        case Step::Kind::End:
          if (at != text_.size() && !(is_multiline_ && text_[at] == '\n')) return false;
          break;
        case Step::Kind::Save:
          scratch_.jobs.push_back({kRestore, step.set, scratch_.groups[step.set]});
          scratch_.groups[step.set] = at;
          break;
        case Step::Kind::Split:
          scratch_.jobs.push_back({step.other, at, 0});
          break;
      }
      id = step.next;
    }
  }

  const std::vector<Step>& steps_;
  const std::vector<CodePoints>& sets_;
  bool is_multiline_;
  std::string_view text_;
  PatternScratch& scratch_;
};

}  // namespace

Result<XPathPattern> XPathPattern::compile(std::string_view pattern, std::string_view flags) {
  auto tree = parse_xpath_pattern(pattern, flags);
  if (!tree) return Fail{tree.error()};
  auto tables = std::make_shared<Tables>();
  if (!Writer(*tree, tables->steps).write(tables->entry))
    return fail(ErrorCode::TooLarge,
                "pattern \"" + std::string{pattern} + "\": written out it has more than " +
                    std::to_string(kMostSteps) + " places");
  if (const auto xsd = Translator(*tree).translate()) {
    const PatternLimits limits{.pattern_bytes = std::size_t{8} << 20U, .work = 4'000'000};
    auto automaton = Pattern::compile(*xsd, limits);
    // The other way of Pattern would allocate; then our own steps are as good.
    if (automaton && automaton->has_automaton()) tables->automaton = *std::move(automaton);
  }
  tables->sets = std::move(tree->sets);
  tables->groups = tree->groups;
  tables->is_multiline = tree->is_multiline;
  return XPathPattern(std::move(tables));
}

XPathPattern::Answer XPathPattern::matches(std::string_view utf8, PatternScratch& scratch) const {
  if (!tables_->automaton) return find(utf8, 0, scratch);
  return tables_->automaton->matches(utf8) ? Answer::Yes : Answer::No;
}

XPathPattern::Answer XPathPattern::find(std::string_view utf8,
                                        std::size_t from,
                                        PatternScratch& scratch) const {
  if (tables_->steps.size() * (utf8.size() + 1) > kMostVisits) return Answer::TooLong;
  const std::size_t words = tables_->steps.size() * (utf8.size() + 1) / 64 + 1;
  if (scratch.visited.size() < words) scratch.visited.resize(words);
  scratch.groups.assign((std::size_t{tables_->groups} + 1) * 2, kNoMatch);
  Search search(tables_->steps, tables_->sets, tables_->is_multiline, utf8, scratch);
  bool found = false;
  for (std::size_t at = from; at <= utf8.size() && !found; ++at) {
    if (at < utf8.size() && (static_cast<unsigned char>(utf8[at]) & 0xC0U) == 0x80U) continue;
    found = search.run(tables_->entry, at);
  }
  for (const std::size_t word : scratch.touched)
    scratch.visited[word] = 0;
  scratch.touched.clear();
  return found ? Answer::Yes : Answer::No;
}

std::size_t XPathPattern::groups() const noexcept {
  return tables_->groups;
}

bool XPathPattern::has_automaton() const noexcept {
  return tables_->automaton.has_value();
}

std::string XPathPattern::dump() const {
  static constexpr std::string_view kNames[] = {"set", "split", "save", "begin", "end", "match"};
  std::string out = has_automaton() ? "automaton\n" : "steps alone\n";
  out += "from " + std::to_string(tables_->entry) + "\n";
  for (std::size_t i = 0; i < tables_->steps.size(); ++i) {
    const Step& step = tables_->steps[i];
    out += std::to_string(i) + ": ";
    out += kNames[static_cast<std::size_t>(step.kind)];
    if (step.kind == Step::Kind::Set) out += " " + xsd_text_of(tables_->sets[step.set]);
    if (step.kind == Step::Kind::Save) out += " " + std::to_string(step.set);
    if (step.kind != Step::Kind::Match) out += " -> " + std::to_string(step.next);
    if (step.kind == Step::Kind::Split) out += ", " + std::to_string(step.other);
    out += "\n";
  }
  return out;
}

}  // namespace amparo::text
