// SPDX-License-Identifier: Apache-2.0
// Input: a window over a stream of bytes. Offsets are 64-bit and count from the first byte of the
// stream, so files of any size are read in the memory of the window.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace amparo {

/// Where bytes come from.
class ByteStream {
 public:
  ByteStream() = default;
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;
  ByteStream(ByteStream&&) = delete;
  ByteStream& operator=(ByteStream&&) = delete;
  virtual ~ByteStream() = default;

  /// Reads at most `into.size()` bytes; 0 only at the end. Fails with Unreadable.
  virtual Result<std::size_t> read(std::span<char> into) = 0;
  /// Whether read_at() works: the stream is a file, or something like one.
  [[nodiscard]] virtual bool has_places() const noexcept { return false; }
  /// Reads at `offset`, counted from where the stream began, without moving it; 0 at the end and
  /// where there are no places. From any thread. Fails with Unreadable.
  [[nodiscard]] virtual Result<std::size_t> read_at(std::uint64_t offset,
                                                    std::span<char> into) const;
  /// True when what is read has changed since it was opened (size or time), as far as known.
  [[nodiscard]] virtual bool has_changed() const { return false; }
};

/// Opens a regular file; anything else (directory, device, pipe) fails with Unreadable.
[[nodiscard]] Result<std::unique_ptr<ByteStream>> open_file(const std::filesystem::path& file);

/// Reads a descriptor that is already open and stays open: 0 is standard input.
[[nodiscard]] std::unique_ptr<ByteStream> descriptor_stream(int descriptor, std::string name);

/// One input and the name to print for it. Owns the bytes of its window: every view from window()
/// is gone after the next more() or release().
class Source {
 public:
  static constexpr std::size_t kChunkBytes = std::size_t{64} << 10U;

  static Result<Source> open(const std::filesystem::path& file);
  static Source from_stream(std::string name,
                            std::unique_ptr<ByteStream> stream,
                            std::size_t chunk_bytes = kChunkBytes);
  static Source from_string(std::string name, std::string bytes);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }

  /// Offset in the stream of the first byte of the window.
  [[nodiscard]] std::uint64_t window_begin() const noexcept { return begin_; }
  [[nodiscard]] std::uint64_t window_end() const noexcept { return begin_ + window_size(); }
  [[nodiscard]] std::string_view window() const& noexcept {
    return std::string_view{buffer_}.substr(start_, filled_ - start_);
  }
  [[nodiscard]] std::string_view window() const&& = delete;  // no view into a temporary

  /// Appends the next chunk to the window; 0 when the stream is at its end.
  Result<std::size_t> more();
  /// Moves the next bytes out of the input, without a window of its own in between: those of the
  /// window first, then what the stream gives. 0 only at the end, or when `into` is empty.
  Result<std::size_t> read(std::span<char> into);
  /// Bytes before `offset` are not needed any more. REQUIRES: window_begin() <= offset <=
  /// window_end()
  void release(std::uint64_t offset);

  /// Whether read_at() works.
  [[nodiscard]] bool has_places() const noexcept {
    return stream_ == nullptr || stream_->has_places();
  }
  /// Reads at any place, whatever the window is; 0 at the end. From any thread, as long as nobody
  /// calls more(). Fails with Unreadable. REQUIRES: has_places()
  [[nodiscard]] Result<std::size_t> read_at(std::uint64_t offset, std::span<char> into) const;

  [[nodiscard]] bool has_changed() const { return stream_ != nullptr && stream_->has_changed(); }

 private:
  Source(std::string name, std::unique_ptr<ByteStream> stream, std::size_t chunk_bytes)
      : name_{std::move(name)}, stream_{std::move(stream)}, chunk_bytes_{chunk_bytes} {}

  [[nodiscard]] std::size_t window_size() const noexcept { return filled_ - start_; }

  std::string name_;
  std::unique_ptr<ByteStream> stream_;  ///< null when the whole input was given as a string
  std::size_t chunk_bytes_ = kChunkBytes;
  std::string buffer_;
  std::size_t start_ = 0;   ///< first byte of the window in buffer_
  std::size_t filled_ = 0;  ///< one past the last byte of the window in buffer_
  std::uint64_t begin_ = 0;
};

/// The whole rest of an input, for small files of our own (schemas, mappings, code lists).
/// Fails with TooLarge above `max_bytes`.
[[nodiscard]] Result<std::string> read_all(Source& source, std::size_t max_bytes);
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& file,
                                            std::size_t max_bytes);

}  // namespace amparo
