// What the files about asynchronous work share.
// Example: Awaited(call) is `await call`.
#pragma once

#include "translate/context.h"

namespace asyncport::translate::to_py {

ir::NodeId Awaited(Context& c, ir::NodeId target, ir::NodeId origin = {});
// Surely a promise.
bool IsPromiseTyped(Context& c, ir::NodeId source_expr);

}  // namespace asyncport::translate::to_py
