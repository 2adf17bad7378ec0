// SIGINT and SIGTERM as something to ask for: a long run ends after the files at hand. A second signal kills.
// Example: Interrupts interrupts; ... if (interrupts.signal() != 0) return interrupts.exit_code();
#pragma once

#include <csignal>

namespace asyncport::cli {

// One at a time.
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  int signal() const;                              // 0: none came
  int exit_code() const { return 128 + signal(); }  // as shells count

 private:
  struct sigaction old_int_ = {};
  struct sigaction old_term_ = {};
};

}  // namespace asyncport::cli
