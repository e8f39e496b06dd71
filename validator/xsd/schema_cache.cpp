// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/schema_cache.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "digest/sha256.hpp"

namespace amparo::xsd {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kAlignment = 64;
constexpr std::size_t kReadBytes = std::size_t{256} << 10U;
constexpr int kMaxTries = 16;

// What stands before the block. The sum finds damage, not malice: that is what the check of the
// tables is for.
struct alignas(kAlignment) FileHeader {
  static constexpr std::array<char, 8> kMagic{'A', 'M', 'P', 'C', 'A', 'C', 'H', 'E'};

  std::array<char, 8> magic = kMagic;
  std::uint32_t version = kTablesVersion;
  std::uint32_t reserved = 0;
  std::uint64_t block_bytes = 0;
  digest::Sha256Value block_sha256{};
  std::uint64_t reserved_too = 0;
};
static_assert(sizeof(FileHeader) == kAlignment);

struct alignas(kAlignment) Line {
  std::array<char, kAlignment> bytes;
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

// A file of ours that nobody else can write. Null when it is not there or not so.
std::shared_ptr<std::vector<Line>> read_file_of_ours(const fs::path& file) {
  const Descriptor in{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
  struct stat status {};
  if (in.get() < 0 || ::fstat(in.get(), &status) != 0 || !S_ISREG(status.st_mode)) return nullptr;
  if (status.st_uid != ::geteuid() || (status.st_mode & (S_IWGRP | S_IWOTH)) != 0) return nullptr;
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size < sizeof(FileHeader) || size % kAlignment != 0 || size > UINT32_MAX) return nullptr;
  auto lines = std::make_shared<std::vector<Line>>(static_cast<std::size_t>(size / kAlignment));
  if (!read_exactly(in.get(), lines->front().bytes.data(), static_cast<std::size_t>(size))) {
    return nullptr;
  }
  return lines;
}

// SHA-256 of a file as it is now; nothing when it cannot be read.
std::optional<digest::Sha256Value> digest_of(const fs::path& file, std::vector<char>& buffer) {
  const Descriptor in{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  struct stat status {};
  if (in.get() < 0 || ::fstat(in.get(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
  digest::Sha256 sum;
  for (;;) {
    const auto got = ::read(in.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return {};
    if (got == 0) return sum.finish();
    sum.update({buffer.data(), static_cast<std::size_t>(got)});
  }
}

bool is_current(const CompiledSchema& schema) {
  std::vector<char> buffer(kReadBytes);
  const auto sources = schema.sources();
  return !sources.empty() && std::all_of(sources.begin(), sources.end(), [&](const auto& row) {
    return digest_of(fs::path{schema.text(row.path)}, buffer) == row.sha256;
  });
}

Fail<Error> unwritable(const fs::path& file) {
  return fail(ErrorCode::Unwritable, file.string() + ": " + std::strerror(errno));
}

}  // namespace

fs::path SchemaCache::file_of(std::span<const fs::path> files, SchemaChecking checking) const {
  std::string key = producer_;
  key += '\0';
  key += std::to_string(kTablesVersion) + '.' + std::to_string(static_cast<int>(checking));
  for (const fs::path& file : files) {
    key += '\0';
    key += fs::absolute(file).lexically_normal().string();
  }
  return folder_ / (digest::to_hex(digest::sha256(key)) + ".tables");
}

std::optional<CompiledSchema> SchemaCache::find(std::span<const fs::path> files,
                                                SchemaChecking checking) const {
  const auto lines = read_file_of_ours(file_of(files, checking));
  if (lines == nullptr) return std::nullopt;
  FileHeader header;
  std::memcpy(&header, lines->front().bytes.data(), sizeof header);
  const std::string_view block{lines->front().bytes.data() + sizeof header,
                               (lines->size() - 1) * kAlignment};
  if (header.magic != FileHeader::kMagic || header.version != kTablesVersion ||
      header.reserved != 0 || header.reserved_too != 0 || header.block_bytes != block.size() ||
      header.block_sha256 != digest::sha256(block)) {
    return std::nullopt;
  }
  auto schema = CompiledSchema::from_bytes(std::as_bytes(std::span{block}), lines);
  if (!schema || !is_current(*schema)) return std::nullopt;
  return *std::move(schema);
}

Status SchemaCache::store(std::span<const fs::path> files,
                          SchemaChecking checking,
                          const CompiledSchema& schema) const {
  const fs::path target = file_of(files, checking);
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) return fail(ErrorCode::Unwritable, folder_.string() + ": " + error.message());
  const auto block = schema.bytes();
  const std::string_view text{reinterpret_cast<const char*>(block.data()), block.size()};
  FileHeader header;
  header.block_bytes = text.size();
  header.block_sha256 = digest::sha256(text);
  for (int attempt = 0; attempt < kMaxTries; ++attempt) {
    const fs::path temporary = target.string() + '.' + std::to_string(::getpid()) + '.' +
                               std::to_string(attempt) + ".part";
    const Descriptor out{
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600)};
    if (out.get() < 0 && errno == EEXIST) continue;
    if (out.get() < 0) return unwritable(temporary);
    const bool is_whole =
        write_exactly(out.get(), reinterpret_cast<const char*>(&header), sizeof header) &&
        write_exactly(out.get(), text.data(), text.size());
    if (is_whole && ::rename(temporary.c_str(), target.c_str()) == 0) return Done{};
    const int reason = errno;
    ::unlink(temporary.c_str());
    errno = reason;
    return unwritable(target);
  }
  return fail(ErrorCode::Unwritable, target.string() + ": too many unfinished files beside it");
}

Result<CompiledSchema, SchemaFault> compile(std::span<const fs::path> files,
                                            const CompileLimits& limits,
                                            const SchemaCache& cache) {
  if (auto found = cache.find(files, limits.checking)) return *std::move(found);
  auto compiled = compile(files, limits);
  if (compiled) {
    const auto stored = cache.store(files, limits.checking, *compiled);
    static_cast<void>(stored);  // a cache that cannot be written costs time, nothing else
  }
  return compiled;
}

}  // namespace amparo::xsd
