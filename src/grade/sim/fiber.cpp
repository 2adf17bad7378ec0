// ucontext, with what AddressSanitizer wants to be told. See fiber.h.
#include "grade/sim/fiber.h"

#include <sys/mman.h>

#include <cstdint>
#include <new>
#include <utility>

#if defined(__SANITIZE_ADDRESS__)
#define AP_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define AP_ASAN 1
#endif
#endif
#ifdef AP_ASAN
#include <sanitizer/common_interface_defs.h>
#endif

namespace asyncport::grade::sim {
namespace {

#ifdef AP_ASAN
constexpr std::size_t kStack = 16u << 20;
#else
constexpr std::size_t kStack = 1u << 20;
#endif

}  // namespace

Fiber::Fiber(std::function<void()> body) : body_(std::move(body)) {
  // Pages come into being when they are touched.
  stack_ = ::mmap(nullptr, kStack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (stack_ == MAP_FAILED) throw std::bad_alloc();
  ::getcontext(&context_);
  context_.uc_stack.ss_sp = stack_;
  context_.uc_stack.ss_size = kStack;
  context_.uc_link = nullptr;
  const auto address = reinterpret_cast<std::uintptr_t>(this);
  ::makecontext(&context_, reinterpret_cast<void (*)()>(&Fiber::Enter), 2,
                static_cast<unsigned>(static_cast<std::uint64_t>(address) >> 32),
                static_cast<unsigned>(address & 0xffffffffu));
}

Fiber::~Fiber() { ::munmap(stack_, kStack); }

void Fiber::Enter(unsigned high, unsigned low) {
  const auto address = static_cast<std::uintptr_t>(static_cast<std::uint64_t>(high) << 32 | low);
  reinterpret_cast<Fiber*>(address)->Start();
}

void Fiber::Start() {
#ifdef AP_ASAN
  __sanitizer_finish_switch_fiber(nullptr, &resumer_bottom_, &resumer_size_);
#endif
  begun = true;
  if (!killed) {
    try {
      body_();
    } catch (const Unwind&) {
    }
  }
  done = true;
#ifdef AP_ASAN
  __sanitizer_start_switch_fiber(nullptr, resumer_bottom_, resumer_size_);
#endif
  ::swapcontext(&context_, &resumer_);
}

void Fiber::Resume() {
  if (done) return;
#ifdef AP_ASAN
  __sanitizer_start_switch_fiber(&resumer_fake_, stack_, kStack);
#endif
  ::swapcontext(&resumer_, &context_);
#ifdef AP_ASAN
  __sanitizer_finish_switch_fiber(resumer_fake_, nullptr, nullptr);
#endif
}

void Fiber::Suspend() {
#ifdef AP_ASAN
  __sanitizer_start_switch_fiber(&fake_stack_, resumer_bottom_, resumer_size_);
#endif
  ::swapcontext(&context_, &resumer_);
#ifdef AP_ASAN
  __sanitizer_finish_switch_fiber(fake_stack_, &resumer_bottom_, &resumer_size_);
#endif
  if (killed) throw Unwind{};
}

bool Fiber::IsFull() const {
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  return here < reinterpret_cast<std::uintptr_t>(stack_) + kStack / 4;
}

void Fiber::Kill() {
  if (done) return;
  killed = true;
  Resume();
}

}  // namespace asyncport::grade::sim
