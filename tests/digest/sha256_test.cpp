// SPDX-License-Identifier: Apache-2.0
#include "digest/sha256.hpp"

#include <vector>

#include <catch2/catch.hpp>

namespace amparo::digest {
namespace {

TEST_CASE("sha256 gives the values of FIPS 180-4", "[digest][sha256]") {
  CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(sha256("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(to_hex(sha256(std::string(1000000, 'a'))) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("bytes in pieces give the digest of the whole, and finish begins anew",
          "[digest][sha256]") {
  Sha256 hash;
  hash.update("a");
  hash.update("");
  hash.update("bc");
  CHECK(hash.finish() == sha256("abc"));
  CHECK(hash.finish() == sha256(""));
}

TEST_CASE("hmac_sha256 gives the values of RFC 4231", "[digest][sha256]") {
  struct Case {
    std::vector<std::uint8_t> key;
    std::string message, mac;
  };
  const auto c =
      GENERATE(Case{std::vector<std::uint8_t>(20, 0x0b),
                    "Hi There",
                    "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
               Case{{'J', 'e', 'f', 'e'},
                    "what do ya want for nothing?",
                    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
               Case{std::vector<std::uint8_t>(131, 0xaa),
                    "Test Using Larger Than Block-Size Key - Hash Key First",
                    "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
               Case{{}, "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"});
  CAPTURE(c.message);
  CHECK(to_hex(hmac_sha256(c.key, c.message)) == c.mac);
}

}  // namespace
}  // namespace amparo::digest
