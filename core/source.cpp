// SPDX-License-Identifier: Apache-2.0
#include "core/source.hpp"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace amparo {
namespace {

std::string reason(int error) {
  return std::generic_category().message(error);
}

class DescriptorStream final : public ByteStream {
 public:
  enum class Ownership : std::uint8_t { Borrowed, Owned };

  DescriptorStream(int descriptor, std::string name, Ownership ownership)
      : descriptor_{descriptor}, name_{std::move(name)}, ownership_{ownership} {
    struct ::stat status {};
    known_ = ::fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode);
    if (known_) opened_ = status;
    // A file as standard input may have been read from before.
    if (known_) begin_ = ::lseek(descriptor_, 0, SEEK_CUR);
  }
  DescriptorStream(const DescriptorStream&) = delete;
  DescriptorStream& operator=(const DescriptorStream&) = delete;
  DescriptorStream(DescriptorStream&&) = delete;
  DescriptorStream& operator=(DescriptorStream&&) = delete;
  ~DescriptorStream() override {
    if (ownership_ == Ownership::Owned) ::close(descriptor_);
  }

  Result<std::size_t> read(std::span<char> into) override {
    for (;;) {
      const auto got = ::read(descriptor_, into.data(), into.size());
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) return fail(ErrorCode::Unreadable, name_ + ": " + reason(errno));
    }
  }

  [[nodiscard]] bool has_places() const noexcept override { return known_ && begin_ >= 0; }
  [[nodiscard]] Result<std::size_t> read_at(std::uint64_t offset,
                                            std::span<char> into) const override {
    if (!has_places()) return std::size_t{0};
    for (;;) {
      const auto got =
          ::pread(descriptor_, into.data(), into.size(), begin_ + static_cast<::off_t>(offset));
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) return fail(ErrorCode::Unreadable, name_ + ": " + reason(errno));
    }
  }

  [[nodiscard]] bool has_changed() const override {
    struct ::stat now {};
    if (!known_ || ::fstat(descriptor_, &now) != 0) return false;
    return now.st_size != opened_.st_size || now.st_mtim.tv_sec != opened_.st_mtim.tv_sec ||
           now.st_mtim.tv_nsec != opened_.st_mtim.tv_nsec;
  }

 private:
  int descriptor_;
  std::string name_;
  Ownership ownership_;
  bool known_ = false;
  ::off_t begin_ = -1;
  struct ::stat opened_ {};
};

}  // namespace

Result<std::size_t> ByteStream::read_at(std::uint64_t /*offset*/, std::span<char> /*into*/) const {
  return std::size_t{0};
}

Result<std::unique_ptr<ByteStream>> open_file(const std::filesystem::path& file) {
  // Opened first and asked afterwards what it is: between a check and an open a file can change.
  // Without O_NONBLOCK a pipe would wait here for a writer.
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) {
    const auto code = errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Unreadable;
    return fail(code, file.string() + ": " + reason(errno));
  }
  struct ::stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(descriptor);
    return fail(ErrorCode::Unreadable, file.string() + ": not a regular file");
  }
  return std::unique_ptr<ByteStream>{std::make_unique<DescriptorStream>(
      descriptor, file.string(), DescriptorStream::Ownership::Owned)};
}

std::unique_ptr<ByteStream> descriptor_stream(int descriptor, std::string name) {
  return std::make_unique<DescriptorStream>(
      descriptor, std::move(name), DescriptorStream::Ownership::Borrowed);
}

Result<Source> Source::open(const std::filesystem::path& file) {
  auto stream = open_file(file);
  if (!stream) return Fail{stream.error()};
  return from_stream(file.string(), *std::move(stream));
}

Source Source::from_stream(std::string name,
                           std::unique_ptr<ByteStream> stream,
                           std::size_t chunk_bytes) {
  return Source{std::move(name), std::move(stream), chunk_bytes};
}

Source Source::from_string(std::string name, std::string bytes) {
  Source source{std::move(name), nullptr, kChunkBytes};
  source.filled_ = bytes.size();
  source.buffer_ = std::move(bytes);
  return source;
}

Result<std::size_t> Source::more() {
  if (stream_ == nullptr) return std::size_t{0};
  if (start_ > 0 && buffer_.size() - filled_ < chunk_bytes_) {
    std::memmove(buffer_.data(), buffer_.data() + start_, window_size());
    filled_ -= start_;
    start_ = 0;
  }
  // Doubling keeps the cost of a growing window linear in its final size.
  if (buffer_.size() - filled_ < chunk_bytes_) {
    buffer_.resize(std::max(buffer_.size() * 2, filled_ + chunk_bytes_));
  }
  auto got = stream_->read({buffer_.data() + filled_, chunk_bytes_});
  if (got) filled_ += *got;
  return got;
}

Result<std::size_t> Source::read(std::span<char> into) {
  if (const auto here = std::min(window_size(), into.size()); here > 0) {
    std::memcpy(into.data(), buffer_.data() + start_, here);
    release(begin_ + here);
    return here;
  }
  if (stream_ == nullptr || into.empty()) return std::size_t{0};
  auto got = stream_->read(into);
  if (got) begin_ += *got;
  return got;
}

Result<std::size_t> Source::read_at(std::uint64_t offset, std::span<char> into) const {
  if (stream_ != nullptr) return stream_->read_at(offset, into);
  // A string stays where it is: what has been read of it is not dropped.
  if (offset >= filled_) return std::size_t{0};
  const auto size = std::min(into.size(), filled_ - static_cast<std::size_t>(offset));
  std::memcpy(into.data(), buffer_.data() + offset, size);
  return size;
}

void Source::release(std::uint64_t offset) {
  assert(offset >= begin_ && offset <= window_end());
  start_ += static_cast<std::size_t>(offset - begin_);
  begin_ = offset;
}

Result<std::string> read_all(Source& source, std::size_t max_bytes) {
  for (;;) {
    if (source.window().size() > max_bytes) {
      return fail(ErrorCode::TooLarge,
                  source.name() + ": larger than " + std::to_string(max_bytes) + " bytes");
    }
    const auto got = source.more();
    if (!got) return Fail{got.error()};
    if (*got == 0) break;
  }
  return std::string{source.window()};
}

Result<std::string> read_file(const std::filesystem::path& file, std::size_t max_bytes) {
  auto source = Source::open(file);
  if (!source) return Fail{source.error()};
  return read_all(*source, max_bytes);
}

}  // namespace amparo
