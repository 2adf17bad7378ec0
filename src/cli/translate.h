// The main command: one source in, its translation and what there is to say about it out.
// Example: RunTranslate for {"a.js"} prints Python on standard output and returns 0.
#pragma once

#include "cli/options.h"

namespace asyncport::cli {

enum ExitCode : int { kExitOk = 0, kExitFindings = 1, kExitTrouble = 2 };

int RunTranslate(Command command);

// Prints the problem in the command's format, on standard error.
int Report(const Command& command, const Problem& problem);

}  // namespace asyncport::cli
