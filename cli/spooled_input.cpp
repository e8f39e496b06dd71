// SPDX-License-Identifier: Apache-2.0
#include "cli/spooled_input.hpp"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

namespace amparo::cli {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{1} << 20U;

Fail<Error> failure(ErrorCode code, const std::string& name, int error) {
  return fail(code, name + ": " + std::generic_category().message(error));
}

bool is_regular(int descriptor) {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

// A private file without a name.
int nameless_file() {
  std::error_code error;
  auto name = std::filesystem::temp_directory_path(error).string() + "/amparo-XXXXXX";
  if (error) return -1;
  const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor >= 0) ::unlink(name.c_str());
  return descriptor;
}

Status copy(Source& from, int to, const std::string& name) {
  std::vector<char> buffer(kChunkBytes);
  for (;;) {
    const auto got = from.read(buffer);
    if (!got) return Fail{got.error()};
    if (*got == 0) return Done{};
    for (std::size_t done = 0; done < *got;) {
      const auto put = ::write(to, buffer.data() + done, *got - done);
      if (put < 0 && errno == EINTR) continue;
      if (put <= 0) return failure(ErrorCode::Unwritable, name, errno);
      done += static_cast<std::size_t>(put);
    }
  }
}

}  // namespace

SpooledInput::SpooledInput(SpooledInput&& other) noexcept
    : descriptor_{std::exchange(other.descriptor_, -1)}, name_{std::move(other.name_)} {}

SpooledInput::~SpooledInput() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<SpooledInput> SpooledInput::create(const Input& input) {
  const auto name = display_name(input);
  if (input.path != "-") {
    const int file = ::open(input.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) {
      const int error = errno;
      return failure(
          error == ENOENT ? ErrorCode::NotFound : ErrorCode::Unreadable, input.path, error);
    }
    SpooledInput spooled{file, name};
    if (!is_regular(file)) return fail(ErrorCode::Unreadable, input.path + ": not a regular file");
    return spooled;
  }
  auto source = open_input(input);
  if (!source) return Fail{source.error()};
  SpooledInput spooled{nameless_file(), name};
  if (spooled.descriptor_ < 0) return failure(ErrorCode::Unwritable, name, errno);
  if (auto copied = copy(*source, spooled.descriptor_, name); !copied) {
    return Fail{copied.error()};
  }
  return spooled;
}

Result<Source> SpooledInput::open() const {
  if (::lseek(descriptor_, 0, SEEK_SET) != 0) return failure(ErrorCode::Unreadable, name_, errno);
  return Source::from_stream(name_, descriptor_stream(descriptor_, name_));
}

}  // namespace amparo::cli
