// Names of a translated tree that nothing binds: they would fail as soon as they are read. The statements around them
// are refused, as those that FindUnsound finds.
// Example: `console[name](x)` must not become `console[name](x)` in Python.
#pragma once

#include <vector>

#include "translate/context.h"
#include "translate/soundness.h"

namespace asyncport::translate {

// The context's tree is whole and its root is set. Linear in the tree.
std::vector<Unsound> FindUnbound(Context& context);

}  // namespace asyncport::translate
