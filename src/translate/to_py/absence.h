// What JavaScript reads as `undefined` and Python raises for: keys that a record lacks, positions outside of a list,
// things reached through null. Asks whether a read may miss and what its surroundings make of a miss.
// Example: `o.k` in `if (o.k === undefined)` is tested for absence: it is read with `.get`.
#pragma once

#include <functional>

#include "translate/context.h"

namespace asyncport::translate::to_py {

// Is the value only compared with null, defaulted, or asked for its truth right where it is read?
bool IsTestedForAbsence(Context& c, ir::NodeId read);
// Is a variable tested so, wherever it is read?
bool BindingIsTested(Context& c, facts::BindingId binding);
// The same, or it goes into a variable that is tested so.
bool IsTestedLater(Context& c, ir::NodeId read);
// Does the place take None as it takes undefined, without an error: stored, passed, returned, compared for equality?
bool ToleratesNone(Context& c, ir::NodeId read);

// May the object be a record that lacks the property (as the literals of the file tell)?
bool MayLackField(Context& c, ir::NodeId object, std::string_view name);
// Does the literal that the object comes from lack the property, so that it is there only once it has been set?
bool MaySetFieldLater(Context& c, ir::NodeId object, std::string_view name);
// Is `key` surely in `object` here: a loop over its keys, a test around the place?
bool KeyIsPresent(Context& c, ir::NodeId read, ir::NodeId object, ir::NodeId key);

// Conditions that hold where `node` is evaluated: tests of loops, branches and `&&` around it, in the same function.
// Stops and answers true when `holds` does.
bool AnyGuard(Context& c, ir::NodeId node, const std::function<bool(ir::NodeId test)>& holds);

// Is `object[index]` surely inside of the list or text?
bool IndexIsInRange(Context& c, ir::NodeId read, ir::NodeId object, ir::NodeId index);
// May the index be below zero, where Python counts from the end?
bool IndexMayBeNegative(Context& c, ir::NodeId read, ir::NodeId index);

// A target expression for `value` that may be written twice: the value itself, or a new variable that a statement before
// sets. Where no statement may stand, `first` is an assignment expression to be used at the first place.
struct Named {
  ir::NodeId first;
  ir::NodeId again;
};
Named NameOnce(Context& c, ir::NodeId target_value, std::string_view hint, ir::NodeId origin);

}  // namespace asyncport::translate::to_py
