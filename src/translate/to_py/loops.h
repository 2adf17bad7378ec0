// What the loop files share.
#pragma once

#include "translate/context.h"

namespace asyncport::translate::to_py {

// What a `continue` of the loop must do first: the step of a counting loop that became `while`, the test of do-while.
void StepBefore(Context& context, ir::NodeId source_loop, ir::NodeList& out);

}  // namespace asyncport::translate::to_py
