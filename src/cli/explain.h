// `asyncport explain ID`: the page about a diagnostic, which is the text of its card.
// Example: RunExplain for {"floating-promise"} prints that page on standard output.
#pragma once

#include "cli/options.h"

namespace asyncport::cli {

int RunExplain(const Command& command);

}  // namespace asyncport::cli
