// See adoption.h. `resolve(work())` as a statement of the executor is in futures.cpp: there it is sure what is given.
// Example: `({ fn, resolve }) => resolve(fn())` -> `resolve(fn())`, where resolve is `partial(settle_with, future)`.
#include "translate/to_py/adoption.h"

#include <vector>

#include "translate/quote.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::CallColour;
using facts::TypeKind;

namespace {

// A call of which nobody knows what it runs: `job.fn()`, `handlers[name](x)`.
bool IsUnknownCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  return call && c.facts().ColourOf(id) == CallColour::kUnknown &&
         c.facts().PossibleCallees(id).empty() && c.facts().ResolvedName(call.callee()).empty() &&
         !c.is_fragment();
}

// What the name was given, if that was once and for all.
NodeId OnlyValue(Context& c, NodeId name) {
  const facts::BindingId binding =
      c.src().Is(name, NodeKind::kName) ? c.facts().BindingOf(name) : facts::BindingId{};
  if (!binding || c.facts().binding(binding).writes.size() != 1) return kNoNode;
  auto assign = c.As<Assign>(c.facts().binding(binding).definition);
  const bool named = assign && assign.targets().size() == 1 &&
                     c.src().Is(assign.targets()[0], NodeKind::kName);
  return named ? assign.value() : kNoNode;
}

// Is the callee something of the file's own, or of a library, that is no settle function?
bool IsKnown(Context& c, NodeId call) {
  return !c.facts().PossibleCallees(call).empty() ||
         !c.facts().ResolvedName(c.As<Call>(call).callee()).empty();
}

struct Given {
  explicit Given(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size() && !promises; ++i) {
      auto call = c.As<Call>(NodeId{i});
      promises = call && call.args().size() == 1 && !IsKnown(c, NodeId{i}) &&
                 MayBePromise(c, call.args()[0]);
    }
  }
  bool promises = false;
};

}  // namespace

bool MayBePromise(Context& c, NodeId id) {
  if (auto choice = c.As<Conditional>(id))
    return MayBePromise(c, choice.then_value()) || MayBePromise(c, choice.else_value());
  if (auto either = c.As<Logical>(id))
    return MayBePromise(c, either.left()) || MayBePromise(c, either.right());
  if (c.src().Is(id, NodeKind::kAwait)) return false;
  if (c.facts().ColourOf(id) == CallColour::kAsync || MayGivePromise(c, id) || IsUnknownCall(c, id))
    return true;
  if (c.facts().KindOf(id) != TypeKind::kUnknown)
    return c.facts().May(id, {TypeKind::kPromise, TypeKind::kCoroutine});
  const NodeId value = OnlyValue(c, id);
  return value && value != id && !c.src().Is(value, NodeKind::kName) && MayBePromise(c, value);
}

bool SettlesWithPromises(Context& c) { return c.State<Given>().promises; }

NodeId SettleAsItTurnsOut(Context& c) {
  return DefineOnce(c, "settle_with", R"(
import asyncio
import inspect

def settle_with(future, value=None):
    """Settle a future with a value, or as something awaitable turns out."""
    if not inspect.isawaitable(value):
        if not future.done():
            future.set_result(value)
        return

    def copy(task):
        if future.done():
            return
        if task.cancelled():
            future.cancel()
        elif task.exception() is not None:
            future.set_exception(task.exception())
        else:
            future.set_result(task.result())

    task = asyncio.ensure_future(value)
    task.add_done_callback(copy)
)");
}

}  // namespace asyncport::translate::to_py
