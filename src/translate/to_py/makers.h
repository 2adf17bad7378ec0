// Functions that start work during the call and hand out a promise of it: in Python a plain def that gives a future, so
// that what the call does at once is done at once. Async functions and promises that only wait are coroutines as ever.
// Example: `add(job) { return new Promise((resolve) => { this.queue.push({ job, resolve }); this.next(); }); }`.
#pragma once

#include <cstdint>
#include <unordered_set>

#include "translate/context.h"

namespace asyncport::translate::to_py {

// By source function, found once for the file.
struct FutureMakers {
  explicit FutureMakers(Context& context);
  std::unordered_set<std::uint32_t> functions;
};

bool IsFutureMaker(Context& context, ir::NodeId source_function);
// Is what is being translated of the function plain in Python?
bool StaysPlain(Context& context, ir::NodeId source_function);
// Does the call give a future, whichever function it calls?
bool GivesFuture(Context& context, ir::NodeId source_call);
// The translated tree, in which futures are not wrapped into tasks once more.
ir::NodeId WithoutTasksOfFutures(Context& context, ir::NodeId root);

}  // namespace asyncport::translate::to_py
