// SPDX-License-Identifier: Apache-2.0
#include "converter/id_key.hpp"

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "converter/messages.hpp"
#include "digest/random.hpp"
#include "digest/sha256.hpp"

namespace amparo::converter {

namespace {

constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kIdentifierCharacters = 26;

std::string why(int error) {
  return std::generic_category().message(error);
}

/// Closes its descriptor.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;
  [[nodiscard]] int get() const { return number_; }

 private:
  int number_;
};

// `count` groups of five bits from the front of `bytes`.
std::string crockford(const digest::Sha256Value& bytes, std::size_t count) {
  std::string out;
  unsigned held = 0;
  unsigned bits = 0;
  std::size_t next = 0;
  while (out.size() < count) {
    if (bits < 5) {
      held = (held << 8U) | bytes.at(next++);
      bits += 8;
    }
    bits -= 5;
    out += kCrockford[(held >> bits) & 0x1FU];
  }
  return out;
}

}  // namespace

Result<IdKey> IdKey::read(const std::filesystem::path& file, Language language) {
  const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (descriptor.get() < 0) {
    return fail(errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Unreadable,
                file.string() + ": " + why(errno));
  }
  struct ::stat status {};
  if (::fstat(descriptor.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return fail(ErrorCode::Unreadable,
                file.string() + ": " + error_text("key-not-regular", language));
  }
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return fail(ErrorCode::BadKey, file.string() + ": " + error_text("key-shared", language));
  }
  IdKey key;
  const bool has_size = status.st_size == static_cast<::off_t>(kIdKeyBytes);
  if (!has_size || ::read(descriptor.get(), key.bytes_.data(), kIdKeyBytes) !=
                       static_cast<::ssize_t>(kIdKeyBytes)) {
    return fail(ErrorCode::BadKey,
                file.string() + ": " +
                    error_text("key-size", language, {{"count", {std::to_string(kIdKeyBytes)}}}));
  }
  return key;
}

Status IdKey::create(const std::filesystem::path& file, Language language) {
  std::array<std::uint8_t, kIdKeyBytes> bytes{};
  if (auto status = digest::fill_random(bytes); !status) return status;
  const Descriptor descriptor(
      ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (descriptor.get() < 0) {
    if (errno == EEXIST) {
      return fail(ErrorCode::Unwritable, file.string() + ": " + error_text("key-exists", language));
    }
    return fail(ErrorCode::Unwritable, file.string() + ": " + why(errno));
  }
  if (::write(descriptor.get(), bytes.data(), bytes.size()) !=
          static_cast<::ssize_t>(bytes.size()) ||
      ::fsync(descriptor.get()) != 0) {
    const int error = errno;
    ::unlink(file.c_str());
    return fail(ErrorCode::Unwritable, file.string() + ": " + why(error));
  }
  return Done{};
}

Result<IdKey> IdKey::throw_away() {
  IdKey key;
  if (auto status = digest::fill_random(key.bytes_); !status) return Fail{status.error()};
  return key;
}

IdKey IdKey::from_bytes(std::array<std::uint8_t, kIdKeyBytes> bytes) {
  IdKey key;
  key.bytes_ = bytes;
  return key;
}

IdKey::~IdKey() {
  // Through volatile, or the compiler leaves out writes to memory that nobody reads again.
  volatile std::uint8_t* wipe = bytes_.data();
  for (std::size_t i = 0; i < kIdKeyBytes; ++i)
    wipe[i] = 0;
}

std::string IdKey::identifier(std::string_view kind,
                              std::string_view system,
                              std::string_view source_key) const {
  std::string message(system);
  message += '\0';
  message += source_key;
  return std::string(kind) + '-' +
         crockford(digest::hmac_sha256(bytes_, message), kIdentifierCharacters);
}

KeyMark IdKey::mark(std::string_view source_key) const {
  // A prefix of its own: no system of an identifier starts with a NUL.
  std::string message("\0mark\0", 6);
  message += source_key;
  const auto digest = digest::hmac_sha256(bytes_, message);
  KeyMark mark{};
  for (std::size_t i = 0; i < 16; ++i) {
    mark.at(i / 8) = (mark.at(i / 8) << 8U) | digest.at(i);
  }
  return mark;
}

std::string IdKey::fingerprint() const {
  return digest::to_hex(digest::hmac_sha256(bytes_, "fingerprint")).substr(0, 16);
}

}  // namespace amparo::converter
