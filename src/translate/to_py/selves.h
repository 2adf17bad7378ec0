// Whose `this` a node speaks of, and which functions take it as their first parameter (selves.cpp).
// Example: after `Point.prototype.len = function () {...}` that function takes `self`.
#pragma once

#include "translate/context.h"

namespace asyncport::translate::to_py {

// The nearest function around the node that has a `this` of its own; none at module level.
ir::NodeId OwnerOfThis(Context& context, ir::NodeId source_node);
// The object that a `this` stands for, where that has a name: `app` in `app.use = function () { this.x; }`; else itself.
ir::NodeId SelfObject(Context& context, ir::NodeId source_self);
// Does the function (or an arrow in it) read its own `this`?
bool ReadsThis(Context& context, ir::NodeId source_function);
// Is it put on a prototype, or always called with a `this`? Then its first parameter in Python is `self`.
bool TakesSelf(Context& context, ir::NodeId source_function);

}  // namespace asyncport::translate::to_py
