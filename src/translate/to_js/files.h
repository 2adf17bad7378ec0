// Open files: what with.cpp and print.cpp need of them.
// Example: `print(x, file=f)` -> `await f.write(`${x}\n`)`.
#pragma once

#include <functional>
#include <optional>

#include "translate/context.h"

namespace asyncport::translate::to_js {

// Does the call open a file (open, path.open, aiofiles.open)?
bool IsOpenCall(Context& c, ir::NodeId source_call);
// Is the handle that a with item binds only read or written as a whole? Then the with statement disappears.
bool IsReadOrWrittenWhole(Context& c, ir::NodeId with_item);
// Does the body of the with statement stand in a block of its own?
bool OpenHasOwnBlock(Context& c, ir::NodeId with_item);
void TranslateOpen(Context& c, ir::NodeId with_item, ir::NodeId origin, const std::function<ir::NodeList()>& body,
                   ir::NodeList& out);
// Does the name hold a file that a with statement opened?
bool IsOpenFile(Context& c, ir::NodeId name);
// The text written to the file that the name holds; nothing if it holds none.
std::optional<ir::NodeId> PrintToFile(Context& c, ir::NodeId file, ir::NodeId text, ir::NodeId origin);

}  // namespace asyncport::translate::to_js
