// Writes over its own line, and clears it at the end.
#include "cli/progress.h"

#include <unistd.h>

#include <string>

#include "cli/files.h"

namespace asyncport::cli {
namespace {

constexpr auto kPatience = std::chrono::milliseconds(500);
constexpr auto kTick = std::chrono::milliseconds(100);
constexpr auto kNap = std::chrono::milliseconds(10);

}  // namespace

Progress::Progress(std::size_t total) : total_(total) {
  if (total > 1 && ::isatty(STDERR_FILENO) == 1) thread_ = std::thread([this] { Run(); });
}

Progress::~Progress() {
  stop_ = true;
  if (thread_.joinable()) thread_.join();
}

void Progress::Run() {
  const auto start = std::chrono::steady_clock::now();
  auto next = start + kPatience;
  bool shown = false;
  while (!stop_) {
    std::this_thread::sleep_for(kNap);
    if (std::chrono::steady_clock::now() < next) continue;
    next += kTick;
    shown = true;
    (void)WriteStream(STDERR_FILENO, "\rchecked " + std::to_string(done_.load()) + " of " +
                                         std::to_string(total_) + " files");
  }
  if (shown) (void)WriteStream(STDERR_FILENO, "\r\x1b[K");
}

}  // namespace asyncport::cli
