// Coroutine objects that are kept or handed on before anybody starts them: functions in JavaScript, called where Python
// awaits the coroutine or makes it a task.
// Example: `await limited(fetch(x))` with `async def limited(work): ... await work` -> `limited(() => fetch(x))`, `await work()`.
#pragma once

#include "translate/context.h"

namespace asyncport::translate::to_js {

// Does the variable or parameter hold such a function?
bool IsDeferred(Context& c, facts::BindingId binding);
// Does the variable or rest parameter hold a list of them?
bool IsDeferredList(Context& c, facts::BindingId binding);
// Is the coroutine call (or task) kept as such a function where it stands?
bool IsDeferredSite(Context& c, ir::NodeId source_expr);
// Is the name awaited or started where it stands (and not only handed on)?
bool StartsHere(Context& c, ir::NodeId source_name);

}  // namespace asyncport::translate::to_js
