// AP_CHECK: our own mistakes. Debug and fuzz builds abort; release builds throw InternalError, which only the border of
// the library (pipeline/) catches and turns into an `internal-error` diagnostic, so that a bug costs one file.
#pragma once

#include <string>

#include "support/span.h"

namespace asyncport {

struct InternalError {
  std::string phase;    // the source file that failed its check
  std::string message;
  Span span;
};

[[noreturn]] void CheckFailed(const char* file, int line, const char* condition, std::string message,
                              Span span = {});

}  // namespace asyncport

// Optional third argument: the span of the node at hand.
#define AP_CHECK(condition, ...)                                                \
  do {                                                                       \
    if (!(condition)) {                                                      \
      ::asyncport::CheckFailed(__FILE__, __LINE__, #condition, __VA_ARGS__); \
    }                                                                        \
  } while (false)
