// Classes whose instances `console.log` shows (shown.cpp).
// Example: ReprOf gives `def __repr__(self): return f"Point(x={self.x!r})"` if points are printed.
#pragma once

#include "translate/context.h"

namespace asyncport::translate::to_py {

// The `__repr__` of a class of the file; none if no instance is printed, or its fields are not known.
ir::NodeId ReprOf(Context& context, ir::NodeId source_class);

}  // namespace asyncport::translate::to_py
