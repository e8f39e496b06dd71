// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/segments.hpp"

#include <algorithm>

#include "xml/name_table.hpp"

namespace amparo::xsd {
namespace {

// Bytes looked at at once for the start of a record.
constexpr std::size_t kSearchBytes = std::size_t{16} << 10U;
// Blocks that somebody may be ahead of the main engine, for each thread.
constexpr std::uint64_t kBlocksAhead = 2;
// After so many pieces that did not fit the main engine goes on alone for so many blocks.
constexpr unsigned kRefusedInRow = 4;
constexpr std::uint64_t kBlocksAlone = 32;

bool ends_name(char c) {
  return xml::is_space(c) || c == '>' || c == '/';
}

}  // namespace

Place rebased(const Place& place, const Place& origin) {
  if (place.line > 1) return {place.offset, origin.line + place.line - 1, place.column};
  return {place.offset, origin.line, origin.column + place.column - 1};
}

SegmentCrew::SegmentCrew(const Source& document, const Options& options, MakeReader make_reader)
    : document_{&document}, options_{options}, make_reader_{std::move(make_reader)} {}

SegmentCrew::~SegmentCrew() {
  is_over_ = true;
  {
    const std::lock_guard lock{mutex_};
    changed_.notify_all();
  }
  threads_.join();
}

Result<std::size_t> SegmentCrew::read(std::span<char> into) {
  if (position_ == stop_) stop_ = next_stop();
  const auto wanted = std::min<std::uint64_t>(into.size(), stop_ - position_);
  const auto got = document_->read_at(position_, into.first(static_cast<std::size_t>(wanted)));
  if (got) position_ += *got;
  return got;
}

void SegmentCrew::start(SegmentStart start) {
  start_ = std::move(start);
  has_started_ = true;
  first_ = position_;
  stop_ = next_stop();
  if (stop_ == kNowhere) return;
  threads_.start(options_.jobs - 1, [this] { work(); });
}

// Where a record may begin in a block; kNowhere when it has none, or cannot be read.
std::uint64_t SegmentCrew::cut_in(std::uint64_t block) const {
  const auto begin = begin_of(block);
  const auto end = begin_of(block + 1);
  const auto tag = std::string_view{start_.tag};
  std::string bytes;
  auto from = begin;
  auto size = std::min<std::uint64_t>(kSearchBytes, options_.block_bytes) + tag.size();
  for (;;) {
    // A tag that begins in the block may end behind it.
    bytes.resize(static_cast<std::size_t>(size));
    std::size_t filled = 0;
    while (filled < bytes.size()) {
      const auto got = document_->read_at(from + filled, std::span{bytes}.subspan(filled));
      if (!got) return kNowhere;
      if (*got == 0) break;
      filled += *got;
    }
    const std::string_view text{bytes.data(), filled};
    for (std::size_t at = 0; (at = text.find(tag, at)) != std::string_view::npos; ++at) {
      if (from + at >= end) return kNowhere;
      if (at + tag.size() < text.size() && ends_name(text[at + tag.size()])) return from + at;
    }
    if (filled < bytes.size()) return kNowhere;
    from += filled - tag.size();
    if (from >= end) return kNowhere;
    size = kSearchBytes + tag.size();
  }
}

// The next place behind position_ where the main engine may come to a piece. The blocks up to there
// are its own.
std::uint64_t SegmentCrew::next_stop() {
  std::unique_lock lock{mutex_};
  auto block = block_of(position_);
  blocks_.erase(blocks_.begin(), blocks_.lower_bound(block));
  main_block_ = std::max(main_block_, block);
  next_block_ = std::max(next_block_, block + 1);
  if (const auto found = blocks_.find(block); found != blocks_.end() && found->second->is_done) {
    for (const Piece& piece : found->second->pieces) {
      if (piece.begin > position_) return piece.begin;
    }
  }
  lock.unlock();
  // Before the first block nothing has been asked for yet.
  const bool is_first = position_ == first_;
  std::uint64_t stop = kNowhere;
  auto end = begin_of(block + 1);
  if (is_first) stop = cut_in(block);
  while (stop == kNowhere || stop <= position_) {
    char c = 0;
    const auto got = document_->read_at(end, {&c, 1});
    if (!got || *got == 0) break;
    stop = cut_in(++block);
    end = begin_of(block + 1);
  }
  lock.lock();
  if (stop == kNowhere || stop <= position_) {
    block_count_ = std::min(block_count_, block + 1);
    next_block_ = std::max(next_block_, block + 1);
    return kNowhere;
  }
  if (is_first) {
    next_block_ = block_of(stop);
  } else {
    next_block_ = std::max(next_block_, block);
  }
  main_block_ = block;
  changed_.notify_all();
  return stop;
}

const Piece* SegmentCrew::piece_at(std::uint64_t offset) {
  if (offset != stop_ || offset != position_) return nullptr;
  const auto block = block_of(offset);
  std::unique_lock lock{mutex_};
  main_block_ = block;
  blocks_.erase(blocks_.begin(), blocks_.lower_bound(block));
  changed_.notify_all();
  if (next_block_ <= block) {
    next_block_ = block;
    if (!options_.always_ahead || !read_block(lock, own_reader_)) next_block_ = block + 1;
  }
  const auto found = blocks_.find(block);
  if (found == blocks_.end()) return nullptr;
  current_ = found->second;
  while (!current_->is_done) {
    if (read_block(lock, own_reader_)) continue;
    changed_.wait(lock);
  }
  for (const Piece& piece : current_->pieces) {
    if (piece.begin == offset) return &piece;
  }
  return nullptr;
}

void SegmentCrew::skip_to(std::uint64_t offset) {
  position_ = stop_ = offset;
  refused_ = 0;
}

void SegmentCrew::refuse() {
  if (++refused_ < kRefusedInRow) return;
  refused_ = 0;
  const std::lock_guard lock{mutex_};
  next_block_ = std::max(next_block_, block_of(position_) + kBlocksAlone);
}

// Takes the next block, if there is one near enough, and reads it. `lock` is open meanwhile.
bool SegmentCrew::read_block(std::unique_lock<std::mutex>& lock,
                             std::unique_ptr<SegmentReader>& reader) {
  const auto number = next_block_;
  if (is_over() || number >= block_count_ || number > main_block_ + kBlocksAhead * options_.jobs) {
    return false;
  }
  ++next_block_;
  const auto block = std::make_shared<Block>();
  blocks_.emplace(number, block);
  lock.unlock();
  std::vector<Piece> pieces;
  bool is_last = false;
  try {
    if (const auto begin = cut_in(number); begin != kNowhere) {
      if (!reader) reader = make_reader_();
      const auto end = cut_in(number + 1);
      const bool is_record = end != kNowhere;
      if (reader) {
        pieces = reader->read(start_, {begin, is_record ? end : begin_of(number + 1), is_record});
      }
    } else {
      char c = 0;
      const auto got = document_->read_at(begin_of(number), {&c, 1});
      is_last = !got || *got == 0;
    }
  } catch (...) {
    // The main engine will see for itself.
    reader.reset();
    pieces.clear();
  }
  lock.lock();
  block->pieces = std::move(pieces);
  block->is_done = true;
  if (is_last) block_count_ = std::min(block_count_, number);
  changed_.notify_all();
  return true;
}

void SegmentCrew::work() {
  std::unique_ptr<SegmentReader> reader;
  std::unique_lock lock{mutex_};
  while (!is_over()) {
    if (!read_block(lock, reader)) changed_.wait(lock);
  }
}

}  // namespace amparo::xsd
