// Fixes that need more than one edit at the place itself. Each adds nothing where it cannot be made without losing a
// comment or changing what it should not.
// Example: OfferKeeping on `asyncio.create_task(beat())` keeps the task in a set of the module until it is done.
#pragma once

#include "advise/checks.h"

namespace asyncport::advise {

// dangling-task, safe: a name for the task, and the two lines of asyncio's documentation that keep a reference to it.
void OfferKeeping(const Context& context, ir::NodeId task, diag::Diagnostic& found);
// unnecessary-async: takes `async` away, and `await` where the function is called. Safe in Python where nobody else can
// call it: awaiting what never waits is a plain call there. In JavaScript others would get their turn earlier.
void OfferPlain(const Context& context, ir::NodeId function, diag::Diagnostic& found);

}  // namespace asyncport::advise
