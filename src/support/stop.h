// Taking back work that is being done: who starts it holds a StopScope, and long work asks CheckStop between its parts,
// which leaves it by an exception. Works for one thread; what was made so far is thrown away by whoever catches Stopped.
// Example: StopScope scope(&cancelled); Translate(...); throws Stopped soon after another thread sets `cancelled`.
#pragma once

#include <atomic>

namespace asyncport {

// No std::exception: nothing that guards against our own mistakes takes it for one.
struct Stopped {};

namespace stop_internal {
inline thread_local const std::atomic<bool>* flag = nullptr;
}

class StopScope {
 public:
  // Null: nothing stops this work.
  explicit StopScope(const std::atomic<bool>* flag) : before_(stop_internal::flag) {
    stop_internal::flag = flag;
  }
  ~StopScope() { stop_internal::flag = before_; }
  StopScope(const StopScope&) = delete;
  StopScope& operator=(const StopScope&) = delete;

 private:
  const std::atomic<bool>* before_;
};

inline void CheckStop() {
  const std::atomic<bool>* const flag = stop_internal::flag;
  if (flag != nullptr && flag->load(std::memory_order_relaxed)) throw Stopped{};
}

}  // namespace asyncport
