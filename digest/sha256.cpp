// SPDX-License-Identifier: Apache-2.0
#include "digest/sha256.hpp"

#include <new>

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace amparo::digest {

struct Sha256::State {
  struct Free {
    void operator()(EVP_MD_CTX* used) const noexcept { EVP_MD_CTX_free(used); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};

  // With SHA-256 of OpenSSL's default provider these calls fail for want of memory only.
  void begin() const {
    if (context == nullptr || EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) != 1) {
      throw std::bad_alloc();
    }
  }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  state_->begin();
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::string_view bytes) {
  if (EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) != 1) {
    throw std::bad_alloc();
  }
}

Sha256Value Sha256::finish() {
  Sha256Value out{};
  if (EVP_DigestFinal_ex(state_->context.get(), out.data(), nullptr) != 1) throw std::bad_alloc();
  state_->begin();
  return out;
}

Sha256Value sha256(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.finish();
}

Sha256Value hmac_sha256(std::span<const std::uint8_t> key, std::string_view message) {
  Sha256Value out{};
  unsigned int length = 0;
  // OpenSSL reads bytes through unsigned char; the cast changes the type of the view only.
  const auto* data = reinterpret_cast<const unsigned char*>(message.data());
  // An empty key is a key too, but a null pointer would mean "the key of the call before".
  static constexpr std::uint8_t kEmptyKey = 0;
  const std::uint8_t* key_data = key.empty() ? &kEmptyKey : key.data();
  if (HMAC(EVP_sha256(),
           key_data,
           static_cast<int>(key.size()),
           data,
           message.size(),
           out.data(),
           &length) == nullptr) {
    throw std::bad_alloc();
  }
  return out;
}

std::string to_hex(std::span<const std::uint8_t> bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    out.push_back(kDigits[byte >> 4U]);
    out.push_back(kDigits[byte & 0x0FU]);
  }
  return out;
}

}  // namespace amparo::digest
