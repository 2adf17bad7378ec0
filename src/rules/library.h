// Finding shapes by trigger.
#pragma once

#include <string>
#include <vector>

#include "rules/compile.h"
#include "rules/match.h"

namespace asyncport::rules {

// The trigger of a source node: see TriggerOfText, of which this is the counterpart on IR.
std::string TriggerOf(const facts::Facts& facts, ir::NodeId node);
// The same for the root of a compiled shape.
std::string TriggerOf(const Side& side);

// Indices into generated::kShapes with that trigger, in card order.
std::vector<std::uint32_t> ShapesFor(Language language, std::string_view trigger);

inline const Card* CardOf(const EmbeddedShape& shape) { return &generated::kCards[shape.card]; }

}  // namespace asyncport::rules
