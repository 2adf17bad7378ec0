// How sure the fix of a card is. The text of the fix is rules.h's business.
// Example: `fix = "safe"` in the front matter of get-event-loop.
#pragma once

#include "rules/rules.h"

namespace asyncport::rules {

// Does the card's front matter say that the program prints the same with its fix?
bool HasSafeFix(const Match& match);

}  // namespace asyncport::rules
