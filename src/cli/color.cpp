// The environment variables that tools agreed on.
#include "cli/color.h"

#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace asyncport::cli {
namespace {

bool IsSet(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0' && std::string_view(value) != "0";
}

}  // namespace

// NO_COLOR holds with any value but the empty one.
bool WantsColor(ColorMode mode, int descriptor) {
  if (mode != ColorMode::kAuto) return mode == ColorMode::kAlways;
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  if (IsSet("FORCE_COLOR") || IsSet("CLICOLOR_FORCE")) return true;
  const char* term = std::getenv("TERM");
  return term != nullptr && std::string_view(term) != "dumb" && ::isatty(descriptor) == 1;
}

}  // namespace asyncport::cli
