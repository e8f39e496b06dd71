// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/xerces_frames.hpp"

#include <algorithm>

#include "validator/xsd/detail/xerces_text.hpp"

namespace amparo::xsd {
namespace {

// Bounds for hostile documents; no schema worth the name comes near them.
constexpr std::size_t kMaxRuns = 2048;
constexpr std::size_t kMaxCounted = 64;

}  // namespace

std::string local_name(const xercesc::XMLElementDecl& element) {
  return to_utf8(element.getBaseName());
}

void Frame::add_child(const xercesc::XMLElementDecl* child, const Place& where) {
  if (!children.empty() && children.back().child == child) {
    ++children.back().count;
    children.back().last = where;
  } else if (children.size() < kMaxRuns) {
    children.push_back({child, 1, where, where});
  }
}

std::uint64_t Frame::count_child(const xercesc::XMLElementDecl* child) {
  const auto known =
      std::find_if(counts_.begin(), counts_.end(), [&](const auto& c) { return c.first == child; });
  if (known != counts_.end()) return ++known->second;
  if (counts_.size() >= kMaxCounted) return 0;
  counts_.emplace_back(child, 1);
  return 1;
}

void Frame::reset() {
  auto kept_children = std::move(children);
  auto kept_counts = std::move(counts_);
  *this = Frame{};
  kept_children.clear();
  kept_counts.clear();
  children = std::move(kept_children);
  counts_ = std::move(kept_counts);
}

Frame& Frames::push() {
  if (depth_ == frames_.size()) frames_.emplace_back();
  Frame& frame = frames_[depth_++];
  frame.reset();
  return frame;
}

std::string Frames::path(std::size_t record_depth, const Shown& shown) const {
  std::string path;
  for (std::size_t i = 0; i < depth_; ++i) {
    const Frame& frame = frames_[i];
    path += "/" + shown(local_name(*frame.element));
    if (frame.number > 1 || (i > 0 && i + 1 == record_depth)) {
      path += "[" + std::to_string(frame.number) + "]";
    }
  }
  return path;
}

}  // namespace amparo::xsd
