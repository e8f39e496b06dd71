// SPDX-License-Identifier: Apache-2.0
#include "xml/tape_reader.hpp"

#include <utility>

namespace amparo::xml {

TapeReader::TapeReader(Source& source,
                       Tape& tape,
                       const Tokenizer::Options& options,
                       IsRecord is_record)
    : tape_{&tape},
      resolver_{tape.names()},
      tokenizer_{source, &resolver_, options},
      is_record_{std::move(is_record)} {
  tape.clear();
}

std::uint16_t TapeReader::prefix_of(const Name& name) {
  if (name.prefix_size == 0) return 0;
  if (name.prefix() != last_prefix_) {
    last_prefix_ = name.prefix();
    last_prefix_id_ = tape_->names().intern_prefix(last_prefix_);
  }
  return last_prefix_id_;
}

bool TapeReader::start() {
  const OpenTag& tag = tokenizer_.top();
  const std::size_t depth = tokenizer_.open_tags().size();
  const bool is_record = record_depth_ == 0 && depth <= 2 && is_record_ &&
                         is_record_(tag.name->space->uri, tag.name->local());
  if (is_record) before_ = tape_->mark();
  if (tag.name->id == kUnknownId) return false;
  tape_->start_element(tag.name->id, prefix_of(*tag.name), tag.tag);
  if (is_record) {
    record_ = tape_->size() - 1;
    record_depth_ = depth;
  }
  for (const Attribute& attribute : tokenizer_.attributes()) {
    if (attribute.name->id == kUnknownId) return false;
    tape_->add_attribute(attribute.name->id,
                         prefix_of(*attribute.name),
                         tokenizer_.value(attribute, scratch_),
                         tag.tag + attribute.at);
  }
  return true;
}

TapeReader::Step TapeReader::next() {
  if (has_record_) tape_->rewind(before_);
  has_record_ = false;
  while (true) {
    switch (tokenizer_.next()) {
      case Token::Start:
        if (start()) break;
        failure_ = Error{ErrorCode::TooLarge,
                         "the document has more than " + std::to_string(TapeNames::kMostNames) +
                             " different names"};
        return Step::Stopped;
      case Token::Text:
        tape_->add_text(tokenizer_.text(), tokenizer_.text_offset());
        break;
      case Token::End:
        tape_->end_element();
        if (tape_->is_full()) {
          failure_ = Error{ErrorCode::TooLarge, "a record has more than 4 GiB of text"};
          return Step::Stopped;
        }
        if (tokenizer_.open_tags().size() != record_depth_) break;
        record_depth_ = 0;
        has_record_ = true;
        tape_->seal();
        return Step::Record;
      case Token::Finished:
        tape_->seal();
        return Step::Finished;
      case Token::Stopped:
        return Step::Stopped;
    }
  }
}

}  // namespace amparo::xml
