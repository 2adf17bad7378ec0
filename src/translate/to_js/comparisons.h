// Comparison of source expressions, beside Equal, Contains and IsNull of topics.h.
// Example: Identity of `x is None` gives `x === null`.
#pragma once

#include "translate/context.h"

namespace asyncport::translate::to_js {

// The operator on two target expressions, as it stands.
ir::NodeId Compare(Context& c, ir::BinaryOp op, ir::NodeId left, ir::NodeId right,
                   ir::NodeId origin);

// `is` and `is not`.
ir::NodeId Identity(Context& c, ir::NodeId left_source, ir::NodeId right_source, bool negated,
                    ir::NodeId origin);

}  // namespace asyncport::translate::to_js
