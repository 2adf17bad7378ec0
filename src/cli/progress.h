// A line on a terminal that says how far a long run is; nothing anywhere else, and nothing in the first half second.
// Example: "checked 1200 of 10000 files, 800/s, 11 s left".
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <thread>

namespace asyncport::cli {

class Progress {
 public:
  explicit Progress(std::size_t total, std::string_view verb = "checked");
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // To be written before any other text: takes the line away, if there is one.
  std::string Erased() const { return shown_ ? "\r\x1b[K" : ""; }
  void Step() { done_.fetch_add(1, std::memory_order_relaxed); }

 private:
  void Run();

  std::size_t total_;
  std::string_view verb_;
  std::atomic<std::size_t> done_{0};
  std::atomic<bool> stop_{false};
  std::atomic<bool> shown_{false};
  std::thread thread_;
};

}  // namespace asyncport::cli
