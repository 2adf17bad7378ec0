// Async functions that somebody calls in passing, where nobody can wait: JavaScript has run their beginning, up to the
// first await, when the call returns. In Python a plain def does the beginning and starts the rest as a task.
// Example: `async run(job) { this.active++; await job(); this.active--; }`, called as `this.run(job);` in a plain method ->
// `def run(self, job)` with `self.active += 1` and an inner `async def work()` that is started.
#pragma once

#include "translate/context.h"

namespace asyncport::translate::to_py {

// Is the function such a one? What a call of it gives is a task, or nothing where nobody looks at it.
bool BeginsAtOnce(Context& context, ir::NodeId source_function);
// Is it one, or an arrow that only calls one?
bool HandsOnTasks(Context& context, ir::NodeId source_function);
// Has the file any?
bool HasBeginnings(Context& context);
// Does it keep its task itself, so that the calls are plain statements?
bool KeepsItsTask(Context& context, ir::NodeId source_function);
// Is the beginning of it being translated, which may not await?
bool IsInBeginning(Context& context, ir::NodeId source_function);
void SetInBeginning(Context& context, ir::NodeId source_function, bool value);
// Runs `make` while the function counts as plain; nothing special for no function.
template <typename Make>
void Plainly(Context& context, ir::NodeId source_function, Make&& make) {
  if (source_function) SetInBeginning(context, source_function, true);
  make();
  if (source_function) SetInBeginning(context, source_function, false);
}
// Does the call give something to await? Not where the function that it calls keeps its task.
bool GivesWork(Context& context, ir::NodeId source_call);
// Does the function do something that others can see after the call returned and before it first waits?
bool ActsLate(Context& context, ir::NodeId source_function);
// Appends the statements of such a function to its prologue.
void AppendBeginning(Context& context, ir::NodeId source_function, ir::NodeList& statements);

}  // namespace asyncport::translate::to_py
