// Classes whose instances are written as JSON (json_forms.cpp).
#pragma once

#include "translate/context.h"

namespace asyncport::translate::to_py {

// The `to_json` of a class of the file that is written as JSON without saying how; none elsewhere.
ir::NodeId JsonOf(Context& context, ir::NodeId source_class);

}  // namespace asyncport::translate::to_py
