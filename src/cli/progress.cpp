// Writes over its own line, and clears it at the end.
#include "cli/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "cli/files.h"

namespace asyncport::cli {
namespace {

constexpr auto kPatience = std::chrono::milliseconds(500);
constexpr auto kTick = std::chrono::milliseconds(100);
constexpr auto kNap = std::chrono::milliseconds(10);

std::string Rounded(double number) {
  return number < 10 ? std::to_string(std::lround(number * 10) / 10) + "." +
                           std::to_string(std::lround(number * 10) % 10)
                     : std::to_string(std::lround(number));
}

// "12 s", "3 min 5 s", "2 h 10 min".
std::string Duration(double seconds) {
  const long all = std::lround(std::ceil(seconds));
  if (all < 60) return std::to_string(all) + " s";
  if (all < 3600) return std::to_string(all / 60) + " min " + std::to_string(all % 60) + " s";
  return std::to_string(all / 3600) + " h " + std::to_string(all % 3600 / 60) + " min";
}

}  // namespace

Progress::Progress(std::size_t total, std::string_view verb) : total_(total), verb_(verb) {
  if (total > 1 && ::isatty(STDERR_FILENO) == 1) thread_ = std::thread([this] { Run(); });
}

Progress::~Progress() {
  stop_ = true;
  if (thread_.joinable()) thread_.join();
}

void Progress::Run() {
  const auto start = std::chrono::steady_clock::now();
  auto next = start + kPatience;
  while (!stop_) {
    std::this_thread::sleep_for(kNap);
    if (std::chrono::steady_clock::now() < next) continue;
    next += kTick;
    shown_ = true;
    const std::size_t done = done_.load();
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const double rate = static_cast<double>(done) / seconds;
    std::string line = "\r" + std::string(verb_) + " " + std::to_string(done) + " of " +
                       std::to_string(total_) + " files";
    if (done != 0) {
      const double left = static_cast<double>(total_ - std::min(done, total_)) / rate;
      line += ", " + Rounded(rate) + "/s, " + Duration(left) + " left";
    }
    (void)WriteStream(STDERR_FILENO, line + "\x1b[K");
  }
  if (shown_) (void)WriteStream(STDERR_FILENO, "\r\x1b[K");
}

}  // namespace asyncport::cli
