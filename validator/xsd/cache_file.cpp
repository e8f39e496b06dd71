// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/cache_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "digest/sha256.hpp"

namespace amparo::xsd {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxTries = 16;
constexpr std::int64_t kNanoseconds = 1'000'000'000;

struct alignas(kCacheAlignment) FileHeader {
  std::array<char, 8> magic{};
  std::uint32_t version = 0;
  std::uint32_t reserved = 0;
  std::uint64_t block_bytes = 0;
  digest::Sha256Value block_sha256{};
  std::uint64_t reserved_too = 0;
};
static_assert(sizeof(FileHeader) == kCacheAlignment);

struct alignas(kCacheAlignment) Line {
  std::array<char, kCacheAlignment> bytes;
};

class Descriptor {
 public:
  explicit Descriptor(int number) : number_{number} {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int get() const { return number_; }

 private:
  int number_;
};

bool read_exactly(int from, char* into, std::size_t size) {
  while (size > 0) {
    const auto got = ::read(from, into, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    into += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

bool write_exactly(int to, const char* bytes, std::size_t size) {
  while (size > 0) {
    const auto put = ::write(to, bytes, size);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    bytes += put;
    size -= static_cast<std::size_t>(put);
  }
  return true;
}

bool is_ours_alone(const struct stat& status) {
  return status.st_uid == ::geteuid() && (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

bool is_folder_of_ours(const fs::path& folder) {
  struct stat status {};
  return ::lstat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode) && is_ours_alone(status);
}

Fail<Error> unwritable(const fs::path& file, std::string_view why) {
  return fail(ErrorCode::Unwritable, file.string() + ": " + std::string{why});
}

Status make_folder(const fs::path& folder) {
  std::error_code error;
  if (folder.has_parent_path()) fs::create_directories(folder.parent_path(), error);
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    return unwritable(folder, std::strerror(errno));
  }
  if (!is_folder_of_ours(folder)) return unwritable(folder, "others can write to it");
  return Done{};
}

}  // namespace

std::optional<CachedBlock> read_cache_file(const fs::path& file, const CacheKind& kind) {
  if (!is_folder_of_ours(file.parent_path())) return std::nullopt;
  const Descriptor in{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)};
  struct stat status {};
  if (in.get() < 0 || ::fstat(in.get(), &status) != 0) return std::nullopt;
  if (!S_ISREG(status.st_mode) || !is_ours_alone(status)) return std::nullopt;
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size < sizeof(FileHeader) || size % kCacheAlignment != 0 || size > UINT32_MAX) {
    return std::nullopt;
  }
  const auto lines =
      std::make_shared<std::vector<Line>>(static_cast<std::size_t>(size / kCacheAlignment));
  char* const begin = lines->front().bytes.data();
  if (!read_exactly(in.get(), begin, static_cast<std::size_t>(size))) return std::nullopt;
  FileHeader header;
  std::memcpy(&header, begin, sizeof header);
  const std::string_view block{begin + sizeof header,
                               static_cast<std::size_t>(size) - sizeof header};
  if (header.magic != kind.magic || header.version != kind.version || header.reserved != 0 ||
      header.reserved_too != 0 || header.block_bytes != block.size() ||
      header.block_sha256 != digest::sha256(block)) {
    return std::nullopt;
  }
  return CachedBlock{lines,
                     std::as_bytes(std::span{block}),
                     status.st_mtim.tv_sec * kNanoseconds + status.st_mtim.tv_nsec};
}

Status write_cache_file(const fs::path& file,
                        const CacheKind& kind,
                        std::span<const std::byte> block) {
  if (auto made = make_folder(file.parent_path()); !made) return made;
  std::string text{reinterpret_cast<const char*>(block.data()), block.size()};
  text.resize((text.size() + kCacheAlignment - 1) / kCacheAlignment * kCacheAlignment, '\0');
  FileHeader header{.magic = kind.magic, .version = kind.version};
  header.block_bytes = text.size();
  header.block_sha256 = digest::sha256(text);
  for (int attempt = 0; attempt < kMaxTries; ++attempt) {
    const fs::path temporary =
        file.string() + '.' + std::to_string(::getpid()) + '.' + std::to_string(attempt) + ".part";
    const Descriptor out{
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600)};
    if (out.get() < 0 && errno == EEXIST) continue;
    if (out.get() < 0) return unwritable(temporary, std::strerror(errno));
    const bool is_whole =
        write_exactly(out.get(), reinterpret_cast<const char*>(&header), sizeof header) &&
        write_exactly(out.get(), text.data(), text.size());
    if (is_whole && ::rename(temporary.c_str(), file.c_str()) == 0) return Done{};
    const int reason = errno;
    ::unlink(temporary.c_str());
    return unwritable(file, std::strerror(reason));
  }
  return unwritable(file, "too many unfinished files beside it");
}

}  // namespace amparo::xsd
