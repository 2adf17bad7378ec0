// Variables of catch clauses. Example: of `catch (e)` the name e is one; the names of `catch ({ message })` are not.
#pragma once

#include "translate/context.h"

namespace asyncport::translate::to_py {

// Does the Name hold whatever was thrown, whole?
bool IsCaughtName(Context& context, ir::NodeId source_expr);

}  // namespace asyncport::translate::to_py
