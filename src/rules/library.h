// Finding shapes by trigger.
#pragma once

#include <span>
#include <string_view>

#include "rules/compile.h"
#include "rules/match.h"
#include "rules/tables.h"

namespace asyncport::rules {

// The trigger of a source node: see TriggerOfText, of which this is the counterpart on IR.
std::string_view TriggerOf(const facts::Facts& facts, ir::NodeId node);
// The same for the root of a compiled shape.
std::string_view TriggerOf(const Side& side);

// Those with that trigger, in card order.
std::span<const EmbeddedTrigger> ShapesFor(Language language, std::string_view trigger);

inline const Card* CardOf(const EmbeddedShape& shape) { return &AllTables().cards[shape.card]; }

}  // namespace asyncport::rules
