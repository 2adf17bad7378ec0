// Reading and writing whole files, and bytes to a stream. All messages are for people and name no file.
// Example: WriteFile("out.py", text, {}) makes out.py appear with all of the text, or not at all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "support/result.h"

namespace asyncport::cli {

// At most `max_bytes`: a larger file is an error that is told before all of it is read.
Result<std::string> ReadFile(const std::string& path, std::uint64_t max_bytes);
Result<std::string> ReadStream(int descriptor, std::uint64_t max_bytes);

struct WriteOptions {
  bool force = false;               // overwrite
  std::string permissions_of = {};  // a new file gets the permissions of this one, if it exists
};
// Why WriteFile would refuse this path, if it would: to be asked before the work is done.
std::optional<std::string> WhyNotWritable(const std::string& path, const WriteOptions& options);
// Writes a new file beside `path` and renames it, so that no reader sees half of it. A file that is overwritten keeps
// its permissions; a symbolic link stays and its target is written. Returns what went wrong.
std::optional<std::string> WriteFile(const std::string& path, std::string_view text,
                                     const WriteOptions& options);
// The same in parts, for what is too large to be kept: nothing is to be seen at `path` before Commit.
class AtomicFile {
 public:
  AtomicFile(std::string path, WriteOptions options);
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  ~AtomicFile();

  // Each returns what went wrong.
  std::optional<std::string> Open();
  std::optional<std::string> Write(std::string_view text);
  std::optional<std::string> Commit();

 private:
  std::optional<std::string> OpenNamed();

  std::string path_;
  WriteOptions options_;
  std::string target_;     // where a symbolic link leads to
  std::string temporary_;  // empty: the file has no name yet
  int descriptor_ = -1;
  bool in_place_ = false;  // a device or a pipe: there is nothing to replace
  unsigned mode_ = 0;
};

// Returns what went wrong.
std::optional<std::string> WriteStream(int descriptor, std::string_view text);

// Makes the folder and those around it. Returns what went wrong.
std::optional<std::string> MakeFolders(const std::string& path);

bool SameFile(const std::string& a, const std::string& b);
bool IsFile(const std::string& path);
bool Exists(const std::string& path);

}  // namespace asyncport::cli
