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

// With the slash; empty: the folder at hand.
std::string FolderOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash + 1);
}

// Asking for the mask sets it for a moment, for all threads: once is enough.
mode_t DefaultMode() {
  static const mode_t mode = [] {
    const mode_t mask = ::umask(0);
    ::umask(mask);
    return static_cast<mode_t>(0666 & ~mask);
  }();
  return mode;
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

AtomicFile::AtomicFile(std::string path, WriteOptions options)
    : path_(std::move(path)), options_(std::move(options)) {}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

std::optional<std::string> AtomicFile::Open() {
  if (std::optional<std::string> why = WhyNotWritable(path_, options_)) return why;
  struct stat status;
  const bool exists = ::stat(path_.c_str(), &status) == 0;
  if (exists && !S_ISREG(status.st_mode)) {
    in_place_ = true;
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
    return descriptor_ < 0 ? std::optional(Why(errno)) : std::nullopt;
  }
  target_ = exists ? Target(path_) : path_;
  struct stat like;
  mode_ = DefaultMode();
  if (exists) {
    mode_ = status.st_mode & 0777;
  } else if (!options_.permissions_of.empty() &&
             ::stat(options_.permissions_of.c_str(), &like) == 0) {
    // Never more open than the source, and writable for us.
    mode_ = (like.st_mode & 0777) | 0200;
  }
#ifdef O_TMPFILE
  // A file without a name disappears by itself if we are killed.
  const std::string folder = FolderOf(target_);
  descriptor_ = ::open(folder.empty() ? "." : folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  if (descriptor_ >= 0) return std::nullopt;
#endif
  return OpenNamed();
}

std::optional<std::string> AtomicFile::OpenNamed() {
  temporary_ = FolderOf(target_) + ".asyncport-XXXXXX";
  descriptor_ = ::mkostemp(temporary_.data(), O_CLOEXEC);
  if (descriptor_ >= 0) return std::nullopt;
  temporary_.clear();
  return errno == ENOENT ? std::string("its folder does not exist") : Why(errno);
}

std::optional<std::string> AtomicFile::Write(std::string_view text) {
  return WriteStream(descriptor_, text);
}

std::optional<std::string> AtomicFile::Commit() {
  if (in_place_) return std::nullopt;
  if (::fchmod(descriptor_, mode_) != 0) return Why(errno);
  if (temporary_.empty()) {
    const std::string self = "/proc/self/fd/" + std::to_string(descriptor_);
    const auto link = [&](const std::string& name) {
      return ::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0;
    };
    if (link(target_)) return std::nullopt;
    if (errno == EEXIST && !options_.force) return "it exists already";
    if (errno != EEXIST) return Why(errno);
    // Only a rename replaces what is there, and that takes a name.
    for (int i = 0; i < 100; ++i) {
      temporary_ = FolderOf(target_) + ".asyncport-" + std::to_string(::getpid()) + "-" +
                   std::to_string(descriptor_) + "-" + std::to_string(i);
      if (link(temporary_)) break;
      if (errno != EEXIST) {
        temporary_.clear();
        return Why(errno);
      }
    }
  } else if (!options_.force) {
    // A hard link fails where the target came to exist meanwhile, which rename would overwrite.
    if (::link(temporary_.c_str(), target_.c_str()) == 0) return std::nullopt;
    if (errno == EEXIST) return "it exists already";
  }
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) return Why(errno);
  temporary_.clear();
  return std::nullopt;
}

std::optional<std::string> WriteFile(const std::string& path, std::string_view text,
                                     const WriteOptions& options) {
  AtomicFile file(path, options);
  if (std::optional<std::string> why = file.Open()) return why;
  if (std::optional<std::string> why = file.Write(text)) return why;
  return file.Commit();
}

std::optional<std::string> MakeFolders(const std::string& path) {
  for (std::size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
    const std::string folder = path.substr(0, slash);
    if (::mkdir(folder.c_str(), 0777) != 0 && errno != EEXIST) return Why(errno);
    if (slash == std::string::npos) break;
  }
  struct stat status;
  if (::stat(path.c_str(), &status) != 0) return Why(errno);
  return S_ISDIR(status.st_mode) ? std::nullopt : std::optional<std::string>("it is a file, not a folder");
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
