// See watch.h.
#include "cli/watch.h"

#include <sys/stat.h>

#include <chrono>
#include <thread>

namespace asyncport::cli {

Watch::State Watch::StateOf(const std::vector<BatchFile>& files) {
  State state;
  for (const BatchFile& file : files) {
    struct stat status;
    Stamp stamp;
    if (::stat(file.path.c_str(), &status) == 0) {
      stamp = {status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_size, status.st_ino};
    }
    state.emplace(file.path, stamp);
  }
  return state;
}

bool Watch::HasChanged(const std::vector<BatchFile>& files) {
  State now = StateOf(files);
  if (now == state_) return false;
  state_ = std::move(now);
  return true;
}

void Watch::Sleep() { std::this_thread::sleep_for(std::chrono::milliseconds(200)); }

}  // namespace asyncport::cli
