// The commands that show how a program waits: `asyncport shape FILE`, `asyncport timeline FILE`.
// Example: RunDraw for {"main.py"} and kTimeline prints a lane for each task.
#pragma once

#include "cli/options.h"

namespace asyncport::cli {

int RunDraw(Command command);

}  // namespace asyncport::cli
