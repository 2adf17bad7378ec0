// "Did you mean": the nearest of a few names to one that is not among them.
// Example: Nearest("--lesons", {"--lessons", "--force"}) is "--lessons".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace asyncport::cli {

// Empty where nothing is near enough to be what was meant.
std::string_view Nearest(std::string_view name, const std::vector<std::string_view>& candidates);

// "did you mean '--lessons'?" or "".
std::string DidYouMean(std::string_view name, const std::vector<std::string_view>& candidates);

}  // namespace asyncport::cli
