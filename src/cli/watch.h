// Has anything changed? Asks the file system for times and sizes, again and again: docs/decisions/0014 says why.
// Example: Watch watch(files); while (!watch.HasChanged(FindAgain())) Watch::Sleep();
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "cli/batch_inputs.h"

namespace asyncport::cli {

class Watch {
 public:
  explicit Watch(const std::vector<BatchFile>& files) : state_(StateOf(files)) {}

  // Since it was made, or since it last said so. Files that came or went count.
  bool HasChanged(const std::vector<BatchFile>& files);
  static void Sleep();

 private:
  struct Stamp {
    std::int64_t seconds = 0;
    std::int64_t nanoseconds = 0;
    std::int64_t size = -1;
    std::uint64_t inode = 0;  // editors that write atomically make a new file
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  using State = std::map<std::string, Stamp>;
  static State StateOf(const std::vector<BatchFile>& files);

  State state_;
};

}  // namespace asyncport::cli
