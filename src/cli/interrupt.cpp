// See interrupt.h.
#include "cli/interrupt.h"

#include <signal.h>

namespace asyncport::cli {
namespace {

volatile std::sig_atomic_t g_signal = 0;

void Remember(int signal) { g_signal = signal; }

}  // namespace

Interrupts::Interrupts() {
  g_signal = 0;
  struct sigaction action = {};
  action.sa_handler = &Remember;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  ::sigemptyset(&action.sa_mask);
  ::sigaction(SIGINT, &action, &old_int_);
  ::sigaction(SIGTERM, &action, &old_term_);
  // Started in the background, a program is told to ignore SIGINT.
  if (old_int_.sa_handler == SIG_IGN) ::sigaction(SIGINT, &old_int_, nullptr);
}

Interrupts::~Interrupts() {
  ::sigaction(SIGINT, &old_int_, nullptr);
  ::sigaction(SIGTERM, &old_term_, nullptr);
}

int Interrupts::signal() const { return g_signal; }

}  // namespace asyncport::cli
