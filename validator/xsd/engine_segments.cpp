// SPDX-License-Identifier: Apache-2.0
// Parts of a document that others have read are left out; parts are read for others. Only what has
// no finding is ever left out, and only where everything that the reader of the part has supposed
// holds: see segments.hpp.
#include "validator/xsd/engine_segments.hpp"

#include <algorithm>

#include "validator/xsd/engine_run.hpp"
#include "validator/xsd/segments.hpp"

namespace amparo::xsd {
namespace {

// From here back to the line of a place that an excerpt may still be asked for.
constexpr std::uint64_t kHistory = xml::kHistoryBytes + 1024;
constexpr std::uint64_t kMaxProlog = std::uint64_t{1} << 20U;
// More than an excerpt wants to see behind the place of its finding.
constexpr std::uint64_t kLookahead = 1024;
// How many children of different names the root may have had: see number_of().
constexpr std::size_t kMaxCounted = 64;
// Readers give up where so many records have findings that hardly any would be left out.
constexpr std::uint64_t kToleratedRecords = 8;

Place relative_to(const Place& place, const Place& origin) {
  if (place.line > origin.line) return {place.offset, 1 + place.line - origin.line, place.column};
  return {place.offset, 1, 1 + place.column - origin.column};
}

// What the main engine reads itself.
class MainStream final : public ByteStream {
 public:
  explicit MainStream(SegmentCrew& crew) : crew_{&crew} {}
  Result<std::size_t> read(std::span<char> into) override { return crew_->read(into); }
  [[nodiscard]] bool has_places() const noexcept override { return true; }
  [[nodiscard]] Result<std::size_t> read_at(std::uint64_t offset,
                                            std::span<char> into) const override {
    return crew_->document().read_at(offset, into);
  }

 private:
  SegmentCrew* crew_;
};

// First the prolog, then one segment after the other.
class SegmentStream final : public ByteStream {
 public:
  explicit SegmentStream(const SegmentCrew& crew) : crew_{&crew} {}
  void set(std::uint64_t begin, std::uint64_t end) {
    at_ = begin;
    end_ = end;
  }
  Result<std::size_t> read(std::span<char> into) override {
    if (crew_->is_over()) return std::size_t{0};
    const auto wanted = std::min<std::uint64_t>(into.size(), end_ - at_);
    const auto got = crew_->document().read_at(at_, into.first(static_cast<std::size_t>(wanted)));
    if (got) at_ += *got;
    return got;
  }

 private:
  const SegmentCrew* crew_;
  std::uint64_t at_ = 0;
  std::uint64_t end_ = 0;
};

class NoSink final : public FindingSink {
 public:
  void add(Finding /*finding*/) override {}
};

class EngineReader final : public SegmentReader {
 public:
  EngineReader(const EngineTables& tables,
               const SegmentCrew& crew,
               const xml::Tokenizer::Options& gate,
               const RunOptions& options,
               std::unique_ptr<ValueListener> listener)
      : tables_{&tables},
        crew_{&crew},
        gate_{gate},
        options_{options},
        listener_{std::move(listener)} {
    // Findings are not wanted, nor what costs time to say about them.
    options_.keeps = [](std::string_view /*rule*/) { return false; };
  }

  std::vector<Piece> read(const SegmentStart& start, const Part& part) override {
    std::vector<Piece> pieces;
    if (!engine_ && !open(start)) return pieces;
    stream_->set(part.begin, part.end);
    if (!engine_->read_segment(start.state, part, pieces)) engine_.reset();
    return pieces;
  }

 private:
  bool open(const SegmentStart& start) {
    auto stream = std::make_unique<SegmentStream>(*crew_);
    stream_ = stream.get();
    stream_->set(0, start.prolog);
    source_.emplace(Source::from_stream("", std::move(stream)));
    engine_ = std::make_unique<EngineRun>(
        *tables_, *source_, gate_, options_, listener_.get(), findings_);
    if (!engine_->open_root()) engine_.reset();
    return engine_ != nullptr;
  }

