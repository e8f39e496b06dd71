// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/schema_cache.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "digest/sha256.hpp"
#include "validator/xsd/cache_file.hpp"

namespace amparo::xsd {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kReadBytes = std::size_t{256} << 10U;
constexpr CacheKind kKind{{'A', 'M', 'P', 'C', 'A', 'C', 'H', 'E'}, kTablesVersion};

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
  const auto cached = read_cache_file(file_of(files, checking), kKind);
  if (!cached) return std::nullopt;
  auto schema = CompiledSchema::from_bytes(cached->bytes, cached->keeper);
  if (!schema || !is_current(*schema)) return std::nullopt;
  return *std::move(schema);
}

Status SchemaCache::store(std::span<const fs::path> files,
                          SchemaChecking checking,
                          const CompiledSchema& schema) const {
  return write_cache_file(file_of(files, checking), kKind, schema.bytes());
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
