// SPDX-License-Identifier: Apache-2.0
#include "validator/bundle_cache.hpp"

#include <algorithm>
#include <string_view>

#include "digest/sha256.hpp"
#include "validator/xsd/cache_file.hpp"

namespace amparo {
namespace {

namespace fs = std::filesystem;

constexpr xsd::CacheKind kKind{{'A', 'M', 'P', 'B', 'N', 'D', 'L', 'E'}, 1};

// A file that was changed again within the grain of the clock keeps its times. Nothing is believed
// of one that was changed less than this before the cache was written.
constexpr std::int64_t kYoung = 2'000'000'000;

std::string whole_path(const fs::path& folder) {
  std::error_code error;
  const auto whole = fs::canonical(folder, error);
  return error ? fs::absolute(folder).lexically_normal().string() : whole.string();
}

// The block: numbers of 64 bits, little-endian; each text with its size before it.
//   producer, folder, version, digest, count and stamps of the files,
//   code lists, tables (these at a multiple of 64)
class BlockWriter {
 public:
  void number(std::uint64_t value) {
    for (unsigned i = 0; i < 8; ++i)
      bytes += static_cast<char>(value >> 8 * i & 0xFFU);
  }
  void text(std::string_view value) {
    number(value.size());
    bytes += value;
  }
  void align() {
    bytes.resize((bytes.size() + xsd::kCacheAlignment - 1) / xsd::kCacheAlignment *
                 xsd::kCacheAlignment);
  }

  std::string bytes{};
};

class BlockReader {
 public:
  explicit BlockReader(std::string_view bytes) : bytes_{bytes} {}

  std::uint64_t number() {
    std::uint64_t value = 0;
    if (bytes_.size() - at_ < 8) return is_good_ = false, 0;
    for (unsigned i = 0; i < 8; ++i)
      value |= std::uint64_t{static_cast<unsigned char>(bytes_[at_++])} << 8 * i;
    return value;
  }
  std::string_view text() {
    const auto size = number();
    if (size > bytes_.size() - at_) return is_good_ = false, std::string_view{};
    const auto text = bytes_.substr(at_, static_cast<std::size_t>(size));
    at_ += text.size();
    return text;
  }
  FileStamp stamp() {
    FileStamp stamp;
    stamp.name = text();
    stamp.size = number();
    stamp.modified = static_cast<std::int64_t>(number());
    stamp.changed = static_cast<std::int64_t>(number());
    stamp.inode = number();
    stamp.device = number();
    return stamp;
  }
  void align() {
    const auto past = at_ % xsd::kCacheAlignment;
    const auto gap = past == 0 ? 0 : xsd::kCacheAlignment - past;
    if (gap > bytes_.size() - at_) return void(is_good_ = false);
    at_ += gap;
  }
  [[nodiscard]] bool is_good() const noexcept { return is_good_; }
  [[nodiscard]] std::size_t at() const noexcept { return at_; }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  bool is_good_ = true;
};

bool are_old(const std::vector<FileStamp>& stamps, std::int64_t written) {
  return std::all_of(stamps.begin(), stamps.end(), [&](const FileStamp& stamp) {
    return std::max(stamp.modified, stamp.changed) < written - kYoung;
  });
}

// The schema may name files elsewhere: what is not among the stamps cannot be vouched for.
bool is_all_inside(const xsd::CompiledSchema& schema,
                   const fs::path& folder,
                   const std::vector<FileStamp>& stamps) {
  const auto sources = schema.sources();
  return std::all_of(sources.begin(), sources.end(), [&](const auto& source) {
    const auto name = fs::path{whole_path(std::string{schema.text(source.path)})}
                          .lexically_relative(whole_path(folder))
                          .generic_string();
    return std::any_of(
        stamps.begin(), stamps.end(), [&](const FileStamp& s) { return s.name == name; });
  });
}

}  // namespace

fs::path bundle_cache_file(const CachePlace& place, const fs::path& folder) {
  return place.folder / (digest::to_hex(digest::sha256(whole_path(folder))) + ".bundle");
}

std::optional<LoadedBundle> find_bundle_in(const CachePlace& place, const fs::path& folder) {
  if (place.folder.empty()) return std::nullopt;
  const auto cached = xsd::read_cache_file(bundle_cache_file(place, folder), kKind);
  if (!cached) return std::nullopt;
  const std::string_view block{reinterpret_cast<const char*>(cached->bytes.data()),
                               cached->bytes.size()};
  BlockReader reader{block};
  if (reader.text() != place.producer || reader.text() != whole_path(folder)) return std::nullopt;
  BundleName name{.id = "amparo", .version = {}, .digest = {}};
  name.version = reader.text();
  name.digest = reader.text();
  std::vector<FileStamp> stamps;
  for (auto left = reader.number(); left > 0 && reader.is_good(); --left)
    stamps.push_back(reader.stamp());
  const auto codes_text = reader.text();
  const auto tables_size = reader.number();
  reader.align();
  if (!reader.is_good() || tables_size > block.size() - reader.at()) return std::nullopt;
  auto codes = CodeLists::from_bytes(codes_text, cached->keeper);
  if (!codes) return std::nullopt;
  auto schema = xsd::CompiledSchema::from_bytes(
      cached->bytes.subspan(reader.at(), static_cast<std::size_t>(tables_size)), cached->keeper);
  if (!schema) return std::nullopt;
  LoadedBundle bundle{std::move(name), *std::move(codes), *std::move(schema)};

  const auto now = stamps_of(folder);
  if (!now) return std::nullopt;
  if (*now == stamps && are_old(stamps, cached->written)) return bundle;
  const auto digest = digest_of(folder);
  if (!digest || *digest != bundle.name.digest) return std::nullopt;
  // The same bytes, copied or touched: they need not be read again next time.
  const auto stored = store_bundle_in(place, folder, bundle, *now);
  static_cast<void>(stored);  // a cache that cannot be written costs time, nothing else
  return bundle;
}

Status store_bundle_in(const CachePlace& place,
                       const fs::path& folder,
                       const LoadedBundle& bundle,
                       const std::vector<FileStamp>& before) {
  if (place.folder.empty()) return Done{};
  const auto now = stamps_of(folder);
  if (!now || *now != before || !is_all_inside(bundle.schema, folder, before)) return Done{};
  BlockWriter writer;
  writer.text(place.producer);
  writer.text(whole_path(folder));
  writer.text(bundle.name.version);
  writer.text(bundle.name.digest);
  writer.number(before.size());
  for (const FileStamp& stamp : before) {
    writer.text(stamp.name);
    writer.number(stamp.size);
    writer.number(static_cast<std::uint64_t>(stamp.modified));
    writer.number(static_cast<std::uint64_t>(stamp.changed));
    writer.number(stamp.inode);
    writer.number(stamp.device);
  }
  writer.text(bundle.codes.bytes());
  const auto tables = bundle.schema.bytes();
  writer.number(tables.size());
  writer.align();
  writer.bytes.append(reinterpret_cast<const char*>(tables.data()), tables.size());
  return xsd::write_cache_file(
      bundle_cache_file(place, folder), kKind, std::as_bytes(std::span{writer.bytes}));
}

}  // namespace amparo
