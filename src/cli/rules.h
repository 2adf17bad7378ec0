// The command about cards: `asyncport rules`, `rules check`, `rules show ID`, `rules new ID`.
// Example: RunRules for {"new", "our-client"} prints a card to begin with.
#pragma once

#include "cli/options.h"

namespace asyncport::cli {

int RunRules(const Command& command);

}  // namespace asyncport::cli
