// The name by which a shape is found without parsing it. The matcher computes the same of IR nodes (index.h); a test
// compares the two for every card.
// Example: `import asyncio\nasyncio.gather($$$TASKS)` -> "gather"; `$X in $XS` -> "*".
#pragma once

#include <string>
#include <string_view>

namespace asyncport::rules {

// Trigger of what is not a call, an attribute or a name.
inline constexpr std::string_view kAnyTrigger = "*";
// Trigger of `object.$K`, an attribute of any name.
inline constexpr std::string_view kMemberTrigger = ".";

// Call, `new`, attribute or name: the last name of the callee or chain, as exported; else kAnyTrigger.
std::string TriggerOfText(std::string_view shape);

}  // namespace asyncport::rules
