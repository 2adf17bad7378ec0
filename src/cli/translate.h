// The main command: one source in, its translation and what there is to say about it out.
// Example: RunTranslate for {"a.js"} prints Python on standard output and returns 0.
#pragma once

#include <string>

#include "cli/direction.h"
#include "cli/options.h"
#include "pipeline/pipeline.h"
#include "support/source.h"

namespace asyncport::cli {

enum ExitCode : int { kExitOk = 0, kExitFindings = 1, kExitTrouble = 2 };

int RunTranslate(Command command);

// What batches share with it.
Options MakeOptions(const Command& command, Direction direction);
std::string RenderDiagnostics(const Command& command, const Source& source, const Outcome& outcome,
                              Language to);
bool HasError(const Outcome& outcome);
// A bug of ours that left nothing to write. (A failed self-check leaves the text, and is an error.)
bool CameToNothing(const Outcome& outcome);

// Prints the problem in the command's format, on standard error.
int Report(const Command& command, const Problem& problem);

}  // namespace asyncport::cli
