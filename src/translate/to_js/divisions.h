// Divisions by what may be zero, where somebody counts on ZeroDivisionError.
// Example: in `try: n //= k` with `except ZeroDivisionError`, k is asked for zero first.
#pragma once

#include "translate/context.h"

namespace asyncport::translate::to_js {

// Does the file name the error anywhere?
bool SpeaksOf(Context& c, std::string_view error);

// The divisor in the target, guarded where the error is caught; where it is only spoken of, the lesson is given.
ir::NodeId GuardedDivision(Context& c, ir::NodeId source_left, ir::NodeId source_divisor,
                           ir::BinaryOp op, ir::NodeId origin);

}  // namespace asyncport::translate::to_js
