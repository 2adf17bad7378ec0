// A line on a terminal that says how far a long run is; nothing anywhere else, and nothing in the first half second.
// Example: "checked 1200 of 10000 files".
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <thread>

namespace asyncport::cli {

class Progress {
 public:
  explicit Progress(std::size_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void Step() { done_.fetch_add(1, std::memory_order_relaxed); }

 private:
  void Run();

  std::size_t total_;
  std::atomic<std::size_t> done_{0};
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace asyncport::cli
