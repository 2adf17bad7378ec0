// Which object literals of a JavaScript file are objects with behaviour, so that Python reads them by attribute: those
// with accessors or with methods that speak of `this`, those that are put into a Set or are keys of a Map, and those that
// a factory returns full of functions and that nobody uses like a dictionary. Literals that may meet in one variable
// share the answer.
// Example: `return { add() {...}, get size() {...} }` is an object; `{ a: 1 }` is a dict; so is `{ add: (a, b) => a + b }`
// where somebody writes `table[op]`.
#pragma once

#include <vector>

#include "facts/infer.h"

namespace asyncport::facts {

// By site id; true: an object.
std::vector<bool> ObjectLikeDicts(const ir::Tree& tree, const Structure& structure,
                                  const Names& names, const Scopes& scopes, Inference& inference);

}  // namespace asyncport::facts
