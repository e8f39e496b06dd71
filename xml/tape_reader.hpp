// SPDX-License-Identifier: Apache-2.0
// A document on a tape without an engine: record by record, or whole. Read next: tokenizer.hpp.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "xml/tape.hpp"
#include "xml/tokenizer.hpp"

namespace amparo::xml {

/// Fills the tape with the root element, what stands in it before the record, and one record; then
/// the same with the next record. At the end the tape holds the root and all that is no record.
class TapeReader {
 public:
  /// A child of the root, or the root, that is a record.
  using IsRecord = std::function<bool(std::string_view uri, std::string_view local)>;

  /// `is_record`: empty: the whole document is one. `source` and `tape` outlive the reader.
  TapeReader(Source& source, Tape& tape, const Tokenizer::Options& options, IsRecord is_record);

  enum class Step : std::uint8_t {
    Record,    ///< the next one is on the tape, from record() on
    Finished,  ///< the frame without records is on the tape
    Stopped    ///< see problem() and failure()
  };
  Step next();

  /// After Record: its node.
  [[nodiscard]] TapeId record() const noexcept { return record_; }
  [[nodiscard]] const std::optional<Problem>& problem() const noexcept {
    return tokenizer_.problem();
  }
  [[nodiscard]] const std::optional<Error>& failure() const noexcept {
    return failure_ ? failure_ : tokenizer_.failure();
  }
  [[nodiscard]] Tokenizer& tokenizer() noexcept { return tokenizer_; }

 private:
  // Gives every name of the document a number of the tape.
  class Resolver final : public NameResolver {
   public:
    explicit Resolver(TapeNames& names) : names_{&names} {}
    [[nodiscard]] std::uint32_t namespace_id(std::string_view uri) const override {
      return names_->intern_space(uri);
    }
    [[nodiscard]] std::uint32_t name_id(std::uint32_t space,
                                        std::string_view local) const override {
      return names_->intern(names_->space(space), local);
    }

   private:
    TapeNames* names_;
  };

  bool start();
  std::uint16_t prefix_of(const Name& name);

  Tape* tape_;
  Resolver resolver_;
  Tokenizer tokenizer_;
  IsRecord is_record_;
  std::optional<Error> failure_{};
  TapeId record_ = 0;
  std::size_t record_depth_ = 0;  // 0: in no record
  Tape::Mark before_{};           // the record
  bool has_record_ = false;       // on the tape, to be taken off
  std::string scratch_{};
  std::string last_prefix_{};
  std::uint16_t last_prefix_id_ = 0;
};

}  // namespace amparo::xml
