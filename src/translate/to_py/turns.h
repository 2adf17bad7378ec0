// The turn that locks and queues made by hand give to others; see turns.cpp.
// Example: EndWithTurn appends `await asyncio.sleep(0)` to an acquire() whose waiting is only conditional.
#pragma once

#include "translate/context.h"

namespace asyncport::translate::to_py {

// Appends the turn if the end of the function may be reached without a wait and others wait in it for being let in.
void EndWithTurn(Context& context, ir::NodeId source_function, ir::NodeList& target_statements);
// `resolve()` right in an executor that keeps its resolve for others otherwise: who awaits it goes on a turn later.
bool LetsInAtOnce(Context& context, ir::NodeId source_settle_call);

}  // namespace asyncport::translate::to_py
