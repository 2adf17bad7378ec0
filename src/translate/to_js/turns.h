// Turns: Python goes on after an await of something that is there already, JavaScript never does. Work that is started
// together would then take its first steps in another order, so it is started on a turn of the event loop of its own.
// Example: workers that print after `async with semaphore:` -> `nextTurn().then(() => work(name, semaphore))`.
#pragma once

#include "translate/context.h"

namespace asyncport::translate::to_js {

// Must the coroutine call (or list of coroutines) that is started here get a turn of its own?
bool NeedsOwnTurn(Context& c, ir::NodeId started);
// `work`, a target expression, begun on the next turn of the event loop.
ir::NodeId OnOwnTurn(Context& c, ir::NodeId work, ir::NodeId origin = {});

}  // namespace asyncport::translate::to_js
