// Coroutines are lazy, promises eager. A stored coroutine becomes an arrow called at its await; a task is the call.
// Example: `task = asyncio.create_task(f())` -> `const task = f();`.
#include "translate/to_js/topics.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

std::optional<NodeId> TranslateCreateTask(Context& c, NodeId id) {
  bool task = c.IsCallTo(id, "asyncio.create_task") || c.IsCallTo(id, "asyncio.ensure_future");
  if (!task || c.As<Call>(id).args().empty()) return std::nullopt;
  NodeId coroutine = c.As<Call>(id).args()[0];
  c.MarkStarted(coroutine);
  c.SayOnce("task-starts-eagerly", id);
  return c.New(make::Spawn{.call = c.Expr(coroutine)}, id);
}

// Calls that must be awaited on this side: blocking I/O of Python, names told by --async-names.
NodeId FinishCall(Context& c, NodeId id, NodeId target) {
  if (!c.facts().BecomesAwaited(id) || c.dst().Is(target, NodeKind::kAwait)) return target;
  NodeId parent = c.facts().Parent(id);
  if (c.src().Is(parent, NodeKind::kAwait)) return target;
  c.SayOnce("sync-to-async-boundary", id);
  return c.New(make::Await{.value = target}, id);
}

}  // namespace

void RegisterAsync(Topics& t) {
  t.finish_call = &FinishCall;
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateCreateTask);
}

}  // namespace asyncport::translate::to_js
