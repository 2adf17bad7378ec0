// What walking iterables needs: which of them are generators here, and functions as values that are handed over.
// Example: `map(int, lines())` over a generator stays lazy.
#pragma once

#include "translate/context.h"

namespace asyncport::translate::to_js {

// Is the iterable an iterator here too, which may be endless or have effects of its own?
bool IsLazy(Context& c, ir::NodeId source_iterable);
// A function of the source as a value that is called with one item, or with `params` values.
ir::NodeId FunctionValue(Context& c, ir::NodeId source_function, int params);
// The same where only the truth of its result matters.
ir::NodeId TestValue(Context& c, ir::NodeId source_function);
// `itemgetter(0, 1)`: a key of several parts.
bool IsSeveralItems(Context& c, ir::NodeId key);

}  // namespace asyncport::translate::to_js
