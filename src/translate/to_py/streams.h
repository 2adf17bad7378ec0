// Stages of pipelines: what a Transform or a Writable does with each chunk, as a function or a class that is called with
// what comes before it. See streams.cpp.
// Example: a class that extends Transform gets `async def __call__(self, source)` of its `_transform` and `_flush`.
#pragma once

#include <span>

#include "translate/context.h"

namespace asyncport::translate::to_py {

// Does the class of this body extend Transform or Writable, in a form that becomes a stage?
bool IsStageClass(Context& context, std::span<const ir::NodeId> bases, ir::NodeId class_body);
// `_transform` and `_flush` (`_write` and `_final`) of such a class; false for any other method.
bool StageMethod(Context& context, ir::NodeId source_method, ir::NodeList& out);

}  // namespace asyncport::translate::to_py
