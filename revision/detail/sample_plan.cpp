// SPDX-License-Identifier: Apache-2.0
#include "revision/detail/sample_plan.hpp"

#include <algorithm>
#include <cassert>
#include <functional>
#include <map>
#include <set>
#include <utility>

namespace amparo::revision {
namespace {

constexpr std::size_t kMaxDepth = 12;
constexpr std::string_view kAnchorType = "AnchorId";

/// Makes a tree of nodes for one part of the document.
class PlanBuilder {
 public:
  PlanBuilder(const xsd::Outline& outline,
              const CodeLists& codes,
              std::span<const RecipeLine> recipe)
      : outline_{outline}, codes_{codes} {
    for (const RecipeLine& line : recipe)
      lines_.emplace(line.where, &line);
  }

  /// The tree of the element `name`, which stands `level` deep.
  Result<SampleNode> build(const std::string& name, const std::string& type, std::size_t level) {
    SampleNode node;
    open_and_close(node, name, level);
    if (auto made = fill(node, type, "", level); !made) return Fail{made.error()};
    for (const auto& [where, line] : lines_) {
      if (used_.count(where) == 0) {
        return fail(
            ErrorCode::Unsupported,
            "the sample's recipe names what the schema does not have: " + std::string{where});
      }
    }
    return node;
  }

 private:
  // What the recipe says of an element: of this very place, else of its holder's type.
  const RecipeLine* line_of(const std::string& path, const std::string& in_type) {
    const RecipeLine* line = find(path);
    const RecipeLine* general = find(in_type);
    return line != nullptr ? line : general;
  }

  const RecipeLine* find(const std::string& where) {
    const auto found = lines_.find(where);
    if (found == lines_.end()) return nullptr;
    used_.insert(found->first);
    return found->second;
  }

  [[nodiscard]] Fail<Error> unfit(const std::string& path, const std::string& why) const {
    return fail(ErrorCode::Unsupported, "the sample cannot fill " + path + ": " + why);
  }

  static void open_and_close(SampleNode& node, const std::string& name, std::size_t level) {
    const std::string line = "\n" + std::string(2 * level, ' ');
    node.open = line + "<" + name;
    node.close = "</" + name + ">";
    node.nil = node.open + " xsi:nil=\"true\" nullReason=\"";
  }

  Status fill(SampleNode& node,
              const std::string& type_name,
              const std::string& path,
              std::size_t level) {
    const xsd::OutlineType* type = outline_.type(type_name);
    if (type == nullptr || type->has_value) return fill_leaf(node, type, type_name, path);
    if (level > kMaxDepth) return unfit(path, "it is too deep");
    if (type->elements.empty()) return fill_reference(node, *type, path);
    if (auto done = add_attributes(node, type, path); !done) return done;
    const std::string prefix = path.empty() ? "" : path + "/";
    const xsd::OutlineElement* choice = chosen(*type, prefix);
    for (const xsd::OutlineElement& element : type->elements) {
      if (element.in_choice && &element != choice) continue;
      const std::string child_path = prefix + element.name;
      const RecipeLine* line = line_of(child_path, type->name + "/" + element.name);
      const bool is_required = element.least > 0 || element.in_choice;
      if (line == nullptr && !is_required) continue;
      auto child = make_child(element, line, child_path, level + 1);
      if (!child) return Fail{child.error()};
      node.children.push_back(*std::move(child));
    }
    node.close.insert(0, "\n" + std::string(2 * level, ' '));
    return Done{};
  }

  // Of a choice the element that the recipe names, or the first.
  const xsd::OutlineElement* chosen(const xsd::OutlineType& type, const std::string& prefix) {
    const xsd::OutlineElement* first = nullptr;
    for (const xsd::OutlineElement& element : type.elements) {
      if (!element.in_choice) continue;
      if (line_of(prefix + element.name, type.name + "/" + element.name) != nullptr)
        return &element;
      if (first == nullptr) first = &element;
    }
    return first;
  }

  Result<SampleNode> make_child(const xsd::OutlineElement& element,
                                const RecipeLine* line,
                                const std::string& path,
                                std::size_t level) {
    SampleNode child;
    open_and_close(child, element.name, level);
    child.is_required = element.least > 0 || element.in_choice;
    child.may_repeat = element.most > 1;
    child.least = std::max(element.least, std::uint32_t{1});
    child.most = child.least;
    if (line != nullptr) {
      child.percent = line->percent;
      child.needs = line->needs;
      child.least = std::max(child.least, line->least);
      child.most = std::max(child.least, line->most);
    }
    if (child.most > element.most) return unfit(path, "it may not come so often");
    const xsd::OutlineType* type = outline_.type(element.type);
    const bool may_be_nil =
        element.nillable && type != nullptr && type->attribute("nullReason") != nullptr;
    if (!may_be_nil) child.nil.clear();
    line_ = line;
    if (auto done = fill(child, element.type, path, level); !done) return Fail{done.error()};
    const bool may_be_absent = child.percent < 100 || child.needs != only::kAlways;
    if (child.is_required && !may_be_nil && may_be_absent) {
      return unfit(path, "it must be there and cannot be nil");
    }
    return child;
  }

