// SPDX-License-Identifier: Apache-2.0
#include "digest/random.hpp"

#include <openssl/rand.h>

namespace amparo::digest {

Status fill_random(std::span<std::uint8_t> out) {
  if (RAND_bytes(out.data(), static_cast<int>(out.size())) != 1) {
    return fail(ErrorCode::Unreadable, "random generator: the system gives no random bytes");
  }
  return Done{};
}

}  // namespace amparo::digest
