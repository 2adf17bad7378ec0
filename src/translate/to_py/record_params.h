// Callbacks that take their argument apart: `({ name }) => name` reads `user["name"]` of one argument.
#pragma once

#include "translate/context.h"

namespace asyncport::translate::to_py {

// The name of the argument that a parameter's pattern takes apart, where its parts are read in place; none elsewhere.
ir::NodeId RecordParam(Context& context, ir::NodeId source_pattern);

}  // namespace asyncport::translate::to_py
