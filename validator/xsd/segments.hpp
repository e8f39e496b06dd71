// SPDX-License-Identifier: Apache-2.0
// One document, many threads: who reads which part of it. The engine that owns the run (the main
// one) goes through the document in order, as if it were alone. Others run ahead of it: each takes
// a block that begins at what looks like the start tag of a record, supposes that the document is
// there what it was after the first record, and notes what it would have done to the main engine.
// When the main engine comes to such a place and finds all that was supposed to be true, it takes
// the note and goes on behind; else it reads the block itself. So nothing that is found depends on
// who read what: a note holds only records without a finding, and everything else is read in order.
// Read next: engine_segments.cpp.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/finding.hpp"
#include "core/source.hpp"
#include "core/threads.hpp"
#include "validator/xsd/engine_keys.hpp"

namespace amparo::xsd {

/// What records without a finding, one after another, do to the engine that leaves them out.
struct Piece {
  struct Children {
    std::uint32_t name = 0;  ///< a NameId
    std::uint64_t count = 0;
  };
  std::uint64_t begin = 0;  ///< offset of the '<' of the first
  std::uint64_t end = 0;    ///< of the start tag that follows the last
  StateId from{};           ///< of the root's content model
  StateId to{};
  std::uint64_t elements = 0;
  std::uint64_t records = 0;
  std::uint64_t listened = 0;
  std::uint64_t checked = 0;
  Place end_place{};                   ///< as if `begin` were line 1, column 1
  Place history{};                     ///< the same; far enough before `end` for excerpts
  std::vector<std::uint64_t> marks{};  ///< xml::Window::marks() from `history` on
  std::vector<Children> children{};    ///< of the root
  std::vector<KeyChecker::Journal::Entry> keys{};
  std::vector<KeyChecker::Journal::Entry> references{};
};

/// `place` is as if `origin` were line 1, column 1: where is it then?
[[nodiscard]] Place rebased(const Place& place, const Place& origin);

/// What the main engine knows after the first record.
struct SegmentStart {
  std::string tag{};         ///< "<am:Case"
  StateId state{};           ///< of the root's content model
  std::uint64_t prolog = 0;  ///< bytes up to and with the start tag of the root
};

/// Runs ahead, in one thread. May throw: then nothing is known of the block.
class SegmentReader {
 public:
  SegmentReader() = default;
  SegmentReader(const SegmentReader&) = delete;
  SegmentReader& operator=(const SegmentReader&) = delete;
  SegmentReader(SegmentReader&&) = delete;
  SegmentReader& operator=(SegmentReader&&) = delete;
  virtual ~SegmentReader() = default;
  struct Part {
    std::uint64_t begin = 0;  ///< what looks like the start tag of a record
    std::uint64_t end = 0;
    bool ends_at_record = false;  ///< what follows `end` looks like one too
  };
  /// The records without findings in one part of the document after the other.
  virtual std::vector<Piece> read(const SegmentStart& start, const Part& part) = 0;
};

/// Shared by the main engine's thread and the others. Only what says so is for the others.
class SegmentCrew {
 public:
  struct Options {
    unsigned jobs = 2;  ///< threads, the main one too
    std::uint64_t block_bytes = 0;
    bool always_ahead = false;  ///< the main thread too reads for itself ahead of itself: for tests
  };
  using MakeReader = std::function<std::unique_ptr<SegmentReader>()>;

  /// `document` outlives the crew; nobody reads it in another way. REQUIRES: document.has_places()
  SegmentCrew(const Source& document, const Options& options, MakeReader make_reader);
  SegmentCrew(const SegmentCrew&) = delete;
  SegmentCrew& operator=(const SegmentCrew&) = delete;
  SegmentCrew(SegmentCrew&&) = delete;
  SegmentCrew& operator=(SegmentCrew&&) = delete;
  ~SegmentCrew();

  /// The bytes that the main engine reads itself; it may come to a piece where one read ends.
  Result<std::size_t> read(std::span<char> into);
  /// The main engine has read a record, and all is as SegmentStart says between records.
  void start(SegmentStart start);
  [[nodiscard]] bool has_started() const noexcept { return has_started_; }
  /// What somebody else has read from `offset` on, where the main engine is between records; null:
  /// it has to read on itself. Waits for it, or helps meanwhile. Valid until the next call.
  [[nodiscard]] const Piece* piece_at(std::uint64_t offset);
  /// The main engine has taken what piece_at() gave; read() goes on behind.
  void skip_to(std::uint64_t offset);
  /// What piece_at() gave did not fit. When that goes on, nobody runs ahead for a while.
  void refuse();

  /// Any thread: bytes of the document, and whether they are wanted no more.
  [[nodiscard]] const Source& document() const noexcept { return *document_; }
  [[nodiscard]] bool is_over() const noexcept { return is_over_.load(std::memory_order_relaxed); }

 private:
  struct Block {
    bool is_done = false;
    std::vector<Piece> pieces{};
  };
  static constexpr std::uint64_t kNowhere = ~std::uint64_t{0};

  void work();
  bool read_block(std::unique_lock<std::mutex>& lock, std::unique_ptr<SegmentReader>& reader);
  [[nodiscard]] std::uint64_t block_of(std::uint64_t offset) const noexcept {
    return (offset - first_) / options_.block_bytes;
  }
  [[nodiscard]] std::uint64_t begin_of(std::uint64_t block) const noexcept {
    return first_ + block * options_.block_bytes;
  }
  [[nodiscard]] std::uint64_t cut_in(std::uint64_t block) const;
  [[nodiscard]] std::uint64_t next_stop();

  const Source* document_;
  Options options_;
  MakeReader make_reader_;
  SegmentStart start_{};
  bool has_started_ = false;
  std::uint64_t first_ = 0;     // where block 0 begins to look for a record
  std::uint64_t position_ = 0;  // of the main engine's next byte
  std::uint64_t stop_ = kNowhere;
  unsigned refused_ = 0;                         // one after the other
  std::unique_ptr<SegmentReader> own_reader_{};  // of the main thread

  std::mutex mutex_{};
  std::condition_variable changed_{};
  // Under mutex_:
  std::map<std::uint64_t, std::shared_ptr<Block>> blocks_{};  // that somebody else has taken
  std::shared_ptr<Block> current_{};                          // of the piece that was given
  std::uint64_t next_block_ = 0;                              // nobody has taken it yet
  std::uint64_t main_block_ = 0;
  std::uint64_t block_count_ = kNowhere;  // no record begins from this one on
  std::atomic<bool> is_over_{false};
  Threads threads_{};
};

}  // namespace amparo::xsd
