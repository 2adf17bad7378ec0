// Exit stacks: what with.cpp needs of them.
// Example: `async with AsyncExitStack() as stack:` -> `const stack = new AsyncExitStack(); try { ... } ...`.
#pragma once

#include <functional>

#include "translate/context.h"

namespace asyncport::translate::to_js {

bool IsExitStack(Context& c, ir::NodeId context);
void TranslateExitStack(Context& c, ir::NodeId with_item, ir::NodeId origin, const std::function<ir::NodeList()>& body,
                        ir::NodeList& out);

}  // namespace asyncport::translate::to_js
