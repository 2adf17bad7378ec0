// POSIX files: everything is read and written whole.
#include "cli/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace asyncport::cli {
namespace {

std::string Why(int error) {
  switch (error) {
    case ENOENT:
      return "there is no such file";
    case EISDIR:
      return "it is a directory, not a file";
    case EACCES:
    case EPERM:
      return "permission denied";
    case EPIPE:
      return "nobody reads it any more (the pipe was closed)";
    case EBADF:
      return "it is closed";
    case ENOSPC:
      return "no space left on the device";
    default:
      return std::strerror(error);
  }
}

std::string TooLarge(std::uint64_t max_bytes) {
  return "it is larger than " + std::to_string(max_bytes) +
         " bytes; `--max-bytes` raises the limit";
}

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  int get() const { return value_; }

 private:
  int value_;
};

// The file that a symbolic link leads to, so that the link is kept.
std::string Target(const std::string& path) {
  char* resolved = ::realpath(path.c_str(), nullptr);
  if (resolved == nullptr) return path;
  std::string target = resolved;
  std::free(resolved);
  return target;
}

mode_t DefaultMode() {
  mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

}  // namespace

Result<std::string> ReadStream(int descriptor, std::uint64_t max_bytes) {
  std::string text;
  struct stat status;
  std::uint64_t expected = 0;
  if (::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode))
    expected = static_cast<std::uint64_t>(status.st_size);
  if (expected > max_bytes) return Error{TooLarge(max_bytes)};
  std::uint64_t used = 0;
  for (;;) {
    if (used == text.size())
      text.resize(std::max<std::uint64_t>(used * 2, std::max<std::uint64_t>(expected + 1, 4096)));
    ssize_t count = ::read(descriptor, text.data() + used, text.size() - used);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Error{Why(errno)};
    if (count == 0) break;
    used += static_cast<std::uint64_t>(count);
    if (used > max_bytes) return Error{TooLarge(max_bytes)};
  }
  text.resize(used);
  return text;
}

Result<std::string> ReadFile(const std::string& path, std::uint64_t max_bytes) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return Error{Why(errno)};
  return ReadStream(file.get(), max_bytes);
}

std::optional<std::string> WriteStream(int descriptor, std::string_view text) {
  while (!text.empty()) {
    ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Why(errno);
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return std::nullopt;
}

std::optional<std::string> WhyNotWritable(const std::string& path, const WriteOptions& options) {
  struct stat status;
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  if (S_ISDIR(status.st_mode)) return Why(EISDIR);
  if (S_ISREG(status.st_mode) && !options.force) return "it exists already";
  return std::nullopt;
}

std::optional<std::string> WriteFile(const std::string& path, std::string_view text,
                                     const WriteOptions& options) {
  if (std::optional<std::string> why = WhyNotWritable(path, options)) return why;
  struct stat status;
  bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && !S_ISREG(status.st_mode)) {
    // A device or a pipe: there is nothing to replace.
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (file.get() < 0) return Why(errno);
    return WriteStream(file.get(), text);
  }
  std::string target = exists ? Target(path) : path;
  mode_t mode = DefaultMode();
  struct stat like;
  if (exists) {
    mode = status.st_mode & 0777;
  } else if (!options.permissions_of.empty() &&
             ::stat(options.permissions_of.c_str(), &like) == 0) {
    // Never more open than the source, and writable for us.
    mode = (like.st_mode & 0777) | 0200;
  }
  std::size_t slash = target.rfind('/');
  std::string folder = slash == std::string::npos ? "" : target.substr(0, slash + 1);
  std::string temporary = folder + ".asyncport-XXXXXX";
  Descriptor file(::mkstemp(temporary.data()));
  if (file.get() < 0)
    return errno == ENOENT ? std::string("its folder does not exist") : Why(errno);
  std::optional<std::string> why = WriteStream(file.get(), text);
  if (!why && ::fchmod(file.get(), mode) != 0) why = Why(errno);
  if (!why) {
    // A hard link fails where the target came to exist meanwhile, which rename would overwrite.
    bool linked = !options.force && ::link(temporary.c_str(), target.c_str()) == 0;
    if (!linked && !options.force && errno == EEXIST) {
      why = "it exists already";
    } else if (!linked && ::rename(temporary.c_str(), target.c_str()) == 0) {
      return std::nullopt;
    } else if (!linked) {
      why = Why(errno);
    }
  }
  ::unlink(temporary.c_str());
  return why;
}

bool SameFile(const std::string& a, const std::string& b) {
  struct stat one;
  struct stat two;
  return ::stat(a.c_str(), &one) == 0 && ::stat(b.c_str(), &two) == 0 && one.st_dev == two.st_dev &&
         one.st_ino == two.st_ino;
}

bool IsFile(const std::string& path) {
  struct stat status;
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

bool Exists(const std::string& path) {
  struct stat status;
  return ::lstat(path.c_str(), &status) == 0;
}

}  // namespace asyncport::cli
