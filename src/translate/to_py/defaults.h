// Defaults of parameters: Python makes them once, when the function is defined, and knows no undefined argument.
// Example: DefaultInBody says that `[]` is filled in by the body; FillDefault makes `if x is None: x = []`.
#pragma once

#include <string>

#include "translate/context.h"

namespace asyncport::translate::to_py {

// Is the default a value of its own at each call: a list, a call, another parameter?
bool IsMutableDefault(Context& c, ir::NodeId source_value);
// A default that must be made in the body: such a one, or one that a call of the file asks for with undefined.
bool DefaultInBody(Context& c, ir::NodeId source_param);
// `if name is None: name = value`
ir::NodeId FillDefault(Context& c, ir::NodeId source_param, const std::string& name,
                       ir::NodeId source_value);

}  // namespace asyncport::translate::to_py
