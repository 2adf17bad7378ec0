// What can be stopped, and how the order to stop travels: an AbortSignal, handed from the task, timeout or group that
// may be stopped down to every wait. Decided once for the whole file.
// Example: `t = asyncio.create_task(poll())`, `t.cancel()` -> `poll(controller.signal)`, `controller.abort()`; poll takes
// `signal` and hands it to its sleeps.
#pragma once

#include <string>

#include "translate/context.h"
#include "translate/to_js/task_forms.h"

namespace asyncport::translate::to_js {

// Iterable of `[t.result() for t in tasks]`; kNoNode for anything else.
ir::NodeId AllResults(Context& c, ir::NodeId comprehension);
TaskForm FormOf(Context& c, ir::NodeId task_call);
// Name of the AbortController of a task of form kController.
std::string ControllerOf(Context& c, ir::NodeId task_call);
// The controller that `task.cancel()` aborts; empty if the task is no kController.
std::string ControllerCancelledBy(Context& c, ir::NodeId cancel_call);
// `for t in workers: t.cancel()` of tasks that share one controller.
std::string ControllerCancelledByLoop(Context& c, ir::NodeId for_each);

// Does anything in the file travel with a signal?
bool FileHasSignals(Context& c);
// Does a signal reach a wait on a queue, lock or event of the file?
bool LinesTakeSignals(Context& c);
bool UsesTaskClass(Context& c);
bool UsesBackground(Context& c);
std::string BackgroundName(Context& c);

// Does a failing task of this group stop the others (or is Promise.all enough)?
bool GroupStopsSiblings(Context& c, ir::NodeId with_item);
// Name of the signal that a timeout block makes for its body.
std::string DeadlineOf(Context& c, ir::NodeId with_item);
// Are all waits of the block sleeps, which AbortSignal.timeout can end by itself?
bool OnlySleeps(Context& c, ir::NodeId source_block);

// Parameter name of signals in this file.
std::string SignalParam(Context& c);
bool TakesSignal(Context& c, ir::NodeId function);
// Do all functions that the call may run take a signal?
bool PassesSignal(Context& c, ir::NodeId call);
// Does the call only run functions of the file that wait for nothing?
bool NeverWaits(Context& c, ir::NodeId call);
// Signal for a wait at this source node; kNoNode where nothing can stop it.
ir::NodeId SignalAt(Context& c, ir::NodeId source);
// The awaited target made so that the signal at `source` ends the wait, whatever it waits for.
ir::NodeId Interruptible(Context& c, ir::NodeId source, ir::NodeId target);
// May an abort come out of the block as an error?
bool MayBeAborted(Context& c, ir::NodeId source_block);

}  // namespace asyncport::translate::to_js
