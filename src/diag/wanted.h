// Which findings a user wants to see, by the ids that were selected and ignored.
// Example: IsWanted(a floating-promise, {}, {"floating-promise"}) is false.
#pragma once

#include <string>
#include <vector>

#include "diag/diagnostic.h"

namespace asyncport::diag {

// `select`: ids; empty: all. What keeps a file from being read, and our own failures, cannot be deselected.
bool IsWanted(const Diagnostic& diagnostic, const std::vector<std::string>& select,
              const std::vector<std::string>& ignore);

// The ids that may be fixed then, sorted.
std::vector<std::string> WantedIds(const std::vector<std::string>& select,
                                   const std::vector<std::string>& ignore);

}  // namespace asyncport::diag
