// SPDX-License-Identifier: Apache-2.0
// A window that goes on elsewhere in its input.
#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>

#include "xml/window.hpp"

namespace amparo::xml {

void Window::resume(Resumption from) {
  assert(!decodes_ && from.history.offset + from.before.size() == from.place.offset);
  bytes_read_ += from.place.offset - (base_ + size_);
  base_ = from.history.offset;
  size_ = checked_ = from.before.size();
  if (buffer_.size() < size_ + kScanPadding) buffer_.resize(size_ + kScanPadding);
  std::memcpy(buffer_.data(), from.before.data(), size_);
  std::memset(buffer_.data() + size_, '<', kScanPadding);
  tail_.clear();
  at_end_ = false;
  base_place_ = {from.history, false};
  last_place_ = {from.place, false};
  marks_ = std::move(from.marks);
  next_mark_ = from.place.offset;
}

void Window::count_up_to(std::uint64_t total) {
  std::array<char, 4096> bytes;  // NOLINT: only counted
  if (!source_->has_places()) return;
  while (bytes_read_ < total && !at_end_) {
    const auto wanted = std::min<std::uint64_t>(bytes.size(), total - bytes_read_);
    const auto got = source_->read({bytes.data(), static_cast<std::size_t>(wanted)});
    if (!got) return;
    at_end_ = *got == 0;
    bytes_read_ += *got;
  }
}

}  // namespace amparo::xml
