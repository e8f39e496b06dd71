// SPDX-License-Identifier: Apache-2.0
#include "cli/output_file.hpp"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace amparo::cli {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{256} << 10U;

std::string why(int error) {
  return std::generic_category().message(error);
}

std::string folder_of(const std::string& path) {
  const auto parent = std::filesystem::path(path).parent_path();
  return parent.empty() ? "." : parent.string();
}

}  // namespace

OutputFile::OutputFile(std::string target, std::string place, std::string temporary, int descriptor)
    : target_{std::move(target)},
      place_{std::move(place)},
      temporary_{std::move(temporary)},
      descriptor_{descriptor} {
  if (!is_standard_output()) guard_ = std::make_unique<TemporaryGuard>(temporary_);
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : target_{std::move(other.target_)},
      place_{std::move(other.place_)},
      temporary_{std::move(other.temporary_)},
      descriptor_{std::exchange(other.descriptor_, -1)},
      buffer_{std::move(other.buffer_)},
      guard_{std::move(other.guard_)} {}

Result<OutputFile> OutputFile::create(const std::string& target) {
  if (target == "-") return OutputFile{target, target, "-", STDOUT_FILENO};
  std::error_code error;
  const auto status = std::filesystem::status(target, error);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    return fail(ErrorCode::Unwritable, target + ": is not a regular file");
  }
  std::string place = target;
  if (std::filesystem::is_symlink(std::filesystem::symlink_status(target, error))) {
    place = std::filesystem::weakly_canonical(target, error).string();
    if (error) return fail(ErrorCode::Unwritable, target + ": " + error.message());
  }
  // mkstemp makes it with mode 0600 whatever the umask, and never opens a file that is there.
  std::string temporary = place + ".part.XXXXXX";
  const int descriptor = ::mkstemp(temporary.data());
  if (descriptor < 0) return fail(ErrorCode::Unwritable, target + ": " + why(errno));
  ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  return OutputFile{target, std::move(place), std::move(temporary), descriptor};
}

OutputFile::~OutputFile() {
  if (descriptor_ < 0 || is_standard_output()) return;
  ::close(descriptor_);
  ::unlink(temporary_.c_str());
}

Status OutputFile::write(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() < kBufferBytes) return Done{};
  return flush();
}

Status OutputFile::flush() {
  auto status = write_out(buffer_);
  buffer_.clear();
  return status;
}

Status OutputFile::write_out(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return cannot_write(errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return Done{};
}

Status OutputFile::commit() {
  if (auto status = flush(); !status) return status;
  if (is_standard_output()) return Done{};
  // Some disks tell only here that there was no room for what write() took.
  if (::fsync(descriptor_) != 0) return cannot_write(errno);
  if (::close(std::exchange(descriptor_, -1)) != 0) {
    const int error = errno;
    ::unlink(temporary_.c_str());
    return cannot_write(error);
  }
  if (::rename(temporary_.c_str(), place_.c_str()) != 0) {
    const int error = errno;
    ::unlink(temporary_.c_str());
    return cannot_write(error);
  }
  guard_.reset();
  sync_folder();
  return Done{};
}

void OutputFile::place_beside(const std::string& name) {
  if (is_standard_output()) return;
  // In the folder of the temporary file: a rename does not cross disks.
  const auto beside =
      std::filesystem::path(place_).parent_path() / std::filesystem::path(name).filename();
  place_ = target_ = beside.string();
}

// The rename itself must survive a power cut; where a folder cannot be synced, that is all we lose.
void OutputFile::sync_folder() const {
  const int folder = ::open(folder_of(place_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  ::fsync(folder);
  ::close(folder);
}

Fail<Error> OutputFile::cannot_write(int error) const {
  return fail(ErrorCode::Unwritable, target_ + ": " + why(error));
}

Status write_file(const std::string& target, std::string_view bytes) {
  auto file = OutputFile::create(target);
  if (!file) return Fail{file.error()};
  if (auto status = file->write(bytes); !status) return status;
  return file->commit();
}

}  // namespace amparo::cli
