// Attributes that methods assign and the constructor does not: JavaScript reads them as undefined until then, Python
// fails, so they begin as None. What a class above sets is the caller's business.
// Example: `open() { this.socket = connect(); }` -> `self.socket = None` in `__init__`.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "translate/context.h"

namespace asyncport::translate::to_py {

// Of the class with this body, in the order of their first assignment: the name, and whether it is private.
const std::vector<std::pair<std::string, bool>>& LateAttributes(Context& context, ir::NodeId class_body);
// Is the source expression `this.name` with such a name?
bool IsLateAttribute(Context& context, ir::NodeId source_expr);

}  // namespace asyncport::translate::to_py
