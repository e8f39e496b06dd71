// SPDX-License-Identifier: Apache-2.0
// One file of a cache: a block of bytes with a sum before it. Nobody else can have written it, it
// appears whole or not at all, and what is damaged or foreign is as good as none.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>

#include "core/result.hpp"

namespace amparo::xsd {

inline constexpr std::size_t kCacheAlignment = 64;

/// What is in a file, for whom: another kind or version is not read.
struct CacheKind {
  std::array<char, 8> magic{};
  std::uint32_t version = 0;
};

/// A block that was read. It begins at a multiple of 64; `keeper` owns it.
struct CachedBlock {
  std::shared_ptr<const void> keeper{};
  std::span<const std::byte> bytes{};
  std::int64_t written = 0;  ///< nanoseconds on the clock of the file system
};

/// The block, when the file and its folder belong to the user, nobody else can write to them, and
/// the sum is right. The sum finds damage, not malice: whoever uses the block checks what it says.
[[nodiscard]] std::optional<CachedBlock> read_cache_file(const std::filesystem::path& file,
                                                         const CacheKind& kind);

/// Makes the folder (0700) when it is not there; writes to a temporary file (0600), then renames.
/// The block is filled up to a multiple of 64. Fails with Unwritable, also when somebody else could
/// write to the folder.
[[nodiscard]] Status write_cache_file(const std::filesystem::path& file,
                                      const CacheKind& kind,
                                      std::span<const std::byte> block);

}  // namespace amparo::xsd
