// Which Sets of a JavaScript file are gone through, so that their order shows: Python's sets have none, its dicts have.
// Sets that may meet in one variable share the answer. What is sorted at once, or only counted, does not show an order.
// Example: `for (const x of seen)` makes `seen` ordered; `if (seen.has(x))` alone does not.
#pragma once

#include <vector>

#include "facts/infer.h"

namespace asyncport::facts {

// By site id; true: ordered.
std::vector<bool> OrderedSets(const ir::Tree& tree, const Structure& structure, const Names& names,
                              Inference& inference);

}  // namespace asyncport::facts
