// The checks of advise/ that no card can express: each looks at facts or at several statements. Internal to advise/.
// A check is asked for every node of the kind it is registered for, and reports at most one diagnostic per node.
// Example: CheckDropped on the ExprStmt of `save();`.
#pragma once

#include <string>

#include "diag/diagnostic.h"
#include "facts/facts.h"
#include "ir/views.h"
#include "support/source.h"

namespace asyncport::advise {

struct Context {
  const facts::Facts& facts;
  const ir::Tree& tree;
  const Source& source;
  diag::Diagnostics& out;

  // "save()": the callee as written, on one line, for messages.
  std::string CallText(ir::NodeId call) const;
  // May `await` be written at this node?
  bool MayAwait(ir::NodeId node) const;
};

using Check = void (*)(const Context&, ir::NodeId);

// checks_dropped.cpp
void CheckDropped(const Context& context, ir::NodeId statement);      // floating-promise, unawaited-coroutine, dangling-task
// `ids.map(load)`: an array of promises.
bool MapsToPromises(const Context& context, const ir::Call& call);
void CheckUnusedTask(const Context& context, ir::NodeId statement);   // the same in a variable that nothing reads
// checks_misused.cpp
// A promise that is let go with nobody to see its failure, looking through `.then(...)` and `.finally(...)`.
bool IsUnhandled(const Context& context, ir::NodeId value);
void CheckMisused(const Context& context, ir::NodeId node);           // misused-promise
void CheckMisusedValue(const Context& context, ir::NodeId node);      // the same in checks_value.cpp
void CheckForEach(const Context& context, ir::NodeId call);           // foreach-async
std::string OneLineOf(const Context& context, ir::NodeId node);       // "`save()`", "the async function"
// checks_executor.cpp
void CheckExecutor(const Context& context, ir::NodeId made);          // async-promise-executor, return-in-executor, multiple-resolve
// checks_await.cpp
void CheckUselessAwait(const Context& context, ir::NodeId await);     // useless-await, await-outside-async
void CheckOutsideAsync(const Context& context, ir::NodeId node);      // await-outside-async of `async for`, `async with`
void CheckUnnecessaryAsync(const Context& context, ir::NodeId function);  // unnecessary-async
void CheckReturnInTry(const Context& context, ir::NodeId statement);  // return-await-in-try
void CheckCombinator(const Context& context, ir::NodeId call);        // await-in-promise-all, single-promise-in-all, gather-already-awaited
// checks_sequential.cpp
void CheckIndependent(const Context& context, ir::NodeId block);      // independent-awaits
void CheckAwaitInLoop(const Context& context, ir::NodeId await);      // await-in-loop
// checks_race.cpp
void CheckRace(const Context& context, ir::NodeId function);          // race-after-await
// checks_blocking.cpp
void CheckBlocking(const Context& context, ir::NodeId call);          // blocking-http, -subprocess, -open, -path, -input, -sleep
// checks_scopes.cpp
void CheckWith(const Context& context, ir::NodeId with);              // timeout-without-await, control-flow-in-task-group
void CheckYield(const Context& context, ir::NodeId yield);            // yield-in-cancel-scope
void CheckCancellation(const Context& context, ir::NodeId guard);     // swallowed-cancellation
// checks_program.cpp
void CheckBusyWait(const Context& context, ir::NodeId loop);          // busy-wait
void CheckStarts(const Context& context, ir::NodeId function);        // asyncio-run-twice, in a function or the module
void CheckRunInside(const Context& context, ir::NodeId call);         // asyncio-run-inside-loop
void CheckDisguise(const Context& context, ir::NodeId block);         // sequential-in-disguise
void CheckDisguisedAwait(const Context& context, ir::NodeId await);   // sequential-in-disguise
void CheckByDefault(const Context& context, ir::NodeId module);       // async-by-default
void CheckTaskOrdering(const Context& context, ir::NodeId block);     // create-task-ordering
// checks_settled.cpp
void CheckHandlers(const Context& context, ir::NodeId call);          // then-ignores-non-function, ...
void CheckNever(const Context& context, ir::NodeId made);                 // never-settling-wait
void CheckForAwait(const Context& context, ir::NodeId loop);              // for-await-over-promises
void CheckAwaitedTwice(const Context& context, ir::NodeId assign);        // coroutine-awaited-twice
void CheckEarlyRejection(const Context& context, ir::NodeId assign);      // early-rejection-crash
// checks_methods.cpp
void CheckNestedLock(const Context& context, ir::NodeId with);            // lock-taken-twice

// The checks below look at files that wait for nothing, too.
void CheckDelay(const Context& context, ir::NodeId call);             // timer-range
void CheckUnbound(const Context& context, ir::NodeId call);           // method-binding
// checks_shared.cpp
void CheckDefaults(const Context& context, ir::NodeId function);          // shared-mutable-default
void CheckClassAttributes(const Context& context, ir::NodeId definition); // shared-class-attribute
void CheckFill(const Context& context, ir::NodeId assign);                // shared-fill
void CheckLateBinding(const Context& context, ir::NodeId function);       // late-binding-closure
void CheckOneShot(const Context& context, ir::NodeId assign);             // one-shot-iterator
// checks_operators.cpp
void CheckComparison(const Context& context, ir::NodeId binary);          // reference-equality, chained-comparison, ...
void CheckForIn(const Context& context, ir::NodeId loop);                 // for-in-array
void CheckMethodValue(const Context& context, ir::NodeId call);           // sort-returns-none, lexicographic-sort, ...

}  // namespace asyncport::advise
