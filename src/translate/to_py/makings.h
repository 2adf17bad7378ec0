// What making an instance does that others can see, beside filling the instance.
#pragma once

#include "translate/context.h"

namespace asyncport::translate::to_py {

// Does the expression make instances whose constructors print, count, or put themselves away somewhere?
bool MakingIsSeen(Context& context, ir::NodeId source_expr);

}  // namespace asyncport::translate::to_py
