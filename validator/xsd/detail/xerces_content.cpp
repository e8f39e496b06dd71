// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/xerces_content.hpp"

#include <algorithm>

#include <xercesc/framework/XMLContentModel.hpp>
#include <xercesc/validators/common/ContentSpecNode.hpp>
#include <xercesc/validators/schema/SchemaElementDecl.hpp>

#include "validator/xsd/detail/xerces_text.hpp"

namespace amparo::xsd {
namespace {

using xercesc::ContentSpecNode;
using xercesc::QName;

constexpr std::size_t kMaxExpected = 12;
constexpr std::size_t kMaxCandidates = 400;
// More equal children in a row than this are as good as this many: no bounded model counts so far.
constexpr std::uint64_t kMaxRun = 5'000;
// Xerces numbers namespaces in the order in which it meets them; the empty one is always the first.
constexpr unsigned kEmptyNamespace = 1;

using Children = std::vector<QName*>;

struct Answer {
  bool accepted = false;
  std::size_t failing = 0;
};

Answer ask(const xercesc::XMLContentModel& model, Children& children) {
  Answer answer;
  XMLSize_t failing = children.size();
  answer.accepted =
      model.validateContent(children.data(), children.size(), kEmptyNamespace, &failing);
  answer.failing = failing;
  return answer;
}

// All elements that the model mentions, in its order.
std::vector<QName*> mentioned(ContentSpecNode* root) {
  std::vector<QName*> names;
  std::vector<ContentSpecNode*> open{root};
  while (!open.empty() && names.size() < kMaxCandidates) {
    ContentSpecNode* node = open.back();
    open.pop_back();
    if (node == nullptr) continue;
    if (node->getType() == ContentSpecNode::Leaf) {
      QName* name = node->getElement();
      const bool is_new =
          name != nullptr &&
          std::none_of(names.begin(), names.end(), [&](QName* n) { return *n == *name; });
      if (is_new) names.push_back(name);
      continue;
    }
    open.push_back(node->getSecond());
    open.push_back(node->getFirst());
  }
  return names;
}

Children expand(std::span<const ChildRun> runs) {
  Children children;
  for (const ChildRun& run : runs) {
    auto* name = const_cast<QName*>(run.child->getElementName());
    children.insert(children.end(), static_cast<std::size_t>(std::min(run.count, kMaxRun)), name);
  }
  return children;
}

// What the model accepts after the first `prefix` children.
std::vector<std::string> expected_after(const xercesc::XMLContentModel& model,
                                        ContentSpecNode* spec,
                                        Children children,
                                        std::size_t prefix,
                                        const std::string& parent) {
  std::vector<std::string> expected;
  children.resize(prefix);
  const bool may_end = ask(model, children).accepted;
  children.push_back(nullptr);
  for (QName* candidate : mentioned(spec)) {
    children.back() = candidate;
    const auto answer = ask(model, children);
    if (!answer.accepted && answer.failing <= prefix) continue;
    if (expected.size() == kMaxExpected) {
      expected.emplace_back("...");
      return expected;
    }
    expected.push_back("<" + to_utf8(candidate->getLocalPart()) + ">");
  }
  if (may_end) expected.push_back("</" + parent + ">");
  return expected;
}

}  // namespace

ContentProblem diagnose_content(xercesc::ComplexTypeInfo& type,
                                std::span<const ChildRun> children,
                                const std::string& parent) {
  using Model = xercesc::SchemaElementDecl::ModelTypes;
  const auto model_type = static_cast<Model>(type.getContentType());
  ContentProblem problem;
  if (model_type == xercesc::SchemaElementDecl::Empty ||
      model_type == xercesc::SchemaElementDecl::ElementOnlyEmpty) {
    if (!children.empty()) problem.kind = ContentProblem::Kind::NotEmpty;
    return problem;
  }
  const auto* model = type.getContentModel();
  if (model == nullptr) return problem;
  auto names = expand(children);
  const auto answer = ask(*model, names);
  if (answer.accepted) return problem;
  problem.expected = expected_after(
      *model, type.getContentSpec(), names, std::min(answer.failing, names.size()), parent);
  problem.kind = answer.failing >= names.size() ? ContentProblem::Kind::Incomplete
                                                : ContentProblem::Kind::Unexpected;
  auto left = static_cast<std::uint64_t>(answer.failing);
  while (problem.run < children.size()) {
    const auto count = std::min(children[problem.run].count, kMaxRun);
    if (left < count) break;
    left -= count;
    ++problem.run;
  }
  problem.is_first_of_run = left == 0;
  return problem;
}

}  // namespace amparo::xsd
