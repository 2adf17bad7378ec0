// Which dicts of a Python file JavaScript must hold in a Map: those with a key that is not surely text. Dicts that may
// meet in one variable share the answer, so that whoever reads them reads all of them alike.
// Example: `{"a": 1}` alone is an object; passed where `{1: "x"}` is passed too, both are Maps.
#pragma once

#include <vector>

#include "facts/lattice.h"

namespace asyncport::facts {

// By site id (roots only); true: a Map.
std::vector<bool> MapLikeDicts(const Lattice& lattice);

}  // namespace asyncport::facts
