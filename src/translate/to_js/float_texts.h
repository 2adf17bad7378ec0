// Floats inside of texts. Python writes a whole float as `3.0`, JavaScript as `3`; between blanks that is the same number,
// beside a letter it is another word.
// Example: f"{total}kg" -> `${floatText(total)}kg` where total may be whole.
#pragma once

#include <span>

#include "translate/context.h"

namespace asyncport::translate::to_js {

struct Neighbours {
  ir::NodeId before;
  ir::NodeId after;
};
Neighbours NeighboursOf(std::span<const ir::NodeId> parts, ir::NodeId part);
// The part of a text that holds the source value: as it is, or with the `.0` of Python.
ir::NodeId FloatInText(Context& c, ir::NodeId source_value, ir::NodeId part, Neighbours beside);

}  // namespace asyncport::translate::to_js
