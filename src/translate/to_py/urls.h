// Search parameters (urls.cpp).
#pragma once

#include "translate/context.h"

namespace asyncport::translate::to_py {

// What a loop over URLSearchParams goes over: pairs. None for other expressions.
ir::NodeId SearchPairs(Context& context, ir::NodeId source_expr);

}  // namespace asyncport::translate::to_py
