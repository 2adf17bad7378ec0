// `asyncport lsp`: the language server over standard input and output.
#pragma once

#include "cli/options.h"

namespace asyncport::cli {

int RunLsp(const Command& command);

}  // namespace asyncport::cli
