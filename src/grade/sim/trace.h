// What happened while a submission was walked in the simulated world: which given function was called when, who waited
// for it, what came out. Predicates read it; it judges nothing.
// Example: `await gather(fetch_user(1), fetch_posts(1))` gives two calls that begin at 0 and a run of the longer time.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "grade/sim/value.h"
#include "ir/tree.h"

namespace asyncport::grade::sim {

struct OperationCall {
  int function = 0;      // index of the given function
  ir::NodeId node;       // the call
  double made = 0;       // when it was called
  double begin = -1;     // when it began to run; below zero: never
  double end = -1;       // when it ended; below zero: not before the run ended
  bool awaited = false;  // somebody waited for the result
  bool failed = false;
  bool cancelled = false;
  bool spelled_otherwise = false;  // called by the other language's spelling
  bool aborted = false;
  std::vector<Value> args;
};

enum class Event : std::uint8_t {
  kAwaitPlain,     // await of what is no awaitable
  kAwaitOutside,   // await in a function that is not async
  kGatherPlain,    // gather, Promise.all of values that were awaited already
  kTool,           // a tool of concurrency was used: `text` is its path
  kBlocking,       // the loop stood still: time.sleep
  kNestedRun,      // asyncio.run inside a running loop
  kUnawaited,      // a coroutine that nobody awaited
  kPending,        // Python: a task that was alive at the end
  kFloating,       // a promise or task that nobody ever waited for
  kUnhandled,      // a failure that nobody saw
  kNotAwaitedUse,  // a promise was used as if it were its value
  kTimer,          // setTimeout and its like
  kTimerLeft,      // one that still waited when the answer was there
  kExecutor,       // new Promise
  kUnknownCall,    // a call of something unknown
  kFlatMerge,      // results spread into one object
  kHandled,        // a failure was caught by the submission
};

struct Happening {
  Event event;
  ir::NodeId node;
  std::string text;
  double time = 0;
};

struct Trace {
  std::vector<OperationCall> calls;
  std::vector<Happening> happenings;
  std::vector<std::pair<double, std::string>> printed;
  Value returned;
  bool finished = false;  // the entry came to its end
  bool raised = false;
  Value error;
  std::string error_name;  // "TimeoutError"
  bool returns_awaitable = false;
  bool is_generator = false;  // it gave values one after the other: `returned` is a list of them
  double elapsed = 0;         // seconds until the entry ended
  double all_elapsed = 0;     // until nothing was left to do
  double blocked = 0;         // seconds that nothing else could run
  std::string halted;         // why the walk was given up, if it was: "too many steps"
  std::size_t decisions = 0;  // how many unknown conditions were met
  std::vector<ir::NodeId> functions;  // of the file that were entered
};

}  // namespace asyncport::grade::sim