  Status fill_leaf(SampleNode& node,
                   const xsd::OutlineType* type,
                   const std::string& type_name,
                   const std::string& path) {
    node.is_leaf = true;
    std::string_view source = line_ == nullptr ? std::string_view{} : line_->source;
    if (source.empty()) {
      if (const RecipeLine* by_type = find(type_name); by_type != nullptr) source = by_type->source;
    }
    if (!source.empty()) {
      auto value = read_source(source);
      if (!value) return Fail{value.error()};
      node.value = *std::move(value);
    } else if (!add_codes(node.value, type_name)) {
      return unfit(path, "nothing is said of it or its type " + type_name);
    }
    return add_attributes(node, type, path);
  }

  // All codes of the type's list that may be used on any day, in one order.
  bool add_codes(SampleValue& value, const std::string& type_name) const {
    const CodeList* list = codes_.of_type(type_name);
    if (list == nullptr) return false;
    for (const Code& code : list->codes) {
      const bool is_active = code.status.empty() || code.status == "active";
      if (is_active && code.valid_to.empty()) value.words.emplace_back(code.name);
    }
    std::sort(value.words.begin(), value.words.end());
    return !value.words.empty();
  }

  // <PhotoRef ref="att-1"/>
  Status fill_reference(SampleNode& node, const xsd::OutlineType& type, const std::string& path) {
    if (type.attribute("ref") == nullptr || line_ == nullptr || line_->source.empty()) {
      return unfit(path, "it refers to something, and the recipe does not say to what");
    }
    auto value = read_source(line_->source);
    if (!value) return Fail{value.error()};
    if (value->kind != ValueKind::Reference) return unfit(path, "its source is no reference");
    node.attributes.push_back({" ref=\"", *std::move(value)});
    node.close.clear();
    return Done{};
  }

  Status add_attributes(SampleNode& node, const xsd::OutlineType* type, const std::string& path) {
    if (type == nullptr) return Done{};
    for (const xsd::OutlineAttribute& attribute : type->attributes) {
      const std::string step = "/@" + attribute.name;
      const RecipeLine* line = line_of(path + step, type->name + step);
      if (line == nullptr && !attribute.required) continue;
      if (line == nullptr) return unfit(path + step, "nothing is said of it");
      auto value = read_source(line->source);
      if (!value) return Fail{value.error()};
      if ((attribute.type == kAnchorType) != (value->kind == ValueKind::Anchor)) {
        return unfit(path + step, "an anchor's name goes into an anchor");
      }
      node.attributes.push_back({" " + attribute.name + "=\"", *std::move(value)});
    }
    return Done{};
  }

  const xsd::Outline& outline_;
  const CodeLists& codes_;
  std::map<std::string_view, const RecipeLine*, std::less<>> lines_;
  std::set<std::string_view> used_;
  const RecipeLine* line_ = nullptr;  // of the element that fill() works on
};

std::string anchor_of(const SampleNode& node) {
  for (const SampleAttribute& attribute : node.attributes) {
    if (attribute.value.kind == ValueKind::Anchor) return attribute.value.name;
  }
  return {};
}

/// Gives slots to what is referred to and to the parts of the case, then ties references to them.
class SlotMaker {
 public:
  explicit SlotMaker(std::vector<SampleSlot>& slots) : slots_{slots} {}

  Status make(SampleNode& record) {
    for (SampleNode& child : record.children)
      add(child, true, -1);
    if (slots_.size() > kMaxSlots) {
      return fail(ErrorCode::Unsupported, "the sample's recipe has too many parts");
    }
    return tie(record, -1);
  }

 private:
  void add(SampleNode& node, bool is_top, int parent) {
    const std::string anchor = anchor_of(node);
    const bool is_part = is_top && !node.is_leaf;
    if (!anchor.empty() || is_part) {
      node.slot = static_cast<int>(slots_.size());
      slots_.push_back({&node, parent, is_part && !node.is_required, 0, {}});
      if (!anchor.empty()) anchors_.emplace(anchor, node.slot);
      parent = node.slot;
    }
    for (SampleNode& child : node.children)
      add(child, false, parent);
  }

