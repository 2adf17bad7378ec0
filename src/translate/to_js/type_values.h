// Python's own types as values: `{"age": int}` and what asks them, `isinstance(value, kind)` and `kind.__name__`.
// Example: `isinstance(value, kind)` -> `isInstance(value, kind)` with Number, String, Array for int, str, list.
#pragma once

#include <string_view>

#include "translate/context.h"

namespace asyncport::translate::to_js {

// May the expression be one of Python's own types (a variable in a file that hands such types around)?
bool IsTypeValue(Context& c, ir::NodeId expression);
// The class that stands for the type where values are tested with it; empty if none can.
std::string_view ClassForType(Context& c, std::string_view python);
// Is float handed around, and int not?
bool HandsFloats(Context& c);
// Are int and float both handed around, which are one class here?
bool MixesNumbers(Context& c);

}  // namespace asyncport::translate::to_js
