// Task groups: what with.cpp, tasks.cpp and exceptions.cpp need of them.
// Example: `async with asyncio.TaskGroup() as tg:` -> `const group = new TaskGroup();` ... `await group.join();`.
#pragma once

#include <functional>

#include "translate/context.h"

namespace asyncport::translate::to_js {

// Is the group (a source expression) an object of the local class TaskGroup?
bool IsStoppingGroup(Context& c, ir::NodeId group);
// Does the body of the with statement stand in a block of its own?
bool GroupHasOwnBlock(Context& c, ir::NodeId with_item);
// `tg.create_task(...)`, once the task is started.
ir::NodeId GroupStart(Context& c, ir::NodeId call, ir::NodeId task);
void TranslateTaskGroup(Context& c, ir::NodeId with_item, ir::NodeId origin, const std::function<ir::NodeList()>& body,
                        ir::NodeList& out);
// The catch clause for the `except*` clauses of a try.
ir::NodeId GroupCatch(Context& c, ir::NodeId try_id);

}  // namespace asyncport::translate::to_js
