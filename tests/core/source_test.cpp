// SPDX-License-Identifier: Apache-2.0
#include "core/source.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

using namespace amparo;

namespace {

class SlowStream final : public ByteStream {
 public:
  explicit SlowStream(std::string bytes) : bytes_{std::move(bytes)} {}
  Result<std::size_t> read(std::span<char> into) override {
    const auto n = std::min({into.size(), bytes_.size() - at_, std::size_t{3}});
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(at_), n, into.begin());
    at_ += n;
    return n;
  }

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

}  // namespace

TEST_CASE("A window slides over a stream of any size in constant memory", "[core][source]") {
  std::string bytes;
  for (int i = 0; i < 10'000; ++i)
    bytes += std::to_string(i) + "\n";
  auto source = Source::from_stream("s", std::make_unique<SlowStream>(bytes), 16);
  std::string seen;
  for (;;) {
    const auto got = source.more();
    REQUIRE(got);
    if (*got == 0) break;
    REQUIRE(source.window_begin() == seen.size());
    seen += source.window();
    source.release(source.window_end());
  }
  CHECK(seen == bytes);
  CHECK(source.window().empty());
  CHECK(source.window_end() == bytes.size());
}

TEST_CASE("A window grows until it is released and keeps what is not released", "[core][source]") {
  auto source = Source::from_stream("s", std::make_unique<SlowStream>("abcdefghij"), 4);
  REQUIRE(source.more());
  REQUIRE(source.more());
  CHECK(source.window() == "abcdef");
  source.release(5);
  CHECK(source.window() == "f");
  CHECK(source.window_begin() == 5);
  while (*source.more() != 0) {
  }
  CHECK(source.window() == "fghij");
}

TEST_CASE("read_all refuses what is larger than asked for", "[core][source]") {
  auto source = Source::from_string("big", std::string(11, 'x'));
  const auto all = read_all(source, 10);
  REQUIRE_FALSE(all);
  CHECK(all.error().code == ErrorCode::TooLarge);
  CHECK(all.error().message == "big: larger than 10 bytes");
}

TEST_CASE("Only regular files are opened", "[core][source]") {
  const auto missing = Source::open("/nonexistent/file.xml");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::NotFound);
  CHECK(missing.error().message == "/nonexistent/file.xml: No such file or directory");
  const auto folder = Source::open("/tmp");
  REQUIRE_FALSE(folder);
  CHECK(folder.error().message == "/tmp: not a regular file");
  CHECK_FALSE(Source::open("/dev/zero"));
}
