// Timeout blocks: what with.cpp and exceptions.cpp need of them.
// Example: `async with asyncio.timeout(1):` -> `const deadline = AbortSignal.timeout(1000); try { ... } catch ...`.
#pragma once

#include <functional>

#include "translate/context.h"

namespace asyncport::translate::to_js {

// Is AbortSignal.timeout enough (only sleeps, nothing around it that may be stopped)?
bool IsPlainDeadline(Context& c, ir::NodeId with_item);
void TranslateTimeout(Context& c, ir::NodeId with_item, ir::NodeId origin, const std::function<ir::NodeList()>& body,
                      ir::NodeList& out);

}  // namespace asyncport::translate::to_js
