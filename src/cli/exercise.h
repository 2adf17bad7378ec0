// `asyncport exercise ...` (list, show, start, test, new, checks) and `asyncport represent FILE`.
#pragma once

#include "cli/options.h"

namespace asyncport::cli {

int RunExercise(const Command& command);
int RunRepresent(const Command& command);

}  // namespace asyncport::cli
