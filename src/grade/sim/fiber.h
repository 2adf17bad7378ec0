// Stacks of their own for tasks and generators, so that walking a tree may stop in the middle of an expression and go on
// later. Nothing runs at the same time: one fiber at a time, chosen by the machine.
// Example: Fiber f(stack, [&] { ... f.Suspend(); ... }); f.Resume(); runs up to the Suspend.
#pragma once

#include <ucontext.h>

#include <cstddef>
#include <functional>

namespace asyncport::grade::sim {

// Thrown at the point where a fiber waits, to unwind it when the world ends.
struct Unwind {};

struct Fiber {
  explicit Fiber(std::function<void()> body);
  ~Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;

  void Resume();        // returns when it suspends or ends
  void Suspend();       // called by itself; throws Unwind if the world ends
  void Kill();          // unwinds it
  bool IsFull() const;  // too little is left of the stack; asked by itself

  bool done = false;
  bool killed = false;
  bool begun = false;

 private:
  static void Enter(unsigned high, unsigned low);
  void Start();

  std::function<void()> body_;
  void* stack_ = nullptr;
  ucontext_t context_{};
  ucontext_t resumer_{};
  void* fake_stack_ = nullptr;  // AddressSanitizer's
  void* resumer_fake_ = nullptr;
  const void* resumer_bottom_ = nullptr;
  std::size_t resumer_size_ = 0;
};

}  // namespace asyncport::grade::sim
