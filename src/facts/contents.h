// Proofs about what a value holds, beyond its type: a list that has an item, a text that is a whole number, data that came
// out of JSON. Each says yes only where the file shows it, and no where it does not know.
// Example: in `const [, year] = text.match(/(\d+)-(\d+)/)`, `year` is a whole number's text.
#pragma once

#include "facts/facts.h"

namespace asyncport::facts {

// Has the list (array, tuple, set) at least one item whenever this is evaluated?
bool HasItems(const Facts& facts, ir::NodeId expression);

// Is it the text of a whole number, with a sign perhaps, or missing?
bool IsWholeNumberText(const Facts& facts, ir::NodeId expression);

// Is it the text of a number, whole or not?
bool IsNumberText(const Facts& facts, ir::NodeId expression);

// Is it what JSON.parse gave (or a part of it), and so no instance of a class?
bool IsJsonData(const Facts& facts, ir::NodeId expression);

}  // namespace asyncport::facts