  const EngineTables* tables_;
  const SegmentCrew* crew_;
  xml::Tokenizer::Options gate_;
  RunOptions options_;
  std::unique_ptr<ValueListener> listener_;
  NoSink findings_{};
  SegmentStream* stream_ = nullptr;  // of source_
  std::optional<Source> source_{};
  std::unique_ptr<EngineRun> engine_{};
};

}  // namespace

bool can_share(const Source& document, const RunOptions& options) {
  return options.jobs > 1 && !options.record_elements.empty() && document.has_places() &&
         document.window_begin() == 0;
}

Result<RunResult> run_in_segments(const EngineTables& tables,
                                  Source& document,
                                  const xml::Tokenizer::Options& gate,
                                  const RunOptions& options,
                                  const Sharing& sharing,
                                  ValueListener* listener,
                                  FindingSink& findings) {
  SegmentCrew* crew = nullptr;
  const auto make_reader = [&]() -> std::unique_ptr<SegmentReader> {
    auto own = listener == nullptr ? nullptr : listener->fork();
    if (listener != nullptr && own == nullptr) return nullptr;
    return std::make_unique<EngineReader>(tables, *crew, gate, options, std::move(own));
  };
  SegmentCrew shared{
      document, {options.jobs, sharing.block_bytes, sharing.always_ahead}, make_reader};
  crew = &shared;
  auto source = Source::from_stream(document.name(), std::make_unique<MainStream>(shared));
  EngineRun run{tables, source, gate, options, listener, findings};
  run.share_work(shared);
  return run.run();
}

// Whether the root is open alone, is nothing unusual, and a record may begin.
bool EngineRun::is_between_records() {
  if (frames_.size() != 1 || record_depth_ != 0 || !tokenizer_.in_content()) return false;
  const OpenElement& root = frames_.front();
  return root.is_predictable && root.model->counters.count == 0 && !root.has_passed_over &&
         keys_.is_between_records() && tokenizer_.window().is_as_written() &&
         !tokenizer_.window().refusal();
}

// Called between tokens: somebody else may have read what comes.
void EngineRun::meet_crew() {
  if (result_.records == 0 || !is_between_records()) return;
  xml::Window& window = tokenizer_.window();
  if (!crew_->has_started()) {
    const auto prolog = tokenizer_.top().content;
    if (prolog > kMaxProlog || record_tag_.empty()) {
      crew_ = nullptr;
      return;
    }
    crew_->start({record_tag_, frames_.front().state, prolog});
  }
  if (tokenizer_.at() != window.end()) return;
  auto here = window.offset_of(tokenizer_.at());
  const Piece* piece = crew_->piece_at(here);
  if (piece == nullptr) return;
  tokenizer_.settle_places();
  Place place = window.place_at(here);
  // Places from which an excerpt could begin to look, and all that begins a tag behind the first.
  std::vector<Place> histories{window.begin_place()};
  std::vector<std::uint64_t> marks = window.marks();
  const auto begin = here;
  for (; piece != nullptr; piece = crew_->piece_at(here)) {
    if (!absorb(*piece)) {
      crew_->refuse();
      break;
    }
    histories.push_back(place);
    if (piece->history.offset > piece->begin) histories.push_back(rebased(piece->history, place));
    marks.insert(marks.end(), piece->marks.begin(), piece->marks.end());
    place = rebased(piece->end_place, place);
    here = piece->end;
    crew_->skip_to(here);
    auto last = std::find_if(histories.rbegin(), histories.rend(), [&](const Place& each) {
      return each.offset + kHistory <= here;
    });
    if (last == histories.rend()) continue;
    histories.erase(histories.begin(), last.base() - 1);
    marks.erase(marks.begin(),
                std::lower_bound(marks.begin(), marks.end(), histories.front().offset));
  }
  if (here == begin) return;
  const auto history = histories.front();
  std::string before(static_cast<std::size_t>(here - history.offset), '\0');
  std::size_t filled = 0;
  while (filled < before.size()) {
    const auto got =
        crew_->document().read_at(history.offset + filled, std::span{before}.subspan(filled));
    if (!got || *got == 0) break;
    filled += *got;
  }
  if (filled == before.size()) {
    tokenizer_.resume({place, history, std::move(before), std::move(marks)});
  } else {
    // The file has become shorter: that is told at the end.
    tokenizer_.resume({place, place, {}, {}});
  }
}

// Does at once what reading these records would do; false, and nothing has happened, when they have
// to be read.
bool EngineRun::absorb(const Piece& piece) {
  OpenElement& root = frames_.front();
  if (root.state != piece.from) return false;
  auto runs = runs_;
  for (const Piece::Children& child : piece.children) {
    const auto known = std::find_if(
        runs.begin(), runs.end(), [&](const SiblingRun& run) { return run.id == child.name; });
    if (known == runs.end()) {
      runs.push_back({child.name, 0, child.count});
    } else {
      known->count += child.count;
    }
  }
  if (runs.size() > kMaxCounted) return false;
  if (!keys_.take(piece.keys, piece.references)) return false;
  flush();
  runs_ = std::move(runs);
  root.state = piece.to;
  result_.elements += piece.elements;
  result_.records += piece.records;
  result_.records_ahead += piece.records;
  result_.listened += piece.listened;
  if (piece.checked > 0) listener_->repeat(piece.checked);
  return true;
}

bool EngineRun::open_root() {
  if (tokenizer_.next() != xml::Token::Start) return false;
  start();
  return is_between_records();
}

// How far a reader has come, at the start of a record.
struct EngineRun::Checkpoint {
  std::uint64_t offset = 0;
  StateId state{};
  std::uint64_t found = 0;
  std::size_t unknown = 0;
  std::uint64_t elements = 0;
  std::uint64_t records = 0;
  std::uint64_t listened = 0;
  std::uint64_t checked = 0;
  std::size_t keys = 0;
  std::size_t references = 0;
  std::vector<Piece::Children> children{};
};

EngineRun::Checkpoint EngineRun::checkpoint(std::uint64_t offset) {
  // What findings have left behind: what comes is judged as if there had been none.
  OpenElement& root = frames_.front();
  root.has_value_finding = root.has_content_finding = root.has_passed_over = false;
  Checkpoint made{offset,
                  root.state,
                  found_,
                  tokenizer_.scope().unknown_count(),
                  result_.elements,
                  result_.records,
                  result_.listened,
                  listener_ == nullptr ? 0 : listener_->checked(),
                  journal_.keys.size(),
                  journal_.references.size(),
                  {}};
  for (const SiblingRun& run : runs_)
    made.children.push_back({run.id, run.count});
  return made;
}

// Whether what was read since then would leave no trace but what is in a Piece.
bool EngineRun::is_clean(const Checkpoint& since) const {
  const bool has_unknown = std::any_of(
      runs_.begin(), runs_.end(), [](const SiblingRun& run) { return run.id == xml::kUnknownId; });
  return found_ == since.found && tokenizer_.scope().unknown_count() == since.unknown &&
         !has_unknown && runs_.size() < kMaxCounted && !journal_.is_lacking &&
         identifiers_.size() == 0 && references_.size() == 0 && keys_.is_between_records();
}

// False when the bytes that tell the places are gone.
bool EngineRun::add_piece(const Place& origin,
                          const Checkpoint& from,
                          const Checkpoint& to,
                          std::vector<Piece>& pieces) {
  if (from.offset == to.offset) return true;
  xml::Window& window = tokenizer_.window();
  if (to.offset < window.begin_offset()) return false;
  Piece piece;
  piece.begin = from.offset;
  piece.end = to.offset;
  piece.from = from.state;
  piece.to = to.state;
  piece.elements = to.elements - from.elements;
  piece.records = to.records - from.records;
  piece.listened = to.listened - from.listened;
  piece.checked = to.checked - from.checked;
  for (std::size_t i = 0; i < to.children.size(); ++i) {
    const auto before = i < from.children.size() ? from.children[i].count : 0;
    if (to.children[i].count > before) {
      piece.children.push_back({to.children[i].name, to.children[i].count - before});
    }
  }
  const auto slice =
      [](const std::vector<KeyChecker::Journal::Entry>& all, std::size_t begin, std::size_t end) {
        return std::vector(all.begin() + static_cast<std::ptrdiff_t>(begin),
                           all.begin() + static_cast<std::ptrdiff_t>(end));
      };
  piece.keys = slice(journal_.keys, from.keys, to.keys);
  piece.references = slice(journal_.references, from.references, to.references);
  const auto& marks = window.marks();
  const auto behind =
      std::upper_bound(marks.begin(), marks.end(), piece.end - std::min(piece.end, kHistory));
  Place history = origin;
  if (behind != marks.begin() && *std::prev(behind) > piece.begin) {
    history = window.place_at(*std::prev(behind));
  } else if (window.begin_offset() > piece.begin) {
    history = window.begin_place();
  }
  piece.history = relative_to(history, origin);
  piece.end_place = relative_to(window.place_at(piece.end), origin);
  piece.marks.assign(std::lower_bound(marks.begin(), marks.end(), history.offset),
                     std::lower_bound(marks.begin(), marks.end(), piece.end));
  pieces.push_back(std::move(piece));
  return true;
}

bool EngineRun::read_segment(StateId state,
                             const SegmentReader::Part& part,
                             std::vector<Piece>& pieces) {
  tokenizer_.resume({{part.begin, 1, 1}, {part.begin, 1, 1}, {}, {}});
  frames_.front().state = state;
  runs_.clear();
  pending_.clear();
  completed_ = 0;
  keys_.start_journal(journal_);
  Place origin{part.begin, 1, 1};
  auto first = checkpoint(part.begin);  // of the piece
  auto last = first;                    // all before it is good
  std::uint64_t spoilt = 0;
  const auto records_before = result_.records;
  bool is_short = true;  // the piece
  const auto come_to = [&](std::uint64_t offset) {
    const bool is_good = is_clean(last);
    auto here = checkpoint(offset);
    // The excerpt of a finding right before a piece makes the main engine read on into it, and then
    // it cannot be left out: so what comes next is a small one.
    const bool is_enough = is_short && offset - first.offset >= kLookahead;
    if (!is_good || is_enough) {
      if (!add_piece(origin, first, is_good ? here : last, pieces)) return false;
      if (!is_good) ++spoilt;
      is_short = !is_good;
      origin = tokenizer_.window().place_at(offset);
      first = here;
    }
    last = std::move(here);
    const bool is_lost = journal_.is_lacking || identifiers_.size() > 0 || references_.size() > 0;
    return !is_lost && spoilt * 4 <= kToleratedRecords + result_.records - records_before;
  };
  const auto is_record = [&] {
    const auto name = tokenizer_.top().name->local();
    const auto& records = options_.record_elements;
    return std::find(records.begin(), records.end(), name) != records.end();
  };
  for (;;) {
    run_ahead();
    const auto token = tokenizer_.next();
    bool goes_on = true;
    if (token == xml::Token::Start) {
      goes_on = frames_.size() != 1 || !is_record() || come_to(tokenizer_.top().tag);
      if (goes_on) start();
    } else if (token == xml::Token::Text) {
      text();
    } else if (token == xml::Token::End) {
      goes_on = frames_.size() > 1;
      if (goes_on) end();
    } else {
      const bool is_at_end = part.ends_at_record && token == xml::Token::Stopped &&
                             tokenizer_.problem() && tokenizer_.problem()->key == "wf-ended" &&
                             frames_.size() == 1 &&
                             tokenizer_.window().offset_of(tokenizer_.at()) == part.end;
      const bool is_good = is_at_end && come_to(part.end);
      return add_piece(origin, first, last, pieces) && is_good;
    }
    if (!goes_on) {
      add_piece(origin, first, last, pieces);
      return false;
    }
  }
}

}  // namespace amparo::xsd
