// Futures that are settled with what may be a promise: JavaScript's `resolve` waits for it, Python's `set_result` would
// hand on the task.
#pragma once

#include "translate/context.h"

namespace asyncport::translate::to_py {

// May what a settle function is given be a promise? Nothing is known of what a function returns that was handed in.
bool MayBePromise(Context& context, ir::NodeId source_expr);
// Is a settle function that somebody was handed called with such a value anywhere in the file?
bool SettlesWithPromises(Context& context);
// The name of the helper that settles a future with a value, or as something awaitable turns out; with its definition.
ir::NodeId SettleAsItTurnsOut(Context& context);

}  // namespace asyncport::translate::to_py
