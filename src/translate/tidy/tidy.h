// The last stroke on a translated tree: what a careful reader would still straighten, whichever topic or card left it.
// Changes no behaviour and knows no source language.
// Example: `let total = 1;` that nothing assigns again -> `const total = 1;`; `sorted(list(x))` -> `sorted(x)`.
#pragma once

#include "ir/tree.h"

namespace asyncport::translate {

// The root of the tidied tree, whose nodes are in `tree` too. Nodes that change keep their origin.
ir::NodeId Tidy(ir::Tree& tree, ir::NodeId root);

}  // namespace asyncport::translate
