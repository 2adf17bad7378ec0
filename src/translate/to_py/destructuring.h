// Assignment to patterns: what declarations and assignments share with destructuring. Destructure
// itself is in topics.h.
// Example: AssignOne of `[a, b] = [b, a]` appends `a, b = b, a`.
#pragma once

#include <string_view>

#include "translate/context.h"

namespace asyncport::translate::to_py {

// A name, a property or an element: Python assigns to it as it stands.
bool IsSimpleTarget(Context& c, ir::NodeId source_pattern);

// Does an object literal of the file give the property a value that may be undefined? Then a default counts for it too.
bool MayBeGivenUndefined(Context& c, std::string_view property);

// The part of a target value that a property of an object pattern takes (a name without a default).
ir::NodeId ReadPart(Context& c, ir::ObjectPattern source_pattern, ir::NodeId source_property, ir::NodeId target_value);

// One target, one value: the common statement.
void AssignOne(Context& c, ir::NodeId origin, ir::NodeId source_target, ir::NodeId source_value,
               ir::NodeList& out);

}  // namespace asyncport::translate::to_py
