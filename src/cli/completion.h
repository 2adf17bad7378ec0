// `asyncport completion bash|zsh|fish|man`: what shells and man need, made of the table of options (options.h), so that it
// cannot say anything else than --help does.
// Example: asyncport completion man | man -l -
#pragma once

#include <string>

#include "cli/options.h"

namespace asyncport::cli {

int RunCompletion(const Command& command);

// completion.cpp
std::string BashCompletion();
std::string ZshCompletion();
std::string FishCompletion();
// manual.cpp
std::string ManualPage();

}  // namespace asyncport::cli
