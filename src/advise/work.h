// What is asynchronous work, for the checks: which expressions hand over a promise, a coroutine or a task, and which are
// asynchronous functions. Says yes only where facts prove it.
// Example: IsPromise of `save()` holds where the file has `async function save() {}`.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "advise/checks.h"

namespace asyncport::advise {

// ---- functions
bool IsFunctionKind(ir::NodeKind kind);
// Its Block, or the expression of a Lambda.
ir::NodeId BodyOf(const ir::Tree& tree, ir::NodeId function);
std::span<const ir::NodeId> ParamsOf(const ir::Tree& tree, ir::NodeId function);
bool IsDeclaredAsync(const ir::Tree& tree, ir::NodeId function);
bool IsGenerator(const ir::Tree& tree, ir::NodeId function);
// An async function written on the spot.
bool IsAsyncLiteral(const ir::Tree& tree, ir::NodeId node);
// An expression that surely is an async function, no generator: a literal, the name of one, `self.method`.
bool IsAsyncFunctionValue(const Context& context, ir::NodeId node);
// JavaScript: async, or a plain function all of whose returns are promises.
bool ReturnsPromise(const Context& context, ir::NodeId function);
// Where a function is named: from `async` to the end of its name or parameters, for messages about all of it.
Span HeadOf(const Context& context, ir::NodeId function);
// "fetchAll", or "this function".
std::string FunctionName(const ir::Tree& tree, ir::NodeId function);

// ---- values
// JavaScript: a promise. Looks at calls, variables, `.then(...)` of promises.
bool IsPromise(const Context& context, ir::NodeId node);
// Python: a call that makes a coroutine, which has not begun.
bool IsCoroutineCall(const Context& context, ir::NodeId node);
// Python: create_task and ensure_future, but not of a TaskGroup, which keeps its tasks.
bool IsTaskCall(const Context& context, ir::NodeId node);
// Python: gather, shield: a future of work that has begun.
bool IsFutureCall(const Context& context, ir::NodeId node);
// A promise, a coroutine, a task or such a future; variables that surely hold one, too.
bool IsAwaitable(const Context& context, ir::NodeId node);
// Does the call hand over asynchronous work: by inference, else by the library tables?
bool IsAsyncCall(const Context& context, const ir::Call& call);

// The value of a variable that is written once, where it is declared; else `node` itself.
ir::NodeId Held(const Context& context, ir::NodeId node);
// The same, through `with make() as name` too.
ir::NodeId MadeBy(const Context& context, ir::NodeId object);
// The path of a call's or construction's callee ("asyncio.gather"), or "".
std::string CalleePath(const Context& context, ir::NodeId call);

// Visits `node` and what is below it in the order of evaluation, but not the bodies of functions and classes inside;
// `visit` returns false to stay out of a node.
template <typename Visit>
void VisitOwn(const ir::Tree& tree, ir::NodeId node, Visit&& visit) {
  if (!node || !visit(node)) return;
  tree.ForEachChild(node, [&](ir::NodeId child) {
    const ir::NodeKind kind = tree.kind(child);
    if (IsFunctionKind(kind) || kind == ir::NodeKind::kClassDef || kind == ir::NodeKind::kClassExpr)
      return;
    VisitOwn(tree, child, visit);
  });
}
// Does something wait here: `await`, `async for`, `async with`, an asynchronous comprehension?
bool Waits(const ir::Tree& tree, ir::NodeId node);

}  // namespace asyncport::advise
