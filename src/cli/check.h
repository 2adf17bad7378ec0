// The command that reads many sources and says what is wrong with them, and mends what it may.
// Example: RunCheck for {"src"} prints what was found below src and returns 1 if there was a warning.
#pragma once

#include "cli/options.h"

namespace asyncport::cli {

int RunCheck(Command command);

}  // namespace asyncport::cli
