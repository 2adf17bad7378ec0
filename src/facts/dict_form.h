// Which dicts of a Python file JavaScript must hold in a Map: those with a key that is not surely text,
// or is text that may look like an integer: objects put such keys first, whatever the order they were set in. Dicts that may
// meet in one variable share the answer, so that whoever reads them reads all of them alike.
// A dict of which the file knows only that it is one (`isinstance(value, dict)`) is an object, unless the file makes Maps:
// then it may be either.
// Example: `{"a": 1}` alone is an object; passed where `{1: "x"}` is passed too, both are Maps.
#pragma once

#include <cstdint>
#include <vector>

#include "facts/lattice.h"

namespace asyncport::facts {

enum class DictForm : std::uint8_t { kObject, kMap, kEither };

// By site id (roots only).
std::vector<DictForm> FormsOfDicts(const Lattice& lattice);

}  // namespace asyncport::facts
