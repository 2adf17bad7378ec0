// The border of the library for reading without translating: source text in, what there is to say about it out.
// Example: Check(source "save();" with an async `save`, {.language = kJs}) finds a floating-promise.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "support/language.h"
#include "support/source.h"

namespace asyncport {

struct CheckOptions {
  Language language = Language::kJs;
  std::vector<std::string> async_names;  // see Options
  std::uint32_t max_nesting = 500;
  std::uint32_t parse_deadline_ms = 10'000;
};

struct Checked {
  bool whole = true;                          // false: it does not parse, is too deep, or we failed
  std::vector<diag::Diagnostic> diagnostics;  // sorted; suppressed ones are left out
};

Checked Check(const Source& source, const CheckOptions& options);

// Applies fixes, looks again, and so on until nothing is left to fix. A fix whose result does not parse is not applied:
// `whole` is false then, and `text` is the source's.
struct Fixed {
  std::string text;
  std::size_t applied = 0;
  Checked rest;  // what is found in `text`
};
// `ids`: those that may be fixed, sorted; empty: all.
Fixed Fix(const Source& source, const CheckOptions& options, bool unsafe,
          const std::vector<std::string>& ids);

}  // namespace asyncport
