// io.StringIO, and output that a with statement sends into one.
#pragma once

#include <functional>

#include "translate/context.h"

namespace asyncport::translate::to_js {

bool IsTextBuffer(Context& c, ir::NodeId value);
// `redirect_stdout(buffer)` in a file that prints through console.log only.
bool IsRedirect(Context& c, ir::NodeId context);
void TranslateRedirect(Context& c, ir::NodeId with_item, ir::NodeId origin, const std::function<ir::NodeList()>& body,
                       ir::NodeList& out);
void RegisterTextBuffers(Topics& topics);

}  // namespace asyncport::translate::to_js