  // `section`: the slot of the section that the node is in, or -1.
  Status tie(SampleNode& node, int section) {
    if (node.slot >= 0 && slots_[static_cast<std::size_t>(node.slot)].is_section) {
      section = node.slot;
    }
    for (SampleAttribute& attribute : node.attributes) {
      if (attribute.value.kind != ValueKind::Reference) continue;
      const auto found = anchors_.find(attribute.value.name);
      if (found == anchors_.end()) {
        return fail(ErrorCode::Unsupported,
                    "the sample's recipe refers to no anchor: " + attribute.value.name);
      }
      node.needs_slot = attribute.value.slot = found->second;
      add_pull(section, found->second);
    }
    for (SampleNode& child : node.children) {
      if (auto done = tie(child, section); !done) return done;
      // What cannot be without its reference is not there when there is nothing to refer to.
      if (child.needs_slot >= 0 && child.is_required && child.nil.empty()) {
        node.needs_slot = child.needs_slot;
      }
    }
    return Done{};
  }

  void add_pull(int from, int to) {
    while (to >= 0 && !slots_[static_cast<std::size_t>(to)].is_section)
      to = slots_[static_cast<std::size_t>(to)].parent;
    if (from < 0 || to < 0 || from == to) return;
    std::vector<int>& pulls = slots_[static_cast<std::size_t>(from)].pulls;
    if (std::find(pulls.begin(), pulls.end(), to) == pulls.end()) pulls.push_back(to);
  }

  std::vector<SampleSlot>& slots_;
  std::map<std::string, int, std::less<>> anchors_;
};

// --- writing

bool is_met(std::uint8_t needs, std::uint8_t flags) {
  return (needs & flags) == needs;
}

std::uint32_t draw_occurrences(const SampleNode& node, CaseFacts& facts) {
  if (!is_met(node.needs, facts.flags) || !facts.random.is_in(node.percent)) return 0;
  return static_cast<std::uint32_t>(facts.random.between(node.least, node.most));
}

bool has_target(const SampleNode& node, const CaseFacts& facts) {
  return node.needs_slot < 0 || facts.counts[static_cast<std::size_t>(node.needs_slot)] > 0;
}

std::uint32_t occurrences(const SampleNode& node, CaseFacts& facts) {
  if (!has_target(node, facts)) return 0;
  if (node.slot >= 0) return facts.counts[static_cast<std::size_t>(node.slot)];
  return draw_occurrences(node, facts);
}

void append_nil(const SampleNode& node, CaseFacts& facts, std::string& out) {
  constexpr std::array<std::string_view, 4> kReasons{"UNK", "NASK", "PEND", "UNK"};
  out += node.nil;
  out += kReasons[facts.random.below(kReasons.size())];
  out += "\"/>";
}

void append_node(const SampleNode& node, CaseFacts& facts, std::uint32_t above, std::string& out) {
  const std::uint32_t count = occurrences(node, facts);
  if (count == 0) {
    if (node.is_required) append_nil(node, facts, out);
    return;
  }
  Turn turn{0, above, static_cast<std::uint32_t>(facts.random.next() >> 40U)};
  for (; turn.occurrence < count; ++turn.occurrence) {
    out += node.open;
    for (const SampleAttribute& attribute : node.attributes) {
      out += attribute.open;
      append_value(attribute.value, facts, turn, out);
      out += '"';
    }
    if (node.close.empty()) {
      out += "/>";
      continue;
    }
    out += '>';
    if (node.is_leaf) {
      append_value(node.value, facts, turn, out);
    } else {
      const std::uint32_t below = node.may_repeat ? turn.occurrence : above;
      for (const SampleNode& child : node.children)
        append_node(child, facts, below, out);
    }
    out += node.close;
  }
}

}  // namespace

Result<SamplePlan> SamplePlan::make(const xsd::Outline& outline, const CodeLists& codes) {
  const xsd::OutlineType* batch = outline.root("Batch");
  const xsd::OutlineElement* header = batch == nullptr ? nullptr : batch->element("Header");
  const xsd::OutlineElement* record = batch == nullptr ? nullptr : batch->element("Case");
  if (header == nullptr || record == nullptr) {
    return fail(ErrorCode::Unsupported, "the schema has no Batch with a Header and Cases");
  }
  SamplePlan plan;
  auto head = PlanBuilder{outline, codes, header_recipe()}.build("Header", header->type, 1);
  if (!head) return Fail{head.error()};
  auto body = PlanBuilder{outline, codes, case_recipe()}.build("Case", record->type, 1);
  if (!body) return Fail{body.error()};
  plan.case_.push_back(*std::move(body));
  if (auto made = SlotMaker{plan.slots_}.make(plan.case_.front()); !made) return Fail{made.error()};
  plan.head_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Batch xmlns=\"" +
               outline.target_namespace() +
               "\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">";
  CaseFacts nobody = draw_facts(0, 0, 0);
  append_node(*head, nobody, 0, plan.head_);
  plan.tail_ = "\n</Batch>\n";
  plan.measure();
  return plan;
}

// What each section takes, and what a case takes without any: the mean over a few cases that are
// never written.
void SamplePlan::measure() {
  constexpr std::uint64_t kCases = 64;
  std::vector<std::uint64_t> totals(slots_.size());
  std::vector<std::uint64_t> seen(slots_.size());
  std::uint64_t bare = 0;
  std::string out;
  for (std::uint64_t number = 0; number < kCases; ++number) {
    CaseFacts facts = draw_facts(0, number, 0);
    facts.counts.fill(1);
    for (const SampleNode& child : case_.front().children) {
      out.clear();
      append_node(child, facts, 0, out);
      const bool is_section =
          child.slot >= 0 && slots_[static_cast<std::size_t>(child.slot)].is_section;
      if (!is_section) {
        bare += out.size();
        continue;
      }
      totals[static_cast<std::size_t>(child.slot)] += out.size();
      ++seen[static_cast<std::size_t>(child.slot)];
    }
  }
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    if (seen[i] > 0) slots_[i].mean_bytes = static_cast<std::uint32_t>(totals[i] / seen[i]);
  }
  bare_bytes_ = static_cast<std::uint32_t>(bare / kCases);
}

