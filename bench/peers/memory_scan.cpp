// SPDX-License-Identifier: Apache-2.0
// memory_scan FILE: reads the file in pieces and adds up its words: what any program that looks at
// every byte must at least spend.
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <vector>

int main(int argc, char** argv) {
  const int file = argc == 2 ? ::open(argv[1], O_RDONLY) : -1;
  if (file < 0) return 2;
  std::vector<char> piece(std::size_t{1} << 20U);
  std::uint64_t sum = 0;
  for (;;) {
    const ssize_t got = ::read(file, piece.data(), piece.size());
    if (got <= 0) break;
    const std::size_t words = static_cast<std::size_t>(got) / sizeof(std::uint64_t);
    for (std::size_t i = 0; i < words; ++i) {
      std::uint64_t word = 0;
      std::memcpy(&word, piece.data() + i * sizeof word, sizeof word);
      sum += word;
    }
  }
  ::close(file);
  std::printf("%llu\n", static_cast<unsigned long long>(sum));
  return 0;
}
