// What happens when one of our own invariants breaks.
#include "support/check.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace asyncport {

void CheckFailed(const char* file, int line, const char* condition, std::string message, Span span) {
#ifdef NDEBUG
  throw InternalError{std::string(file) + ":" + std::to_string(line),
                      message + " (" + condition + ")", span};
#else
  std::fprintf(stderr, "%s:%d: check failed: %s: %s (bytes %u to %u)\n", file, line, condition,
               message.c_str(), span.begin, span.end);
  std::abort();
#endif
}

}  // namespace asyncport
