// Whether a stream gets colours.
// Example: WantsColor(ColorMode::kAuto, STDERR_FILENO) is false where NO_COLOR is set.
#pragma once

#include "cli/options.h"

namespace asyncport::cli {

bool WantsColor(ColorMode mode, int descriptor);

}  // namespace asyncport::cli
