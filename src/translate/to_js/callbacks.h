// Functions that something else calls later.
// Example: Callback(c, `items.append`, {x}) -> `() => items.push(x)`.
#pragma once

#include <string_view>

#include "translate/context.h"

namespace asyncport::translate::to_js {

// A call of the function value with these target arguments.
ir::NodeId CalledBack(Context& c, ir::NodeId function, ir::NodeList args, ir::NodeId origin);
// A variable or parameter of the file, so that it can be handed on as it is.
bool IsPlainFunction(Context& c, ir::NodeId function);
// A function without parameters that calls it with these arguments.
ir::NodeId Callback(Context& c, ir::NodeId function, ir::NodeList args, ir::NodeId origin);
// A function of one parameter that hands it on.
ir::NodeId CallbackOf(Context& c, ir::NodeId function, std::string_view param);

}  // namespace asyncport::translate::to_js
