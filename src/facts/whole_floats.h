// Python's floats that may be whole, so that their text ends in `.0`, which JavaScript leaves out.
// Example: `2.5 - 2.5` is kYes, `0.5` kNo, a parameter declared float that some caller gives 1 is kPerhaps.
#pragma once

#include <cstdint>

#include "facts/facts.h"

namespace asyncport::facts {

enum class Whole : std::uint8_t { kNo, kYes, kPerhaps };
Whole MayBeWholeFloat(const Facts& facts, ir::NodeId expression);

}  // namespace asyncport::facts