void SamplePlan::draw_nested_counts(CaseFacts& facts) const {
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    const SampleSlot& slot = slots_[i];
    if (slot.is_section) continue;
    const bool has_parent =
        slot.parent < 0 || facts.counts[static_cast<std::size_t>(slot.parent)] > 0;
    facts.counts[i] = has_parent ? static_cast<std::uint8_t>(draw_occurrences(*slot.node, facts))
                                 : std::uint8_t{0};
  }
}

// Sections in random order until the case is long enough: first those that the recipe's shares call
// for, each with what it refers to, then any other that the case may have. Those that do not fit
// any more are left out.
void SamplePlan::draw_counts(CaseFacts& facts, std::uint32_t wanted_bytes) const {
  struct Candidate {
    std::uint32_t slot;
    std::uint32_t order;
  };
  std::array<Candidate, kMaxSlots> candidates{};
  std::array<std::uint8_t, kMaxSlots> offered{};  // occurrences, if the section comes
  std::size_t found = 0;
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    facts.counts[i] = 0;
    const SampleNode& node = *slots_[i].node;
    if (!slots_[i].is_section || !is_met(node.needs, facts.flags)) continue;
    const bool is_certain = node.percent == 100;
    const std::uint32_t later = facts.random.is_in(node.percent) ? 0U : 1U << 16U;
    offered[i] = static_cast<std::uint8_t>(facts.random.between(node.least, node.most));
    // Large sections early, when there is still room for them.
    const std::uint32_t ahead = std::min(slots_[i].mean_bytes / 400, 12U);
    const std::uint32_t order = facts.random.below(1U << 16U) >> ahead;
    candidates[found++] = {static_cast<std::uint32_t>(i), is_certain ? 0U : later + order + 1};
  }
  const auto end = candidates.begin() + static_cast<std::ptrdiff_t>(found);
  std::sort(candidates.begin(), end, [](const Candidate& a, const Candidate& b) {
    return a.order != b.order ? a.order < b.order : a.slot < b.slot;
  });
  std::uint32_t bytes = bare_bytes_;
  const auto take = [&](std::size_t slot) {
    const std::uint32_t more = slots_[slot].mean_bytes * offered[slot];
    if (offered[slot] == 0 || bytes + more > wanted_bytes) return false;
    bytes += more;
    facts.counts[slot] = std::exchange(offered[slot], std::uint8_t{0});
    return true;
  };
  for (auto candidate = candidates.begin(); candidate != end; ++candidate) {
    if (!take(candidate->slot)) continue;
    for (const int pulled : slots_[candidate->slot].pulls)
      take(static_cast<std::size_t>(pulled));
  }
  draw_nested_counts(facts);
}

void SamplePlan::append_case(CaseFacts& facts, std::uint32_t wanted_bytes, std::string& out) const {
  draw_counts(facts, wanted_bytes);
  const SampleNode& record = case_.front();
  out += record.open;
  out += '>';
  for (const SampleNode& child : record.children)
    append_node(child, facts, 0, out);
  out += record.close;
}

}  // namespace amparo::revision
