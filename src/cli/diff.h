// Unified diffs, as `patch` and `git apply` read them.
// Example: UnifiedDiff("a.js", "f();\n", "await f();\n") has a line `-f();` and a line `+await f();`.
#pragma once

#include <string>
#include <string_view>

namespace asyncport::cli {

// Empty where the texts are equal.
std::string UnifiedDiff(const std::string& name, std::string_view before, std::string_view after);

}  // namespace asyncport::cli
