// Operators that the file speaks of itself: its classes define them, or it counts on ZeroDivisionError.
// Divisions by what may be zero, where somebody counts on ZeroDivisionError.
// Example: in `try: n //= k` with `except ZeroDivisionError`, k is asked for zero first.
#pragma once

#include <string_view>

#include "translate/context.h"

namespace asyncport::translate::to_js {

// An operator that a class of the file defines, as a call of its method; kNoNode if none does.
ir::NodeId Overloaded(Context& c, ir::BinaryOp op, ir::NodeId left, ir::NodeId right, ir::NodeId origin);

std::string_view DunderOf(ir::BinaryOp op);  // "__add__"; empty if classes cannot define it

// Does the file name the error anywhere?
bool SpeaksOf(Context& c, std::string_view error);

// The divisor in the target, guarded where the error is caught; where it is only spoken of, the lesson is given.
ir::NodeId GuardedDivision(Context& c, ir::NodeId source_left, ir::NodeId source_divisor,
                           ir::BinaryOp op, ir::NodeId origin);

}  // namespace asyncport::translate::to_js
