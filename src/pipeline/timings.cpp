// See timings.h.
#include "pipeline/timings.h"

#include <cstdio>

namespace asyncport {

namespace {

thread_local Timings* g_timings = nullptr;

}  // namespace

TimingsScope::TimingsScope(Timings& timings) : outer_(g_timings) { g_timings = &timings; }
TimingsScope::~TimingsScope() { g_timings = outer_; }
Timings* CurrentTimings() { return g_timings; }

std::string_view Name(Step step) {
  constexpr std::string_view kNames[] = {"read",  "parse",  "lower", "attach",     "infer", "translate",
                                         "carry", "verify", "emit",  "self-check", "write"};
  return kNames[static_cast<std::size_t>(step)];
}

void Timings::Add(const Timings& other) {
  for (std::size_t i = 0; i < nanoseconds.size(); ++i) nanoseconds[i] += other.nanoseconds[i];
  bytes += other.bytes;
}

std::string TimingsText(const Timings& timings) {
  std::uint64_t sum = 0;
  for (const std::uint64_t part : timings.nanoseconds) sum += part;
  std::string out;
  char line[96];
  const auto add = [&](std::string_view name, std::uint64_t part) {
    std::snprintf(line, sizeof line, "%-10.*s %10.3f ms  %5.1f %%\n", static_cast<int>(name.size()), name.data(),
                  static_cast<double>(part) / 1e6,
                  sum == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(sum));
    out += line;
  };
  for (std::size_t i = 0; i < timings.nanoseconds.size(); ++i) {
    if (timings.nanoseconds[i] != 0) add(Name(static_cast<Step>(i)), timings.nanoseconds[i]);
  }
  add("sum", sum);
  if (timings.bytes != 0 && sum != 0) {
    std::snprintf(line, sizeof line, "%-10s %10.3f MB, %.2f MB/s\n", "source",
                  static_cast<double>(timings.bytes) / 1e6,
                  static_cast<double>(timings.bytes) * 1e3 / static_cast<double>(sum));
    out += line;
  }
  return out;
}

}  // namespace asyncport
