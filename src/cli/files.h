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
// Returns what went wrong.
std::optional<std::string> WriteStream(int descriptor, std::string_view text);

bool SameFile(const std::string& a, const std::string& b);
bool IsFile(const std::string& path);
bool Exists(const std::string& path);

}  // namespace asyncport::cli
