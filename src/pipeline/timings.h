// How long the phases of a run took. The clock is the only thing here that is not a function of the source.
// Example: after { TimingsScope scope(t); Run(source, options); }, t.nanoseconds[kParse] is what parsing took.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace asyncport {

enum class Step : std::uint8_t {
  kRead, kParse, kLower, kAttach, kInfer, kTranslate, kCarry, kVerify, kEmit, kSelfCheck, kWrite, kCount
};
std::string_view Name(Step step);

struct Timings {
  std::array<std::uint64_t, static_cast<std::size_t>(Step::kCount)> nanoseconds = {};
  std::uint64_t bytes = 0;  // of the sources

  void Add(const Timings& other);
};
// One line for each step that took any time, then the sum.
std::string TimingsText(const Timings& timings);

// While it lives, the steps of this thread are timed.
class TimingsScope {
 public:
  explicit TimingsScope(Timings& timings);
  TimingsScope(const TimingsScope&) = delete;
  TimingsScope& operator=(const TimingsScope&) = delete;
  ~TimingsScope();

 private:
  Timings* outer_;
};
Timings* CurrentTimings();

// Adds the time that it lives to a step; nothing where nobody asked.
class Timer {
 public:
  using Clock = std::chrono::steady_clock;
  explicit Timer(Step step) : timings_(CurrentTimings()), step_(step) {
    if (timings_ != nullptr) start_ = Clock::now();
  }
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;
  ~Timer() {
    if (timings_ == nullptr) return;
    const auto took = std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - start_);
    timings_->nanoseconds[static_cast<std::size_t>(step_)] += static_cast<std::uint64_t>(took.count());
  }

 private:
  Timings* timings_;
  Step step_;
  Clock::time_point start_;
};

}  // namespace asyncport
